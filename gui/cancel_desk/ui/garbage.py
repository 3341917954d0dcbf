"""Python's garbage collection, held to the window's thread."""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

BETWEEN_LOOKS_MS: Final = 2000


class GarbageCollection(QObject):
    """Collects from a timer of the thread it was made in, and never in any other.

    Python collects in whichever thread happens to be running; a Qt object found in a cycle there
    would be destroyed outside its own thread, which ends the process.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=BETWEEN_LOOKS_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Collect the oldest generation that has grown beyond Python's own thresholds."""
        grown = [
            generation
            for generation, (count, limit) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if limit and count > limit
        ]
        if grown:
            gc.collect(max(grown))
