"""Rows that name a SKU or a customer order, turned into the order lines they stand for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from cancel_desk.sheet.columns import Column, match_columns
from cancel_desk.sheet.damage import clean_id, damage_of
from cancel_desk.sheet.known_orders import KnownLine, KnownOrder
from cancel_desk.sheet.order_rows import ALL_OPEN
from cancel_desk.sheet.rows import Mark, RawSheet, Row

NOT_EXPANDED = frozenset(
    {
        Mark.NOTHING_OPEN,
        Mark.NOT_NAMED,
        Mark.NAMED_BEFORE,
        Mark.WHICH_LINE,
        Mark.NAME_DAMAGED,
        Mark.HIDDEN,
    }
)
"""Why no order line stands for a row; the mark is on its blank purchase order cell."""

_FOUND = (Column.PO, Column.LINE, Column.SKU, Column.QUANTITY)
_ADDED = ("Row in file", "PO#", "Line#", "SKU", "Qty")
_Pair = tuple[KnownOrder, KnownLine]


class ExpandBy(StrEnum):
    """What the rows name instead of a purchase order."""

    CUSTOMER_ORDER = "customer-order"
    SKU = "sku"


class Lookup(NamedTuple):
    """What the rows name, and the index of the column that holds it."""

    by: ExpandBy
    at: int


@dataclass(frozen=True, slots=True)
class Expansion:
    """The new sheet: a row per order line, and in their places the rows nothing was found for.

    ``columns`` says where the new columns are; ``came_from`` says of each new row (by its id)
    which row it was made of.
    """

    sheet: RawSheet
    columns: Mapping[Column, int]
    came_from: Mapping[int, int] = field(default_factory=dict)

    @property
    def left(self) -> tuple[Row, ...]:
        """The rows that no order line stands for."""
        at = self.columns[Column.PO]
        return tuple(row for row in self.sheet.rows if row.mark(at) in NOT_EXPANDED)

    @property
    def expanded(self) -> int:
        """How many of the person's rows came to order lines."""
        return len(set(self.came_from.values())) - len(self.left)


def expand_rows(
    raw: RawSheet,
    lookup: Lookup,
    orders: Iterable[KnownOrder],
    *,
    columns: Mapping[Column, int],
    fixed: Mapping[Column, str] | None = None,
) -> Expansion:
    """Turn rows that name a SKU or a customer order into rows of order lines.

    All open lines with it are meant. A SKU or line in the row of a customer order narrows them; a
    quantity counts where a single line is left. ``columns`` and ``fixed`` are the person's answer
    to what else the sheet holds. The person's own cells are kept in every row; the row's number
    in their file and the line stand in columns behind them. It is to be shown before anything is
    sent.
    """
    finder = _Finder(raw, lookup, orders, columns, fixed or {})
    rows: list[Row] = []
    came_from: dict[int, int] = {}
    own = len(raw.headers)
    for row in raw.rows:
        for made in _made_of(row, finder.lines(row), own):
            new_id = len(rows) + 1
            came_from[new_id] = row.id
            rows.append(made._replace(id=new_id))
    headers = (*map(_own_name, raw.headers), *_ADDED)
    found = {column: own + 1 + at for at, column in enumerate(_FOUND)}
    kept = {column: at for column, at in columns.items() if column not in found}
    sheet = RawSheet(raw.source, headers, tuple(rows), raw.facts)
    return Expansion(sheet, kept | found, came_from)


def _made_of(row: Row, found: "Sequence[_Line] | Mark", own: int) -> Iterator[Row]:
    number = "" if row.number is None else str(row.number)
    if isinstance(found, Mark):
        marks = (*row.marks, (own + 1, found))
        yield row._replace(cells=(*row.cells, number, "", "", "", ""), marks=marks)
        return
    for line in found:
        yield row._replace(cells=(*row.cells, number, *line))


def _own_name(header: str) -> str:
    """Return a header of the person's, changed where one of the new columns bears its name."""
    match = match_columns([header])
    return f"{header} (file)" if any(column in match.columns for column in _FOUND) else header


class _Line(NamedTuple):
    """The cells of one order line."""

    po: str
    number: str
    sku: str
    quantity: str


class _Finder:
    """Finds the open lines a row means; none is given to two rows."""

    def __init__(
        self,
        raw: RawSheet,
        lookup: Lookup,
        orders: Iterable[KnownOrder],
        columns: Mapping[Column, int],
        fixed: Mapping[Column, str],
    ) -> None:
        self._lookup = lookup
        self._columns = columns
        self._fixed = fixed
        self._hidden = frozenset(raw.facts.hidden_rows)
        self._used: set[tuple[str, str]] = set()
        self._lines: dict[str, list[_Pair]] = {}
        for order in orders:
            for line in order.lines:
                if ALL_OPEN.wants(order, line):
                    by_sku = lookup.by is ExpandBy.SKU
                    key = line.sku if by_sku else order.customer_order_id
                    self._lines.setdefault(key.casefold(), []).append((order, line))

    def lines(self, row: Row) -> list[_Line] | Mark:
        """Return the lines that a row stands for, or why there are none."""
        key = clean_id(row.cells[self._lookup.at]).value
        if (why := self._unnamed(row, key)) is not None:
            return why
        found = [pair for pair in self._lines.get(key.casefold(), ()) if self._fits(row, pair[1])]
        fresh = [pair for pair in found if _key(*pair) not in self._used]
        quantity = self._text(row, Column.QUANTITY)
        if not fresh:
            return Mark.NAMED_BEFORE if found else Mark.NOTHING_OPEN
        if quantity and len(found) > 1:
            return Mark.WHICH_LINE
        self._used.update(_key(*pair) for pair in fresh)
        return [
            _Line(order.purchase_order_id, line.number, line.sku, quantity or str(line.open))
            for order, line in fresh
        ]

    def _unnamed(self, row: Row, key: str) -> Mark | None:
        """Return why a row names nothing that could be looked up; None if it does."""
        if row.number in self._hidden:
            return Mark.HIDDEN
        if self._is_damaged(row):
            return Mark.NAME_DAMAGED
        return None if key else Mark.NOT_NAMED

    def _is_damaged(self, row: Row) -> bool:
        mark = row.mark(self._lookup.at)
        if self._lookup.by is ExpandBy.SKU:  # a SKU may look like anything
            return mark is not None
        return damage_of(row.cells[self._lookup.at], mark) is not None

    def _fits(self, row: Row, line: KnownLine) -> bool:
        if self._lookup.by is ExpandBy.SKU:
            return True
        sku, number = self._text(row, Column.SKU), self._text(row, Column.LINE).lstrip("0")
        return (not sku or line.sku.casefold() == sku.casefold()) and (
            number.casefold() in {"", "all", "todas", "全部", line.number}
        )

    def _text(self, row: Row, column: Column) -> str:
        at = self._columns.get(column)
        text = self._fixed.get(column, "") if at is None else row.cells[at]
        return "" if at == self._lookup.at else clean_id(text).value


def _key(order: KnownOrder, line: KnownLine) -> tuple[str, str]:
    return order.purchase_order_id, line.number
