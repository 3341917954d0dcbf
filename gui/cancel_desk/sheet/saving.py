"""Saving the sheet under review as a file of its own, to be opened here again as it is."""

from collections.abc import Iterator
from pathlib import Path

from cancel_desk.sheet.columns import READ_BY_LOOKS, Column
from cancel_desk.sheet.damage import looking_damaged
from cancel_desk.sheet.kept_columns import KeptColumns, kept_columns
from cancel_desk.sheet.output import replacing
from cancel_desk.sheet.result_sheet import check_size
from cancel_desk.sheet.rows import Mark
from cancel_desk.sheet.table import Table
from cancel_desk.sheet.text_output import write_csv


def save_table(path: Path, table: Table, *, hidden_why: str) -> None:
    """Write a table as ``.xlsx`` or ``.csv``, by the name of the file, every cell as text.

    The columns are the person's own, and behind them those that were filled in here. What kept a
    row from being sent keeps it in the new file too: a damaged number still looks damaged, and a
    row that the file hides is left out there for ``hidden_why``. An existing file is replaced only
    when the new one is complete. Raises SheetError.
    """
    hides = any(map(table.hidden, table.rows))
    kept = kept_columns(table, also=(Column.LEFT_OUT,) if hides else ())
    rows = _saved_rows(table, kept, hidden_why)
    with replacing(path) as trial:
        if path.suffix.casefold() == ".csv":
            write_csv(trial, kept.headers, rows)
        else:
            from cancel_desk.sheet.plain_book import write_texts

            check_size(len(table), len(kept.headers))
            write_texts(trial, kept.headers, rows, count=len(table))


def _saved_rows(table: Table, kept: KeptColumns, hidden_why: str) -> Iterator[tuple[str, ...]]:
    by_looks = {table.columns[column] for column in READ_BY_LOOKS}
    why = table.columns[Column.LEFT_OUT]
    for row in table.rows:
        saved = row
        for at, mark in row.marks:
            if at in by_looks:
                rounded = mark is Mark.ROUNDED
                saved = saved.with_cell(at, looking_damaged(row.cells[at], rounded=rounded))
        if table.hidden(row) and not row.cells[why].strip():
            saved = saved.with_cell(why, hidden_why)
        yield kept.cells(saved)
