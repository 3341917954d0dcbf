"""Filling merged cells: every row gets the text that it shows together with others."""

from cancel_desk.sheet.edits import CellText, SetCells
from cancel_desk.sheet.table import Table


def merged_fill(table: Table) -> SetCells:
    """Return the edit that writes the text of merged cells into each row they reach over.

    Only blank cells below the first are filled; a purchase order that is merged over its lines is
    the usual case. Without merged cells the edit is empty.
    """
    by_number = {row.number: row for row in table.rows if row.number is not None}
    cells: list[CellText] = []
    for merged in table.facts.merged:
        first = by_number.get(merged.first_row)
        at = merged.first_column
        if first is None or at >= len(table.headers):
            continue
        for number in range(merged.first_row + 1, min(merged.last_row, max(by_number)) + 1):
            row = by_number.get(number)
            if row is not None and not row.cells[at] and row.mark(at) is None:
                cells.append(CellText(row.id, at, first.cells[at], first.mark(at)))
    return SetCells(tuple(cells))
