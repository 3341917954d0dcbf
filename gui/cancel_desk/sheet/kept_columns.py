"""The columns that are written for a table: the person's own, and those filled in here."""

from collections.abc import Collection
from typing import NamedTuple

from cancel_desk.sheet.columns import KEPT, Column
from cancel_desk.sheet.rows import Row
from cancel_desk.sheet.table import Table

COLUMN_NAMES = {
    Column.PO: "PO#",
    Column.LINE: "Line#",
    Column.SKU: "SKU",
    Column.QUANTITY: "Qty",
    Column.REASON: "Cancel Reason",
    Column.LEFT_OUT: "Left out because",
}
"""Names by which added columns are found when the sheet is opened again."""


class KeptColumns(NamedTuple):
    """Header names, and the index of the cell that stands below each."""

    headers: tuple[str, ...]
    indexes: tuple[int, ...]

    def cells(self, row: Row) -> tuple[str, ...]:
        """Return the cells of a row in these columns."""
        return tuple(row.cells[at] for at in self.indexes)


def kept_columns(
    table: Table, *, without: Collection[Column] = (), also: Collection[Column] = ()
) -> KeptColumns:
    """Return the person's own columns, and behind them each added one with a text in any row.

    ``without`` are columns that are not added, ``also`` such that are, whatever stands in them.
    """
    own = range(len(table.headers))
    added = [
        column
        for column in KEPT
        if column not in without
        and not table.has_own(column)
        and (column in also or any(row.cells[table.columns[column]] for row in table.rows))
    ]
    return KeptColumns(
        (*table.headers, *(COLUMN_NAMES[column] for column in added)),
        (*own, *(table.columns[column] for column in added)),
    )
