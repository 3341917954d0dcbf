"""Which rows are shown and in which order: a choice, filters of columns, and a column to sort by.

It is a matter of view only. The sheet itself, what is sent and what is written keep the order of
the file.
"""

from __future__ import annotations

from array import array
from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import compress
from types import MappingProxyType
from typing import Final, NamedTuple

from cancel_desk.checks.review import Review
from cancel_desk.language import gettext as _
from cancel_desk.sheet.edits import Edit, SetCells
from cancel_desk.ui.grid.cell_words import CellWords, state_word
from cancel_desk.ui.grid.column_index import ColumnIndex, gather
from cancel_desk.ui.grid.findings import RowState
from cancel_desk.ui.grid.grid_columns import GridColumn, Kind
from cancel_desk.ui.grid.row_order import Ranks, SortOrder, ranked
from cancel_desk.ui.in_turns import Slices, parts_of, rest_after

Choice = Callable[[], Iterable[Sequence[int]]]
"""Gives the ids of the rows that chips and search let through, part by part, in the order of the
sheet. Each part is found in a millisecond or two."""

Filters = Mapping[int, frozenset[str]]
"""What a column has to say in the rows that are shown, by column."""

GRAVITY: Final = (
    RowState.ERROR,
    RowState.WARNING,
    RowState.READY,
    RowState.CLOSED,
    RowState.DONE,
    RowState.LEFT_OUT,
)


class Wish(NamedTuple):
    """What a person wants to see: None for all rows, and for the order of the file."""

    choice: Choice | None = None
    order: SortOrder | None = None
    kept: Filters = MappingProxyType({})


