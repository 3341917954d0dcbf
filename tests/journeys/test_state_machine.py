"""Runner and journal against a model of Walmart, with every fault and every moment to die at."""

import tempfile
from collections import deque
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cancel_desk.checks.plan import PlannedLine, Request
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.runs.deciding import decision, doubts
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.journal import Journal, SheetRow
from cancel_desk.runs.outcome import RunLine, State
from cancel_desk.runs.patience import Patience
from cancel_desk.runs.results import Result, line_result
from cancel_desk.runs.runner import RunEnd, Runner
from cancel_desk.walmart.orders import Order, OrderLine
from journeys.modelled_store import (
    LOST_CALLS,
    READ_FAILURES,
    STEPS,
    Crash,
    Fate,
    Life,
    ModelledStore,
    MortalJournal,
    Step,
)
from journeys.selling import Onlooker

_PATIENCE = Patience(
    looks=(0.0, 0.0),
    last_looks=(0.0,),
    reconnects=(0.0, 0.0),
    before_again=0.0,
    throttled=3,
    failures_in_a_row=3,
)
_LAG = st.integers(0, 4)  # two looks, a reading before the call, and more than they can see
# Calls without an answer are what all this is about: half of the steps are such.
_STEPS = st.builds(Step._replace, st.sampled_from(LOST_CALLS) | st.sampled_from(STEPS), lag=_LAG)
_LINE = st.tuples(
    st.integers(1, 4), st.integers(1, 4), st.integers(0, 2)
)  # ordered, asked, shipped
_MOMENT = st.none() | st.integers(1, 40)


