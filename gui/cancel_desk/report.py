"""The result sheet of a run, and its counts."""

from collections import Counter
from pathlib import Path

from cancel_desk.runs.results import Result, RowResult
from cancel_desk.runs.run import Run
from cancel_desk.sheet.result_sheet import ResultRow, write_results
from cancel_desk.texts.outcomes import (
    correlation_ids,
    reason_text,
    result_time,
    result_word,
    walmart_words,
)


def write_report(run: Run, path: Path) -> None:
    """Write the result sheet of a run, .xlsx or .csv by the name of ``path``; SheetError."""
    results = run.results()
    write_results(
        path,
        run.headers,
        (_result_row(each) for each in results),
        summary=_summary(run, Counter(each.result for each in results)),
    )


def counts_object(counts: Counter[Result]) -> dict[str, int]:
    """Return the number of rows in all and by result, under the names scripts rely on."""
    return {"lines": counts.total()} | {result.value: counts[result] for result in Result}


def _result_row(each: RowResult) -> ResultRow:
    return ResultRow(
        cells=each.row.cells,
        result=result_word(each.result),
        reason_text=reason_text(each),
        walmart_words=walmart_words(each),
        correlation_id=correlation_ids(each),
        time=result_time(each),
    )


def _summary(run: Run, counts: Counter[Result]) -> list[tuple[str, str]]:
    store, facts = run.store, run.facts
    return [
        ("Run", run.id),
        ("Store", f"{store.name} ({store.environment}, {store.market})"),
        ("File", facts["source"]),
        ("Began (UTC)", facts["created"]),
        ("Cancel Desk", facts["version"]),
        ("Rows", str(counts.total())),
        *((result_word(result), str(counts[result])) for result in Result),
    ]
