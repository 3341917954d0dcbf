"""The result sheet: the person's own columns, and behind them what became of every row."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cancel_desk.sheet.output import check_writable, replacing
from cancel_desk.sheet.part_facts import column_letters
from cancel_desk.sheet.safe_text import csv_text, xlsx_text
from cancel_desk.sheet.workbook import ORDER_SHEET

if TYPE_CHECKING:
    from openpyxl.cell import Cell

__all__ = ["RESULT_COLUMNS", "ResultRow", "check_writable", "write_results"]

RESULT_COLUMNS = ("Result", "Reason text", "Walmart's words", "Correlation ID", "Time (UTC)")

SUMMARY_SHEET = "Summary"

_WIDTHS = (18.0, 44.0, 44.0, 38.0, 22.0)
_OWN_WIDTHS = (9.0, 32.0)  # narrowest and widest
# Pale enough for black words on them; the word says it, the colour only helps to find it.
_FILLS = {
    "Cancelled": "D8F0DC",
    "Already cancelled": "E6F2E8",
    "Refused": "F9D6D5",
    "Unknown": "FCE8B8",
    "Left out": "E7E6E6",
    "Not sent": "DCE6F5",
}
_HEADER_FILL = "E9EDF2"


class ResultRow(NamedTuple):
    """One row of the sheet as it shall be written; ``cells`` are the person's own columns.

    ``time`` is UTC, as text.
    """

    cells: tuple[str, ...]
    result: str
    reason_text: str
    walmart_words: str
    correlation_id: str
    time: str


def write_results(
    path: Path,
    table_headers: Sequence[str],
    rows: Iterable[ResultRow],
    *,
    summary: Sequence[tuple[str, str]] = (),
) -> None:
    """Write the result sheet as ``.xlsx`` or ``.csv``, by the name of the file.

    Every cell is text. ``summary`` becomes a second sheet of a workbook; a CSV file has none.
    An existing file is replaced only when the new one is complete. Raises SheetError.
    """
    headers = (*table_headers, *RESULT_COLUMNS)
    with replacing(path) as trial:
        if path.suffix.casefold() == ".csv":
            _write_csv(trial, headers, rows)
        else:
            _write_xlsx(trial, headers, rows, summary)


def _write_csv(path: Path, headers: Sequence[str], rows: Iterable[ResultRow]) -> None:
    # A lone surrogate has no UTF-8 form; everything else goes through unchanged.
    with path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(map(csv_text, headers))
        for row in rows:
            writer.writerow(map(csv_text, (*row.cells, *row[1:])))


def _write_xlsx(
    path: Path,
    headers: Sequence[str],
    rows: Iterable[ResultRow],
    summary: Sequence[tuple[str, str]],
) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    # Under this name the sheet opens again without a question which of the two is meant.
    page: Any = book.create_sheet(ORDER_SHEET)  # its type stub lacks half of it
    cells = _Cells(page)
    page.freeze_panes = "A2"
    for at, width in enumerate(_widths(headers), start=1):
        page.column_dimensions[column_letters(at)].width = width
    page.append(cells.headers(headers))
    count = 1
    for row in rows:
        page.append(cells.row(row))
        count += 1
    page.auto_filter.ref = f"A1:{column_letters(len(headers))}{count}"
    if summary:
        _write_summary(book.create_sheet(SUMMARY_SHEET), summary)
    book.save(path)


def _write_summary(page: Any, summary: Sequence[tuple[str, str]]) -> None:
    cells = _Cells(page)
    page.column_dimensions["A"].width = 34.0
    page.column_dimensions["B"].width = 60.0
    for pair in summary:
        page.append(cells.named_value(*pair))


def _widths(headers: Sequence[str]) -> list[float]:
    narrowest, widest = _OWN_WIDTHS
    own = [min(max(len(header) + 4.0, narrowest), widest) for header in headers[: -len(_WIDTHS)]]
    return [*own, *_WIDTHS]


class _Cells:
    """Makes the text cells of one page; none is ever taken for a formula, number or error.

    Each style has one cell, which is filled anew for every place: openpyxl writes a row cell by
    cell as it takes them.
    """

    def __init__(self, page: Any) -> None:
        self._page = page
        self._plain = self._styled(None)
        self._header = self._styled(_HEADER_FILL, bold=True)
        self._results = {word: self._styled(colour) for word, colour in _FILLS.items()}

    def headers(self, names: Sequence[str]) -> Iterator["Cell | None"]:
        return (_filled(self._header, name) for name in names)

    def row(self, row: ResultRow) -> Iterator["Cell | None"]:
        for text in row.cells:
            yield _filled(self._plain, text)
        yield _filled(self._results.get(row.result, self._plain), row.result)
        for text in row[2:]:
            yield _filled(self._plain, text)

    def named_value(self, name: str, value: str) -> Iterator["Cell | None"]:
        yield _filled(self._header, name)
        yield _filled(self._plain, value)

    def _styled(self, colour: str | None, *, bold: bool = False) -> "Cell":
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font, PatternFill

        cell = WriteOnlyCell(self._page)
        cell.number_format = "@"
        if bold:
            cell.font = Font(bold=True)
        if colour is not None:
            cell.fill = PatternFill("solid", fgColor=colour)
        return cell


def _filled(cell: "Cell", text: str) -> "Cell | None":
    if not text:
        return None
    cell.value = xlsx_text(text)
    cell.data_type = "s"  # whatever the text looks like
    return cell
