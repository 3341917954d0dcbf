"""Judging lines from what an order shows before and after a call; pure, no I/O."""

from collections.abc import Iterable
from typing import NamedTuple

from cancel_desk.runs.outcome import Finding, Outcome, RunLine, State
from cancel_desk.walmart.orders import Order, OrderLine


class Seen(NamedTuple):
    """The units of a line just before it is sent."""

    cancelled: int
    open: int


class Sorted(NamedTuple):
    """Lines that may be sent, with what was seen of them, and outcomes for the others."""

    sendable: dict[int, Seen]
    outcomes: dict[int, Outcome]


def before_sending(lines: Iterable[RunLine], order: Order) -> Sorted:
    """Decide by a fresh order which lines may be sent as they were confirmed."""
    result = Sorted({}, {})
    for line in lines:
        found = order.line(line.line)
        if not order.cancellable_here:
            result.outcomes[line.id] = Outcome(State.SKIPPED, Finding.FULFILLED_BY_WALMART)
        elif found is None:
            result.outcomes[line.id] = Outcome(State.SKIPPED, Finding.LINE_GONE)
        elif outcome := _by_refused_call(line, order, found):
            result.outcomes[line.id] = outcome
        elif found.open < line.units:
            result.outcomes[line.id] = _too_little_open(line, found)
        elif line.sku and found.sku and line.sku.casefold() != found.sku.casefold():
            result.outcomes[line.id] = Outcome(State.SKIPPED, Finding.OTHER_ITEM)
        elif grown := cancelled_since(line, found):
            result.outcomes[line.id] = Outcome(
                State.SKIPPED, Finding.PART_CANCELLED_SINCE, _counts(line, found, grown)
            )
        else:
            # An order can read older than it did before: what was cancelled then stays so.
            cancelled = max(found.cancelled, line.cancelled_before or 0)
            result.sendable[line.id] = Seen(cancelled, found.open)
    return result


def _too_little_open(line: RunLine, found: OrderLine) -> Outcome:
    if found.cancelled and found.cancelled >= found.ordered:
        return Outcome(State.SKIPPED, Finding.ALREADY_CANCELLED)
    params = _counts(line, found, 0)
    finding = Finding.LESS_OPEN if found.open else Finding.NO_LONGER_OPEN
    return Outcome(State.SKIPPED, finding, params)


def _by_refused_call(line: RunLine, order: Order, found: OrderLine) -> Outcome | None:
    """Return what came of a call that was taken for not received, if the order shows a cancel.

    All units that were asked for were cancelled by that call. Fewer may have been, where Walmart
    refused it together with other lines.
    """
    if line.open_before is None:
        return None
    own = own_units(line, found)
    if own >= line.units:
        return Outcome(State.CANCELLED, Finding.FOUND_CANCELLED, {"units": str(line.units)})
    if own and line.finding is Finding.REFUSED_BY_WALMART:
        return unsettled(line, order).outcome
    return None


def _counts(line: RunLine, found: OrderLine, grown: int) -> dict[str, str]:
    return {
        "asked": str(line.units),
        "cancelled": str(grown),
        "open": str(found.open),
        "shipped": str(found.shipped),
        "ordered": str(found.ordered),
        "cancelled_in_all": str(found.cancelled),
    }


def cancelled_since(line: RunLine, found: OrderLine | None) -> int:
    """Return how many units were cancelled since the line was confirmed or its call began."""
    if found is None or line.cancelled_before is None:
        return 0
    return max(0, found.cancelled - line.cancelled_before)


def own_units(line: RunLine, found: OrderLine | None) -> int:
    """Return how many units, at most, this run cancelled since its call began.

    A reading before the call can lag behind what another run cancelled. So a unit counts only where
    no other run has recorded it as its own, and all runs together have no more than are cancelled.
    """
    if found is None or line.cancelled_before is None:
        return 0
    units = set(range(line.cancelled_before, found.cancelled))
    for each in line.elsewhere:
        if each.before is not None:
            units.difference_update(range(each.before, each.before + each.units))
    left = found.cancelled - sum(each.units for each in line.elsewhere)
    return max(0, min(len(units), left))


def cancelled_outcome(line: RunLine, order: Order, finding: Finding) -> Outcome | None:
    """Return what came of a call if the order shows its units as cancelled, else None.

    It is CANCELLED with ``finding``, or ALREADY_CANCELLED where other runs cancelled all of it.
    """
    if order.purchase_order_id != line.po:
        return None
    found = order.line(line.line)
    if found is None or not cancelled_since(line, found):
        return None
    own = own_units(line, found)
    if own >= line.units:
        return Outcome(State.CANCELLED, finding, {"units": str(own)})
    if not own and found.cancelled >= found.ordered:
        return Outcome(State.SKIPPED, Finding.ALREADY_CANCELLED)
    return None


class Unsettled(NamedTuple):
    """What an order shows of a line whose call had no usable answer, after enough patience."""

    outcome: Outcome
    may_be_sent_again: bool


def unsettled(line: RunLine, order: Order) -> Unsettled:
    """Judge a line that the order does not show as cancelled although it may have been received.

    Only a line whose whole open quantity was asked may be sent again: a second call can't take
    more than the first one asked. A part of a quantity is left to the person.
    """
    found = order.line(line.line)
    grown = cancelled_since(line, found)
    if found is None:
        return Unsettled(Outcome(State.UNKNOWN, Finding.NO_ANSWER), may_be_sent_again=False)
    params = _counts(line, found, grown)
    # Where nothing is open, and what was cancelled is what other runs have, this call did nothing.
    if grown and (found.open or own_units(line, found)):
        return Unsettled(
            Outcome(State.UNKNOWN, Finding.PARTLY_CANCELLED, params), may_be_sent_again=False
        )
    if found.open == 0:
        return Unsettled(
            Outcome(State.REFUSED, Finding.NO_LONGER_OPEN, params), may_be_sent_again=False
        )
    if not line.whole:
        return Unsettled(
            Outcome(State.UNKNOWN, Finding.PART_UNSURE, params), may_be_sent_again=False
        )
    again = found.open >= line.units
    return Unsettled(Outcome(State.UNKNOWN, Finding.NO_ANSWER, params), may_be_sent_again=again)
