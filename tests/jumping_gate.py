"""A gate whose waiting takes no time: it moves the clocks instead."""

from collections.abc import Callable

from cancel_desk.runs.gate import Gate
from cancel_desk.walmart.elapsed import Clocks


class JumpingGate(Gate):
    """Its clocks go on by what is waited for; ``in_between`` is called at each wait."""

    def __init__(self) -> None:
        self.steady = 1000.0
        self.wall = 1_781_189_740.0
        super().__init__(Clocks(lambda: self.steady, lambda: self.wall))
        self.waits: list[float] = []
        self.in_between: Callable[[], None] = lambda: None

    def wait(self, seconds: float) -> bool:
        self._pass(seconds)
        return super().wait(0)

    def wait_open(self, seconds: float) -> bool:
        self._pass(seconds)
        return super().wait_open(0)

    def sleep(self, seconds: float) -> None:
        """Close the lid for so long: the steady clock stands still."""
        self.wall += seconds

    def _pass(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.steady += seconds
        self.wall += seconds
        self.in_between()
