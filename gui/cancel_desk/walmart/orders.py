"""Purchase orders as Walmart tells them, their lines and units by status, and the cancel body."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple

from cancel_desk.walmart.loose_json import (
    UnreadableReply,
    as_mapping,
    as_text,
    as_units,
    items,
    optional_mapping,
)

MAX_LINES = 100
"""Lines in one cancel request (Walmart's orders FAQ)."""

WFS = "WFSFulfilled"
"""The ship node type of orders that Walmart itself ships and that the cancel call refuses."""

# What integrators have seen beside the enum of Walmart's order schema.
_STATUS_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "created": "Created",
        "acknowledged": "Acknowledged",
        "shipped": "Shipped",
        "delivered": "Delivered",
        "cancelled": "Cancelled",
        "canceled": "Cancelled",
        "refund": "Refund",
        "refunded": "Refund",
    }
)
_CLOSED = ("Shipped", "Delivered", "Cancelled", "Refund")
_YES = ("true", "yes", "y", "1")
_LATEST_EPOCH_MS = 4_102_444_800_000  # the year 2100: later is not a ship date


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order line. ``quantities`` are units by status, summed over the line's status rows."""

    number: str
    sku: str
    product_name: str
    ordered: int
    quantities: Mapping[str, int]
    intent_to_cancel: bool = False

    @property
    def cancelled(self) -> int:
        """Units that are cancelled."""
        return self.quantities.get("Cancelled", 0)

    @property
    def shipped(self) -> int:
        """Units that left: shipped or delivered."""
        return self.quantities.get("Shipped", 0) + self.quantities.get("Delivered", 0)

    @property
    def open(self) -> int:
        """Units that are neither shipped, delivered, cancelled nor refunded; never below 0."""
        return max(0, self.ordered - sum(self.quantities.get(status, 0) for status in _CLOSED))


@dataclass(frozen=True, slots=True)
class Order:
    """One purchase order without anything about the buyer. ``ship_by`` is UTC."""

    purchase_order_id: str
    customer_order_id: str
    ship_node_type: str
    ship_by: datetime | None
    lines: tuple[OrderLine, ...]

    def line(self, number: str) -> OrderLine | None:
        """Return the line with exactly this number, or None."""
        return next((line for line in self.lines if line.number == number), None)

    @property
    def cancellable_here(self) -> bool:
        """Whether the cancel call takes this order at all: not one that Walmart ships (WFS)."""
        return self.ship_node_type.casefold() != WFS.casefold()


class OrderPage(NamedTuple):
    """One page of the order list; ``next_cursor`` is "" on the last one."""

    orders: tuple[Order, ...]
    next_cursor: str


class CancelLine(NamedTuple):
    """One line to cancel: ``amount`` units of it, for a reason code of the market."""

    line_number: str
    reason: str
    amount: int


def cancel_body(lines: Iterable[CancelLine]) -> dict[str, object]:
    """Return the JSON body of a cancel call (Walmart's orders schema: every leaf is text).

    Raises ValueError for no line, more than 100 lines, or an amount below 1.
    """
    wanted = tuple(lines)
    if not 1 <= len(wanted) <= MAX_LINES:
        raise ValueError(f"a cancel call takes 1 to {MAX_LINES} lines, not {len(wanted)}")
    if any(line.amount < 1 for line in wanted):
        raise ValueError("an amount to cancel is at least 1")
    return {"orderCancellation": {"orderLines": {"orderLine": [_cancel_row(x) for x in wanted]}}}


def _cancel_row(line: CancelLine) -> dict[str, object]:
    status = {
        "status": "Cancelled",
        "cancellationReason": line.reason,
        "statusQuantity": {"unitOfMeasurement": "EACH", "amount": str(line.amount)},
    }
    return {
        "lineNumber": line.line_number,
        "orderLineStatuses": {"orderLineStatus": [status]},
    }


