"""The files written of a run, each chosen by the name of the file."""

from collections.abc import Sequence
from pathlib import Path

from cancel_desk.report.rows import is_to_do, result_row
from cancel_desk.report.summary import run_summary
from cancel_desk.report.web_page import web_page
from cancel_desk.runs.results import RowResult
from cancel_desk.runs.run import Run
from cancel_desk.sheet.output import SHEETS, WEB_PAGES, replacing
from cancel_desk.sheet.result_rows import ResultMark, ResultSheet
from cancel_desk.sheet.result_sheet import write_results

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


def _sheet(
    run: Run, results: Sequence[RowResult], taken: Sequence[RowResult], *, only_left: bool
) -> ResultSheet:
    return ResultSheet(
        headers=tuple(run.headers),
        rows=map(result_row, taken),
        count=len(taken),
        summary=run_summary(run, results),
        mark=ResultMark(run.id, only_left),
        origin=run.origin,
    )