class Sending(RuleBasedStateMachine):
    """One run from its first call to its last, through crashes, stops and lost answers."""

    @initialize(orders=st.lists(st.lists(_LINE, min_size=1, max_size=3), min_size=1, max_size=2))
    def confirm(self, orders: list[list[tuple[int, int, int]]]) -> None:
        """Write the run; the lines of the last order are in requests of their own."""
        self.folder = tempfile.TemporaryDirectory()
        self.asked: dict[tuple[str, str], int] = {}
        self.shown: dict[int, set[Result]] = {}
        known: list[Order] = []
        requests: list[Request] = []
        for at, lines in enumerate(orders):
            po = f"1577914061{at:03}"
            known.append(Order(po, "", "SellerFulfilled", None, tuple(_lines(lines))))
            planned = tuple(self._planned(po, lines))
            groups = [planned] if at == 0 else [(line,) for line in planned]
            requests.extend(Request(po, group) for group in groups)
        self.store = ModelledStore({order.purchase_order_id: order for order in known})
        self.path = Path(self.folder.name) / "a.run"
        rows = [SheetRow(at + 1, at + 2, ("x",)) for at in range(len(self.asked))]
        Journal.create(self.path, facts={}, rows=rows, requests=requests).close()
        self.journal = MortalJournal.reopened(self.path, self.store.life)

    def _planned(self, po: str, lines: list[tuple[int, int, int]]) -> list[PlannedLine]:
        planned = []
        for number, (_, asked, _) in enumerate(lines, start=1):
            self.asked[po, str(number)] = asked
            row_id = len(self.asked)
            planned.append(PlannedLine(row_id, str(number), asked, ReasonCode.OUT_OF_STOCK))
        return planned

    @rule(
        steps=st.lists(_STEPS, max_size=6),
        reads=st.lists(st.sampled_from(READ_FAILURES), max_size=4),
        dies_at=_MOMENT,
        stops_at=_MOMENT,
        disk_full_at=_MOMENT,
    )
    def send(
        self,
        steps: list[Step],
        reads: list[None],
        dies_at: int | None,
        stops_at: int | None,
        disk_full_at: int | None,
    ) -> None:
        """Send what is left while things go wrong; a process that died is started again."""
        self.store.steps = deque(steps)
        self.store.read_failures = deque(reads)
        self._live(Life(dies_at, disk_full_at, stops_at))

    def _live(self, life: Life) -> RunEnd | None:
        gate = Gate()
        life.stop = gate.stop
        self.store.life = self.journal.life = life
        runner = Runner(
            self.journal, self.store, gate, Onlooker(gate), patience=_PATIENCE, workers=1
        )
        try:
            return runner.run()
        except Crash:
            self._start_again()
            return None
        finally:
            self.store.life = self.journal.life = Life()

    @rule()
    def _start_again(self) -> None:
        """End the program in whatever way, and open the run again."""
        self.journal.close()
        self.journal = MortalJournal.reopened(self.path, Life())

    @rule()
    def catch_up(self) -> None:
        """Walmart applies what it has left lying."""
        self.store.catch_up()

    @rule(at=st.integers(0, 10))
    def ship(self, at: int) -> None:
        """Somebody ships a unit."""
        self.store.ship(*list(self.asked)[at % len(self.asked)])

    @rule(at=st.integers(0, 10), send_again=st.booleans())
    def decide(self, at: int, send_again: bool) -> None:
        """A person who waited until no call was left lying looks at a line, and decides.

        What they saw may be of long ago by then: that is noticed before anything is sent.
        """
        self.store.catch_up()
        if asked := doubts(self.journal.lines()):
            doubt = asked[at % len(asked)]
            again = send_again and doubt.missing > 0
            assert self.journal.decide(doubt.line, decision(doubt, send_again=again))

    @invariant()
    def nothing_twice_and_no_more_than_asked(self) -> None:
        for key, calls in self._applied().items():
            assert len(calls) == 1, f"{key} was cancelled in {len(calls)} calls"
            assert sum(calls) <= self.asked[key], f"{key}: {calls} of {self.asked[key]}"

    @invariant()
    def every_result_is_true(self) -> None:
        for line in self._lines():
            result, units = line_result(line), sum(self._applied().get((line.po, line.line), ()))
            if result is Result.CANCELLED:
                assert units == line.units, f"{line} has only {units} cancelled"
            elif result is not Result.UNKNOWN:
                assert units == 0, f"{line} has {units} cancelled"

    @invariant()
    def what_was_settled_stays_so(self) -> None:
        """A result that needs nothing more is never taken back."""
        for line in self._lines():
            final = {Result.CANCELLED, Result.REFUSED, Result.LEFT_OUT, Result.ALREADY_CANCELLED}
            seen = self.shown.setdefault(line.id, set())
            seen.update({line_result(line)} & final)
            assert len(seen) <= 1, f"{line} was {seen}"

    @invariant()
    def every_call_has_its_own_id(self) -> None:
        ids = self.store.correlation_ids if hasattr(self, "store") else []
        assert len(set(ids)) == len(ids)

    def teardown(self) -> None:
        """With nothing in the way the run comes to its end, and what is left is said."""
        if hasattr(self, "store"):
            self.store.catch_up()
            self.store.steps.clear()
            self.store.read_failures.clear()
            self._start_again()
            end = self._live(Life())
            assert end == RunEnd(stopped=False)
            assert {line.state for line in self._lines()} <= {
                State.CANCELLED, State.REFUSED, State.SKIPPED, State.UNKNOWN,
            }  # fmt: skip
            self.nothing_twice_and_no_more_than_asked()
            self.every_result_is_true()
            self.what_was_settled_stays_so()
            self.journal.close()
            self.folder.cleanup()

    def _lines(self) -> list[RunLine]:
        return self.journal.lines() if hasattr(self, "journal") else []

    def _applied(self) -> dict[tuple[str, str], list[int]]:
        return self.store.applied if hasattr(self, "store") else {}


def _lines(lines: list[tuple[int, int, int]]) -> list[OrderLine]:
    return [
        OrderLine(str(number), "", "", ordered, {"Shipped": min(shipped, ordered)})
        for number, (ordered, _, shipped) in enumerate(lines, start=1)
    ]


TestSending = Sending.TestCase
TestSending.settings = settings(
    max_examples=100,
    stateful_step_count=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def test_the_steps_know_every_fate() -> None:
    assert {step.fate for step in STEPS} == set(Fate)
