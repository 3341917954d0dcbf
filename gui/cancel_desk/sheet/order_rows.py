"""Sheets made of a store's orders: what is open, and rows by SKU or customer order expanded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from cancel_desk.sheet.columns import Column, match_columns
from cancel_desk.sheet.damage import clean_id
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
_ADDED = ("PO#", "Line#", "SKU", "Qty")
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


class NotExpanded(StrEnum):
    """Why a row was not turned into order lines."""

    NOTHING_OPEN = "nothing_open"  # no open line has this SKU or customer order
    NO_KEY = "no_key"  # the cell is blank
    TWICE = "twice"  # another row stands for all of its lines already
    HAS_QUANTITY = "has_quantity"  # of which lines so many units are meant can't be told


class LeftRow(NamedTuple):
    """A row that stays behind, with its number in the person's file."""

    row: Row
    why: NotExpanded


@dataclass(frozen=True, slots=True)
class Expansion:
    """The new sheet with a row per order line, and the rows nothing was found for.

    ``came_from`` says of each new row (by its id) which row it was made of.
    """

    sheet: RawSheet
    left: tuple[LeftRow, ...]
    came_from: Mapping[int, int] = field(default_factory=dict)


class ExpandBy(StrEnum):
    """What the rows name instead of a purchase order."""

    SKU = "sku"
    CUSTOMER_ORDER = "customer_order"


def expand_rows(raw: RawSheet, at: int, by: ExpandBy, orders: Iterable[KnownOrder]) -> Expansion:
    """Turn rows that name a SKU or a customer order, in column ``at``, into rows of order lines.

    All open lines with it are meant; a SKU or line in the same row of a customer order narrows
    them. The person's own cells are kept in every row; purchase order, line, SKU and the open
    quantity stand in columns behind them. The sheet is to be shown before anything is sent.
    """
    known = [
        (order, line) for order in orders for line in order.lines if ALL_OPEN.wants(order, line)
    ]
    finder = _Finder(raw, at, by, known)
    left: list[LeftRow] = []
    rows: list[Row] = []
    came_from: dict[int, int] = {}
    used: set[tuple[str, str]] = set()
    for row in raw.rows:
        found = finder.lines(row)
        if isinstance(found, NotExpanded):
            left.append(LeftRow(row, found))
            continue
        fresh = [pair for pair in found if _key(*pair) not in used]
        if not fresh:
            left.append(LeftRow(row, NotExpanded.TWICE))
        for order, line in fresh:
            used.add(_key(order, line))
            new_id = len(rows) + 1
            came_from[new_id] = row.id
            added = (order.purchase_order_id, line.number, line.sku, str(line.open))
            rows.append(replace(row, id=new_id, cells=(*row.cells, *added)))
    headers = (*map(finder.own_name, range(len(raw.headers))), *_ADDED)
    return Expansion(RawSheet(raw.source, headers, tuple(rows), raw.facts), tuple(left), came_from)


class _Finder:
    """Finds the open lines a row means."""

    def __init__(
        self,
        raw: RawSheet,
        at: int,
        by: ExpandBy,
        known: Sequence[tuple[KnownOrder, KnownLine]],
    ) -> None:
        self._raw = raw
        self._at = at
        self._by = by
        self._columns = match_columns(raw.headers).columns
        self._lines: dict[str, list[tuple[KnownOrder, KnownLine]]] = {}
        for order, line in known:
            key = line.sku if by is ExpandBy.SKU else order.customer_order_id
            self._lines.setdefault(key.casefold(), []).append((order, line))

    def own_name(self, at: int) -> str:
        """Return a header of the person's, changed where the new columns bear its name."""
        header = self._raw.headers[at]
        own = {self._columns.get(column) for column in (Column.PO, Column.LINE, Column.SKU)}
        own.add(self._columns.get(Column.QUANTITY))
        return f"{header} (file)" if at in own else header

    def lines(self, row: Row) -> list[tuple[KnownOrder, KnownLine]] | NotExpanded:
        key = clean_id(row.cells[self._at]).value
        if not key:
            return NotExpanded.NO_KEY
        if self._text(row, Column.QUANTITY):
            return NotExpanded.HAS_QUANTITY
        found = self._lines.get(key.casefold(), [])
        if self._by is ExpandBy.CUSTOMER_ORDER:
            sku, number = self._text(row, Column.SKU), self._text(row, Column.LINE)
            found = [
                (order, line)
                for order, line in found
                if (not sku or line.sku.casefold() == sku.casefold())
                and (not number or line.number == number)
            ]
        return found or NotExpanded.NOTHING_OPEN

    def _text(self, row: Row, column: Column) -> str:
        at = self._columns.get(column)
        return "" if at is None or at == self._at else clean_id(row.cells[at]).value


def _key(order: KnownOrder, line: KnownLine) -> tuple[str, str]:
    return order.purchase_order_id, line.number


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
