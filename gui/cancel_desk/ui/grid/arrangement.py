"""Which rows are shown and in which order: a choice, filters of columns, and a column to sort by.

It is a matter of view only. The sheet itself, what is sent and what is written keep the order of
the file.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from cancel_desk.checks.review import Review
from cancel_desk.language import gettext as _
from cancel_desk.ui.grid.cell_words import CellWords
from cancel_desk.ui.grid.findings import Findings, RowState
from cancel_desk.ui.grid.grid_columns import GridColumn, Kind
from cancel_desk.ui.grid.row_order import SortOrder, by_rank, in_order

Choice = Callable[[], Iterable[int]]
"""Gives the ids of the rows that chips and search let through, in the order of the sheet."""

GRAVITY = (
    RowState.ERROR,
    RowState.WARNING,
    RowState.READY,
    RowState.CLOSED,
    RowState.DONE,
    RowState.LEFT_OUT,
)


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
        self.choice: Choice = self._all
        self.order: SortOrder | None = None
        self.kept: dict[int, frozenset[str]] = {}

    def row_ids(self, *, staying: int | None = None) -> list[int]:
        """Return the ids of the rows to show; ``staying`` is among them whatever is wanted."""
        found = list(self.choice())
        for column in self.kept:
            found = self._keeping(column, found)
        if staying is not None and staying in self._review.table and staying not in found:
            found = sorted([*found, staying], key=self._review.table.position)
        return self.in_order(found, sheet_order=True)

    def values(self, column: int) -> dict[str, int]:
        """Return what a column says in the rows that other columns let through, with counts."""
        found = list(self.choice())
        for other in self.kept:
            if other != column:
                found = self._keeping(other, found)
        counts = Counter(self.texts(column, found))
        texts = list(counts)
        places = in_order(range(len(texts)), texts, descending=False)
        return {texts[at]: counts[texts[at]] for at in places}

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

    def _all(self) -> list[int]:
        return self._review.table.row_ids

    def _keeping(self, column: int, row_ids: list[int]) -> list[int]:
        kept = self.kept[column]
        texts = self.texts(column, row_ids)
        return [row_id for row_id, text in zip(row_ids, texts, strict=True) if text in kept]

    def in_order(self, row_ids: Iterable[int], *, sheet_order: bool = False) -> list[int]:
        """Return rows in the order they shall be shown; ``sheet_order`` says that they come in it.

        Of rows that say the same the one that is first in the file comes first.
        """
        ordered = list(row_ids)
        if not sheet_order:
            ordered.sort(key=self._review.table.position)
        if self.order is None:
            return ordered
        column, descending = self.order
        if self._columns[column].kind is Kind.STATE:
            state = self._findings.state
            return by_rank(
                ordered, lambda row_id: GRAVITY.index(state(row_id)), descending=descending
            )
        return in_order(ordered, self.texts(column, ordered), descending=descending)
