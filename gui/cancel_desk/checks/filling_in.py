"""Filling in what Walmart says: the lines of whole orders as rows, and blank quantities."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from cancel_desk.checks.drafts import Draft
from cancel_desk.checks.issues import Level
from cancel_desk.checks.live import Target
from cancel_desk.checks.review import Review
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.edits import CellText, Edit, InsertRows, SetCells
from cancel_desk.sheet.rows import Row


@dataclass(frozen=True, slots=True)
class FilledIn:
    """The edits that fill the sheet in, to be done as one step, and what they come to.

    ``orders`` rows for whole orders became ``lines`` rows; ``quantities`` blank ones were filled.
    ``waiting`` are the rows for whole orders that stay as they are until an error is fixed.
    """

    edits: tuple[Edit, ...] = ()
    orders: int = 0
    lines: int = 0
    quantities: int = 0
    waiting: frozenset[int] = frozenset()


def fill_in(
    review: Review, *, besides: int | None = None, only: Collection[int] | None = None
) -> FilledIn:
    """Return what the orders read so far say about the rows as they stand now.

    A row for a whole order becomes its first open line, and the others come behind it as rows with
    the same number and cells. What is sent stays the same. Rows with an error are left as they are,
    and so is ``besides``, the row that is being typed into; and all but ``only`` these, if any are
    given.

    A line that is partly cancelled keeps its quantity blank: a number there could not be told from
    a part that was sent before, and would be held back. So do rows that ask for the same twice: the
    later one is told by its being equal.
    """
    asking = [draft for draft in map(review.draft, _row_ids(review)) if _asks_for_all(draft)]
    wishes = Counter((draft.po, draft.line) for draft in asking)
    filling = _Filling(review)
    for draft in asking:
        if only is not None and draft.row_id not in only:
            continue
        issues, live = review.issues_with_live(draft.row_id)
        if any(issue.level is Level.ERROR for issue in issues):
            if draft.whole_order and (live is None or live.targets):
                filling.waiting.add(draft.row_id)
            continue
        alone = wishes[draft.po, draft.line] == 1
        if alone and live is not None and live.targets and draft.row_id != besides:
            filling.take(draft, live.targets)
    return filling.result()


def _row_ids(review: Review) -> Iterator[int]:
    return (row.id for row in review.table.rows)


def _asks_for_all(draft: Draft) -> bool:
    """Tell whether a row asks for whatever is open, of its order or of its line."""
    named = draft.whole_order or bool(draft.line)
    return named and draft.quantity is None and not draft.left_out


class _Filling:
    """Gathers the cells and rows of one step."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self._columns = review.table.columns
        self._cells: list[CellText] = []
        self._placed: list[tuple[int, Row]] = []
        self._orders = self._quantities = 0
        self.waiting: set[int] = set()

    def take(self, draft: Draft, targets: tuple[Target, ...]) -> None:
        """Fill in one row, and add the rows for its other lines."""
        table = self._review.table
        row, at = table.row(draft.row_id), table.position(draft.row_id)
        if not draft.whole_order:
            if units := _units(targets[0]):
                self._cells.append(CellText(row.id, self._columns[Column.QUANTITY], units))
                self._quantities += 1
            return
        self._orders += 1
        for index, text in self._texts(row, targets[0]).items():
            self._cells.append(CellText(row.id, index, text))
        for target in targets[1:]:
            new = table.new_row(row.cells)._replace(number=row.number, marks=row.marks)
            for index, text in self._texts(row, target).items():
                new = new.with_cell(index, text)
            self._placed.append((at + len(self._placed) + 1, new))

    def _texts(self, row: Row, target: Target) -> dict[int, str]:
        """Return the cells that name a line, by their index; a SKU of the person's stays."""
        columns = self._columns
        texts = {columns[Column.LINE]: target.line, columns[Column.QUANTITY]: _units(target)}
        if not row.cells[columns[Column.SKU]].strip():
            texts[columns[Column.SKU]] = target.sku
        return texts

    def result(self) -> FilledIn:
        edits: list[Edit] = []
        if self._cells:
            edits.append(SetCells(tuple(self._cells)))
        if self._placed:
            edits.append(InsertRows(tuple(self._placed)))
        lines = self._orders + len(self._placed)
        waiting = frozenset(self.waiting)
        return FilledIn(tuple(edits), self._orders, lines, self._quantities, waiting)


def _units(target: Target) -> str:
    return "" if target.cancelled else str(target.units)
