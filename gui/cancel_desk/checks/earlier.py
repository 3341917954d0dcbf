"""Rows held against what was sent before: a part of a line must not be taken twice."""

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

    ``confirmed``: Walmart cancelled it; else no answer came. ``time`` is UTC in ISO 8601.
    """

    run: str
    units: int
    confirmed: bool
    time: str


def earlier_issues(
    live: LiveRow, order: Order, earlier: Mapping[LineKey, EarlierSending]
) -> Iterator[Issue]:
    """Name the lines of a row that were sent before.

    Asking for all that is still open can't take more than the person sees, so that is only told;
    a part of it may be the same part again, so it is held back.
    """
    for target in live.targets:
        sent = earlier.get(LineKey(order.purchase_order_id, target.line))
        line = order.line(target.line)
        if sent is None or line is None:
            continue
        level = Level.WARNING if target.units >= line.open else Level.ERROR
        code = Code.SENT_EARLIER if sent.confirmed else Code.SENT_WITHOUT_ANSWER
        params = {
            "line": target.line,
            "units": str(sent.units),
            "run": sent.run,
            "date": sent.time[:10],
            "open": str(line.open),
        }
        yield Issue(live.row_id, Column.LINE, level, code, params)
