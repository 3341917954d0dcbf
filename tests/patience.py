"""How long a test waits for what must come: longer than a busy machine stalls.

Waiting ends as soon as it is there, so that patience costs nothing where all is well.
"""

import threading
import time
from collections.abc import Callable
from typing import Final

PATIENCE: Final = 300.0  # seconds
_BETWEEN_LOOKS = 0.005  # seconds


def until(true: Callable[[], bool], what: str) -> None:
    """Wait until something is so, while other threads and programs go on. TimeoutError names it."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(what)
        threading.Event().wait(_BETWEEN_LOOKS)
