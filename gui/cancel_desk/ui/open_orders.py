"""Getting a store's open orders as a sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cancel_desk.language import gettext as _
from cancel_desk.sheet.order_rows import OrderFilter, sheet_of_orders
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import RawSheet
from cancel_desk.ui.sheet_look import NothingToOpen
from cancel_desk.walmart.client import WalmartClient
from cancel_desk.walmart.orders import Order

NEW, ACKNOWLEDGED = "Created", "Acknowledged"
"""Walmart's words for units that are still open."""


@dataclass(frozen=True, slots=True)
class OrdersWanted:
    """Orders placed in the last ``days``, and which of their lines."""

    days: int
    lines: OrderFilter


def open_orders(
    client: WalmartClient,
    wanted: OrdersWanted,
    *,
    progress: Callable[[int], None],
    stopped: Callable[[], bool],
) -> RawSheet:
    """Return a sheet with a row for each open line.

    Only orders the seller ships are listed; Walmart's own can't be cancelled from here. CallFailed,
    NothingToOpen, SheetError if it was stopped.
    """
    since = datetime.now(UTC) - timedelta(days=wanted.days)
    found: dict[str, Order] = {}
    for status in sorted(wanted.lines.statuses or {NEW, ACKNOWLEDGED}):
        for order in client.orders(created_start=since, status=status):
            if stopped():
                raise SheetError(SheetProblem.CANCELLED)
            found[order.purchase_order_id] = order
            progress(len(found))
    if stopped():
        raise SheetError(SheetProblem.CANCELLED)
    sheet = sheet_of_orders(found.values(), wanted.lines)
    if not sheet.rows:
        raise NothingToOpen(
            _(
                "No open order of this store fits what you asked for. Nothing was changed. Ask "
                "for more days, or leave out the ship-by date or the SKUs."
            )
        )
    return sheet
