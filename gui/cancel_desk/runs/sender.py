"""Sending one request so that each of its lines is cancelled once at most and judged truly."""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from cancel_desk.runs.breaker import LOST_CONNECTION, Breaker, Errand, RunHalted
from cancel_desk.runs.deciding import approved
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.journal import Journal
from cancel_desk.runs.judge import Seen, before_sending, cancelled_since, unsettled
from cancel_desk.runs.order_store import OrderStore
from cancel_desk.runs.outage import Outage
from cancel_desk.runs.outcome import Finding, Outcome, RunLine, State
from cancel_desk.runs.patience import Patience
from cancel_desk.runs.settling import Lines, Settler, shown_cancelled
from cancel_desk.runs.turn import Turn
from cancel_desk.runs.watching import Watcher
from cancel_desk.walmart.client import CancelReply
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind
from cancel_desk.walmart.orders import CancelLine, Order

_MAY_BE_RECEIVED = frozenset({FailureKind.UNKNOWN, FailureKind.REFUSED, FailureKind.NOT_FOUND})


class RequestSender:
    """Takes one request from its order's state now to an outcome for each line.

    Lives as long as one request is being sent. Every step that may change something at Walmart is
    in the journal before it begins and after it ends.
    """

    def __init__(
        self,
        journal: Journal,
        store: OrderStore,
        gate: Gate,
        breaker: Breaker,
        patience: Patience,
        watcher: Watcher,
    ) -> None:
        self._journal = journal
        self._store = store
        self._gate = gate
        self._breaker = breaker
        self._patience = patience
        self._watcher = watcher
        self._outage = Outage(gate, watcher, patience)
        self._settler = Settler(store, self._record, gate, breaker, self._outage)
        self._calls: Counter[int] = Counter()  # by line
        self._doubtful: set[int] = set()  # lines one of whose calls may still be applied
        self._decisions: dict[int, Outcome] = {}  # of the person, to send a line in doubt again
        self._setbacks: Counter[Cause | FailureKind] = Counter()

    def send(self, lines: Lines) -> None:
        """Send what may be sent of the lines of one request; RunHalted, JournalError.

        Returns early when the gate stops: what was not sent is then still PENDING or UNSENT.
        """
        in_doubt = [line for line in lines if line.state is State.UNKNOWN]
        self._doubtful.update(line.id for line in in_doubt)
        self._decisions.update(
            (line.id, line.outcome)
            for line in in_doubt
            if line.outcome and line.finding is Finding.SEND_AGAIN
        )
        if self._decisions and not self._gate.wait(self._rest_of_wait()):
            return
        undecided = [line for line in in_doubt if line.id not in self._decisions]
        again = self._settler.settle(undecided, self._patience.looks)
        looked_up = {line.id for line in undecided}
        groups: deque[Lines] = deque([[*(x for x in lines if x.id not in looked_up), *again]])
        while groups and self._gate.open():
            if group := groups.popleft():
                groups.extend(self._attempt(group))

    def _rest_of_wait(self) -> float:
        """Return the seconds in which the first call of a line may still be seen to arrive.

        Whoever decides in a hurry would else have its units cancelled twice. A clock that was set
        back makes it no longer.
        """
        now, least = self._gate.clocks.wall(), self._patience.before_again
        read = (datetime.fromisoformat(x.params["read"]) for x in self._decisions.values())
        rest = [least - max(0.0, now - moment.timestamp()) for moment in read]
        return max([0.0, *rest])

    def look_again(self, lines: Lines) -> None:
        """Settle lines of one order that are in doubt, as far as looking does it; RunHalted."""
        self._settler.settle(lines, self._patience.last_looks)

    def _attempt(self, lines: Lines) -> list[Lines]:
        """Make one call for the lines that may be sent; return the groups to try again."""
        turn = Turn(self._store, self._gate, self._watcher)
        try:
            order = turn.order(lines[0].po)
        except CallFailed as failure:
            return self._after_unread(lines, failure)
        if order is None:
            return [lines]
        self._breaker.went_well(Errand.READ)
        seen = self._sendable(lines, order)
        if not seen or self._gate.closed:
            turn.give_back()
            return [self._journal.lines_of(seen)] if seen else []
        correlation_id = str(uuid4())
        self._journal.claim(seen, po=order.purchase_order_id, correlation_id=correlation_id)
        claimed = self._journal.lines_of(seen)
        self._calls.update(seen.keys())
        self._watcher.changed(claimed)
        return self._call(claimed, correlation_id)

    def _after_unread(self, lines: Lines, failure: CallFailed) -> list[Lines]:
        """An order that can't be read: nothing was sent, but lines in doubt stay in doubt."""
        sure = [line.id for line in lines if line.id not in self._doubtful]
        if failure.kind is FailureKind.NOT_FOUND:
            self._breaker.went_well(Errand.READ)
            self._record(dict.fromkeys(sure, _of(failure, State.SKIPPED, Finding.ORDER_GONE)))
            return []
        finding = _unsent_finding(failure, Finding.NOT_READ)
        self._record(dict.fromkeys(sure, _of(failure, State.UNSENT, finding)))
        self._breaker.failed(Errand.READ, failure)
        return [lines] if self._may_retry(failure, Errand.READ) else []

    def _sendable(self, lines: Lines, order: Order) -> dict[int, Seen]:
        """Record what the order rules out and return what may be sent of the lines."""
        wanted = self._approved(lines, order)
        in_doubt = [x for x in lines if x.id in self._doubtful and x.id not in wanted]
        again = self._settler.conclude(in_doubt, order) if in_doubt else []
        again = [x for x in again if self._calls[x.id] < self._patience.calls_per_line]
        sure = [line for line in lines if line.id not in self._doubtful]
        checked = before_sending([*sure, *again], order)
        self._record(checked.outcomes)
        return checked.sendable | wanted

    def _approved(self, lines: Lines, order: Order) -> dict[int, Seen]:
        """Return the lines that the person wants sent again, and whose order is as they saw it.

        Where it is not, their decision is void.
        """
        decided = [line for line in lines if line.id in self._decisions]
        wanted = (
            approved(line, self._decisions[line.id], order.line(line.line)) for line in decided
        )
        sendable = before_sending(filter(None, wanted), order).sendable
        for line in decided:
            if line.id not in sendable:
                del self._decisions[line.id]
        return sendable

    def _call(self, lines: Lines, correlation_id: str) -> list[Lines]:
        """Make the call for claimed lines and record what became of each."""
        wanted = [CancelLine(line.line, line.reason, self._units(line)) for line in lines]
        # A decision is good for one call that Walmart may have received.
        decided = {x.id: self._decisions.pop(x.id) for x in lines if x.id in self._decisions}
        try:
            reply = self._store.cancel(lines[0].po, wanted, correlation_id=correlation_id)
        except CallFailed as failure:
            self._journal.end_call(correlation_id, status=failure.status, words=failure.words)
            if failure.kind not in _MAY_BE_RECEIVED:
                self._decisions |= decided
            return self._after_failure(lines, failure, correlation_id)
        self._journal.end_call(correlation_id, status=reply.status, words=reply.words)
        self._breaker.went_well(Errand.CANCEL)
        self._after_reply(lines, reply)
        return []

    def _after_reply(self, lines: Lines, reply: CancelReply) -> None:
        """Believe the order in the reply line by line; what it doesn't show is looked up.

        Walmart took the call, so it is not made again: the order alone decides. Where an earlier
        call may still be applied, even a refusal inside the reply says nothing of the line.
        """
        told = Outcome(
            State.UNKNOWN,
            Finding.ACCEPTED_UNCHANGED,
            words=reply.words,
            status=reply.status,
            correlation_id=reply.correlation_id,
        )
        outcomes = {line.id: self._believed(line, told) for line in lines}
        if reply.order is not None:
            outcomes |= {
                line_id: _with_words(found, told)
                for line_id, found in shown_cancelled(lines, reply.order, Finding.CONFIRMED).items()
            }
        changed = self._record(outcomes)
        self._settler.settle(
            [line for line in changed if line.state is State.UNKNOWN], self._patience.looks
        )

    def _after_failure(self, lines: Lines, failure: CallFailed, correlation_id: str) -> list[Lines]:
        if failure.kind in {FailureKind.REFUSED, FailureKind.NOT_FOUND}:
            self._breaker.went_well(Errand.CANCEL)
            return self._after_refusal(lines, failure, correlation_id)
        if failure.kind is FailureKind.UNKNOWN:
            self._doubtful.update(line.id for line in lines)
            unknown = _of(failure, State.UNKNOWN, Finding.NO_ANSWER, correlation_id)
            changed = self._record({line.id: unknown for line in lines})
            self._breaker.failed(Errand.CANCEL, failure)
            return [self._settler.settle(changed, self._patience.looks)]
        finding = _unsent_finding(failure, Finding.NOT_REACHED)
        unsent = _of(failure, State.UNSENT, finding, correlation_id)
        changed = self._record({line.id: self._believed(line, unsent) for line in lines})
        # Where one token was refused, a new one may do: the client drops it, and reads again with
        # another one by itself, but never cancels twice.
        if failure.cause is not Cause.UNAUTHORIZED or self._setbacks[failure.cause]:
            self._breaker.failed(Errand.CANCEL, failure)
        return [changed] if self._may_retry(failure, Errand.CANCEL) else []

    def _after_refusal(self, lines: Lines, failure: CallFailed, correlation_id: str) -> list[Lines]:
        """Walmart said no to the whole call: read the order to learn which line was in the way.

        Where the order shows it, the others are sent again together, else each by itself.
        """
        refused = _of(failure, State.REFUSED, Finding.REFUSED_BY_WALMART, correlation_id)
        unseen = refused if len(lines) == 1 else _in_doubt(refused)
        told = {line.id: self._believed(line, unseen) for line in lines}
        try:
            order = self._look_after_refusal(lines)
        except RunHalted:
            self._record(told)
            raise
        if order is None:
            self._record(told)
            return []
        outcomes = {
            line_id: _with_words(found, refused)
            for line_id, found in shown_cancelled(lines, order).items()
        }
        rest = [line for line in lines if line.id not in outcomes]
        sure = [line for line in rest if line.id not in self._doubtful]
        for line_id, closed in before_sending(sure, order).outcomes.items():
            # Only this says why in words that don't deny the call.
            if closed.finding is Finding.NO_LONGER_OPEN:
                outcomes[line_id] = replace(refused, finding=closed.finding, params=closed.params)
            else:
                outcomes[line_id] = refused
        for line in rest:
            verdict = unsettled(line, order)
            # Where fewer units are cancelled than were asked, it may have been this call.
            partly = bool(cancelled_since(line, order.line(line.line)))
            if partly or (line.id in self._doubtful and not verdict.may_be_sent_again):
                outcomes[line.id] = _with_words(verdict.outcome, refused)
        suspects = [line for line in rest if line.id not in outcomes]
        alone = len(lines) == 1
        suspected = refused if alone else replace(refused, state=State.UNSENT)
        outcomes |= {line.id: self._believed(line, suspected) for line in suspects}
        self._record(outcomes)
        if alone:
            return []
        again = self._journal.lines_of(line.id for line in suspects)
        return [again] if len(again) < len(lines) else [[line] for line in again]

    def _look_after_refusal(self, lines: Lines) -> Order | None:
        """Read the order until it shows what became of the lines after all, or patience ends.

        Walmart does not say whether a bad line lets the good ones of its call pass, nor how soon a
        reading shows a cancel: what did pass must be neither sent again nor called refused. None
        where the order could not be read, or not often enough before the gate stopped.
        """
        order = self._settler.look(lines[0].po)
        # One line alone is not sent again, so less is at stake.
        for pause in self._patience.looks if len(lines) > 1 else self._patience.looks[:2]:
            if order is not None and self._explains(order, lines):
                break
            if not self._gate.wait(pause):
                return None if len(lines) > 1 else order
            order = self._settler.look(lines[0].po) or order
        return order

    def _explains(self, order: Order, lines: Lines) -> bool:
        """Whether an order shows a line as cancelled, or a single one as closed."""
        if shown_cancelled(lines, order):
            return True
        return len(lines) == 1 and not before_sending(lines, order).sendable

    def _believed(self, line: RunLine, outcome: Outcome) -> Outcome:
        """Nothing that this call says settles an earlier one that may have arrived."""
        if line.id not in self._doubtful:
            return outcome
        return self._decisions.get(line.id) or _in_doubt(outcome)

    def _units(self, line: RunLine) -> int:
        """Return how many units a call asks for: of a line sent again, those that are missing."""
        decided = self._decisions.get(line.id)
        return int(decided.params["again"]) if decided else line.units

    def _may_retry(self, failure: CallFailed, errand: Errand) -> bool:
        """Decide whether a call that was not received is made again, after the right pause."""
        if failure.kind is FailureKind.THROTTLED:
            self._store.cancel_pace.hold(failure.retry_after or 0.0)
            self._setbacks[failure.kind] += 1
            return self._setbacks[failure.kind] <= self._patience.throttled
        self._setbacks[failure.cause] += 1
        if failure.cause in LOST_CONNECTION:
            return self._outage.wait(failure)
        tried = self._setbacks[failure.cause]
        if tried > len(self._patience.reconnects):
            return False
        if failure.cause is Cause.UNAUTHORIZED:
            return self._has_new_token(errand)
        return self._gate.wait(self._patience.reconnects[tried - 1])

    def _has_new_token(self, errand: Errand) -> bool:
        try:
            self._store.refresh_token()
        except CallFailed as failure:
            self._breaker.failed(errand, failure)
            return self._may_retry(failure, errand)
        return True

    def _record(self, outcomes: Mapping[int, Outcome]) -> list[RunLine]:
        if not outcomes:
            return []
        changed = self._journal.record(outcomes)
        self._watcher.changed(changed)
        return changed


def _with_words(shown: Outcome, said: Outcome) -> Outcome:
    """Return what an order shows, with what Walmart said at the call."""
    return replace(said, state=shown.state, finding=shown.finding, params=shown.params)


def _in_doubt(outcome: Outcome) -> Outcome:
    return replace(outcome, state=State.UNKNOWN, finding=Finding.NO_ANSWER)


def _unsent_finding(failure: CallFailed, otherwise: Finding) -> Finding:
    if failure.kind is FailureKind.THROTTLED:
        return Finding.THROTTLED
    if failure.kind is FailureKind.FORBIDDEN:
        return Finding.NOT_ALLOWED
    if failure.kind is FailureKind.CREDENTIALS or failure.cause is Cause.UNAUTHORIZED:
        return Finding.CREDENTIALS_REFUSED
    return otherwise


def _of(failure: CallFailed, state: State, finding: Finding, correlation_id: str = "") -> Outcome:
    return Outcome(
        state,
        finding,
        {"cause": failure.cause.value},
        words=" ".join(part for part in (failure.code, failure.words) if part),
        status=failure.status,
        correlation_id=correlation_id or failure.correlation_id,
    )
