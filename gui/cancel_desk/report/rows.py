"""The rows of a run as the result sheet has them."""

from cancel_desk.checks.issues import Code
from cancel_desk.runs.results import Result, RowResult, known_units
from cancel_desk.sheet.result_rows import ResultRow
from cancel_desk.texts.outcomes import (
    correlation_ids,
    reason_text,
    result_time,
    result_word,
    walmart_words,
)

DONE = frozenset({Result.CANCELLED, Result.ALREADY_CANCELLED})
"""Results of rows for which nothing is left to do."""


def is_to_do(each: RowResult) -> bool:
    """Whether a row is left to do: neither cancelled nor left out by the person."""
    return each.result not in DONE and not why_left_out(each)


def why_left_out(each: RowResult) -> str:
    """Return why the person left a row out, "" if it was not they."""
    whys = (issue.params["why"] for issue in each.row.left_out if issue.code is Code.LEFT_OUT)
    return next(whys, "")


def result_row(each: RowResult) -> ResultRow:
    """Return a row with its result in words."""
    return ResultRow(
        cells=each.row.cells,
        number=each.row.number,
        kind=each.result,
        result=result_word(each.result),
        meaning=reason_text(each),
        walmart_words=walmart_words(each),
        units=known_units(each),
        time=result_time(each),
        correlation_id=correlation_ids(each),
    )


def done_words() -> frozenset[str]:
    """Return the words that stand in the Result column of rows with nothing left to do."""
    return frozenset(map(result_word, DONE))
