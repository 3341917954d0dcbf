"""Reading a person's sheet in the background, with progress and a way to stop it."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.ui.session.background import Background
from cancel_desk.ui.session.order_check import BETWEEN_UPDATES_MS

Progress = Callable[[int], None]
Cancelled = Callable[[], bool]


class SheetReading(QObject):
    """One reading of one sheet; ends with exactly one of ``finished`` and ``failed``."""

    progressed = Signal(int)  # rows so far
    finished = Signal(object)  # what the work gave
    failed = Signal(object)  # the exception

    def __init__(
        self, background: Background, name: str, work: Callable[[Progress, Cancelled], object]
    ) -> None:
        """``work`` is called in a thread of its own, ``name`` is what is read, for the person."""
        super().__init__()
        self.name = name
        self._background = background
        self._given = work
        self._cancelled = threading.Event()
        self._rows = 0
        self._timer = QTimer(self, interval=BETWEEN_UPDATES_MS)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        """Begin reading and checking."""
        self._timer.start()
        self._background.start(self._work, self._on_read, self._on_failed)

    def cancel(self) -> None:
        """Stop: ``failed`` follows, also where all was read by then."""
        self._cancelled.set()

    def _work(self) -> object:
        return self._given(self._count, self._cancelled.is_set)

    def _count(self, rows: int) -> None:
        """Called by the reading thread."""
        self._rows = rows

    @Slot()
    def _on_tick(self) -> None:
        self.progressed.emit(self._rows)

    def _on_read(self, found: object) -> None:
        self._timer.stop()
        if self._cancelled.is_set():
            self.failed.emit(SheetError(SheetProblem.CANCELLED))
        else:
            self.finished.emit(found)

    def _on_failed(self, error: Exception) -> None:
        self._timer.stop()
        self.failed.emit(error)
