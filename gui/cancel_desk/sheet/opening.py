"""From a sheet as it was read to a table whose columns are known."""

from collections.abc import Mapping

from cancel_desk.sheet.columns import NEEDED, Column, match_columns, plain_header
from cancel_desk.sheet.part_facts import column_letters
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import RawSheet
from cancel_desk.sheet.table import Table

# Such a column may hold the customer order's number or another program's own one; both look
# like a purchase order number.
_ORDER_NAMES = frozenset(
    map(plain_header, ("order#", "order", "order id", "order number", "order no", "orderid"))
)


def open_table(raw: RawSheet, *, columns: Mapping[Column, int] | None = None) -> Table:
    """Make a table of a sheet that was read.

    Columns are found by their header names; ``columns`` says which header to take where the person
    knows better. Raises SheetError if there are no rows, no purchase order column, or several
    headers for one needed column. Other columns may be missing: the table adds them, empty.
    """
    match = match_columns(raw.headers)
    chosen = dict(columns or {})
    for column in NEEDED:
        if column in match.doubtful and column not in chosen:
            raise _doubtful(raw, column, match.doubtful[column])
    taken = set(chosen.values())
    found = {column: at for column, at in match.columns.items() if at not in taken} | chosen
    if Column.PO not in found:
        raise _no_po(raw)
    if not raw.rows:
        raise SheetError(SheetProblem.NO_ROWS)
    return Table(raw, found)


def _doubtful(raw: RawSheet, column: Column, indexes: tuple[int, ...]) -> SheetError:
    return SheetError(
        SheetProblem.DOUBTFUL_COLUMN,
        column=column,
        headers=[raw.headers[at] for at in indexes],
        places=[column_letters(at + 1) for at in indexes],
    )


def _no_po(raw: RawSheet) -> SheetError:
    orders = [header for header in raw.headers if plain_header(header) in _ORDER_NAMES]
    return SheetError(
        SheetProblem.NO_PO_COLUMN,
        headers=[header for header in raw.headers if header.strip()],
        order_header=orders[0] if orders else None,
    )
