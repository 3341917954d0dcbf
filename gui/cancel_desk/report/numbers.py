"""The numbers of a month: what was cancelled, by reason, SKU and store."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.language import gettext as _
from cancel_desk.runs.history import RunSummary
from cancel_desk.runs.journal import Journal, JournalError
from cancel_desk.runs.keeping import History
from cancel_desk.runs.outcome import State
from cancel_desk.runs.results import cancelled_units
from cancel_desk.runs.run_index import RunSearch
from cancel_desk.sheet.table_file import NamedTable, Value
from cancel_desk.texts.reasons import reason_label

if TYPE_CHECKING:
    from pandas import DataFrame

LIVE = ("LIVE",)
_COLUMNS = ("reason", "sku", "store", "order", "units")


@dataclass(frozen=True, slots=True)
class MonthNumbers:
    """What was cancelled in a month, of the time of this computer.

    Each table has a name column (``reason``, ``sku``, ``store``) and then ``lines``, ``units`` and
    ``orders``, the most lines first. ``unread`` are the ids of runs that are in use or can't be
    read, and so are missing in the numbers; so are runs that were deleted.
    """

    month: date
    lines: int
    units: int
    orders: int
    by_reason: "DataFrame"
    by_sku: "DataFrame"
    by_store: "DataFrame"
    unread: tuple[str, ...]


def month_numbers(
    history: History, month: date, *, environments: Collection[str] = LIVE
) -> MonthNumbers:
    """Return the numbers of the month of a day; practice runs count only if they are asked for."""
    import pandas as pd

    first = month.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    rows: list[tuple[Value, ...]] = []
    unread: list[str] = []
    # A run may go on in a later month than the one it began in.
    for run in history.find(RunSearch(until=following)):
        if run.counts is None:
            unread.append(run.id)
        elif run.environment in environments and run.last[:10] >= _day_before(first):
            try:
                rows += _cancelled(run, first, following)
            except JournalError:
                unread.append(run.id)
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    return MonthNumbers(
        first,
        len(frame),
        int(frame["units"].sum()),
        int(frame["order"].nunique()),
        by_reason=_by(frame, "reason"),
        by_sku=_by(frame, "sku"),
        by_store=_by(frame, "store"),
        unread=tuple(unread),
    )


def number_tables(numbers: MonthNumbers) -> tuple[NamedTable, ...]:
    """Return the tables of a month, to be written or shown."""
    sizes = (_("Lines"), _("Units"), _("Orders"))
    return tuple(
        NamedTable(name, (head, *sizes), _values(frame))
        for name, head, frame in (
            (_("By reason"), _("Reason"), numbers.by_reason),
            (_("By SKU"), _("SKU"), numbers.by_sku),
            (_("By store"), _("Store"), numbers.by_store),
        )
    )


def _cancelled(run: RunSummary, first: date, following: date) -> Iterator[tuple[Value, ...]]:
    journal = Journal.open_to_look(run.path)
    try:
        lines = journal.lines()
    finally:
        journal.close()
    store = f"{run.store} ({run.environment})"
    for line in lines:
        if line.state is State.CANCELLED and line.outcome is not None:
            day = datetime.fromisoformat(line.outcome.time).astimezone().date()
            if first <= day < following:
                label = reason_label(ReasonCode(line.reason))
                yield label, line.sku, store, line.po, cancelled_units(line) or 0


def _day_before(day: date) -> str:
    """Return the day before in UTC: the time of this computer may be ahead of it."""
    return (day - timedelta(days=1)).isoformat()


def _by(frame: "DataFrame", name: str) -> "DataFrame":
    grouped = frame.groupby(name, as_index=False).agg(
        lines=("units", "size"), units=("units", "sum"), orders=("order", "nunique")
    )
    return grouped.sort_values(
        ["lines", "units", name], ascending=[False, False, True], ignore_index=True
    )


def _values(frame: "DataFrame") -> Sequence[tuple[Any, ...]]:
    return [(str(row[0]), *map(int, row[1:])) for row in frame.itertuples(index=False)]
