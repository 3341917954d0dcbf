"""Running a run: a few threads take the requests that are not done, order by order."""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from cancel_desk.runs.breaker import Breaker, RunHalted
from cancel_desk.runs.crew import Crew
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.journal import Journal, JournalError
from cancel_desk.runs.order_store import OrderStore
from cancel_desk.runs.outcome import RunLine, State
from cancel_desk.runs.patience import Patience
from cancel_desk.runs.sender import RequestSender
from cancel_desk.runs.watching import Watcher
from cancel_desk.walmart.failures import CallFailed

WORKERS = 8
"""At 60 calls a minute one call at a time misses the allowance whenever Walmart is slow."""
MOST_WORKERS = 4 * WORKERS
"""So many join in where it is so slow that a part of the allowance is left unused."""
_SLOW = 0.2  # seconds for an order: below it, more workers are no use

_ASKED = frozenset({State.CANCELLED, State.REFUSED, State.UNKNOWN})
_NOT_DONE = frozenset({State.PENDING, State.UNSENT, State.UNKNOWN})

_Requests = list[list[RunLine]]  # those of one order


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a run ended: at its end, stopped, or because going on made no sense.

    ``failure`` is set when no call could succeed, ``journal_error`` when the run file could not
    be written, so that nothing more was sent.
    """

    stopped: bool
    failure: CallFailed | None = None
    journal_error: JournalError | None = None


class Runner:
    """Sends everything in a journal that is not done; each order's requests one after another."""

    def __init__(
        self,
        journal: Journal,
        store: OrderStore,
        gate: Gate,
        watcher: Watcher,
        *,
        patience: Patience | None = None,
        workers: int = WORKERS,
    ) -> None:
        self._journal = journal
        self._store = store
        self._gate = gate
        self._watcher = watcher
        self._patience = patience or Patience()
        self._workers = workers
        self._breaker = Breaker(self._patience.failures_in_a_row, gate, watcher)
        self._lock = threading.Lock()
        self._errors: list[BaseException] = []

    def run(self, *, first_alone: bool = False, held: frozenset[int] = frozenset()) -> RunEnd:
        """Send until all is done or the gate stops; every call in flight is awaited.

        ``first_alone``: send one request, then pause the gate and wait until it is resumed.
        ``held`` are lines that are not to be sent.
        """
        lines = [line for line in self._journal.lines() if line.id not in held]
        orders = deque(_by_order(lines, _NOT_DONE))
        if first_alone:
            Crew(lambda: self._guarded(lambda: self._send_first(orders)), most=1).work(1)
        crew = Crew(lambda: self._guarded(lambda: self._send_all(orders, crew)), most=MOST_WORKERS)
        crew.work(min(self._workers, len(orders)))
        self._guarded(self._look_again)
        with suppress(JournalError):  # told already by the thread that met it
            self._journal.end_interrupted()
        return self._end()

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised again in the calling thread
            with self._lock:
                self._errors.append(error)
            self._gate.stop()

    def _send_all(self, orders: deque[_Requests], crew: Crew) -> None:
        while self._gate.open():
            with self._lock:
                if not orders:
                    return
                requests = orders.popleft()
            began = self._gate.clocks.steady()
            for lines in requests:
                self._sender().send(lines)
            took = self._gate.clocks.steady() - began
            if took > _SLOW and self._store.cancel_pace.seconds_until_next == 0:
                crew.add()

    def _send_first(self, orders: deque[_Requests]) -> None:
        """Send request after request until Walmart was asked to cancel, then wait for a go.

        What turns out not to be sendable is passed over: there is nothing to judge by it.
        """
        while orders and self._gate.open():
            lines, *others = orders.popleft()
            if others:
                orders.appendleft(others)
            self._sender().send(lines)
            now = self._journal.lines_of(line.id for line in lines)
            if any(line.state in _ASKED for line in now):
                if orders:
                    self._gate.pause()
                    self._watcher.first_sent(now)
                return

    def _look_again(self) -> None:
        """Look once more at what is in doubt: a reading can lag longer than a worker waited.

        Nothing is sent for it any more.
        """
        if self._gate.stopped:
            return
        orders = deque(_by_order(self._journal.lines(), frozenset({State.UNKNOWN})))
        crew = Crew(lambda: self._guarded(lambda: self._look_at_all(orders)), most=WORKERS)
        crew.work(min(WORKERS, len(orders)))

    def _look_at_all(self, orders: deque[_Requests]) -> None:
        while self._gate.open():
            with self._lock:
                if not orders:
                    return
                requests = orders.popleft()
            self._sender().look_again([line for lines in requests for line in lines])

    def _sender(self) -> RequestSender:
        return RequestSender(
            self._journal,
            self._store,
            self._gate,
            self._breaker,
            self._patience,
            self._watcher,
        )

    def _end(self) -> RunEnd:
        """Turn what stopped the threads into the end of the run; our own bugs are raised."""
        halted = next((e.failure for e in self._errors if isinstance(e, RunHalted)), None)
        journal_error = next((e for e in self._errors if isinstance(e, JournalError)), None)
        for error in self._errors:
            if not isinstance(error, RunHalted | JournalError):
                raise error
        return RunEnd(self._gate.stopped, halted, journal_error)


def _by_order(lines: list[RunLine], states: frozenset[State]) -> list[_Requests]:
    """Return the lines in these states that no person left, by order and in it by request."""
    orders: dict[str, dict[int, list[RunLine]]] = {}
    for line in lines:
        if line.state in states and not line.left:
            orders.setdefault(line.po, {}).setdefault(line.request, []).append(line)
    return [list(requests.values()) for requests in orders.values()]
