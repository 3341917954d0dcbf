"""The files written of a run, each chosen by the name of the file."""

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from cancel_desk.language import gettext as _
from cancel_desk.report.rows import is_to_do, kept_back_cells, result_row, why_kept_back
from cancel_desk.report.summary import run_summary
from cancel_desk.report.web_page import PageParts, page_parts, web_page
from cancel_desk.runs.results import RowResult
from cancel_desk.runs.run import Run
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.kept_columns import COLUMN_NAMES
from cancel_desk.sheet.output import (
    SHEETS,
    WEB_PAGES,
    check_not_source,
    check_writable,
    replacing,
)
from cancel_desk.sheet.problems import SheetError
from cancel_desk.sheet.result_rows import ResultMark, ResultRow, ResultSheet
from cancel_desk.sheet.result_sheet import write_results

_MOST_NAMES = 100
_IDS = frozenset({Column.PO, Column.LINE, Column.SKU})

REPORT_KINDS = SHEETS | WEB_PAGES
"""The endings of names that results can be written to."""


def write_report(run: Run, path: Path, *, only_left: bool = False) -> None:
    """Write the results of a run: .xlsx and .csv are the result sheet, .html a page to print.

    ``only_left`` takes the rows alone that are neither cancelled nor left out by the person; the
    sheet opens here again with just these to do. SheetError if it can't be written.
    """
    results = run.results()
    taken = list(filter(is_to_do, results)) if only_left else results
    if path.suffix.casefold() in WEB_PAGES:
        with replacing(path, REPORT_KINDS) as trial, trial.open("w", encoding="utf-8") as file:
            file.writelines(web_page(run, run_summary(run, results), taken))
        return
    write_results(path, _sheet(run, results, taken, only_left=only_left))


def results_parts(run: Run, *, rows_a_part: int) -> PageParts:
    """Return the page to print of a run in parts, as HTML that Qt's text documents can draw."""
    results = run.results()
    return page_parts(run, run_summary(run, results), results, rows_a_part=rows_a_part)


def check_results_place(path: Path, source: Path | None) -> None:
    """Raise SheetError if the results can't be written to ``path``, or it is the person's sheet.

    To be called before the first cancel is sent: afterwards there is a result to keep.
    """
    check_writable(path, REPORT_KINDS)
    if source is not None:
        check_not_source(path, source)


def results_place(source: Path | None, folders: Sequence[Path]) -> Path:
    """Return a new name for a result workbook that can be written to, beside the sheet if possible.

    ``folders`` are where else to look, the likeliest first. SheetError of the first place if none
    can be written to.
    """
    stem = source.stem if source else _("orders")
    places = [source.parent, *folders] if source else list(folders)
    refused: list[SheetError] = []
    for folder in places:
        try:
            path = _new_name(folder, stem)
            check_writable(path)
        except SheetError as error:
            refused.append(error)
        else:
            return path
    raise refused[0]


def _new_name(folder: Path, stem: str) -> Path:
    """Return a name in the folder that no file has yet."""
    for at in range(1, _MOST_NAMES):
        number = f" {at}" if at > 1 else ""
        path = folder / f"{stem} {_('results')}{number}.xlsx"
        if not path.exists():
            return path
    return folder / f"{stem} {_('results')} {secrets.token_hex(4)}.xlsx"


def _sheet(
    run: Run, results: Sequence[RowResult], taken: Sequence[RowResult], *, only_left: bool
) -> ResultSheet:
    headers, columns = tuple(run.headers), dict(run.columns)
    if Column.LEFT_OUT not in columns and any(map(why_kept_back, taken)):
        # By this column the rows are left out again where the sheet is opened without its run.
        columns[Column.LEFT_OUT] = len(headers)
        headers = (*headers, COLUMN_NAMES[Column.LEFT_OUT])
    rows = (_kept_back(each, columns, len(headers)) for each in taken)
    return ResultSheet(
        headers=headers,
        rows=rows,
        count=len(taken),
        summary=run_summary(run, results),
        mark=ResultMark(run.id, only_left),
        origin=run.origin,
        ids=frozenset(at for column, at in run.columns.items() if column in _IDS),
        name=run.facts["sheet"],
    )


def _kept_back(each: RowResult, columns: Mapping[Column, int], width: int) -> ResultRow:
    """Return a row that is kept back for what kept it back before, wherever it is opened again."""
    cells = [*kept_back_cells(each, columns), *[""] * (width - len(each.row.cells))]
    why = why_kept_back(each)
    if why and not cells[columns[Column.LEFT_OUT]].strip():
        cells[columns[Column.LEFT_OUT]] = why
    return result_row(each)._replace(cells=tuple(cells))
