"""Small tables and orders for the tests of checks and runs."""

from collections.abc import Mapping, Sequence

from cancel_desk.sheet.columns import match_columns
from cancel_desk.sheet.rows import FileKind, Mark, RawSheet, Row, SheetFacts, Source
from cancel_desk.sheet.table import Table
from cancel_desk.walmart.orders import Order, OrderLine

HEADERS = ("PO#", "Line#", "SKU", "Qty", "Reason")
PO = "1796277083022"
OTHER_PO = "1796277091147"


def table(
    *rows: Sequence[str],
    headers: Sequence[str] = HEADERS,
    marks: Mapping[tuple[int, int], Mark] | None = None,
    hidden: tuple[int, ...] = (),
) -> Table:
    """Return a table of these rows; ``marks`` are by (row from 0, column index).

    ``hidden`` are the numbers of rows that the file hides; the first row is number 2.
    """
    kept = [
        Row(
            at + 1,
            at + 2,
            tuple(cells),
            tuple((index, mark) for (row, index), mark in (marks or {}).items() if row == at),
        )
        for at, cells in enumerate(rows)
    ]
    source = Source("orders.csv", FileKind.TEXT, None, 1, "utf-8", ",")
    raw = RawSheet(source, tuple(headers), tuple(kept), SheetFacts(hidden_rows=hidden))
    return Table(raw, match_columns(headers).columns)


def order_line(
    number: str = "1", *, ordered: int = 1, sku: str = "", intent: bool = False, **by_status: int
) -> OrderLine:
    """Return an order line with units by status, such as ``Cancelled=1``."""
    return OrderLine(number, sku, "", ordered, by_status, intent)


def order(*lines: OrderLine, po: str = PO, node: str = "SellerFulfilled") -> Order:
    """Return an order of these lines."""
    return Order(po, "", node, None, lines)
