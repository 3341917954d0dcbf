"""Listing the orders of a store that still have something open."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from cancel_desk.walmart.client import WalmartClient
from cancel_desk.walmart.failures import CallFailed
from cancel_desk.walmart.orders import Order

NEW, ACKNOWLEDGED = "Created", "Acknowledged"
"""Walmart's words for units that are still open."""

LONGEST_DAYS = 180
"""How far back orders are listed at most."""

# An order moves from the first to the second; asked in this order, one that moves while the list
# is read comes twice instead of never.
_OPEN = (NEW, ACKNOWLEDGED)


class ListingStopped(Exception):  # noqa: N818 - it reads as what happened
    """Nobody waits for the list any more."""


def list_open_orders(
    client: WalmartClient,
    *,
    progress: Callable[[int], None],
    stopped: Callable[[], bool],
    days: int = LONGEST_DAYS,
    statuses: Collection[str] = (),
) -> tuple[Order, ...]:
    """Return the orders placed in the last ``days`` that have units in one of ``statuses``.

    Without ``statuses`` every open one is meant. Only orders that the seller ships are listed;
    Walmart's own can't be cancelled from here. ``progress`` hears how many there are so far.
    CallFailed, ListingStopped.
    """
    found: dict[str, Order] = {}
    wanted = [status for status in _OPEN if not statuses or status in statuses]
    since = datetime.now(UTC) - timedelta(days=days)
    try:
        for order in _orders(client, since, wanted):
            if stopped():
                raise ListingStopped
            found[order.purchase_order_id] = order
            progress(len(found))
    except CallFailed:
        if stopped():  # the connection was closed for that
            raise ListingStopped from None
        raise
    if stopped():
        raise ListingStopped
    return tuple(found.values())


def _orders(client: WalmartClient, since: datetime, statuses: Iterable[str]) -> Iterator[Order]:
    for status in statuses:
        yield from client.orders(created_start=since, status=status)
