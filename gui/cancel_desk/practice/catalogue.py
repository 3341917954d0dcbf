"""The orders the practice store is stocked with, made up from a seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from cancel_desk.practice.orders import Buyer, Order, OrderLine, ShipNode, Status, StatusRow

Stock = Callable[[int, date], tuple[Order, ...]]
"""Makes the orders of a store from its seed and the day it opened."""

SEED = 7
DAY_MS = 86_400_000

Product = tuple[str, str, int]
"""SKU, name, price in cents."""

PRODUCTS: tuple[Product, ...] = (
    ("NW-MUG-12", "Northwind Stoneware Mug, 12 oz", 1295),
    ("NW-MUG-06", "Northwind Espresso Mug, 6 oz", 995),
    ("NW-TEE-M", "Northwind Cotton Tee, M", 1800),
    ("NW-TEE-L", "Northwind Cotton Tee, L", 1800),
    ("NW-CAP", "Northwind Canvas Cap", 1450),
    ("NW-LAMP", "Northwind Desk Lamp", 4999),
    ("NW-RUG-5x7", "Northwind Wool Rug, 5 x 7 ft", 18900),
    ("NW-SOCK-3P", "Northwind Wool Socks, 3 pairs", 1650),
    ("NW-DESK", "Northwind Folding Desk", 12900),
    ("NW-VASE", "Northwind Glass Vase", 2750),
    ("NW-BOWL-04", "Northwind Bowls, set of 4", 3200),
    ("NW-THROW", "Northwind Linen Throw", 5400),
)
FIRST_NAMES = (
    "Adaline",
    "Benedikt",
    "Corisande",
    "Delphine",
    "Evander",
    "Fenella",
    "Gideon",
    "Isolde",
)
LAST_NAMES = ("Quillfeather", "Marrowby", "Thistlewood", "Ravenscourt", "Oakenshaw", "Pemberlyn")
STREETS = ("Larkspur Hollow Rd", "Juniper Ferry Ln", "Copperkettle Way", "Old Lantern St")
PLACES = (
    ("Fernhollow", "OH", "44001"),
    ("Maple Crossing", "TX", "75001"),
    ("Port Linden", "WA", "98001"),
    ("Cedar Bluff", "NY", "12001"),
)


@dataclass(frozen=True, slots=True)
class LineShape:
    """A line before products and dates are drawn: its rows of status, its number, its intent."""

    rows: tuple[StatusRow, ...]
    number: str = ""
    intent: bool = False


@dataclass(frozen=True, slots=True)
class OrderShape:
    """An order before products, people and dates are drawn; `role` says what it is there for."""

    role: str
    lines: tuple[LineShape, ...]
    ship_node: ShipNode = ShipNode.SELLER
    joined: bool = False
    """Belongs to the same customer order as the one before it."""


def _line(*rows: tuple[Status, int], number: str = "", intent: bool = False) -> LineShape:
    return LineShape(tuple(StatusRow(*row) for row in rows), number, intent)


_C, _A, _S = Status.CREATED, Status.ACKNOWLEDGED, Status.SHIPPED
_D, _X, _R = Status.DELIVERED, Status.CANCELLED, Status.REFUND

SHAPES = (
    OrderShape("two lines", (_line((_A, 1)), _line((_A, 2)))),
    OrderShape("one line", (_line((_C, 1)),)),
    OrderShape("three units", (_line((_C, 3)),)),
    OrderShape("part of three", (_line((_A, 3)),)),
    OrderShape("no reason", (_line((_A, 1)),)),
    OrderShape("unknown reason", (_line((_C, 1)),)),
    OrderShape("customer asked", (_line((_A, 1), intent=True),)),
    OrderShape("customer did not ask", (_line((_A, 1)),)),
    OrderShape("twice", (_line((_C, 3)),)),
    OrderShape("damaged number", (_line((_A, 1)),)),
    OrderShape("one line shipped", (_line((_A, 1)), _line((_A, 1)), _line((_S, 1)))),
    OrderShape("already cancelled", (_line((_X, 1)),)),
    OrderShape("part shipped", (_line((_S, 2), (_A, 1)),)),
    OrderShape("shipped by Walmart", (_line((_A, 1)),), ship_node=ShipNode.WFS),
    OrderShape("four lines", (_line((_C, 1)), _line((_C, 1)), _line((_C, 2)), _line((_C, 1)))),
    OrderShape("fraud", (_line((_A, 1)),)),
    OrderShape("gap in the lines", (_line((_A, 1)), _line((_A, 1), number="5"))),
    OrderShape("delivered", (_line((_D, 1)),)),
    OrderShape("refunded", (_line((_R, 1)),)),
    OrderShape("part cancelled", (_line((_A, 2), (_X, 1)),)),
    OrderShape("customer order, first", (_line((_C, 1)),)),
    OrderShape("customer order, second", (_line((_C, 2)),), joined=True),
    OrderShape("all shipped", (_line((_S, 1)), _line((_S, 2)))),
    OrderShape("intent on one of two", (_line((_A, 1)), _line((_A, 1), intent=True))),
    OrderShape("shipped by Walmart, open", (_line((_C, 2)),), ship_node=ShipNode.WFS),
    *(OrderShape(f"open {n}", (_line((_C if n % 2 else _A, 1 + n % 3)),)) for n in range(1, 13)),
)
ROLES = {shape.role: index for index, shape in enumerate(SHAPES)}


def sample_orders(seed: int, day: date) -> tuple[Order, ...]:
    """The store's usual stock: one order for each of `SHAPES`, in that order."""
    return _draw(SHAPES, Random(seed), day)


