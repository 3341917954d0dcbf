"""From a sheet as it was read to a table whose columns are known."""

from collections.abc import Mapping

from cancel_desk.sheet.bulk import made_in_bulk
from cancel_desk.sheet.columns import NEEDED, Column, match_columns
from cancel_desk.sheet.merged import with_merged_marked
from cancel_desk.sheet.overlooked import forbid_overlooked
from cancel_desk.sheet.part_facts import column_letters
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import RawSheet
from cancel_desk.sheet.second_header import forbid_second_header
from cancel_desk.sheet.table import Table


def open_table(
    raw: RawSheet,
    *,
    columns: Mapping[Column, int] | None = None,
    fixed: Mapping[Column, str] | None = None,
) -> Table:
    """Make a table of a sheet that was read.

    Columns are found by their header names; ``columns`` says which header to take where the person
    knows better, ``fixed`` the text to use for all rows instead of a header. Raises SheetError if
    there are no rows, no purchase order column, several headers for one needed column that don't
    hold the same, a second row of names in another order, or where nobody was asked (no
    ``columns``) about headers that may hold lines or quantities. Other columns may be missing: the
    table adds them, empty.
    """
    match = match_columns(raw.headers)
    texts = dict(fixed or {})
    chosen = dict(columns or {})
    for column in NEEDED:
        if column in match.doubtful and column not in chosen and column not in texts:
            chosen[column] = _the_same(raw, column, match.doubtful[column])
    taken = set(chosen.values())
    found = {
        column: at
        for column, at in match.columns.items()
        if at not in taken and column not in texts
    } | chosen
    if Column.PO not in found:
        raise _no_po(raw)
    if not raw.rows:
        raise SheetError(SheetProblem.NO_ROWS)
    forbid_second_header(raw, found)
    if columns is None:
        forbid_overlooked(raw, match)
    with made_in_bulk():
        return Table(with_merged_marked(raw, found), found, fixed=texts)


def _the_same(raw: RawSheet, column: Column, indexes: tuple[int, ...]) -> int:
    """Return the first of several headers if it makes no difference which is taken."""
    first = indexes[0]
    if raw.rows and all(
        row.cells[at].strip() == row.cells[first].strip() and row.mark(at) == row.mark(first)
        for row in raw.rows
        for at in indexes[1:]
    ):
        return first
    raise SheetError(
        SheetProblem.DOUBTFUL_COLUMN,
        column=column,
        headers=[raw.headers[at] for at in indexes],
        places=[column_letters(at + 1) for at in indexes],
    )


def _no_po(raw: RawSheet) -> SheetError:
    possible = match_columns(raw.headers).possible.get(Column.PO, ())
    return SheetError(
        SheetProblem.NO_PO_COLUMN,
        headers=[header for header in raw.headers if header.strip()],
        order_header=raw.headers[possible[0]] if possible else None,
    )
