"""A heart in the window's thread: how long each turn of its event loop took."""

import time
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Slot

BEAT_MS: Final = 5


class Turn(NamedTuple):
    """From one beat to the next, in seconds: on the clock, and of the thread's own work.

    ``program`` is the work of all threads: of others that kept the interpreter to themselves too.
    """

    wall: float
    work: float
    program: float


class Heart(QObject):
    """Beats as often as the event loop lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.turns: list[Turn] = []
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self.restart()
        self._timer.start()

    def restart(self) -> None:
        """Forget the turns so far."""
        self.turns = []
        self._last = _now()

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    @Slot()
    def _on_beat(self) -> None:
        last, self._last = self._last, _now()
        self.turns.append(Turn(*(now - then for now, then in zip(self._last, last, strict=True))))


def _now() -> tuple[float, float, float]:
    return time.perf_counter(), time.thread_time(), time.process_time()
