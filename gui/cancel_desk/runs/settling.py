"""Settling lines whose call had no usable answer, by reading their order with patience."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from cancel_desk.runs.breaker import Breaker, Errand
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.judge import cancelled_outcome, unsettled
from cancel_desk.runs.order_store import OrderStore
from cancel_desk.runs.outage import Outage
from cancel_desk.runs.outcome import Finding, Outcome, RunLine, State
from cancel_desk.walmart.failures import CallFailed, GivenUp
from cancel_desk.walmart.orders import Order

Lines = Sequence[RunLine]
Record = Callable[[Mapping[int, Outcome]], list[RunLine]]

_STILL_THERE = frozenset({Finding.NO_ANSWER, Finding.PART_UNSURE})


class Settler:
    """Reads orders until they show what became of a call, and records it."""

    def __init__(
        self,
        store: OrderStore,
        record: Record,
        gate: Gate,
        breaker: Breaker,
        outage: Outage,
    ) -> None:
        self._store = store
        self._record = record
        self._gate = gate
        self._breaker = breaker
        self._outage = outage

    def settle(self, lines: Lines, looks: Sequence[float]) -> list[RunLine]:
        """Settle lines of one order; return those that may be sent again; RunHalted.

        ``looks`` are the pauses in seconds before each reading: Walmart does not say how soon a
        reading shows a cancel. All other lines have their outcome recorded. A stopped run leaves
        them UNKNOWN, to be settled when it is resumed.
        """
        rest = list(lines)
        order: Order | None = None
        for pause in looks:
            if not rest or not self._gate.wait(pause):
                return []
            order = self.look(rest[0].po) or order
            if order is not None:
                found = shown_cancelled(rest, order)
                self._record(found)
                rest = [line for line in rest if line.id not in found]
        return self.conclude(rest, order) if order is not None else []

    def conclude(self, lines: Lines, order: Order) -> list[RunLine]:
        """Record what an order says of lines in doubt; return those that may be sent again."""
        found = shown_cancelled(lines, order)
        rest = [line for line in lines if line.id not in found]
        verdicts = {line.id: unsettled(line, order) for line in rest}
        concluded = {line.id: _concluded(line, verdicts[line.id].outcome) for line in rest}
        changed = self._record(found | concluded)
        return [
            line
            for line in changed
            if line.id in verdicts
            and verdicts[line.id].may_be_sent_again
            and line.finding is Finding.NO_ANSWER
        ]

    def look(self, po: str) -> Order | None:
        """Read an order, waiting for a lost connection; None if it can't be read; RunHalted."""
        while True:
            try:
                order = self._store.order(po, wait=self._gate.wait)
            except GivenUp:
                return None
            except CallFailed as failure:
                self._breaker.failed(Errand.READ, failure)
                if not self._outage.wait(failure):
                    return None
            else:
                self._breaker.went_well(Errand.READ)
                return order


def shown_cancelled(
    lines: Lines, order: Order, finding: Finding = Finding.FOUND_CANCELLED
) -> dict[int, Outcome]:
    """Return the outcomes of the lines that the order shows as cancelled since their call.

    That is CANCELLED, or ALREADY_CANCELLED where it was other runs that did it.
    """
    return {
        line.id: _as_said(line, outcome)
        for line in lines
        if (outcome := cancelled_outcome(line, order, finding)) is not None
    }


def _concluded(line: RunLine, outcome: Outcome) -> Outcome:
    """Put together what was said at the call and what the order shows after it."""
    result = _as_said(line, outcome)
    accepted = line.finding is Finding.ACCEPTED_UNCHANGED
    if not accepted or outcome.finding not in _STILL_THERE:
        return result
    if result.words and result.status != 202:
        # An answer of 200 that carries an error and changed nothing is a refusal. The words of a
        # 202 are none: the call was taken, and its cancel may be seen later than we looked.
        return replace(result, state=State.REFUSED, finding=Finding.REFUSED_BY_WALMART)
    return replace(result, finding=Finding.ACCEPTED_UNCHANGED)


def _as_said(line: RunLine, outcome: Outcome) -> Outcome:
    """Keep Walmart's words at the call; reading the order adds none."""
    if line.outcome is None:
        return outcome
    return replace(
        outcome,
        words=line.outcome.words,
        status=line.outcome.status,
        correlation_id=line.outcome.correlation_id,
    )
