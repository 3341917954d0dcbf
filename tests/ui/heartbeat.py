"""A heart in the window's thread: how much work each turn of its event loop was.

The window is kept waiting by a turn that is more work than the yardstick: a fixed piece of work
that takes ``LONGEST`` seconds on a machine of today with nothing else to do, and is done again
beside each measure. A machine that is slow or shared is so for both.
"""

import time
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Slot

LONGEST: Final = 0.05
"""Seconds of work that a turn of the window's loop may be, on a machine of today."""

BEAT_MS: Final = 5
_TRIES: Final = 8
_YARDSTICK: Final = 540_000  # words, which take LONGEST


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


def yardstick() -> float:
    """Return the seconds of work that the longest turn may be now, on this machine."""
    begun = time.thread_time()
    words = {}
    for at in range(_YARDSTICK):
        words[at % 997] = str(at)
    return max(LONGEST, time.thread_time() - begun)


def assert_never_kept_waiting(measure: Callable[[], Iterable[float]]) -> None:
    """Fail where the window is kept waiting: by the same act in each of several tries.

    ``measure`` acts and returns the longest turn of each act, in seconds of work. What one turn
    is charged by chance, as for a page of memory or for another machine on the same processor, is
    not charged to it each time.
    """
    tried: list[list[float]] = []
    for _ in range(_TRIES):
        before = yardstick()
        turns = list(measure())
        limit = max(before, yardstick())
        tried.append([turn / limit for turn in turns])
        if all(min(act) < 1 for act in zip(*tried, strict=True)):
            return
    raise AssertionError(f"longest turns, in yardsticks: {tried}")
