"""A model of Walmart in memory, with every fault, for the state machine over runs."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple, Self

from cancel_desk.runs.journal import Journal, JournalError
from cancel_desk.runs.judge import Seen
from cancel_desk.runs.outcome import Outcome, RunLine
from cancel_desk.walmart.client import CancelReply
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind
from cancel_desk.walmart.orders import CancelLine, Order, OrderLine
from cancel_desk.walmart.pace import TokenBucket


class Fate(Enum):
    """What becomes of a cancel at Walmart, whatever it answers."""

    APPLIED = auto()
    DROPPED = auto()
    LATE = auto()  # applied when :meth:`ModelledStore.catch_up` is called, if it still fits
    FIRST_LEFT_ALONE = auto()
    FIRST_ONLY = auto()  # though the answer is a refusal


class Answer(NamedTuple):
    """How a call is answered: with a failure, with the order, or with neither."""

    failure: tuple[FailureKind, Cause] | None = None
    order: bool = True
    words: str = ""
    status: int = 200


class Step(NamedTuple):
    """One cancel call: fate, answer, and how many readings after it still show the order before."""

    fate: Fate = Fate.APPLIED
    answer: Answer = Answer()
    lag: int = 0


_K, _C = FailureKind, Cause
_LOST = [(_K.UNKNOWN, cause) for cause in (_C.READ_TIMEOUT, _C.UNREADABLE, _C.HTTP, _C.OTHER_ORDER)]
_NOT_RECEIVED = [
    (_K.UNSENT, _C.NO_CONNECTION),
    (_K.UNSENT, _C.UNAUTHORIZED),
    (_K.THROTTLED, _C.HTTP),
    (_K.REFUSED, _C.HTTP),
    (_K.NOT_FOUND, _C.HTTP),
    (_K.FORBIDDEN, _C.HTTP),
    (_K.CREDENTIALS, _C.HTTP),
    (_K.OUR_BUG, _C.BAD_REQUEST),
]

LOST_CALLS = [
    Step(fate, Answer(failure))
    for failure in _LOST
    for fate in (Fate.APPLIED, Fate.DROPPED, Fate.LATE)
]
"""Calls whose answer says nothing."""

STEPS = [
    Step(),
    Step(Fate.FIRST_LEFT_ALONE),
    Step(Fate.FIRST_ONLY, Answer((_K.REFUSED, _C.HTTP))),
    *LOST_CALLS,
    *(Step(Fate.DROPPED, Answer(failure)) for failure in _NOT_RECEIVED),
    *(Step(fate, Answer(order=False)) for fate in (Fate.APPLIED, Fate.DROPPED, Fate.LATE)),
    *(
        Step(fate, Answer(order=False, words="Accepted", status=202))
        for fate in (Fate.APPLIED, Fate.DROPPED, Fate.LATE)
    ),
    Step(Fate.DROPPED, Answer(order=False, words="INVALID_REQUEST_CONTENT")),
    Step(Fate.DROPPED, Answer(words="INVALID_REQUEST_CONTENT")),
]
"""Every way a cancel call can go."""

READ_FAILURES = [None, *_LOST, *_NOT_RECEIVED]


class Crash(BaseException):
    """The program is killed."""


@dataclass(slots=True)
class Life:
    """Counts what a process does, and ends it at a chosen moment.

    ``dies_at`` kills it for good; ``disk_full_at`` lets that one writing of the journal fail;
    ``stops_at`` calls ``stop``.
    """

    dies_at: int | None = None
    disk_full_at: int | None = None
    stops_at: int | None = None
    stop: Callable[[], None] = lambda: None
    ticks: int = 0

    def tick(self) -> None:
        """Go on by one step; Crash from the fatal one on."""
        self.ticks += 1
        if self.ticks == self.stops_at:
            self.stop()
        if self.dies_at is not None and self.ticks >= self.dies_at:
            raise Crash

    def write(self) -> None:
        """The same before the journal is written; JournalError if the disk is full."""
        self.tick()
        if self.ticks == self.disk_full_at:
            raise JournalError("database or disk is full")


class MortalJournal(Journal):
    """A journal whose process may die before or after each writing."""

    life: Life = Life()

    @classmethod
    def reopened(cls, path: Path, life: Life) -> Self:
        """Open the run in a new life."""
        journal = cls.open(path)
        assert isinstance(journal, cls)
        journal.life = life
        return journal

    def claim(self, seen: "dict[int, Seen]", *, po: str, correlation_id: str) -> None:  # type: ignore[override]
        self.life.write()
        super().claim(seen, po=po, correlation_id=correlation_id)
        self.life.tick()

    def end_call(self, correlation_id: str, *, status: int | None, words: str) -> None:
        self.life.write()
        super().end_call(correlation_id, status=status, words=words)
        self.life.tick()

    def record(self, outcomes: "dict[int, Outcome]") -> list[RunLine]:  # type: ignore[override]
        self.life.write()
        changed = super().record(outcomes)
        self.life.tick()
        return changed


@dataclass(slots=True)
class ModelledStore:
    """Orders, what our calls cancelled of them, and a script of what happens next."""

    orders: dict[str, Order]
    life: Life = field(default_factory=Life)
    steps: deque[Step] = field(default_factory=deque)
    read_failures: deque[tuple[FailureKind, Cause] | None] = field(default_factory=deque)
    applied: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    correlation_ids: list[str] = field(default_factory=list)
    cancel_pace: TokenBucket = field(default_factory=lambda: TokenBucket(60_000_000, 1000))
    _late: list[tuple[str, tuple[CancelLine, ...]]] = field(default_factory=list)
    _stale: dict[str, deque[Order]] = field(default_factory=dict)

    def order(
        self, purchase_order_id: str, /, *, wait: Callable[[float], bool] | None = None
    ) -> Order:
        """Return an order as it is, or as it was a few readings ago."""
        assert wait is not None, "a stop must end the waiting between attempts"
        self.life.tick()
        failure = self.read_failures.popleft() if self.read_failures else None
        if failure is not None:
            raise CallFailed(*failure)
        stale = self._stale.get(purchase_order_id)
        return stale.popleft() if stale else self.orders[purchase_order_id]

    def refresh_token(self) -> None:
        """Give a new token."""
        self.life.tick()

    def cancel(
        self, purchase_order_id: str, lines: Sequence[CancelLine], /, *, correlation_id: str
    ) -> CancelReply:
        """Do as the script says."""
        self.life.tick()
        self.correlation_ids.append(correlation_id)
        self.cancel_pace.correct({})
        step = self.steps.popleft() if self.steps else Step()
        before = self.orders[purchase_order_id]
        if step.fate is Fate.LATE:
            self._late.append((purchase_order_id, tuple(lines)))
        elif step.fate is not Fate.DROPPED:
            if not self._fits(purchase_order_id, lines):
                raise CallFailed(_K.REFUSED, _C.HTTP, status=400, words="can't be cancelled")
            self._apply(purchase_order_id, _touched(lines, step.fate))
        # What a refused call did in part can only be told within the sender's patience.
        lag = min(step.lag, 3) if step.fate is Fate.FIRST_ONLY else step.lag
        self._stale[purchase_order_id] = deque([before] * lag)
        self.life.tick()
        if step.answer.failure is not None:
            raise CallFailed(*step.answer.failure, words=step.answer.words)
        order = self.orders[purchase_order_id] if step.answer.order else None
        return CancelReply(order, step.answer.words, step.answer.status, correlation_id)

    def catch_up(self) -> None:
        """Apply what was received and left lying, and show every order as it is."""
        late, self._late = self._late, []
        for po, lines in late:
            if self._fits(po, lines):
                self._apply(po, lines)
        self._stale.clear()

    def ship(self, po: str, number: str) -> None:
        """Ship one open unit of a line."""
        line = self.orders[po].line(number)
        if line is not None and line.open:
            self._put(po, number, "Shipped", 1)

    def _fits(self, po: str, lines: Sequence[CancelLine]) -> bool:
        found = [(self.orders[po].line(each.line_number), each.amount) for each in lines]
        return all(line is not None and line.open >= amount for line, amount in found)

    def _apply(self, po: str, lines: Sequence[CancelLine]) -> None:
        for each in lines:
            self._put(po, each.line_number, "Cancelled", each.amount)
            self.applied.setdefault((po, each.line_number), []).append(each.amount)

    def _put(self, po: str, number: str, status: str, units: int) -> None:
        def changed(line: OrderLine) -> OrderLine:
            if line.number != number:
                return line
            had = line.quantities.get(status, 0)
            return replace(line, quantities={**line.quantities, status: had + units})

        order = self.orders[po]
        self.orders[po] = replace(order, lines=tuple(map(changed, order.lines)))


def _touched(lines: Sequence[CancelLine], fate: Fate) -> Sequence[CancelLine]:
    """Return the lines that are cancelled; one that is refused alone never is."""
    if fate is Fate.FIRST_LEFT_ALONE:
        return lines[1:]
    if fate is Fate.FIRST_ONLY:
        return lines[:1] if len(lines) > 1 else ()
    return lines
