"""Column names once more further down, as where two exports are pasted under one another."""

from collections.abc import Mapping

from cancel_desk.sheet.columns import NEEDED, Column, match_columns
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import RawSheet


def forbid_second_header(raw: RawSheet, columns: Mapping[Column, int]) -> None:
    """SheetError for a row of names in another order than those above.

    The rows below it would be read by the first names: lines for quantities, or other lines. In the
    same order it is a row like any other, whose purchase order number is none. ``columns`` are
    those taken, which need not be the ones that are named so.
    """
    po = columns[Column.PO]
    above = {**columns, **match_columns(raw.headers).columns}
    for row in raw.rows:
        text = row.cells[po].strip()
        if not text or any(map(str.isdigit, text)):  # as an order's number, or a SKU
            continue
        again = match_columns(row.cells).columns
        moved = [at != above.get(column, at) for column, at in again.items() if column in NEEDED]
        if Column.PO in again and len(moved) > 1 and any(moved):
            number = row.id if row.number is None else row.number
            raise SheetError(SheetProblem.SECOND_HEADER, row=number)
