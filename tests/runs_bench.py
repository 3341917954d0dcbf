"""Makes, runs and reopens one run of a few lines against a store in memory."""

from collections.abc import Callable, Sequence
from pathlib import Path

from cancel_desk.checks.plan import LINES_PER_REQUEST, PlannedLine, Request
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.journal import Journal, SheetRow
from cancel_desk.runs.outcome import RunLine
from cancel_desk.runs.patience import Patience
from cancel_desk.runs.runner import RunEnd, Runner
from cancel_desk.walmart.failures import CallFailed
from pretended_store import PretendedStore

IMPATIENT = Patience(
    looks=(0.0, 0.0, 0.0), last_looks=(), reconnects=(0.0, 0.0, 0.0), outage=0.0, before_again=0.0
)
FACTS = {"created": "2026-11-21T10:38:00Z", "store": "S", "environment": "LIVE", "source": "f.csv"}


class Notes:
    """A watcher that remembers what it was told."""

    def __init__(self) -> None:
        self.changes: list[RunLine] = []
        self.waits: list[float] = []
        self.pauses: list[CallFailed] = []
        self.outages: list[float] = []
        self.first: list[RunLine] = []
        self.on_first: Callable[[], None] = lambda: None
        self.on_outage: Callable[[], None] = lambda: None
        self.on_pause: Callable[[], None] = lambda: None
        self.on_wait: Callable[[], None] = lambda: None

    def changed(self, lines: Sequence[RunLine]) -> None:
        self.changes.extend(lines)

    def waiting(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.on_wait()

    def unreachable(self, seconds: float) -> None:
        self.outages.append(seconds)
        self.on_outage()

    def first_sent(self, lines: Sequence[RunLine]) -> None:
        self.first.extend(lines)
        self.on_first()

    def paused(self, failure: CallFailed) -> None:
        self.pauses.append(failure)
        self.on_pause()


class RunBench:
    """Makes, runs and reopens one run."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.gate = Gate()
        self.notes = Notes()
        self.patience = IMPATIENT
        self.workers = 1
        self.first_alone = False
        self._journal: Journal | None = None

    @property
    def journal(self) -> Journal:
        assert self._journal is not None
        return self._journal

    def create(self, *asked: tuple[str, str, int]) -> Journal:
        """Write a run with a row and a line for each (order, line, units)."""
        by_order: dict[str, list[PlannedLine]] = {}
        for row_id, (po, line, units) in enumerate(asked, start=1):
            planned = PlannedLine(row_id, line, units, ReasonCode.OUT_OF_STOCK)
            by_order.setdefault(po, []).append(planned)
        self._journal = Journal.create(
            self.path,
            facts=FACTS,
            rows=[SheetRow(row_id, row_id + 1, ("x",)) for row_id in range(1, len(asked) + 1)],
            requests=[
                Request(po, tuple(lines[at : at + LINES_PER_REQUEST]))
                for po, lines in by_order.items()
                for at in range(0, len(lines), LINES_PER_REQUEST)
            ],
        )
        return self._journal

    def reopen(self) -> Journal:
        """Close the run as a new start of the program would find it."""
        self.close()
        self._journal = Journal.open(self.path)
        self.gate = Gate()
        return self._journal

    def run(self, store: PretendedStore) -> RunEnd:
        """Send what is left."""
        return Runner(
            self.journal,
            store,
            self.gate,
            self.notes,
            patience=self.patience,
            workers=self.workers,
        ).run(first_alone=self.first_alone)

    def lines(self) -> list[RunLine]:
        return self.journal.lines()

    def close(self) -> None:
        if self._journal is not None:
            self._journal.close()
