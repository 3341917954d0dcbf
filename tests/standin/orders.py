"""Orders as the stand-in has them: what is open, what was cancelled when, and their bodies."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from standin.contract import Asked

Body = dict[str, Any]


class Refusal(NamedTuple):
    """Why a cancel is refused: HTTP status, code and words."""

    status: int
    code: str
    words: str


class Applied(NamedTuple):
    """Units of a line that one call cancelled, and when (monotonic seconds)."""

    units: int
    correlation_id: str
    at: float


@dataclass(slots=True)
class Line:
    """One order line; ``state`` is what its open units are in."""

    number: str
    sku: str
    ordered: int
    shipped: int = 0
    state: str = "Acknowledged"
    applied: list[Applied] = field(default_factory=list)

    def cancelled(self, until: float | None = None) -> int:
        """Return the units cancelled up to a moment, or up to now."""
        return sum(each.units for each in self.applied if until is None or each.at <= until)

    @property
    def open(self) -> int:
        """How many units may still be cancelled."""
        return self.ordered - self.shipped - self.cancelled()


@dataclass(slots=True)
class Order:
    """One purchase order."""

    po: str
    customer_order: str
    lines: list[Line]
    node: str = "SellerFulfilled"

    def line(self, number: str) -> Line | None:
        """Return the line of that number, or None."""
        return next((line for line in self.lines if line.number == number), None)


@dataclass(frozen=True, slots=True)
class Looks:
    """How bodies are written where Walmart's replies are known to differ from its schema.

    ``single``: an array of one comes as the object itself; ``numbers``: numbers where strings are
    promised; ``bare``: the order without its wrapping object when read.
    """

    single: bool = False
    numbers: bool = False
    bare: bool = False


class OrderBook:
    """All orders of the stand-in; safe for threads."""

    def __init__(
        self,
        orders: Sequence[Order],
        *,
        looks: Looks | None = None,
        lag: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``lag``: the most seconds until a reading shows a cancel; each order has its own."""
        self.orders = {order.po: order for order in orders}
        self._looks = looks or Looks()
        self._lag = lag
        self._clock = clock
        self._lock = threading.Lock()

    def cancel(
        self, po: str, asked: Sequence[Asked], correlation_id: str, *, leave_first: bool = False
    ) -> Refusal | list[Asked]:
        """Apply a cancel and return what was applied, or why the whole call is refused."""
        with self._lock:
            refusal = self._refusal(po, asked)
            if refusal is not None:
                return refusal
            done = list(asked[1:] if leave_first else asked)
            for each in done:
                line = self.orders[po].line(each.line)
                assert line is not None
                line.applied.append(Applied(each.units, correlation_id, self._clock()))
            return done

    def _refusal(self, po: str, asked: Sequence[Asked]) -> Refusal | None:
        order = self.orders.get(po)
        if order is None:
            return Refusal(404, "CONTENT_NOT_FOUND.GMP_ORDER_API", f"No order {po}")
        if order.node == "WFSFulfilled":
            return Refusal(400, "INVALID_REQUEST.GMP_ORDER_API", f"PO: {po} is fulfilled by WFS")
        for each in asked:
            words = _bad_line(order, each)
            if words:
                return Refusal(400, "INVALID_REQUEST_CONTENT.GMP_ORDER_API", words)
        return None

    def reply(self, po: str) -> Body:
        """Return the body of a cancel: the order as it is."""
        with self._lock:
            return {"order": self._body(self.orders[po], None)}

    def reading(self, po: str) -> Body | None:
        """Return the body of a reading: the order as it was a little while ago; None: unknown."""
        with self._lock:
            order = self.orders.get(po)
            if order is None:
                return None
            behind = self._lag * random.Random(po).random()
            body = self._body(order, self._clock() - behind)
            return body if self._looks.bare else {"order": body}

    def _body(self, order: Order, until: float | None) -> Body:
        number: type = int if self._looks.numbers else str
        lines = [self._line_body(line, until, number) for line in order.lines]
        return {
            "purchaseOrderId": number(order.po),
            "customerOrderId": number(order.customer_order),
            "customerEmailId": "5A3C9F@relay.walmart.com",
            "orderDate": 1476387173000,
            "shippingInfo": {
                "phone": "6502248603",
                "estimatedDeliveryDate": 1479798000000,
                "estimatedShipDate": 1476424800000,
                "methodCode": "Standard",
                "postalAddress": {
                    "name": "A. Customer",
                    "address1": "1 Some Street",
                    "city": "Sunnyvale",
                    "state": "CA",
                    "postalCode": "94086",
                    "country": "USA",
                },
            },
            "orderLines": {"orderLine": self._many(lines)},
            "shipNode": {"type": order.node},
        }

    def _line_body(self, line: Line, until: float | None, number: type) -> Body:
        cancelled = line.cancelled(until)
        held = line.ordered - line.shipped - cancelled
        rows = [(line.state, held), ("Shipped", line.shipped), ("Cancelled", cancelled)]
        statuses = [
            {
                "status": status,
                "statusQuantity": {"unitOfMeasurement": "EACH", "amount": number(units)},
            }
            for status, units in rows
            if units
        ]
        return {
            "lineNumber": number(line.number),
            "item": {"productName": f"Thing {line.sku}", "sku": line.sku},
            "charges": {"charge": self._many([_CHARGE])},
            "orderLineQuantity": {"unitOfMeasurement": "EACH", "amount": number(line.ordered)},
            "statusDate": 1481755720000,
            "orderLineStatuses": {"orderLineStatus": self._many(statuses)},
        }

    def _many(self, bodies: list[Body]) -> list[Body] | Body:
        return bodies[0] if self._looks.single and len(bodies) == 1 else bodies


_CHARGE: Body = {
    "chargeType": "PRODUCT",
    "chargeName": "ItemPrice",
    "chargeAmount": {"currency": "USD", "amount": 5},
}


def _bad_line(order: Order, asked: Asked) -> str:
    line = order.line(asked.line)
    if line is None:
        return f"The Line: {asked.line} of PO: {order.po} does not exist"
    if line.open == 0:
        state = "SHIPPED" if line.shipped else "CANCELLED"
        return f"The Line: {asked.line} of PO: {order.po} is in {state} status"
    if asked.units > line.open:
        return f"Failed when called cancel API for PO: {order.po}. Qty more than allowed"
    return ""


def make_orders(count: int, seed: int) -> list[Order]:
    """Return ``count`` open orders of one to three lines; the same for the same seed."""
    chance = random.Random(seed)
    return [_order(at, chance) for at in range(count)]


def _order(at: int, chance: random.Random) -> Order:
    digits = chance.choice((13, 14, 15))
    po = str(chance.randrange(1, 10) * 10 ** (digits - 1) + chance.randrange(10**6) * 10**5 + at)
    return Order(po, str(4 * 10**12 + at), list(_lines(at, chance)))


def _lines(at: int, chance: random.Random) -> Iterator[Line]:
    number = 0
    for place in range(chance.choice((1, 2, 2, 3))):
        number += chance.choice((1, 1, 2))
        ordered = chance.choice((1, 1, 2, 3, 5))
        shipped = 1 if ordered > 2 and chance.random() < 0.2 else 0
        state = chance.choice(("Acknowledged", "Acknowledged", "Created"))
        yield Line(str(number), f"SKU-{at}-{place}", ordered, shipped, state)