def parse_order(payload: object) -> Order:
    """Return the order in a decoded reply, wrapped in ``order`` or not.

    Takes single objects for arrays, numbers for text and text for numbers. Buyer data is not
    looked at. Raises UnreadableReply when the order or one of its lines can't be told for sure.
    """
    outer = as_mapping(payload, "reply")
    found = items(outer, "order") if "order" in outer else (outer,)
    if len(found) != 1:
        raise UnreadableReply(f"{len(found)} orders where one was asked for")
    order = as_mapping(found[0], "order")
    lines = tuple(_line(item) for item in items(order.get("orderLines"), "orderLine"))
    numbers = [line.number for line in lines]
    if len(set(numbers)) != len(numbers):
        raise UnreadableReply("a line number appears twice")
    return Order(
        purchase_order_id=as_text(order.get("purchaseOrderId"), "purchaseOrderId"),
        customer_order_id=as_text(order.get("customerOrderId", ""), "customerOrderId", blank=True),
        ship_node_type=as_text(
            optional_mapping(order.get("shipNode")).get("type", ""), "shipNode.type", blank=True
        ),
        ship_by=_moment(optional_mapping(order.get("shippingInfo")).get("estimatedShipDate")),
        lines=lines,
    )


def parse_order_list(payload: object) -> OrderPage:
    """Return the orders of one page of the list and the cursor to the next.

    Raises UnreadableReply when any order on the page can't be told for sure.
    """
    outer = as_mapping(payload, "reply")
    page = as_mapping(outer.get("list", outer), "list")
    cursor = optional_mapping(page.get("meta")).get("nextCursor") or ""
    return OrderPage(
        orders=tuple(parse_order(item) for item in items(page.get("elements"), "order")),
        next_cursor=as_text(cursor, "nextCursor", blank=True),
    )


def _line(payload: object) -> OrderLine:
    line = as_mapping(payload, "orderLine")
    rows = [
        as_mapping(row, "orderLineStatus")
        for row in items(line.get("orderLineStatuses"), "orderLineStatus")
    ]
    ordered = _amount(line.get("orderLineQuantity"))
    quantities = _units_by_status(rows, ordered)
    item = optional_mapping(line.get("item"))
    return OrderLine(
        number=as_text(line.get("lineNumber"), "lineNumber"),
        sku=as_text(item.get("sku", ""), "sku", blank=True),
        product_name=as_text(item.get("productName", ""), "productName", blank=True),
        ordered=sum(quantities.values()) if ordered is None else ordered,
        quantities=quantities,
        intent_to_cancel=str(line.get("intentToCancel", "")).strip().casefold() in _YES,
    )


def _units_by_status(rows: list[Mapping[str, object]], ordered: int | None) -> dict[str, int]:
    """Sum the rows; a single row without an amount speaks for the whole line."""
    units: dict[str, int] = {}
    for row in rows:
        told = as_text(row.get("status"), "status")
        status = _STATUS_NAMES.get(told.casefold(), told)
        amount = _amount(row.get("statusQuantity"))
        if amount is None and len(rows) == 1:
            amount = ordered
        if amount is None:
            raise UnreadableReply("a status without its quantity")
        units[status] = units.get(status, 0) + amount
    if ordered is None and not units:
        raise UnreadableReply("a line without any quantity")
    return units


def _amount(quantity: object) -> int | None:
    amount = optional_mapping(quantity).get("amount")
    return None if amount is None or amount == "" else as_units(amount, "amount")


def _moment(value: object) -> datetime | None:
    """Read epoch milliseconds or ISO 8601; what can't be a ship date is None, not an error."""
    text = str(value or "").strip()
    if re.fullmatch(r"\d{1,16}(\.0)?", text):
        ms = int(text.split(".")[0])
        return datetime.fromtimestamp(ms / 1000, UTC) if 0 < ms < _LATEST_EPOCH_MS else None
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the last day of 9999, written in New York
        return None