def many_orders(
    count: int, *, lines: tuple[int, int] = (1, 3), units: tuple[int, int] = (1, 3)
) -> Stock:
    """A stock of `count` orders that are open throughout, for tests and benchmarks.

    Each has between `lines[0]` and `lines[1]` lines of between `units[0]` and `units[1]` units.
    """

    def stock(seed: int, day: date) -> tuple[Order, ...]:
        chance = Random(seed)
        shapes = [
            OrderShape(
                f"order {index}",
                tuple(
                    _line((chance.choice((_C, _A)), chance.randint(*units)))
                    for _ in range(chance.randint(*lines))
                ),
            )
            for index in range(count)
        ]
        return _draw(shapes, chance, day)

    return stock


def _draw(
    shapes: tuple[OrderShape, ...] | list[OrderShape], chance: Random, day: date
) -> tuple[Order, ...]:
    midnight = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
    orders: list[Order] = []
    step = max(4, min(25_000, 1_500_000 // max(1, len(shapes))))
    purchase, customer = 1_796_277_083_022, 200_012_400_000_000
    for index, shape in enumerate(shapes):
        # All but the longer ones read 1.79628E+12 once Excel has shortened them.
        purchase += chance.randint(3, step)
        customer += 0 if shape.joined else chance.randint(100, 9_000)
        # The open ones are young enough to be listed without asking for a date.
        placed = midnight - chance.randrange(DAY_MS // 1000, 5 * DAY_MS // 1000) * 1000
        longer = index % 7 == 6
        number = purchase + 127_318_639_933_999 if longer else purchase
        orders.append(
            Order(
                purchase_order_id=str(number),
                customer_order_id=str(customer),
                order_date=placed,
                ship_by=placed + 6 * DAY_MS,
                deliver_by=placed + 10 * DAY_MS,
                ship_node=shape.ship_node,
                buyer=_buyer(chance),
                lines=tuple(
                    _order_line(line, position, placed, product)
                    for position, (line, product) in enumerate(
                        zip(shape.lines, _products(len(shape.lines), chance), strict=True), start=1
                    )
                ),
            )
        )
    return tuple(orders)


def _products(count: int, chance: Random) -> list[Product]:
    # Walmart merges the same product ordered twice into one line.
    rounds, rest = divmod(count, len(PRODUCTS))
    return [*PRODUCTS * rounds, *chance.sample(PRODUCTS, rest)]


def _order_line(shape: LineShape, position: int, placed: int, product: Product) -> OrderLine:
    sku, name, price = product
    return OrderLine(
        number=shape.number or str(position),
        sku=sku,
        product=name,
        quantity=sum(row.units for row in shape.rows),
        price_cents=price,
        statuses=shape.rows,
        status_date=placed + int(timedelta(hours=3).total_seconds() * 1000),
        intent_to_cancel=shape.intent,
    )


def _buyer(chance: Random) -> Buyer:
    city, state, postal_code = chance.choice(PLACES)
    return Buyer(
        name=f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}",
        # 555-0100 to 555-0199 belong to nobody.
        phone=f"{chance.randint(201, 989)}55501{chance.randint(0, 99):02}",
        email=f"{chance.getrandbits(128):032X}@relay.example.com",
        address1=f"{chance.randint(10, 9_999)} {chance.choice(STREETS)}",
        address2=f"Apt {chance.randint(1, 99)}",
        city=city,
        state=state,
        postal_code=postal_code,
    )
