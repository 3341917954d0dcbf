"""Finding the real number of a damaged purchase order among the orders a store has open."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.damage import clean_id, damage_of
from cancel_desk.sheet.known_orders import KnownLine, KnownOrder
from cancel_desk.sheet.rows import Row
from cancel_desk.sheet.table import Table

_SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,2})")
_ROUNDED = re.compile(r"([0-9]{15})([0-9]+)(?:\.0+)?")
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
    """A line that may be meant; ``open`` and ``ordered`` are units."""

    po: str
    line: str
    sku: str
    product_name: str
    ordered: int
    open: int
    clues: tuple[Clue, ...]


@dataclass(frozen=True, slots=True)
class NumberSearch:
    """What was found for one row. Nothing of it counts until the person takes it."""

    row_id: int
    text: str
    fit: Fit
    candidates: tuple[NumberCandidate, ...]


class _Known(NamedTuple):
    """What is left of a row: the number's first digits and length, and the other cells."""

    row_id: int
    text: str
    shown: "ShownNumber | None"
    line: str
    sku: str
    quantity: int | None


def find_real_numbers(
    table: Table, orders: Iterable[KnownOrder], *, row_ids: Collection[int] | None = None
) -> tuple[NumberSearch, ...]:
    """Return what fits each row whose purchase order number is damaged (or those of ``row_ids``).

    A candidate must agree with everything that is left of the row: the first digits, the
    line, the SKU, and no more units than were ordered. One is only proposed if its
    digits or its SKU tell it, it has units open, and no other row, sound or damaged, claims it.
    """
    orders = tuple(order for order in orders if order.cancellable_here)
    damaged = [row for row in table.rows if _is_wanted(table, row, row_ids)]
    gone = {row.id for row in damaged}
    taken = {
        (clean_id(table.text(row, Column.PO)).value, clean_id(table.text(row, Column.LINE)).value)
        for row in table.rows
        if row.id not in gone
    }
    found = {row.id: _search(table, row, orders, taken) for row in damaged}
    claims = Counter(
        (candidate.po, candidate.line)
        for search in found.values()
        if search.fit is Fit.ONE
        for candidate in search.candidates
    )
    return tuple(_contested(search, claims) for search in found.values())


def _is_wanted(table: Table, row: Row, row_ids: Collection[int] | None) -> bool:
    if row_ids is not None:
        return row.id in row_ids
    at = table.columns[Column.PO]
    return damage_of(row.cells[at], row.mark(at)) is not None


def _contested(search: NumberSearch, claims: Mapping[tuple[str, str], int]) -> NumberSearch:
    """Where two rows would be given the same line, it is proposed for neither."""
    if search.fit is not Fit.ONE:
        return search
    [only] = search.candidates
    if claims[only.po, only.line] == 1:
        return search
    return NumberSearch(search.row_id, search.text, Fit.SEVERAL, search.candidates)


def _search(
    table: Table, row: Row, orders: Sequence[KnownOrder], taken: Collection[tuple[str, str]]
) -> NumberSearch:
    known = _known(table, row)
    fitting = [
        candidate
        for order in orders
        for line in order.lines
        if (candidate := _candidate(known, order, line)) is not None
        and (candidate.po, candidate.line) not in taken
    ]
    fitting.sort(key=lambda one: (-len(one.clues), not one.open, one.po, one.line))
    fit = Fit.SEVERAL if fitting else Fit.NONE
    if len(fitting) == 1 and fitting[0].open and {Clue.DIGITS, Clue.SKU} & set(fitting[0].clues):
        fit = Fit.ONE
    return NumberSearch(row.id, known.text, fit, tuple(fitting))


def _known(table: Table, row: Row) -> _Known:
    text = table.text(row, Column.PO)
    line = clean_id(table.text(row, Column.LINE)).value
    quantity = clean_id(table.text(row, Column.QUANTITY)).value
    return _Known(
        row_id=row.id,
        text=text,
        shown=shown_number(text),
        line=line.lstrip("0") if line.isdigit() else "",
        sku=table.text(row, Column.SKU).strip().casefold(),
        quantity=int(quantity) if quantity.isascii() and quantity.isdigit() else None,
    )


class ShownNumber(NamedTuple):
    """What a damaged number still shows: the least and the greatest it may have been.

    ``digits`` is how many of its first digits that rests on.
    """

    least: int
    greatest: int
    digits: int


def shown_number(text: str) -> ShownNumber | None:
    """Return what ``1.29115E+14`` or a number with zeros for its last digits still shows.

    The last digit that is shown may be rounded or cut off. None where the text shows no digits.
    """
    bare = clean_id(text).value
    scientific = _SCIENTIFIC.fullmatch(bare)
    if scientific:
        digits = scientific[1] + (scientific[2] or "")
        return _shown(digits, int(scientific[3]) + 1 - len(digits))
    rounded = _ROUNDED.fullmatch(bare)
    return _shown(rounded[1], len(rounded[2])) if rounded else None


def _shown(digits: str, more: int) -> ShownNumber | None:
    if more < 0:
        return None
    unit = 10**more
    number = int(digits) * unit
    return ShownNumber(number - unit // 2, number + unit - 1, len(digits))


def _candidate(known: _Known, order: KnownOrder, line: KnownLine) -> NumberCandidate | None:
    """Return the line as a candidate if nothing that is left of the row speaks against it."""
    if not _agrees(known, order.purchase_order_id, line):
        return None
    clues = (
        (Clue.DIGITS, known.shown is not None and known.shown.digits >= _LEAST_DIGITS),
        (Clue.SKU, bool(known.sku)),
        (Clue.LINE, bool(known.line)),
        (Clue.QUANTITY, known.quantity == line.ordered),
    )
    given = tuple(clue for clue, holds in clues if holds)
    if not given:
        return None
    return NumberCandidate(
        order.purchase_order_id,
        line.number,
        line.sku,
        line.product_name,
        line.ordered,
        line.open,
        given,
    )


def _agrees(known: _Known, po: str, line: KnownLine) -> bool:
    shown = known.shown
    in_range = shown is None or (po.isdecimal() and shown.least <= int(po) <= shown.greatest)
    return (
        in_range
        and (not known.sku or known.sku == line.sku.casefold())
        and (not known.line or known.line == line.number)
        and (known.quantity is None or known.quantity <= line.ordered)
    )
