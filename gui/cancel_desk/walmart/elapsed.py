"""Time that has passed, also while the computer slept and whatever its clock was set to."""

import time
from collections.abc import Callable
from typing import NamedTuple


class Clocks(NamedTuple):
    """The two clocks of a computer, in seconds.

    ``steady`` never jumps, but on Linux and macOS it stands still while the computer sleeps.
    ``wall`` counts sleep, and jumps when somebody sets it.
    """

    steady: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time

    def start(self) -> "Elapsed":
        """Begin to count."""
        return Elapsed(self, self.steady(), self.wall())


class Elapsed(NamedTuple):
    """How long ago something was; rather too long than too short."""

    clocks: Clocks
    steady_start: float
    wall_start: float

    @property
    def seconds(self) -> float:
        """Seconds since the start by the clock that says more."""
        steady = self.clocks.steady() - self.steady_start
        return max(steady, self.clocks.wall() - self.wall_start)