class Arrangement:
    """Works out the rows to show whenever it is asked; it does not follow edits by itself.

    What was gathered of a column is kept until it is told that the column may say something else.
    """

    def __init__(self, review: Review, words: CellWords, columns: Sequence[GridColumn]) -> None:
        self._review = review
        self._words = words
        self._columns = columns
        self._known: dict[int, ColumnIndex] = {}
        self._every: array[int] | None = None  # the rows of the sheet, in its order
        self._age = 0  # grows whenever something is forgotten
        self.wish = Wish()  # by which the rows are shown now

    def say_with(self, words: CellWords, columns: Sequence[GridColumn]) -> None:
        """Take words and columns of the same sheet in another language."""
        self._words, self._columns = words, columns
        self._forget(range(len(columns)))

    def forget(self, edits: Iterable[Edit]) -> None:
        """Forget what was gathered of the columns that these edits touched."""
        ats: set[int | None] = set()
        for edit in edits:
            if not isinstance(edit, SetCells):
                self._every = None
                self._forget(range(len(self._columns)))
                return
            ats.update(cell.at for cell in edit.cells)
        self._forget(at for at, column in enumerate(self._columns) if column.at in ats)

    def forget_said(self) -> None:
        """Forget what was gathered of the columns that the program fills in."""
        self._forget(at for at, column in enumerate(self._columns) if column.at is None)

    def _forget(self, columns: Iterable[int]) -> None:
        self._age += 1
        for column in columns:
            self._known.pop(column, None)

    @property
    def order(self) -> SortOrder | None:
        """The column that the rows are sorted by; None where they are in the order of the file."""
        return self.wish.order

    @property
    def kept(self) -> Filters:
        """The filters of columns."""
        return self.wish.kept

    def chosen(self, wish: Wish, *, staying: int | None = None) -> Slices[Sequence[int]]:
        """Return the ids of the rows to show; ``staying`` is among them whatever is wanted."""
        found = yield from self._let_through(wish, wish.kept)
        table = self._review.table
        if staying is not None and staying in table and staying not in found:
            found = found[:]
            insort(found, staying, key=table.position)
        return (yield from self._in_order(found, wish.order))

    def put_in_order(self, shown: Sequence[int], order: SortOrder | None) -> Slices[Sequence[int]]:
        """Return the same rows in another order."""
        every = yield from self._all_rows()
        found = every if len(shown) == len(every) else (yield from _those_of(every, shown))
        return (yield from self._in_order(found, order))

    def values(self, column: int, wish: Wish) -> Slices[dict[str, int]]:
        """Return what a column says in the rows that other columns let through, with counts."""
        others = {other: values for other, values in wish.kept.items() if other != column}
        found = yield from self._let_through(wish, others)
        index = yield from self._index(column)
        counts = Counter[int]()
        for part in parts_of(found):
            places = self._review.table.positions(part)
            counts.update(map(index.codes.__getitem__, places))
            yield from rest_after(part)
        return (yield from index.counted(counts))

    def hint(self, column: int) -> str:
        """Return what is said of a column, and what it does to the rows that are shown."""
        parts = [self._columns[column].hint]
        if self.order is not None and self.order.column == column:
            down = self.order.descending
            parts.append(_("sorted descending") if down else _("sorted ascending"))
        if column in self.kept:
            parts.append(_("filtered: not all values are shown"))
        return "; ".join(parts)

    def texts(self, column: int, row_ids: Sequence[int]) -> list[str]:
        """Return what a column says in these rows."""
        return self._words.column(row_ids, self._columns[column])

    def _let_through(self, wish: Wish, kept: Filters) -> Slices[array[int]]:
        """Return the rows that the choice and these filters let through, in the sheet's order."""
        sieves: list[tuple[ColumnIndex, bytearray]] = []
        for column, values in kept.items():
            index = yield from self._index(column)
            sieves.append((index, (yield from index.among(values))))
        every = yield from self._all_rows()
        if wish.choice is None and not kept:
            return every
        found = array("q")
        for number, part in enumerate(wish.choice() if wish.choice else parts_of(every)):
            if number:
                yield
            rows = part
            for index, wanted in sieves:
                codes = map(index.codes.__getitem__, self._review.table.positions(rows))
                rows = list(compress(rows, map(wanted.__getitem__, codes)))
            found.extend(rows)
        return found

    def _all_rows(self) -> Slices[array[int]]:
        """Return the ids of all rows, in the order of the sheet."""
        if self._every is not None:
            return self._every
        age, every = self._age, array("q")
        for part in parts_of(self._review.table.row_ids):
            every.extend(part)
            yield from rest_after(part)
        if age == self._age:
            self._every = every
        return every

    def _in_order(self, row_ids: Sequence[int], order: SortOrder | None) -> Slices[Sequence[int]]:
        """Return rows that come in the order of the sheet in the one they shall be shown in."""
        if order is None:
            return row_ids
        index = yield from self._index(order.column)
        every = yield from index.in_order(descending=order.descending)
        if len(row_ids) == len(every):
            return every
        return (yield from _those_of(every, row_ids))

    def _index(self, column: int) -> Slices[ColumnIndex]:
        """Return what a column says in all rows, gathered anew where it is not known."""
        if (known := self._known.get(column)) is not None:
            return known
        age = self._age
        said = partial(self.texts, column)
        by_state = self._columns[column].kind is Kind.STATE
        every = yield from self._all_rows()
        index = yield from gather(every, said, _by_gravity if by_state else ranked)
        if age == self._age:  # else it may have been edited meanwhile
            self._known[column] = index
        return index


def _by_gravity(words: Sequence[str]) -> Slices[Ranks]:
    """Return how the words for the states of rows sort: those to look at come first."""
    yield from ()  # there are too few of them for a rest
    gravity = {state_word(state): at for at, state in enumerate(GRAVITY)}
    order = sorted(range(len(words)), key=lambda at: gravity[words[at]])
    of = [order.index(at) for at in range(len(words))]
    return Ranks(of, order, len(words), len(words))


def _those_of(every: array[int], some: Sequence[int]) -> Slices[array[int]]:
    """Return some ids in the order that they have among all."""
    wanted = bytearray()
    for part in parts_of(every):
        wanted.extend(bytes(max(0, max(part) + 1 - len(wanted))))
        yield from rest_after(part)
    for part in parts_of(some):
        for row_id in part:
            wanted[row_id] = 1
        yield from rest_after(part)
    found = array("q")
    for part in parts_of(every):
        found.extend(compress(part, map(wanted.__getitem__, part)))
        yield from rest_after(part)
    return found
