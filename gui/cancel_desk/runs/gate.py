"""The gate between calls: pause, resume and stop, and waiting that stop ends at once."""

import threading
import time
from collections.abc import Callable


class Gate:
    """Workers pass through the gate before each call; the call in flight is never cut off."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin open. ``clock`` counts seconds."""
        self._clock = clock
        self._changed = threading.Condition()
        self._paused = False
        self._stopped = False

    @property
    def stopped(self) -> bool:
        """Whether no further call may begin."""
        return self._stopped

    @property
    def closed(self) -> bool:
        """Whether a call would have to wait, or may not begin at all."""
        return self._paused or self._stopped

    def pause(self) -> None:
        """Let no further call begin until :meth:`resume`."""
        self._set(paused=True)

    def resume(self) -> None:
        """Let calls begin again."""
        self._set(paused=False)

    def stop(self) -> None:
        """Let no further call begin, ever."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def open(self) -> bool:
        """Wait while paused; return False once stopped."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or not self._paused)
            return not self._stopped

    def wait(self, seconds: float) -> bool:
        """Wait for a time and for the gate to be open; return False once stopped."""
        until = self._clock() + seconds
        with self._changed:
            while not self._stopped and (left := until - self._clock()) > 0:
                self._changed.wait(left)
        return self.open()

    def _set(self, *, paused: bool) -> None:
        with self._changed:
            self._paused = paused
            self._changed.notify_all()
