"""Where jumps in the grid lead: the edge of filled cells, and the next problem."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cancel_desk.checks.issues import Level
from cancel_desk.ui.grid.grid_columns import Kind
from cancel_desk.ui.grid.sheet_model import SheetModel


class Cell(NamedTuple):
    """The place of a shown cell."""

    row: int
    column: int


def block_edge(start: int, step: int, count: int, filled: Callable[[int], bool]) -> int:
    """Return where Ctrl and an arrow lead: the end of a filled stretch, or the next one's start."""
    last = count - 1 if step > 0 else 0
    at = start
    if at == last:
        return at
    inside = filled(at) and filled(at + step)
    at += step
    while at != last and filled(at + step if inside else at) == inside:
        at += step
    return at


def next_problem(
    model: SheetModel, visible: Sequence[int], current: Cell, *, forward: bool
) -> Cell | None:
    """Return the next or previous cell with an error or a warning, going round at the end."""
    count = len(model.shown)
    if not count:
        return None
    order = range(count + 1) if forward else range(0, -count - 1, -1)
    for offset in order:
        row = (current.row + offset) % count
        cells = [Cell(row, column) for column in problem_columns(model, visible, row)]
        if not forward:
            cells.reverse()
        for cell in cells:
            if _is_past(cell, current, offset, forward=forward):
                return cell
    return None


def problem_columns(model: SheetModel, visible: Sequence[int], row: int) -> list[int]:
    """Return the columns of a shown row with an error or a warning, from left to right.

    What is wrong with a hidden column is told by the note.
    """
    found = set(_places(model, visible, row))
    return [column for column in visible if column in found]


def _places(model: SheetModel, visible: Sequence[int], row: int) -> Iterator[int]:
    by_column = {model.columns[at].column: at for at in visible}
    note = next(at for at, column in enumerate(model.columns) if column.kind is Kind.NOTE)
    for issue in model.findings.issues(model.shown[row]):
        if issue.level is not Level.INFO:
            yield by_column.get(issue.column, note)


def _is_past(cell: Cell, current: Cell, offset: int, *, forward: bool) -> bool:
    """Tell whether a cell comes after the current one, on the way round that has begun in it."""
    if cell.row != current.row:
        return True
    further = cell.column > current.column if forward else cell.column < current.column
    return further if offset == 0 else not further
