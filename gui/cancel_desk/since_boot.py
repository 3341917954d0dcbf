"""A clock that goes on while the computer sleeps, and what it tells of a sleep."""

import sys
import time
from collections.abc import Callable
from typing import Final

ASLEEP: Final = 20.0
"""Seconds between two looks, many times a second as they are, that only a sleep explains."""


_COUNTING_SLEEP = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}


def since_boot() -> float:
    """Return seconds that also count a sleep, and that nobody can set.

    Python's own monotonic clock stands still while Linux and macOS sleep.
    """
    name = _COUNTING_SLEEP.get(sys.platform)
    return time.clock_gettime(getattr(time, name)) if name else time.monotonic()


class SleepNotice:
    """Notices a sleep by looks that should come often."""

    def __init__(self, *, clock: Callable[[], float] = since_boot) -> None:
        self._clock = clock
        self._last = clock()

    def look(self) -> float:
        """Return for how many seconds the computer slept since the last look; 0 if it did not."""
        before, self._last = self._last, self._clock()
        passed = self._last - before
        return passed if passed > ASLEEP else 0.0
