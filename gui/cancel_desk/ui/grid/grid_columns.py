"""The columns of the grid as data: ours first, then the person's own."""

from enum import StrEnum
from typing import NamedTuple

from cancel_desk.language import gettext as _
from cancel_desk.sheet.columns import NEEDED, Column
from cancel_desk.sheet.part_facts import column_letters
from cancel_desk.sheet.table import Table
from cancel_desk.texts.issues import column_name


class Kind(StrEnum):
    """What a column of the grid shows; only cells and reasons can be edited."""

    STATE = "state"
    CELL = "cell"
    REASON = "reason"
    WALMART = "walmart"
    NOTE = "note"


class GridColumn(NamedTuple):
    """One column of the grid.

    ``at`` is the index of its cell in a row, None where the program fills it in; ``column`` is the
    column that issues name; ``width`` counts average characters. The person's own columns beside
    those we need are ``extra``: out of the way until they are asked for.
    """

    kind: Kind
    title: str
    hint: str
    width: int
    at: int | None = None
    column: Column | None = None
    extra: bool = False


_WIDTHS = {
    Column.PO: 20,  # room for 15 digits, which are wider than the average character
    Column.LINE: 6,
    Column.SKU: 15,
    Column.QUANTITY: 6,
    Column.REASON: 26,
}
_EXTRA_WIDTH = 18


def grid_columns(table: Table) -> tuple[GridColumn, ...]:
    """Return the columns for a table: state, ours, Walmart's words, note, the person's own."""
    needed = [table.columns[column] for column in NEEDED]
    return (
        GridColumn(Kind.STATE, _("State"), _("Whether the row is ready"), 12),
        *(_needed(table, column) for column in NEEDED),
        GridColumn(
            Kind.WALMART,
            _("Walmart says"),
            _("How the line stands at Walmart, once you have checked"),
            23,
        ),
        GridColumn(Kind.NOTE, _("Note"), _("What is wrong with the row, the gravest first"), 46),
        *(_own(table, at) for at in range(len(table.headers)) if at not in needed),
    )


def _needed(table: Table, column: Column) -> GridColumn:
    at = table.columns[column]
    title = column_name(column)
    if table.has_own(column):
        hint = _("{title}: your column “{header}”").format(title=title, header=table.headers[at])
    else:
        hint = _("{title}: your file has no such column; fill it in here").format(title=title)
    kind = Kind.REASON if column is Column.REASON else Kind.CELL
    return GridColumn(kind, title, hint, _WIDTHS[column], at, column)


def _own(table: Table, at: int) -> GridColumn:
    header = table.headers[at].strip() or _("Column {letters}").format(
        letters=column_letters(at + 1)
    )
    column = next((name for name, index in table.columns.items() if index == at), None)
    return GridColumn(Kind.CELL, header, _("Your own column"), _EXTRA_WIDTH, at, column, extra=True)
