"""What became of each row of the person's sheet, put together from its lines in the journal."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cancel_desk.runs.journal import SheetRow
from cancel_desk.runs.outcome import Finding, RunLine, State


class Result(StrEnum):
    """The result of a row; each row has exactly one."""

    CANCELLED = "cancelled"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    LEFT_OUT = "left_out"
    NOT_SENT = "not_sent"
    ALREADY_CANCELLED = "already_cancelled"


@dataclass(frozen=True, slots=True)
class RowResult:
    """A row, its result, and the lines it came to (none where it was left out)."""

    row: SheetRow
    result: Result
    lines: tuple[RunLine, ...]


def line_result(line: RunLine) -> Result:
    """Return the result of one line as it stands."""
    finding = line.outcome.finding if line.outcome else None
    if line.state is State.SKIPPED and finding is Finding.ALREADY_CANCELLED:
        return Result.ALREADY_CANCELLED
    return _BY_STATE[line.state]


def cancelled_units(line: RunLine) -> int | None:
    """Return how many units of a line this run is known to have cancelled; None if it isn't known.

    Of a line whose fate is open, not even a part that the order shows is counted.
    """
    if line.state is State.CANCELLED:
        told = line.outcome.params.get("units") if line.outcome else None
        return line.units if told is None else int(told)
    return None if line.state in {State.UNKNOWN, State.SENDING} else 0


def known_units(row: RowResult) -> int | None:
    """Return how many units of a row this run cancelled; None while a line's fate is open."""
    units = [cancelled_units(line) for line in row.lines]
    known = [number for number in units if number is not None]
    return sum(known) if len(known) == len(units) else None


_BY_STATE = {
    State.PENDING: Result.NOT_SENT,
    State.UNSENT: Result.NOT_SENT,
    State.SENDING: Result.UNKNOWN,
    State.UNKNOWN: Result.UNKNOWN,
    State.CANCELLED: Result.CANCELLED,
    State.REFUSED: Result.REFUSED,
    State.SKIPPED: Result.LEFT_OUT,
}

# What needs a person most decides over the rest of a row that stands for several lines.
_WEIGHT = (
    Result.UNKNOWN,
    Result.REFUSED,
    Result.NOT_SENT,
    Result.LEFT_OUT,
    Result.CANCELLED,
    Result.ALREADY_CANCELLED,
)


def row_results(rows: Iterable[SheetRow], lines: Iterable[RunLine]) -> list[RowResult]:
    """Return the result of each row, in the order of ``rows``; lines are joined by row id."""
    by_row: dict[int, list[RunLine]] = {}
    for line in lines:
        by_row.setdefault(line.row_id, []).append(line)
    return [_row_result(row, tuple(by_row.get(row.id, ()))) for row in rows]


def _row_result(row: SheetRow, lines: tuple[RunLine, ...]) -> RowResult:
    if not lines:
        found = Result.ALREADY_CANCELLED if row.already_cancelled else Result.LEFT_OUT
        return RowResult(row, found, ())
    results = {line_result(line) for line in lines}
    return RowResult(row, next(each for each in _WEIGHT if each in results), lines)
