"""Long work of the window's own thread, done a little in each turn of its event loop."""

from collections.abc import Generator, Iterator, Sequence
from time import perf_counter
from typing import Final, TypeAlias, TypeVar

from PySide6.QtCore import QObject, QTimer, Slot

_T = TypeVar("_T")

Slices: TypeAlias = Generator[None, None, _T]
"""Work that rests now and then, each time after a millisecond or two, and returns something."""

PART: Final = 1000
"""So many rows are looked at between two rests; work on fewer takes no rest at all."""

_TURN: Final = 0.01  # seconds


def parts_of(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Give items in parts that take a millisecond or two each."""
    size = PART
    return (items[at : at + size] for at in range(0, len(items), size))


def rest_after(part: Sequence[object]) -> Slices[None]:
    """Rest, unless all there is to do fits into one part."""
    if len(part) == PART:
        yield


def at_once(work: Slices[_T]) -> _T:
    """Return what work comes to, done without a rest."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: _T = end.value
            return result


class InTurns(QObject):
    """Does one piece of work at a time; what is begun later takes its place.

    Nothing else runs beside it, so that what it reads can change between two rests only.
    """

    def __init__(self, parent: QObject | None = None, *, long: int = 1) -> None:
        """``long``: how many turns are taken at once, where each has much painted anew."""
        super().__init__(parent)
        self._long = long
        self._work: Iterator[None] | None = None
        self._paused = False
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_turn)

    @property
    def busy(self) -> bool:
        """Whether there is work left to do."""
        return self._work is not None

    def start(self, work: Iterator[None]) -> None:
        """Begin at once, unless it rests; what can be done in one turn is done on return."""
        self._work = work
        if not self._paused:
            self._on_turn()
        self.pause(paused=self._paused)

    def later(self, work: Iterator[None]) -> None:
        """Begin in the next turn, behind what is there to be painted."""
        self._work = work
        self.pause(paused=self._paused)

    def finish(self) -> None:
        """Do at once what is left; not to be called by the work itself."""
        work = self._work
        for _rest in work or ():
            if self._work is not work:
                return
        if self._work is work:
            self.stop()

    def stop(self) -> None:
        """Do no more of it."""
        self._work = None
        self._timer.stop()

    def pause(self, *, paused: bool) -> None:
        """Rest until told to go on."""
        self._paused = paused
        if paused or not self.busy:
            self._timer.stop()
        else:
            self._timer.start()

    @Slot()
    def _on_turn(self) -> None:
        work, end = self._work, perf_counter() + _TURN * self._long
        for _rest in work or ():
            if self._work is not work:  # what it told of began something else
                return
            if perf_counter() > end:
                return
        if self._work is work:
            self.stop()
