"""The numbers of a month: what was cancelled, by reason, SKU and store."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.language import gettext as _
from cancel_desk.runs.history import RunSummary
from cancel_desk.runs.journal import Journal, JournalError
from cancel_desk.runs.keeping import History
from cancel_desk.runs.outcome import RunLine, State
from cancel_desk.runs.results import cancelled_units
from cancel_desk.runs.run import Run
from cancel_desk.runs.run_index import LookingStopped, RunSearch, never
from cancel_desk.sheet.table_file import NamedTable, Value
from cancel_desk.texts.reasons import reason_label

if TYPE_CHECKING:
    from pandas import DataFrame

LIVE = ("LIVE",)
EVERY = ("LIVE", "SANDBOX", "PRACTICE")
_COLUMNS = ("reason", "sku", "store", "environment", "order", "units")


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


@dataclass(frozen=True, slots=True)
class MonthLines:
    """Every line cancelled in a month; ``stores`` are those it was cancelled at, with badges."""

    month: date
    frame: "DataFrame"
    unread: tuple[str, ...]

    @property
    def stores(self) -> tuple[str, ...]:
        """The stores in the order of their names, live ones first."""
        known = self.frame[["store", "environment"]].drop_duplicates()
        pairs = zip(known["store"], known["environment"], strict=True)
        return tuple(store for store, _env in sorted(pairs, key=_live_first))

    def numbers(
        self, *, environments: Collection[str] = LIVE, store: str | None = None
    ) -> MonthNumbers:
        """Return the numbers of one of the ``stores``, or of all of these environments."""
        every = self.frame
        among = (
            every["environment"].isin(environments) if store is None else every["store"] == store
        )
        frame = every[among]
        return MonthNumbers(
            self.month,
            len(frame),
            int(frame["units"].sum()),
            int(frame["order"].nunique()),
            by_reason=_by(frame, "reason"),
            by_sku=_by(frame, "sku"),
            by_store=_by(frame, "store"),
            unread=self.unread,
        )


def month_lines(
    history: History,
    month: date,
    *,
    environments: Collection[str] = EVERY,
    open_here: Run | None = None,
    stopped: Callable[[], bool] = never,
) -> MonthLines:
    """Return what was cancelled in the month of a day at stores of these environments.

    ``open_here`` is the run that the caller has open, which nobody else can read. LookingStopped
    once ``stopped``.
    """
    import pandas as pd

    first = month.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    rows: list[tuple[Value, ...]] = []
    unread: list[str] = []
    # A run may go on in a later month than the one it began in.
    words = open_here.words() if open_here else None
    for run in history.find(RunSearch(until=following), open_here=words, stopped=stopped):
        if stopped():
            raise LookingStopped
        if run.counts is None:
            unread.append(run.id)
        elif run.environment in environments and run.last[:10] >= _day_before(first):
            try:
                known = open_here if open_here and open_here.id == run.id else None
                lines = known.lines() if known else _lines(run)
                rows += _cancelled(run, lines, first, following)
            except JournalError:
                unread.append(run.id)
    return MonthLines(first, pd.DataFrame(rows, columns=list(_COLUMNS)), tuple(unread))


def month_numbers(
    history: History, month: date, *, environments: Collection[str] = LIVE
) -> MonthNumbers:
    """Return the numbers of the month of a day; practice runs count only if they are asked for."""
    found = month_lines(history, month, environments=environments)
    return found.numbers(environments=environments)


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


def _lines(run: RunSummary) -> list[RunLine]:
    journal = Journal.open_to_look(run.path)
    try:
        return journal.lines()
    finally:
        journal.close()


def _cancelled(
    run: RunSummary, lines: Iterable[RunLine], first: date, following: date
) -> Iterator[tuple[Value, ...]]:
    store = f"{run.store} ({run.environment})"
    for line in lines:
        if line.state is State.CANCELLED and line.outcome is not None:
            day = datetime.fromisoformat(line.outcome.time).astimezone().date()
            if first <= day < following:
                label = reason_label(ReasonCode(line.reason))
                yield label, line.sku, store, run.environment, line.po, cancelled_units(line) or 0


def _live_first(known: tuple[str, str]) -> tuple[int, str]:
    store, environment = known
    return EVERY.index(environment), store.casefold()


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
