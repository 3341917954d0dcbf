"""One run being sent in the background: its controls, and its news a few times a second."""

import gc
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from cancel_desk.connections import Connection
from cancel_desk.desk import Desk
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.next_call import NextCall
from cancel_desk.runs.outcome import RunLine, State
from cancel_desk.runs.results import RowResult
from cancel_desk.runs.run import Run
from cancel_desk.runs.runner import RunEnd
from cancel_desk.since_boot import SleepNotice, since_boot
from cancel_desk.ui.session.background import Background
from cancel_desk.ui.session.order_check import BETWEEN_UPDATES_MS
from cancel_desk.walmart.failures import CallFailed


@dataclass(frozen=True, slots=True)
class SendingEnd:
    """How sending ended, and what is now known of every row.

    ``error`` is set where it could not even go on; ``results`` are true all the same.
    ``paused_for`` is why it had paused itself when it was stopped.
    """

    results: list[RowResult]
    end: RunEnd | None = None
    error: Exception | None = None
    paused_for: CallFailed | None = None


class _Ears:
    """The run's watcher: keeps the latest news until the window asks for them."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._next_call = NextCall(clock=clock)
        self._lock = threading.Lock()
        self._lines: dict[int, RunLine] = {}
        self._failure: CallFailed | None = None
        self._first: list[RunLine] = []
        self._cut_off = False

    def changed(self, lines: Sequence[RunLine]) -> None:
        with self._lock:
            # Whatever was done for a line other than putting it off was done over the network.
            self._cut_off &= all(line.state is State.UNSENT for line in lines)
            self._lines.update((line.id, line) for line in lines)

    def waiting(self, seconds: float) -> None:
        self._next_call.note(seconds)

    def unreachable(self, seconds: float) -> None:
        with self._lock:
            self._cut_off = True
        self._next_call.put_off(seconds)

    @property
    def cut_off(self) -> bool:
        with self._lock:
            return self._cut_off

    def paused(self, failure: CallFailed) -> None:
        with self._lock:
            self._failure = failure

    def first_sent(self, lines: Sequence[RunLine]) -> None:
        with self._lock:
            self._first = list(lines)

    def take_first(self) -> list[RunLine]:
        with self._lock:
            first, self._first = self._first, []
            return first

    def take(self) -> tuple[list[RunLine], float, CallFailed | None]:
        with self._lock:
            lines, self._lines = list(self._lines.values()), {}
            failure, self._failure = self._failure, None
            return lines, self._next_call.seconds, failure


class Sending(QObject):
    """Sends what is left of one run; ``ended`` comes exactly once, when every call is over."""

    changed = Signal(object)  # list[RunLine]
    waited = Signal(float)  # seconds until the next call; told with every update
    broke_off = Signal(object)  # CallFailed: the run paused itself
    first_sent = Signal(object)  # list[RunLine]: it paused after these, as was wished
    woke = Signal(float)  # seconds for which the computer slept
    ended = Signal(object)  # SendingEnd

    def __init__(
        self,
        desk: Desk,
        run: Run,
        connection: Connection,
        background: Background,
        *,
        first_alone: bool = False,
        clock: Callable[[], float] = time.monotonic,
        boot_clock: Callable[[], float] = since_boot,
    ) -> None:
        """``first_alone``: pause after the first request, and tell by ``first_sent``."""
        super().__init__()
        self.run = run
        self.connection = connection
        self._desk = desk
        self._background = background
        self._first_alone = first_alone
        self._gate = Gate()
        self._ears = _Ears(clock)
        self._paused = False
        self._paused_for: CallFailed | None = None
        self._sleep = SleepNotice(clock=boot_clock)
        self._timer = QTimer(self, interval=BETWEEN_UPDATES_MS)
        self._timer.timeout.connect(self._on_tick)

    @property
    def paused(self) -> bool:
        """Whether it waits for the person."""
        return self._paused

    @property
    def cut_off(self) -> bool:
        """Whether the connection is lost and waited for."""
        return self._ears.cut_off

    @property
    def stopping(self) -> bool:
        """Whether it only waits for the calls under way."""
        return self._gate.stopped

    @property
    def orders_a_minute(self) -> float:
        """The pace that the store allows at present."""
        return self.connection.client.cancel_pace.per_minute

    def start(self) -> None:
        """Begin."""
        # The sheet, its review and the rest live on: looking through all of it for garbage would
        # hold up the window, and the sending threads with it.
        gc.freeze()
        self._timer.start()
        self._background.start(self._work, self._on_ended, self._on_failed)

    def pause(self) -> None:
        """Begin no further call; those under way are awaited and written down."""
        self._paused = True
        self._gate.pause()

    def resume(self) -> None:
        """Go on."""
        self._paused = False
        self._paused_for = None
        self._gate.resume()

    def stop(self) -> None:
        """Begin no further call ever; ``ended`` follows."""
        self._gate.stop()

    def _work(self) -> SendingEnd:
        try:
            end = self._desk.send(
                self.run,
                self.connection,
                self._gate,
                self._ears,
                attended=True,
                first_alone=self._first_alone,
            )
        except Exception as error:  # noqa: BLE001 - what is known of the rows is told in any case
            return SendingEnd(self.run.results(), error=error)
        return SendingEnd(self.run.results(), end)

    @Slot()
    def _on_tick(self) -> None:
        if slept := self._sleep.look():
            self.woke.emit(slept)
        lines, wait, failure = self._ears.take()
        if lines:
            self.changed.emit(lines)
        self.waited.emit(wait)
        if failure is not None:
            self._paused = True
            self._paused_for = failure
            self.broke_off.emit(failure)
        if first := self._ears.take_first():
            self._paused = True
            self.first_sent.emit(first)

    def _on_ended(self, end: SendingEnd) -> None:
        gc.unfreeze()
        self._timer.stop()
        self._on_tick()
        self.ended.emit(replace(end, paused_for=self._paused_for))

    def _on_failed(self, error: Exception) -> None:
        """Not even the results could be read."""
        self._on_ended(SendingEnd([], error=error))
