"""What an order of the practice store is, and the JSON it is answered as."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

Json = dict[str, Any]


class Status(StrEnum):
    """The status of some units of a line (Walmart's order schema)."""

    CREATED = "Created"
    ACKNOWLEDGED = "Acknowledged"
    SHIPPED = "Shipped"
    DELIVERED = "Delivered"
    CANCELLED = "Cancelled"
    REFUND = "Refund"


OPEN = frozenset({Status.CREATED, Status.ACKNOWLEDGED})
TRACKED = frozenset({Status.SHIPPED, Status.DELIVERED})


class ShipNode(StrEnum):
    """Who ships an order."""

    SELLER = "SellerFulfilled"
    WFS = "WFSFulfilled"


@dataclass(frozen=True, slots=True)
class StatusRow:
    """So many units of a line in one status."""

    status: Status
    units: int


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line of an order; a line holds one row for each status its units are in."""

    number: str
    sku: str
    product: str
    quantity: int
    price_cents: int
    statuses: tuple[StatusRow, ...]
    status_date: int
    intent_to_cancel: bool = False

    def units_in(self, status: Status) -> int:
        """Units of this line in that status."""
        return sum(row.units for row in self.statuses if row.status is status)

    @property
    def open(self) -> int:
        """Units that can still be cancelled: neither shipped, delivered, cancelled nor refunded."""
        return sum(row.units for row in self.statuses if row.status in OPEN)

    def cancel(self, units: int, *, at: int) -> OrderLine:
        """The line after so many of its open units were cancelled at `at` (epoch ms).

        Raises ValueError when fewer are open.
        """
        if not 1 <= units <= self.open:
            raise ValueError(f"{units} of {self.open} open units can't be cancelled")
        rows: list[StatusRow] = []
        left = units
        for row in self.statuses:
            taken = min(left, row.units) if row.status in OPEN else 0
            left -= taken
            if row.units > taken and row.status is not Status.CANCELLED:
                rows.append(StatusRow(row.status, row.units - taken))
        rows.append(StatusRow(Status.CANCELLED, self.units_in(Status.CANCELLED) + units))
        return replace(self, statuses=tuple(rows), status_date=at)


@dataclass(frozen=True, slots=True)
class Buyer:
    """A made-up person: orders carry personal data so that a leak of it can be noticed."""

    name: str
    phone: str
    email: str
    address1: str
    address2: str
    city: str
    state: str
    postal_code: str


@dataclass(frozen=True, slots=True)
class Order:
    """One purchase order; the times are epoch milliseconds."""

    purchase_order_id: str
    customer_order_id: str
    order_date: int
    ship_by: int
    deliver_by: int
    ship_node: ShipNode
    buyer: Buyer
    lines: tuple[OrderLine, ...]

    def line(self, number: str) -> OrderLine | None:
        """The line of that number, if there is one."""
        return next((line for line in self.lines if line.number == number), None)

    def with_line(self, changed: OrderLine) -> Order:
        """The order with the line of the same number exchanged."""
        lines = tuple(changed if line.number == changed.number else line for line in self.lines)
        return replace(self, lines=lines)

    @property
    def modified(self) -> int:
        """When a line last changed."""
        return max((line.status_date for line in self.lines), default=self.order_date)


def order_json(order: Order, *, single_objects: bool = False) -> Json:
    """The order as Walmart's order schema has it, quantities as text.

    With `single_objects` a list of one arrives as the bare object, as seen in production.
    """
    lines = [_line_json(line, single_objects=single_objects) for line in order.lines]
    return {
        "purchaseOrderId": order.purchase_order_id,
        "customerOrderId": order.customer_order_id,
        "customerEmailId": order.buyer.email,
        "orderDate": order.order_date,
        "shippingInfo": _shipping_json(order),
        "orderLines": {"orderLine": _listed(lines, single_objects=single_objects)},
        "shipNode": {"type": order.ship_node.value, "name": "Northwind Goods", "id": "10001234567"},
    }


def _listed(items: list[Json], *, single_objects: bool) -> list[Json] | Json:
    return items[0] if single_objects and len(items) == 1 else items


def _shipping_json(order: Order) -> Json:
    buyer = order.buyer
    shipping: Json = {
        "phone": buyer.phone,
        "estimatedDeliveryDate": order.deliver_by,
        "methodCode": "Value",
        "postalAddress": {
            "name": buyer.name,
            "address1": buyer.address1,
            "address2": buyer.address2,
            "city": buyer.city,
            "state": buyer.state,
            "postalCode": buyer.postal_code,
            "country": "USA",
            "addressType": "RESIDENTIAL",
        },
    }
    # Production leaves the ship date out once an order is on its way, whatever the schema says.
    if any(line.open for line in order.lines):
        shipping["estimatedShipDate"] = order.ship_by
    return shipping


def _line_json(line: OrderLine, *, single_objects: bool) -> Json:
    statuses = [_status_json(line, row) for row in line.statuses]
    answer: Json = {
        "lineNumber": line.number,
        "item": {"productName": line.product, "sku": line.sku, "condition": "New"},
        "charges": {"charge": _listed([_charge_json(line)], single_objects=single_objects)},
        "orderLineQuantity": _quantity_json(line.quantity),
        "statusDate": line.status_date,
        "orderLineStatuses": {"orderLineStatus": _listed(statuses, single_objects=single_objects)},
        "fulfillment": {"fulfillmentOption": "S2H", "shipMethod": "VALUE"},
    }
    if line.intent_to_cancel:
        answer["intentToCancel"] = "TRUE"
    return answer


def _status_json(line: OrderLine, row: StatusRow) -> Json:
    # Walmart's own example of a cancelled line carries no cancellationReason, so none is answered.
    answer: Json = {"status": row.status.value, "statusQuantity": _quantity_json(row.units)}
    if row.status in TRACKED:
        number = f"1Z{line.status_date}{line.number}"
        answer["trackingInfo"] = {
            "shipDateTime": line.status_date,
            "carrierName": {"carrier": "UPS"},
            "methodCode": "Value",
            "trackingNumber": number,
            "trackingURL": f"https://tracking.example/{number}",
        }
    return answer


def _quantity_json(units: int) -> Json:
    return {"unitOfMeasurement": "EACH", "amount": str(units)}


def _charge_json(line: OrderLine) -> Json:
    tax = round(line.price_cents * 0.08) / 100
    return {
        "chargeType": "PRODUCT",
        "chargeName": "ItemPrice",
        "chargeAmount": {"currency": "USD", "amount": line.price_cents / 100},
        "tax": {"taxName": "Tax1", "taxAmount": {"currency": "USD", "amount": tax}},
    }
