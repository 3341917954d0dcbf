"""Orders as the Walmart room gives them, for the tests of what is made of them."""

from datetime import UTC, datetime

from cancel_desk.walmart.orders import Order, OrderLine


def line(number: str, sku: str, *, ordered: int = 1, **closed: int) -> OrderLine:
    """Return a line; ``closed`` are units by status, the rest is acknowledged."""
    left = ordered - sum(closed.values())
    quantities = {**closed, **({"Acknowledged": left} if left else {})}
    return OrderLine(number, sku, f"Item {sku}", ordered, quantities)


def order(po: str, *lines: OrderLine, customer: str = "", day: int = 5, wfs: bool = False) -> Order:
    """Return an order to ship on a day of May 2026."""
    node = "WFSFulfilled" if wfs else "SellerFulfilled"
    return Order(po, customer, node, datetime(2026, 5, day, 12, tzinfo=UTC), lines)
