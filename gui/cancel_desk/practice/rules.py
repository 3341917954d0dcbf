"""What Walmart accepts in a cancel call, and which lines it lets go."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from cancel_desk.practice.bodies import ApiError, ErrorItem
from cancel_desk.practice.orders import Order, OrderLine, ShipNode, Status

MAX_LINES = 100
UNITS = frozenset({"EACH", "EA"})
REASONS = frozenset(
    {
        "CUSTOMER_REQUESTED_SELLER_TO_CANCEL",
        "SELLER_CANCEL_PRICING_ERROR",
        "SELLER_CANCEL_OUT_OF_STOCK",
        "SELLER_CANCEL_FRAUD_STOP_SHIPMENT",
        "SELLER_CANCEL_ADDRESS_NOT_SERVICEABLE",
    }
)
CONTENT = "INVALID_REQUEST_CONTENT.GMP_ORDER_API"


class AskedLine(NamedTuple):
    """One line of a cancel call: so many units of it, for that reason."""

    number: str
    units: int
    reason: str


def read_cancel(body: bytes) -> tuple[AskedLine, ...]:
    """The lines that a cancel body asks for.

    Raises ApiError (400) for anything Walmart's schema does not allow: a missing field, a number
    where text is due, a value outside an enum, a line named twice, or more than 100 lines.
    """
    try:
        content = json.loads(body)
    except ValueError:
        item = ErrorItem("MALFORMED_REQUEST_CONTENT.GMP_ORDER_API", "The request body is not JSON")
        raise ApiError(400, item, contract=True) from None
    cancellation = _object(_object(content, "body"), "body", "orderCancellation")
    order_lines = _object(cancellation, "orderCancellation", "orderLines")
    lines = _array(order_lines, "orderLine")
    if len(lines) > MAX_LINES:
        raise _broken("orderLine", f"{len(lines)} order lines, at most {MAX_LINES} are allowed")
    asked = tuple(_read_line(_object(line, "orderLine")) for line in lines)
    numbers = [line.number for line in asked]
    twice = next((number for number in numbers if numbers.count(number) > 1), None)
    if twice is not None:
        raise _broken("lineNumber", f"The Line: {twice} is in the request more than once")
    return asked


def check_lines(order: Order, asked: tuple[AskedLine, ...]) -> None:
    """Raises ApiError (400) naming every line that can't be cancelled; one refuses them all."""
    if order.ship_node is ShipNode.WFS:
        text = (
            f"Unable to process this request. The PO: {order.purchase_order_id} is fulfilled by WFS"
        )
        raise ApiError(400, ErrorItem(CONTENT, text, "purchaseOrderId"))
    items = [item for line in asked if (item := _refusal(order, line)) is not None]
    if items:
        raise ApiError(400, *items)


def _refusal(order: Order, asked: AskedLine) -> ErrorItem | None:
    line = order.line(asked.number)
    named = f"The Line: {asked.number} of PO: {order.purchase_order_id}"
    if line is None:
        return ErrorItem(CONTENT, f"{named} does not exist", "lineNumber")
    if not line.open:
        text = f"Unable to process this request. {named} is in {_closed_as(line)} status"
        return ErrorItem(CONTENT, text, "lineNumber")
    if asked.units > line.open:
        text = (
            f"Failed when called cancel API for '{order.purchase_order_id}', Line: {asked.number}. "
            "Some or all Line(s)/Qty cannot be cancelled due to invalid Lines Or invalid Qty "
            "Or Qty more than allowed"
        )
        return ErrorItem(CONTENT, text, "amount")
    return None


def _closed_as(line: OrderLine) -> str:
    furthest = (Status.REFUND, Status.DELIVERED, Status.SHIPPED, Status.CANCELLED)
    return next(status for status in furthest if line.units_in(status)).value.upper()


def _read_line(line: dict[str, Any]) -> AskedLine:
    number = _text(line, "lineNumber")
    statuses = _array(_object(line, "orderLine", "orderLineStatuses"), "orderLineStatus")
    if len(statuses) != 1:
        raise _broken(
            "orderLineStatus", f"The Line: {number} has {len(statuses)} statuses, one is allowed"
        )
    status = _object(statuses[0], "orderLineStatus")
    if _text(status, "status") != Status.CANCELLED.value:
        raise _broken("status", "The status of a cancellation is Cancelled")
    reason = _text(status, "cancellationReason")
    if reason not in REASONS:
        raise _broken("cancellationReason", f"{reason} is not a valid cancellation reason")
    quantity = _object(status, "orderLineStatus", "statusQuantity")
    if _text(quantity, "unitOfMeasurement") not in UNITS:
        raise _broken("unitOfMeasurement", "The unit of measurement is EACH or EA")
    amount = _text(quantity, "amount")
    if not (amount.isascii() and amount.isdigit() and int(amount[:9]) >= 1):
        raise _broken("amount", f"{amount[:40]} is not a quantity")
    return AskedLine(number, int(amount[:9]), reason)


def _broken(field: str, description: str) -> ApiError:
    return ApiError(400, ErrorItem(CONTENT, description, field), contract=True)


def _object(value: object, name: str, key: str | None = None) -> dict[str, Any]:
    if key is not None and isinstance(value, dict):
        name, value = key, value.get(key)
    if not isinstance(value, dict):
        raise _broken(name, f"{name} is required and is an object")
    return value


def _array(value: dict[str, Any], key: str) -> list[Any]:
    items = value.get(key)
    if not isinstance(items, list) or not items:
        raise _broken(key, f"{key} is required and is an array with at least one entry")
    return items


def _text(value: dict[str, Any], key: str) -> str:
    text = value.get(key)
    if not isinstance(text, str) or not text.strip():
        raise _broken(key, f"{key} is required and is a string")
    return text
