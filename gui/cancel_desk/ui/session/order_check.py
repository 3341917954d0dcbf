"""Reading the orders of a sheet in the background, told to the window a few times a second."""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from cancel_desk.checks.live import Look
from cancel_desk.connections import Connection
from cancel_desk.desk import Desk
from cancel_desk.ui.session.background import Background

BETWEEN_UPDATES_MS: Final = 100
"""The window hears of news ten times a second at most, however fast they come."""
AT_ONCE: Final = 100
"""Orders told in one turn of the window's loop: each has its rows looked at again."""


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
        self._ended: Callable[[], object] | None = None
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
        """Tell of what came, a few orders at a time; end when all is told."""
        with self._lock:
            arrived = dict(islice(self._arrived.items(), AT_ONCE))
            for po in arrived:
                del self._arrived[po]
            more = bool(self._arrived)
        if arrived:
            self._done += len(arrived)
            self.looked.emit(arrived)
            self.progressed.emit(self._done, self._total)
        self._timer.setInterval(0 if more or self._ended else BETWEEN_UPDATES_MS)
        if self._ended and not more:
            self._timer.stop()
            self._ended()

    def _on_read(self, _looks: dict[str, Look]) -> None:
        self._ended = self.finished.emit
        self._on_tick()

    def _on_failed(self, error: Exception) -> None:
        self._ended = partial(self.failed.emit, error)
        self._on_tick()
