"""The rows of a run as the result sheet has them."""

from collections.abc import Mapping

from cancel_desk.checks.issues import Code
from cancel_desk.language import gettext as _
from cancel_desk.runs.results import Result, RowResult, known_units
from cancel_desk.sheet.columns import READ_BY_LOOKS, Column
from cancel_desk.sheet.damage import Damage, looking_damaged
from cancel_desk.sheet.result_rows import ResultRow
from cancel_desk.texts.outcomes import (
    correlation_ids,
    reason_text,
    result_time,
    result_word,
    result_words,
    walmart_words,
)

_DAMAGED = frozenset({Code.CELL_DAMAGED, Code.CELL_MERGED})
DONE = frozenset({Result.CANCELLED, Result.ALREADY_CANCELLED})
"""Results of rows for which nothing is left to do."""


def is_to_do(each: RowResult) -> bool:
    """Whether a row is left to do: neither cancelled nor left out by the person."""
    return each.result not in DONE and not why_left_out(each)


def why_left_out(each: RowResult) -> str:
    """Return why the person left a row out, "" if it was not they."""
    whys = (issue.params["why"] for issue in each.row.left_out if issue.code is Code.LEFT_OUT)
    return next(whys, "")


def why_kept_back(each: RowResult) -> str:
    """Return why a row is left out wherever its run is not known: the file hides it, or the person.

    "" for every other row.
    """
    if any(issue.code is Code.ROW_HIDDEN for issue in each.row.left_out):
        return why_left_out(each) or _("hidden in the file it came from.")
    return why_left_out(each)


def kept_back_cells(each: RowResult, columns: Mapping[Column, int]) -> tuple[str, ...]:
    """Return the cells of a row such that damage which only the reader saw is seen again.

    ``columns`` says at which index which column is.
    """
    cells = list(each.row.cells)
    for issue in each.row.left_out:
        at = None if issue.column is None else columns.get(issue.column)
        if at is not None and issue.column in READ_BY_LOOKS and issue.code in _DAMAGED:
            rounded = issue.params.get("damage") == Damage.ROUNDED
            cells[at] = looking_damaged(cells[at], rounded=rounded)
    return tuple(cells)


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
    """Return the words for rows with nothing left to do, in whichever language they are."""
    return frozenset().union(*map(result_words, DONE))
