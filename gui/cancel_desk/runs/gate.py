"""The gate between calls: pause, resume and stop, and waiting that stop ends at once."""

import threading

from cancel_desk.walmart.elapsed import Clocks


class Gate:
    """Workers pass through the gate before each call; the call in flight is never cut off."""

    def __init__(self, clocks: Clocks | None = None) -> None:
        """Begin open."""
        self.clocks = clocks or Clocks()
        self._changed = threading.Condition()
        self._paused = False
        self._stopped = False
        self._pauses = 0

    @property
    def stopped(self) -> bool:
        """Whether no further call may begin."""
        return self._stopped

    @property
    def closed(self) -> bool:
        """Whether a call would have to wait, or may not begin at all."""
        return self._paused or self._stopped

    @property
    def pauses(self) -> int:
        """How many pauses there were."""
        return self._pauses

    def pause(self) -> None:
        """Let no further call begin until :meth:`resume`."""
        with self._changed:
            self._pauses += not self._paused
            self._paused = True
            self._changed.notify_all()

    def resume(self) -> None:
        """Let calls begin again."""
        with self._changed:
            self._paused = False
            self._changed.notify_all()

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
        until = self.clocks.steady() + seconds
        with self._changed:
            while not self._stopped and (left := until - self.clocks.steady()) > 0:
                self._changed.wait(left)
        return self.open()

    def wait_open(self, seconds: float) -> bool:
        """Wait for a time; return False at once when the gate is paused or stopped meanwhile."""
        until = self.clocks.steady() + seconds
        with self._changed:
            while not self.closed and (left := until - self.clocks.steady()) > 0:
                self._changed.wait(left)
            return not self.closed
