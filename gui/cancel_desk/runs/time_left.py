"""How long a run will still take, from how fast it has been going."""

import time
from collections import deque
from collections.abc import Callable

_WINDOW = 60.0  # seconds that are looked back on
_ENOUGH_SECONDS = 4.0
_ENOUGH_DONE = 4


class TimeLeft:
    """Estimates from the last minute of going; before that, from the allowance."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, done: int) -> None:
        """Take in how many are done by now."""
        now = self._clock()
        self._seen.append((now, done))
        while len(self._seen) > 2 and self._seen[1][0] < now - _WINDOW:
            self._seen.popleft()

    def restart(self) -> None:
        """Forget the pace so far: a pause says nothing about it."""
        self._seen.clear()

    def seconds(self, left: int, *, a_minute: float) -> float:
        """Return the seconds for what is left; ``a_minute`` is the pace until one is known."""
        allowed = left * 60 / a_minute
        if not self._seen:
            return allowed
        (began, before), (now, done) = self._seen[0], self._seen[-1]
        if now - began < _ENOUGH_SECONDS or done - before < _ENOUGH_DONE:
            return allowed
        return left * (now - began) / (done - before)
