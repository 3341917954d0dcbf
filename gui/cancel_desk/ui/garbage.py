"""Python's garbage collection, held to the window's thread."""

import gc
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Slot

_AT_A_TIME: Final = 5000  # rows are let go of within a few milliseconds
BETWEEN_LOOKS_MS: Final = 2000
A_SHEET: Final = 10_000
"""As many new objects since the last look are rows of a sheet: nothing else makes so many."""


def let_go(owners: list[object], contents: list[list[Any]]) -> None:
    """Let go of something large a little in each turn of the event loop, from the last on.

    To let go of all of a large sheet at once would keep the window waiting for it. ``contents`` are
    lists of what the owners hold very many of.
    """

    def next_part() -> None:
        if owners:
            owners.pop()
        else:
            del contents[-1][-_AT_A_TIME:]
            if not contents[-1]:
                contents.pop()
        if owners or contents:
            QTimer.singleShot(0, next_part)

    QTimer.singleShot(0, next_part)


class GarbageCollection(QObject):
    """Collects from a timer of the thread it was made in, and never in any other.

    Python collects in whichever thread happens to be running; a Qt object found in a cycle there
    would be destroyed outside its own thread, which ends the process.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what a program begins with stays to its end
        self._timer = QTimer(self, interval=BETWEEN_LOOKS_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Collect the oldest generation that has grown beyond Python's own thresholds.

        The rows of a large sheet are set aside instead, with all else there is: to look through
        them took up to 0.2 s, at every look, and rows hold no cycles. They are let go of as ever.
        """
        if gc.get_count()[0] > A_SHEET:
            gc.freeze()
            return
        grown = [
            generation
            for generation, (count, limit) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if limit and count > limit
        ]
        if grown:
            gc.collect(max(grown))
