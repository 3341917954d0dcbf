"""Two runs of one computer over the same lines: together they report no unit too many."""

import tempfile
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cancel_desk.checks.earlier import LineKey
from cancel_desk.checks.plan import PlannedLine, Request, Store
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.runs.earlier import credits_of
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.journal import Journal, SheetRow
from cancel_desk.runs.outcome import RunLine
from cancel_desk.runs.patience import Patience
from cancel_desk.runs.results import cancelled_units
from cancel_desk.runs.runner import Runner
from cancel_desk.walmart.orders import Order, OrderLine
from journeys.modelled_store import (
    LOST_CALLS,
    STEPS,
    Crash,
    Fate,
    Life,
    ModelledStore,
    MortalJournal,
    Step,
)
from journeys.selling import Onlooker

_PO = "1577914061000"
_STORE = Store("S", "US", "LIVE", "https://marketplace.walmartapis.com")
_FACTS = {"store": "S", "market": "US", "environment": "LIVE", "address": _STORE.address}
_PATIENCE = Patience(
    looks=(0.0, 0.0), last_looks=(0.0,), reconnects=(0.0, 0.0), throttled=3, failures_in_a_row=3
)
# A cancel that comes later than the settling can see is nobody's to tell.
_IN_TIME = [step for step in (*LOST_CALLS, *STEPS) if step.fate is not Fate.LATE]
_STEPS = st.lists(
    st.builds(Step._replace, st.sampled_from(_IN_TIME), lag=st.integers(0, 4)), max_size=4
)
_UNITS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4)), min_size=1, max_size=2
)  # ordered, asked by the first run, asked by the second
_MOMENT = st.none() | st.integers(1, 20)


class _Pair:
    """Two runs of one folder, each told before it is sent what the other has recorded."""

    def __init__(self, folder: Path, units: Sequence[tuple[int, int, int]]) -> None:
        self.folder = folder
        lines = tuple(OrderLine(str(at), "", "", ordered, {}) for at, (ordered, *_) in _each(units))
        self.store = ModelledStore({_PO: Order(_PO, "", "SellerFulfilled", None, lines)})
        for name, place in (("a", 1), ("b", 2)):
            planned = tuple(
                PlannedLine(at, str(at), each[place], ReasonCode.OUT_OF_STOCK)
                for at, each in _each(units)
            )
            rows = [SheetRow(at, at, ("x",)) for at, _ in _each(units)]
            path = self._path(name)
            request = Request(_PO, planned)
            Journal.create(path, facts=_FACTS, rows=rows, requests=[request]).close()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.run"

    def send(self, name: str, steps: Sequence[Step] = (), dies_at: int | None = None) -> None:
        life = Life(dies_at)
        self.store.steps, self.store.life = deque(steps), life
        journal = MortalJournal.reopened(self._path(name), life)
        journal.tell_elsewhere(credits_of(self.folder, _STORE, [_PO], but=name))
        gate = Gate()
        try:
            Runner(journal, self.store, gate, Onlooker(gate), patience=_PATIENCE, workers=1).run()
        except Crash:
            pass
        finally:
            self.store.life = Life()
            journal.close()

    def lines(self) -> list[RunLine]:
        found: list[RunLine] = []
        for name in "ab":
            journal = Journal.open_to_look(self._path(name))
            found += journal.lines()
            journal.close()
        return found

    def check(self) -> None:
        """Hold what the runs report of each line against what was cancelled of it."""
        told: dict[LineKey, int] = {}
        for line in self.lines():
            key = LineKey(line.po, line.line)
            told[key] = told.get(key, 0) + (cancelled_units(line) or 0)
        for key, units in told.items():
            assert units <= sum(self.store.applied.get(key, ())), f"{key}: {units} reported"


def _each(units: Sequence[tuple[int, int, int]]) -> Sequence[tuple[int, tuple[int, int, int]]]:
    return list(enumerate(units, start=1))


@given(units=_UNITS, first=_STEPS, second=_STEPS, dies=st.tuples(_MOMENT, _MOMENT))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_two_runs_never_report_more_than_was_cancelled(
    units: list[tuple[int, int, int]],
    first: list[Step],
    second: list[Step],
    dies: tuple[int | None, int | None],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pair = _Pair(Path(folder), units)
        pair.send("a", first, dies[0])
        pair.check()
        pair.send("b", second, dies[1])
        pair.check()
        for name in "ab":
            pair.store.catch_up()
            pair.send(name)
            pair.check()
