"""Rows held against what was sent before: nothing that may be under way is sent once more."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cancel_desk.checks.issues import Code, Issue, Level
from cancel_desk.checks.live import LiveRow
from cancel_desk.sheet.columns import Column
from cancel_desk.walmart.orders import Order


class LineKey(NamedTuple):
    """An order line, by purchase order number and line number."""

    po: str
    line: str


class EarlierSending(NamedTuple):
    """A line that a run of this computer sent before.

    ``confirmed``: Walmart cancelled it; else no answer came. ``unsettled``: resuming that run would
    tell what came of it, or ask the person. ``time`` is UTC in ISO 8601.
    """

    run: str
    units: int
    confirmed: bool
    time: str
    unsettled: bool = False


def earlier_issues(
    live: LiveRow, order: Order, earlier: Mapping[LineKey, EarlierSending]
) -> Iterator[Issue]:
    """Name the lines of a row that were sent before, also where it is held back for that.

    What came of the other call is to be known first, where it can be: else it may be this one's
    refusal that the row reports, although the line is cancelled. After that, asking for all that is
    still open can't take more than the person sees, so it is only told; a part of it may be the
    same part again, so it is held back.
    """
    for number, units in (*_sendable(live), *_held_back(live)):
        sent = earlier.get(LineKey(order.purchase_order_id, number))
        line = order.line(number)
        if sent is None or line is None:
            continue
        part = units < line.open
        level = Level.ERROR if part or sent.unsettled else Level.WARNING
        params = {
            "line": number,
            "units": str(sent.units),
            "run": sent.run,
            "date": sent.time[:10],
            "open": str(line.open),
        }
        yield Issue(live.row_id, Column.LINE, level, _code(sent), params)


def _sendable(live: LiveRow) -> Iterator[tuple[str, int]]:
    return ((target.line, target.units) for target in live.targets)


def _held_back(live: LiveRow) -> Iterator[tuple[str, int]]:
    """Yield the line of a row that is held back because a part of it is cancelled; no units."""
    return (
        (issue.params["line"], 0)
        for issue in live.issues
        if issue.code is Code.PART_ALREADY_CANCELLED
    )


def _code(sent: EarlierSending) -> Code:
    if sent.unsettled:
        return Code.SENT_UNSETTLED
    return Code.SENT_EARLIER if sent.confirmed else Code.SENT_WITHOUT_ANSWER
