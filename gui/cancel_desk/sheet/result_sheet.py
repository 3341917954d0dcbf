"""The result sheet: the person's own columns, and behind them what became of every row."""

from collections.abc import Sequence
from pathlib import Path

from cancel_desk.sheet.output import check_writable, replacing
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.result_rows import RESULT_COLUMNS, ResultSheet
from cancel_desk.sheet.rows import Row
from cancel_desk.sheet.safe_text import fitting
from cancel_desk.sheet.text_output import write_csv

__all__ = ["RESULT_COLUMNS", "check_fits", "check_size", "check_writable", "write_results"]

EXCEL_ROWS = 1_048_576
EXCEL_COLUMNS = 16_384


def write_results(path: Path, sheet: ResultSheet) -> None:
    """Write the result sheet as ``.xlsx`` or ``.csv``, by the name of the file.

    A workbook takes over the formatting and the numbers of the person's own, where that is still
    as it was read, and has a second page with the summary; a CSV file has neither. Where nothing
    can be taken over, every cell but the units is text: a text file has no numbers to lose, and of
    any other workbook the run keeps the text alone, which is to come back to the letter. An
    existing file is replaced only when the new one is complete. Raises SheetError, also for what
    is beyond a workbook's limits.
    """
    with replacing(path) as trial:
        if _is_csv(path):
            write_csv(trial, sheet.all_headers, (row.texts for row in sheet.rows))
        else:
            check_size(sheet.count, len(sheet.all_headers))
            _write_xlsx(trial, sheet)


def check_fits(path: Path, headers: Sequence[str], rows: Sequence[Row]) -> None:
    """Raise SheetError if rows can't come back in a file of that kind, whatever becomes of them.

    To be called before the first cancel is sent, as :func:`check_writable` is.
    """
    if _is_csv(path):
        return
    check_size(len(rows), len(headers) + len(RESULT_COLUMNS))
    for at, row in enumerate(rows, start=2):
        for text in row.cells:
            fitting(text, row=at)


def _is_csv(path: Path) -> bool:
    return path.suffix.casefold() == ".csv"


def check_size(rows: int, columns: int) -> None:
    """Raise SheetError if a workbook can't hold so many rows below its header, or columns."""
    if rows + 1 > EXCEL_ROWS:
        raise SheetError(SheetProblem.OUTPUT_TOO_MANY_ROWS, rows=rows + 1, limit=EXCEL_ROWS)
    if columns > EXCEL_COLUMNS:
        raise SheetError(SheetProblem.OUTPUT_TOO_MANY_COLUMNS, columns=columns, limit=EXCEL_COLUMNS)


def _write_xlsx(path: Path, sheet: ResultSheet) -> None:
    from cancel_desk.sheet.own_book import open_origin
    from cancel_desk.sheet.plain_book import write_plain
    from cancel_desk.sheet.styled_book import write_styled

    own = open_origin(sheet)
    if own is None:
        write_plain(path, sheet)
    else:
        write_styled(path, sheet, own)
