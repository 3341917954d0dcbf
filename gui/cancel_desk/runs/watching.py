"""What a front is told while a run is going on; called from the sending threads."""

from collections.abc import Sequence
from typing import Protocol

from cancel_desk.runs.outcome import RunLine
from cancel_desk.walmart.failures import CallFailed


class Watcher(Protocol):
    """A front's ears. Each call must return soon: a sending thread waits for it."""

    def changed(self, lines: Sequence[RunLine]) -> None:
        """These lines stand differently now."""

    def waiting(self, seconds: float) -> None:
        """The next call of a sending thread goes in so many seconds, for the sake of the pace."""

    def paused(self, failure: CallFailed) -> None:
        """The run paused itself after too many failures of this kind in a row."""

    def unreachable(self, seconds: float) -> None:
        """The connection is gone; a sending thread tries again by itself in so many seconds."""

    def first_sent(self, lines: Sequence[RunLine]) -> None:
        """The first request went alone and these lines of it stand so; the gate waits for a go."""
