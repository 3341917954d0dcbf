"""Getting a store's open orders as a sheet."""

from collections.abc import Callable
from dataclasses import dataclass

from cancel_desk.language import gettext as _
from cancel_desk.sheet.order_rows import OrderFilter, sheet_of_orders
from cancel_desk.sheet.rows import RawSheet
from cancel_desk.ui.session.sheet_look import NothingToOpen
from cancel_desk.walmart.client import WalmartClient
from cancel_desk.walmart.open_orders import list_open_orders


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
    """Return a sheet with a row for each open line; CallFailed, NothingToOpen, ListingStopped."""
    orders = list_open_orders(
        client,
        days=wanted.days,
        statuses=wanted.lines.statuses,
        progress=progress,
        stopped=stopped,
    )
    sheet = sheet_of_orders(orders, wanted.lines)
    if not sheet.rows:
        raise NothingToOpen(
            _(
                "No open order of this store fits what you asked for. Nothing was changed. Ask "
                "for more days, or leave out the ship-by date or the SKUs."
            )
        )
    return sheet
