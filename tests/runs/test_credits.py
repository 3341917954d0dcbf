"""Two runs of one computer: no unit that was cancelled once is reported as cancelled by both."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builders import PO, order, order_line, table
from cancel_desk.checks.earlier import LineKey
from cancel_desk.checks.plan import Store
from cancel_desk.checks.review import Review
from cancel_desk.runs.deleted import keep_sendings
from cancel_desk.runs.earlier import credits_of
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.outcome import Credit, Finding, RunLine, State
from cancel_desk.runs.results import cancelled_units
from cancel_desk.runs.run import Run
from cancel_desk.texts.outcomes import line_text
from cancel_desk.walmart.failures import FailureKind
from cancel_desk.walmart.orders import Order
from pretended_store import PretendedStore, Step, failed
from runs_bench import IMPATIENT, Notes

STORE = Store("Northwind Goods", "US", "LIVE", "https://marketplace.walmartapis.com")
KEY = LineKey(PO, "1")
LOST = Step(applied=False, failure=failed(FailureKind.UNKNOWN, status=500))
REFUSED = Step()  # of what is closed
CHANGES_NOTHING = Step(skipped=("1",))


class Shop(PretendedStore):
    """One line of a few units, whose readings lag until two calls were made."""

    def __init__(self, ordered: int) -> None:
        self.before = order(order_line("1", ordered=ordered))
        super().__init__(self.before)

    def order(
        self, purchase_order_id: str, /, *, wait: Callable[[float], bool] | None = None
    ) -> Order:
        now = super().order(purchase_order_id, wait=wait)
        return self.before if len(self.calls) < 2 else now


class Pair:
    """Two runs of the same sheet, both confirmed before either is sent."""

    def __init__(self, folder: Path, units: int, ordered: int) -> None:
        self.folder = folder
        self.shop = Shop(ordered)
        self.runs = [self._begin(units), self._begin(units)]

    def _begin(self, units: int) -> Run:
        rows = table((PO, "1", "", str(units), "OOS"))
        review = Review(rows, "US")
        review.add_looks({PO: self.shop.before})
        facts = {"account": "a", "version": "1"}
        return Run.begin(self.folder, review.plan(STORE), rows, facts=facts)

    def send(self, at: int, *steps: Step) -> RunLine:
        """Send a run, told of what the other one, which is closed then, has recorded."""
        run = Run.reopen(self.runs[at].path)
        run.tell_elsewhere(credits_of(self.folder, STORE, [PO], but=run.id))
        self.shop.steps.extend(steps)
        run.send(self.shop, Gate(), Notes(), patience=IMPATIENT)
        (line,) = run.lines()
        run.close()
        return line


def pair(folder: Path, units: int, ordered: int) -> Pair:
    made = Pair(folder, units, ordered)
    for run in made.runs:
        run.close()
    return made


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Pair]:
    """Both ask for all there is; the first has cancelled it."""
    both = pair(tmp_path, units=2, ordered=2)
    assert both.send(0).state is State.CANCELLED
    yield both
    assert both.shop.applied == {(PO, "1"): [2]}


@pytest.mark.parametrize("step", [LOST, REFUSED, CHANGES_NOTHING])
def test_what_the_first_run_cancelled_is_already_cancelled_for_the_second(
    whole: Pair, step: Step
) -> None:
    if step is CHANGES_NOTHING:
        whole.shop._fits = lambda *_: True  # type: ignore[method-assign]
    line = whole.send(1, step)
    assert (line.state, line.finding) == (State.SKIPPED, Finding.ALREADY_CANCELLED)
    assert cancelled_units(line) == 0
    assert line_text(line).startswith("Already cancelled at Walmart")
    assert len(whole.shop.calls) == 2


def test_it_holds_when_the_second_run_is_resumed(whole: Pair) -> None:
    later = Run.reopen(whole.runs[1].path)
    (line,) = later.lines()
    gate = Gate()
    whole.shop.before_cancel = gate.stop
    whole.shop.steps.append(LOST)
    later.send(whole.shop, gate, Notes(), patience=IMPATIENT)
    assert later.lines()[0].state is State.UNKNOWN
    later.close()
    line = whole.send(1)
    assert (line.state, line.finding) == (State.SKIPPED, Finding.ALREADY_CANCELLED)


def test_a_call_that_overtakes_the_readings_has_its_own_units_alone(tmp_path: Path) -> None:
    both = pair(tmp_path, units=1, ordered=3)
    assert cancelled_units(both.send(0)) == 1
    line = both.send(1)
    assert (line.state, line.finding) == (State.CANCELLED, Finding.CONFIRMED)
    assert cancelled_units(line) == 1
    assert "more than" not in line_text(line)
    assert both.shop.applied == {(PO, "1"): [1, 1]}


def test_a_part_that_is_the_other_runs_stays_unknown_while_more_is_open(tmp_path: Path) -> None:
    both = pair(tmp_path, units=1, ordered=3)
    both.send(0)
    line = both.send(1, LOST)
    assert (line.state, line.finding) == (State.UNKNOWN, Finding.PARTLY_CANCELLED)
    assert cancelled_units(line) is None
    assert len(both.shop.calls) == 2


def test_credits_are_those_of_cancelled_lines_of_other_runs_of_the_store(whole: Pair) -> None:
    first, second = (run.path.stem for run in whole.runs)
    credit = {KEY: [Credit(units=2, before=0)]}
    assert credits_of(whole.folder, STORE, [PO], but=second) == credit
    assert credits_of(whole.folder, STORE, [PO], but=first) == {}
    assert credits_of(whole.folder, STORE, ["P7"], but=second) == {}
    other = Store("Northwind Goods", "CA", "LIVE", STORE.address)
    assert credits_of(whole.folder, other, [PO], but=second) == {}


def test_what_a_deleted_run_cancelled_is_nobody_elses_either(whole: Pair) -> None:
    first = Run.reopen(whole.runs[0].path)
    keep_sendings(whole.folder, first.id, first.facts, first.lines())
    first.close()
    first.path.unlink()
    line = whole.send(1, LOST)
    assert (line.state, line.finding) == (State.SKIPPED, Finding.ALREADY_CANCELLED)
