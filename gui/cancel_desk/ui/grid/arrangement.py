"""Which rows are shown and in which order: a choice, filters of columns, and a column to sort by.

It is a matter of view only. The sheet itself, what is sent and what is written keep the order of
the file.
"""

from bisect import insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from cancel_desk.checks.review import Review
from cancel_desk.language import gettext as _
from cancel_desk.ui.grid.cell_words import CellWords
from cancel_desk.ui.grid.findings import Findings, RowState
from cancel_desk.ui.grid.grid_columns import GridColumn, Kind
from cancel_desk.ui.grid.row_order import SortOrder, by_keys, in_order
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
    """Works out the rows to show whenever it is asked; it does not follow edits by itself."""

    def __init__(
        self,
        review: Review,
        findings: Findings,
        words: CellWords,
        columns: Sequence[GridColumn],
    ) -> None:
        self._review = review
        self._findings = findings
        self._words = words
        self._columns = columns
        self.wish = Wish()  # by which the rows are shown now

    def say_with(self, words: CellWords, columns: Sequence[GridColumn]) -> None:
        """Take words and columns of the same sheet in another language."""
        self._words, self._columns = words, columns

    @property
    def order(self) -> SortOrder | None:
        """The column that the rows are sorted by; None where they are in the order of the file."""
        return self.wish.order

    @property
    def kept(self) -> Filters:
        """The filters of columns."""
        return self.wish.kept

    def chosen(self, wish: Wish, *, staying: int | None = None) -> Slices[list[int]]:
        """Return the ids of the rows to show; ``staying`` is among them whatever is wanted."""
        found = yield from self._let_through(wish, wish.kept)
        table = self._review.table
        if staying is not None and staying in table and staying not in found:
            insort(found, staying, key=table.position)
        return (yield from self._in_order(found, wish.order))

    def put_in_order(self, shown: Collection[int], order: SortOrder | None) -> Slices[list[int]]:
        """Return the same rows in another order."""
        every = self._review.table.row_ids
        wanted = every if len(shown) == len(every) else frozenset(shown)
        found: list[int] = []
        for part in parts_of(every):
            found.extend(part if wanted is every else [each for each in part if each in wanted])
            yield from rest_after(part)
        return (yield from self._in_order(found, order))

    def values(self, column: int, wish: Wish) -> Slices[dict[str, int]]:
        """Return what a column says in the rows that other columns let through, with counts."""
        others = {other: values for other, values in wish.kept.items() if other != column}
        found = yield from self._let_through(wish, others)
        counts = Counter[str]()
        for part in parts_of(found):
            counts.update(self.texts(column, part))
            yield from rest_after(part)
        texts = list(counts)
        places = yield from in_order(range(len(texts)), texts, descending=False)
        ordered: dict[str, int] = {}
        for each in parts_of(places):
            ordered.update((texts[at], counts[texts[at]]) for at in each)
            yield from rest_after(each)
        return ordered

    def hint(self, column: int) -> str:
        """Return what is said of a column, and what it does to the rows that are shown."""
        parts = [self._columns[column].hint]
        if self.order is not None and self.order.column == column:
            down = self.order.descending
            parts.append(_("sorted descending") if down else _("sorted ascending"))
        if column in self.kept:
            parts.append(_("filtered: not all values are shown"))
        return "; ".join(parts)

    def texts(self, column: int, row_ids: Iterable[int]) -> list[str]:
        """Return what a column says in these rows."""
        return self._words.column(row_ids, self._columns[column])

    def _let_through(self, wish: Wish, kept: Filters) -> Slices[list[int]]:
        """Return the rows that the choice and these filters let through, in the sheet's order."""
        found: list[int] = []
        for number, part in enumerate((wish.choice or self._all)()):
            if number:
                yield
            rows = part
            for column, values in kept.items():
                said = zip(rows, self.texts(column, rows), strict=True)
                rows = [row_id for row_id, text in said if text in values]
            found.extend(rows)
        return found

    def _all(self) -> Iterable[Sequence[int]]:
        return parts_of(self._review.table.row_ids)

    def _in_order(self, row_ids: list[int], order: SortOrder | None) -> Slices[list[int]]:
        """Return rows that come in the order of the sheet in the one they shall be shown in."""
        if order is None:
            return row_ids
        if self._columns[order.column].kind is Kind.STATE:
            ranks: list[int] = []
            state = self._findings.state
            for part in parts_of(row_ids):
                ranks.extend(GRAVITY.index(state(row_id)) for row_id in part)
                yield from rest_after(part)
            return (yield from by_keys(row_ids, ranks, descending=order.descending))
        texts: list[str] = []
        for part in parts_of(row_ids):
            texts.extend(self.texts(order.column, part))
            yield from rest_after(part)
        return (yield from in_order(row_ids, texts, descending=order.descending))
