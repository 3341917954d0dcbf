"""When the next call of a run goes, put together from what its threads say of themselves."""

import threading
import time
from collections.abc import Callable


class NextCall:
    """Of several threads that wait, the one whose turn comes first counts. Safe in any thread."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._at = 0.0

    def note(self, seconds: float) -> None:
        """A thread makes its next call in so many seconds."""
        with self._lock:
            now = self._clock()
            at = now + seconds
            self._at = min(at, self._at) if self._at > now else at

    def put_off(self, seconds: float) -> None:
        """No thread makes one before so many seconds have passed."""
        with self._lock:
            self._at = self._clock() + seconds

    @property
    def seconds(self) -> float:
        """Seconds until then; 0 when it is under way."""
        with self._lock:
            return max(0.0, self._at - self._clock())
