"""A sheet made of a store's orders: a row for each line that is open and wanted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cancel_desk.sheet.known_orders import KnownLine, KnownOrder
from cancel_desk.sheet.rows import FileKind, RawSheet, Row, Source

ORDER_HEADERS = (
    "PO#",
    "Order#",
    "Ship By",
    "Line#",
    "SKU",
    "Item Description",
    "Status",
    "Qty",
    "Cancel Reason",
)
_CLOSED = frozenset({"Shipped", "Delivered", "Cancelled", "Refund"})


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which lines are wanted; an empty choice means all.

    ``statuses`` are Walmart's words for open units (Created, Acknowledged), ``skus`` are compared
    without regard to case, the days of ``ship_from`` and ``ship_until`` are UTC and both count.
    An order without a ship-by date passes unless one of them is given.
    """

    statuses: frozenset[str] = frozenset()
    skus: frozenset[str] = frozenset()
    ship_from: date | None = None
    ship_until: date | None = None

    def wants(self, order: KnownOrder, line: KnownLine) -> bool:
        """Tell whether a line is wanted: it must have units open and be cancellable here."""
        if not order.cancellable_here or not line.open:
            return False
        if self.statuses and not self.statuses & _open_statuses(line):
            return False
        if self.skus and line.sku.casefold() not in {sku.casefold() for sku in self.skus}:
            return False
        return self._in_time(order)

    def _in_time(self, order: KnownOrder) -> bool:
        if self.ship_from is None and self.ship_until is None:
            return True
        if order.ship_by is None:
            return False
        day = order.ship_by.date()
        return not (
            (self.ship_from is not None and day < self.ship_from)
            or (self.ship_until is not None and day > self.ship_until)
        )


ALL_OPEN = OrderFilter()


def sheet_of_orders(orders: Iterable[KnownOrder], wanted: OrderFilter = ALL_OPEN) -> RawSheet:
    """Return a sheet with a row per open line; the quantity is what is open, the reason blank."""
    lines = [(order, line) for order in orders for line in order.lines if wanted.wants(order, line)]
    rows = tuple(
        Row(at, None, _order_cells(order, line)) for at, (order, line) in enumerate(lines, start=1)
    )
    return RawSheet(Source("", FileKind.ORDERS, None, 1), ORDER_HEADERS, rows)


def _open_statuses(line: KnownLine) -> set[str]:
    return {status for status, units in line.quantities.items() if units} - _CLOSED


def _order_cells(order: KnownOrder, line: KnownLine) -> tuple[str, ...]:
    return (
        order.purchase_order_id,
        order.customer_order_id,
        order.ship_by.date().isoformat() if order.ship_by else "",
        line.number,
        line.sku,
        line.product_name,
        ", ".join(sorted(_open_statuses(line))),
        str(line.open),
        "",
    )
