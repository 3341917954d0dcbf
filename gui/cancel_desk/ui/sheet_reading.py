"""Reading a person's file in the background, with progress and a way to stop it."""

import threading
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from cancel_desk.checks.review import Review
from cancel_desk.desk import Desk
from cancel_desk.ui.background import Background
from cancel_desk.ui.order_check import BETWEEN_UPDATES_MS


class SheetReading(QObject):
    """One reading of one file; ends with exactly one of ``finished`` and ``failed``."""

    progressed = Signal(int)  # rows so far
    finished = Signal(object)  # the Review
    failed = Signal(object)  # the exception

    def __init__(self, desk: Desk, background: Background, path: Path, *, market: str) -> None:
        super().__init__()
        self.path = path
        self._desk = desk
        self._background = background
        self._market = market
        self._cancelled = threading.Event()
        self._rows = 0
        self._timer = QTimer(self, interval=BETWEEN_UPDATES_MS)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        """Begin reading and checking."""
        self._timer.start()
        self._background.start(self._work, self._on_read, self._on_failed)

    def cancel(self) -> None:
        """Stop; ``failed`` follows."""
        self._cancelled.set()

    def _work(self) -> Review:
        raw = self._desk.read(self.path, progress=self._count, cancelled=self._cancelled.is_set)
        return self._desk.review(raw, self._market)

    def _count(self, rows: int) -> None:
        """Called by the reading thread."""
        self._rows = rows

    @Slot()
    def _on_tick(self) -> None:
        self.progressed.emit(self._rows)

    def _on_read(self, review: Review) -> None:
        self._timer.stop()
        self.finished.emit(review)

    def _on_failed(self, error: Exception) -> None:
        self._timer.stop()
        self.failed.emit(error)
