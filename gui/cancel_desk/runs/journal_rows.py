"""How lines, outcomes and issues are written in the journal's rows, and read back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cancel_desk.checks.issues import Code, Issue, Level
from cancel_desk.checks.plan import PlannedLine
from cancel_desk.runs.outcome import Finding, Outcome, RunLine, State
from cancel_desk.sheet.columns import Column


def new_line(request: int, po: str, line: PlannedLine) -> tuple[object, ...]:
    """Return the values of a line nothing was done for yet, as they are written."""
    return (
        request,
        po,
        line.row_id,
        line.line,
        line.units,
        line.reason,
        line.sku,
        State.PENDING,
        line.cancelled,
    )


def issues_text(issues: Iterable[Issue]) -> str:
    """Return issues as they are written."""
    return json.dumps([[x.column, x.level, x.code, dict(x.params)] for x in issues])


def issues(row_id: int, text: str) -> tuple[Issue, ...]:
    """Return the issues of a row that were written as ``text``."""
    if text == "[]":  # as for nearly every row
        return ()
    return tuple(
        Issue(row_id, Column(column) if column else None, Level(level), Code(code), params)
        for column, level, code, params in json.loads(text)
    )


def outcome_columns(outcome: Outcome) -> dict[str, object]:
    """Return an outcome as it is written, by column."""
    return {
        "state": outcome.state,
        "finding": outcome.finding,
        "params": json.dumps(dict(outcome.params)),
        "words": outcome.words,
        "status": outcome.status,
        "correlation_id": outcome.correlation_id,
        "time": outcome.time,
    }


def parsed(texts: Iterable[str]) -> list[Any]:
    """Return what each JSON text says; all at once is far faster than one by one."""
    found: list[Any] = json.loads(f"[{','.join(texts)}]")
    return found


def run_lines(rows: Sequence[Sequence[Any]]) -> list[RunLine]:
    """Return the lines that were written as these rows."""
    every = parsed(row[10] or "{}" for row in rows)
    return [_run_line(row, params) for row, params in zip(rows, every, strict=True)]


def _run_line(row: Sequence[Any], params: Mapping[str, str]) -> RunLine:
    (line_id, request, po, row_id, line, units, reason, sku, state, finding) = row[:10]
    (words, status, correlation_id, time, cancelled_before, open_before) = row[11:]
    outcome = None
    if finding is not None:
        outcome = Outcome(
            State(str(state)),
            Finding(str(finding)),
            params,
            str(words or ""),
            status,
            str(correlation_id or ""),
            str(time or ""),
        )
    return RunLine(
        line_id, request, po, row_id, line, units, reason, sku, State(str(state)), outcome,
        cancelled_before, open_before,
    )  # fmt: skip
