"""Reading the orders of a sheet in the background, told to the window a few times a second."""

import threading
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from cancel_desk.checks.live import Look
from cancel_desk.connections import Connection
from cancel_desk.desk import Desk
from cancel_desk.ui.background import Background

BETWEEN_UPDATES_MS: Final = 100
"""The window hears of news ten times a second at most, however fast they come."""


class OrderCheck(QObject):
    """One reading of many orders; ends with exactly one of ``finished`` and ``failed``."""

    looked = Signal(object)  # dict[str, Look]: what came since the last time
    progressed = Signal(int, int)  # orders read, orders in all
    finished = Signal()
    failed = Signal(object)  # the exception

    def __init__(self, desk: Desk, connection: Connection, background: Background) -> None:
        super().__init__()
        self._background = background
        self._reading = desk.order_reading(connection)
        self._lock = threading.Lock()
        self._arrived: dict[str, Look] = {}
        self._done = 0
        self._total = 0
        self.stopped = False
        self._timer = QTimer(self, interval=BETWEEN_UPDATES_MS)
        self._timer.timeout.connect(self._on_tick)

    def start(self, orders: Sequence[str]) -> None:
        """Begin reading these orders."""
        self._total = len(orders)
        self.progressed.emit(0, self._total)
        self._timer.start()
        self._background.start(
            lambda: self._reading.read(orders, self._tell), self._on_read, self._on_failed
        )

    def stop(self) -> None:
        """Read no further order; ``finished`` follows when those under way have come."""
        self.stopped = True
        self._reading.stop()

    def _tell(self, po: str, look: Look) -> None:
        """Called by the reading threads."""
        with self._lock:
            self._arrived[po] = look

    @Slot()
    def _on_tick(self) -> None:
        with self._lock:
            arrived, self._arrived = self._arrived, {}
        if arrived:
            self._done += len(arrived)
            self.looked.emit(arrived)
            self.progressed.emit(self._done, self._total)

    def _on_read(self, _looks: dict[str, Look]) -> None:
        self._timer.stop()
        self._on_tick()
        self.finished.emit()

    def _on_failed(self, error: Exception) -> None:
        self._timer.stop()
        self._on_tick()
        self.failed.emit(error)
