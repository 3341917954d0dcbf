"""Finding the real number of a damaged purchase order among the orders a store has open."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.damage import clean_id, damage_of
from cancel_desk.sheet.edits import CellText, SetCells
from cancel_desk.sheet.known_orders import KnownLine, KnownOrder
from cancel_desk.sheet.rows import Row
from cancel_desk.sheet.shown_number import ShownNumber, shown_number
from cancel_desk.sheet.table import Table

_LEAST_DIGITS = 4  # of a number, for its beginning to say anything


class Clue(StrEnum):
    """What a candidate has in common with its row."""

    DIGITS = "digits"  # the first digits, and how many there were
    SKU = "sku"
    LINE = "line"
    QUANTITY = "quantity"


class Fit(StrEnum):
    """How many orders fit a row."""

    ONE = "one"  # may be proposed
    SEVERAL = "several"  # may be offered to choose from
    NONE = "none"  # has to be said


class NumberCandidate(NamedTuple):
    """A line that may be meant; ``open`` and ``ordered`` are units.

    For a row that stands for a whole order ``line`` is blank, and the units are the order's.
    """

    po: str
    line: str
    sku: str
    product_name: str
    ordered: int
    open: int
    clues: tuple[Clue, ...]


@dataclass(frozen=True, slots=True)
class NumberSearch:
    """What was found for one row as it stood. Nothing of it counts until the person takes it."""

    row: Row
    text: str
    fit: Fit
    candidates: tuple[NumberCandidate, ...]

    @property
    def row_id(self) -> int:
        """The row it was found for."""
        return self.row.id


class _Known(NamedTuple):
    """What is left of a row: what its number shows, and the other cells."""

    shown: ShownNumber | None
    line: str
    sku: str
    quantity: int | None
    whole_order: bool


def find_real_numbers(table: Table, orders: Iterable[KnownOrder]) -> tuple[NumberSearch, ...]:
    """Return what fits each row whose purchase order number is damaged.

    A candidate must agree with everything that is left of the row: the first digits, the
    line, the SKU, and no more units than were ordered. One is only proposed if its
    digits or its SKU tell it, it has units open, and no other row, sound or damaged, claims it.
    """
    rows = table.rows
    damaged = [row for row in rows if _is_damaged(table, row)]
    gone = {row.id for row in damaged}
    taken = _Taken(_claimed(table, row) for row in rows if row.id not in gone)
    shelf = _Shelf(order for order in orders if order.cancellable_here)
    return tuple(_uncontested([_search(table, row, shelf, taken) for row in damaged]))


def has_damaged_numbers(table: Table) -> bool:
    """Tell whether there is a row for which the real number could be looked for."""
    return any(_is_damaged(table, row) for row in table.rows)


class TakenNumbers(NamedTuple):
    """The edit that puts numbers into their rows, and the rows that were left as they are."""

    edit: SetCells
    changed: tuple[int, ...]


def take_numbers(
    table: Table, taken: Iterable[tuple[NumberSearch, NumberCandidate]]
) -> TakenNumbers:
    """Return the edit that puts the chosen number into each row, and the line where it is blank.

    A row that is gone or is no longer what was searched for is left as it is.
    """
    cells: list[CellText] = []
    changed: list[int] = []
    for search, candidate in taken:
        if not _is_as_it_was(table, search.row):
            changed.append(search.row_id)
            continue
        cells.append(CellText(search.row_id, table.columns[Column.PO], candidate.po))
        if candidate.line and not table.text(search.row, Column.LINE).strip():
            cells.append(CellText(search.row_id, table.columns[Column.LINE], candidate.line))
    return TakenNumbers(SetCells(tuple(cells)), tuple(changed))


def _is_as_it_was(table: Table, row: Row) -> bool:
    if row.id not in table:
        return False
    now = table.row(row.id)
    return all(
        table.text(now, column) == table.text(row, column) and now.mark(at) is row.mark(at)
        for column in (Column.PO, Column.LINE, Column.SKU, Column.QUANTITY)
        for at in (table.columns[column],)
    )


def _is_damaged(table: Table, row: Row) -> bool:
    at = table.columns.get(Column.PO)
    return at is not None and damage_of(row.cells[at], row.mark(at)) is not None


class _Taken:
    """The lines and whole orders that sound rows name already."""

    def __init__(self, claims: Iterable[tuple[str, str]]) -> None:
        self._claims = frozenset(claims)
        self._orders = frozenset(po for po, _ in self._claims)

    def has(self, candidate: NumberCandidate) -> bool:
        if not candidate.line:
            return candidate.po in self._orders
        return bool({(candidate.po, candidate.line), (candidate.po, "")} & self._claims)


def _claimed(table: Table, row: Row) -> tuple[str, str]:
    known = _known(table, row)
    return clean_id(table.text(row, Column.PO)).value, "" if known.whole_order else known.line


def _uncontested(found: list[NumberSearch]) -> Iterator[NumberSearch]:
    """Propose no line and no order to two rows: where both would get it, both are asked about."""
    only = [each.candidates[0] for each in found if each.fit is Fit.ONE]
    lines = Counter((each.po, each.line) for each in only)
    orders = Counter(each.po for each in only)
    wholes = {each.po for each in only if not each.line}
    for search in found:
        if search.fit is Fit.ONE:
            [candidate] = search.candidates
            alone = lines[candidate.po, candidate.line] == 1
            if not alone or (candidate.po in wholes and orders[candidate.po] > 1):
                yield replace(search, fit=Fit.SEVERAL)
                continue
        yield search


class _Shelf:
    """The lines of a store, in the order of their numbers and by their SKU."""

    def __init__(self, orders: Iterable[KnownOrder]) -> None:
        self._all = [(order, line) for order in orders for line in order.lines]
        digits = [pair for pair in self._all if _is_digits(pair[0].purchase_order_id)]
        self._sorted = sorted(digits, key=lambda pair: int(pair[0].purchase_order_id))
        self._numbers = [int(order.purchase_order_id) for order, _ in self._sorted]
        self._by_sku: dict[str, list[tuple[KnownOrder, KnownLine]]] = {}
        for order, line in self._all:
            self._by_sku.setdefault(line.sku.casefold(), []).append((order, line))

    def near(self, known: _Known) -> list[tuple[KnownOrder, KnownLine]]:
        """Return the lines that may fit; all that do are among them."""
        if known.shown is not None:
            first = bisect_left(self._numbers, known.shown.least)
            return self._sorted[first : bisect_right(self._numbers, known.shown.greatest)]
        return self._by_sku.get(known.sku, []) if known.sku else self._all


def _search(table: Table, row: Row, shelf: _Shelf, taken: _Taken) -> NumberSearch:
    known = _known(table, row)
    fitting = [
        candidate for candidate in _candidates(known, shelf.near(known)) if not taken.has(candidate)
    ]
    fitting.sort(key=lambda one: (-len(one.clues), not one.open, one.po, one.line))
    fit = Fit.SEVERAL if fitting else Fit.NONE
    if len(fitting) == 1 and fitting[0].open and {Clue.DIGITS, Clue.SKU} & set(fitting[0].clues):
        fit = Fit.ONE
    return NumberSearch(row, table.text(row, Column.PO), fit, tuple(fitting))


def _known(table: Table, row: Row) -> _Known:
    line = clean_id(table.text(row, Column.LINE)).value
    quantity = clean_id(table.text(row, Column.QUANTITY)).value
    sku = table.text(row, Column.SKU).strip()
    # As the checks read it: a word such as "all", or a sheet that names nothing but orders.
    only_order = not (line or sku or quantity or table.has_own(Column.LINE))
    return _Known(
        shown=shown_number(table.text(row, Column.PO)),
        line=line.lstrip("0") if _is_digits(line) else "",
        sku=sku.casefold(),
        quantity=int(quantity) if _is_digits(quantity) else None,
        whole_order=only_order or bool(line and not _is_digits(line)),
    )


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _candidates(
    known: _Known, near: Iterable[tuple[KnownOrder, KnownLine]]
) -> Iterator[NumberCandidate]:
    """Yield each line that nothing left of the row speaks against, or each order of such lines."""
    seen: set[str] = set()
    for order, line in near:
        po = order.purchase_order_id
        clues = _clues(known, po, line)
        if not clues or po in seen:
            continue
        if not known.whole_order:
            yield NumberCandidate(
                po, line.number, line.sku, line.product_name, line.ordered, line.open, clues
            )
            continue
        seen.add(po)
        yield _whole(order, clues)


def _whole(order: KnownOrder, clues: tuple[Clue, ...]) -> NumberCandidate:
    lines = order.lines
    skus = ", ".join(dict.fromkeys(line.sku for line in lines))
    names = ", ".join(dict.fromkeys(line.product_name for line in lines))
    ordered, left = sum(line.ordered for line in lines), sum(line.open for line in lines)
    return NumberCandidate(order.purchase_order_id, "", skus, names, ordered, left, clues)


def _clues(known: _Known, po: str, line: KnownLine) -> tuple[Clue, ...]:
    """Return what a line has in common with a row; nothing if anything speaks against it."""
    if not _agrees(known, po, line):
        return ()
    clues = (
        (Clue.DIGITS, known.shown is not None and known.shown.digits >= _LEAST_DIGITS),
        (Clue.SKU, bool(known.sku)),
        (Clue.LINE, bool(known.line)),
        (Clue.QUANTITY, known.quantity is not None and known.quantity == line.ordered),
    )
    return tuple(clue for clue, holds in clues if holds)


def _agrees(known: _Known, po: str, line: KnownLine) -> bool:
    shown = known.shown
    in_range = shown is None or (_is_digits(po) and shown.least <= int(po) <= shown.greatest)
    return (
        in_range
        and (not known.sku or known.sku == line.sku.casefold())
        and (not known.line or known.line == line.number)
        and (known.quantity is None or known.quantity <= line.ordered)
    )
