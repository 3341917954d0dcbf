"""The order list: its filters, its dates and its cursor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from cancel_desk.practice.bodies import ApiError, ErrorItem
from cancel_desk.practice.orders import Order, ShipNode, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

DEFAULT_LIMIT, MAX_LIMIT = 100, 200
DEFAULT_AGE = timedelta(days=7)
# The gateway refuses milliseconds, except in the cursors it made itself.
DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", re.ASCII)
CURSOR_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)

FILTERS: dict[str, Callable[[Order, str], bool]] = {
    "purchaseOrderId": lambda order, value: order.purchase_order_id == value,
    "customerOrderId": lambda order, value: order.customer_order_id == value,
    "sku": lambda order, value: any(line.sku == value for line in order.lines),
    "status": lambda order, value: any(line.units_in(Status(value)) for line in order.lines),
    "shipNodeType": lambda order, value: order.ship_node.value == value,
}
ENUMS: dict[str, frozenset[str]] = {
    "status": frozenset(status.value for status in Status if status is not Status.REFUND),
    "shipNodeType": frozenset({*(node.value for node in ShipNode), "3PLFulfilled"}),
}
DATES: dict[str, Callable[[Order, int], bool]] = {
    "createdStartDate": lambda order, at: order.order_date >= at,
    "createdEndDate": lambda order, at: order.order_date <= at,
    "fromExpectedShipDate": lambda order, at: order.ship_by >= at,
    "toExpectedShipDate": lambda order, at: order.ship_by <= at,
    "lastModifiedStartDate": lambda order, at: order.modified >= at,
    "lastModifiedEndDate": lambda order, at: order.modified <= at,
}


class Place(NamedTuple):
    """Where in the list an order stands: newest first."""

    age: int
    purchase_order_id: str


@dataclass(frozen=True, slots=True)
class Query:
    """What a list call asks for; the values are still text."""

    values: dict[str, str]
    limit: int
    after: Place | None = None


class Page(NamedTuple):
    """One page of orders, how many match in all, and the query string of the next page if any."""

    orders: Sequence[Order]
    total: int
    next_cursor: str | None


def read_query(query: str, *, now: float) -> Query:
    """The query of a list call made at `now` (epoch seconds), with Walmart's defaults filled in.

    Raises ApiError (400) for a limit, date, status or cursor that Walmart does not take.
    """
    given = parse_qsl(query, keep_blank_values=True)
    values = dict(given)
    if len(values) != len(given):
        raise _bad("query", "A parameter is given more than once")
    cursor = values.get("hasMoreElements") == "true"
    limit = _limit(values.get("limit", str(DEFAULT_LIMIT)))
    kept = {key: value for key, value in values.items() if key in FILTERS or key in DATES}
    for key, allowed in ENUMS.items():
        if key in kept and kept[key] not in allowed:
            raise _bad(key, f"{kept[key][:40]} is not a valid {key}")
    for key in DATES.keys() & kept.keys():
        _epoch_ms(key, kept[key], cursor=cursor)
    kept.setdefault("shipNodeType", ShipNode.SELLER.value)
    today = datetime.fromtimestamp(now, UTC)
    kept.setdefault("createdStartDate", _cursor_date(today - DEFAULT_AGE))
    kept.setdefault("createdEndDate", _cursor_date(today))
    return Query(kept, limit, _after(values) if cursor else None)


def page(orders: Iterable[Order], query: Query) -> Page:
    """The page of the orders that the query asks for.

    The cursor names the last order given rather than a position, so that cancels between two pages
    can't hide an order.
    """
    dates = {
        key: _epoch_ms(key, value, cursor=True)
        for key, value in query.values.items()
        if key in DATES
    }
    matching = [
        order
        for order in orders
        if all(FILTERS[key](order, value) for key, value in query.values.items() if key in FILTERS)
        and all(DATES[key](order, at) for key, at in dates.items())
    ]
    matching.sort(key=place)
    rest = [each for each in matching if query.after is None or place(each) > query.after]
    shown = rest[: query.limit]
    more = len(rest) > len(shown)
    return Page(shown, len(matching), _cursor(query, place(shown[-1])) if more else None)


def place(order: Order) -> Place:
    """Where the order stands in the list."""
    return Place(-order.order_date, order.purchase_order_id)


def _cursor(query: Query, last: Place) -> str:
    filters = "".join(f"&{key}={value}" for key, value in query.values.items())
    return (
        f"?limit={query.limit}&hasMoreElements=true&soIndex={-last.age}"
        f"&poIndex={last.purchase_order_id}&partnerId=10001234567&sellerId=10001{filters}"
    )


def _after(values: dict[str, str]) -> Place:
    try:
        return Place(-int(values["soIndex"]), values["poIndex"])
    except (KeyError, ValueError):
        raise _bad("nextCursor", "The cursor is not one that was given out") from None


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MAX_LIMIT):
        raise _bad("limit", f"The limit is a number from 1 to {MAX_LIMIT}")
    return int(text)


def _epoch_ms(key: str, text: str, *, cursor: bool) -> int:
    if not (DATE.fullmatch(text) or (cursor and CURSOR_DATE.fullmatch(text))):
        raise _bad(key, "Invalid Request")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _bad(key, "Invalid Request") from None
    return round(moment.replace(tzinfo=UTC).timestamp() * 1000)


def _cursor_date(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _bad(field: str, description: str) -> ApiError:
    item = ErrorItem("INVALID_REQUEST.GMP_ORDER_API", description, field, "REQUEST")
    return ApiError(400, item, contract=True)
