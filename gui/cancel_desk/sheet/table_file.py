"""Small tables written for people: lists and numbers, as .xlsx or .csv by the name of the file."""

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cancel_desk.sheet.output import replacing
from cancel_desk.sheet.result_looks import FIRST_ROWS, HEADER_FILL, own_widths
from cancel_desk.sheet.safe_text import csv_text, fitting

Value = str | int | float


class NamedTable(NamedTuple):
    """A table with its name, which becomes the page's; texts stay texts, numbers are numbers."""

    name: str
    headers: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]


def write_tables(path: Path, tables: Sequence[NamedTable]) -> None:
    """Write tables to a file, each on a page of its own, or in a .csv one below the other.

    Nothing in a cell can run as a formula. SheetError if it can't be written.
    """
    with replacing(path) as trial:
        if path.suffix.casefold() == ".csv":
            _write_csv(trial, tables)
        else:
            _write_xlsx(trial, tables)


def _write_csv(path: Path, tables: Sequence[NamedTable]) -> None:
    with path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file)
        for at, table in enumerate(tables):
            if at:
                writer.writerow(())
            writer.writerow(map(csv_text, table.headers))
            for row in table.rows:
                writer.writerow(csv_text(x) if isinstance(x, str) else x for x in row)


def _write_xlsx(path: Path, tables: Sequence[NamedTable]) -> None:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with tempfile.TemporaryDirectory(prefix="cancel-desk-") as folder:
        book = Workbook(str(path), {"tmpdir": folder})
        head = book.add_format({"num_format": "@", "bold": True, "bg_color": f"#{HEADER_FILL}"})
        text = book.add_format({"num_format": "@"})
        for table in tables:
            page = book.add_worksheet(table.name)
            page.freeze_panes(1, 0)
            page.autofilter(0, 0, len(table.rows), len(table.headers) - 1)
            first = ([str(value) for value in row] for row in table.rows[:FIRST_ROWS])
            widths = own_widths(table.headers, first)
            for at, (name, width) in enumerate(zip(table.headers, widths, strict=True)):
                page.set_column(at, at, width)
                page.write_string(0, at, name, head)
            for row, values in enumerate(table.rows, start=1):
                for at, value in enumerate(values):
                    if isinstance(value, str):
                        page.write_string(row, at, fitting(value, row=row + 1), text)
                    else:
                        page.write_number(row, at, value)
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error
