"""A refusal that cancelled some lines all the same, seen late: no part is cancelled twice."""

from collections import deque
from pathlib import Path

from cancel_desk.checks.plan import PlannedLine, Request
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.journal import Journal, SheetRow
from cancel_desk.runs.outcome import Finding, State
from cancel_desk.runs.patience import Patience
from cancel_desk.runs.runner import Runner
from cancel_desk.walmart.failures import Cause, FailureKind
from cancel_desk.walmart.orders import Order, OrderLine
from journeys.modelled_store import Answer, Fate, ModelledStore, Step
from journeys.selling import Onlooker

PO = "1577914061094"


def test_a_part_that_passed_is_not_sent_again(tmp_path: Path) -> None:
    first, second = OrderLine("1", "", "", 5, {}), OrderLine("2", "", "", 2, {})
    store = ModelledStore({PO: Order(PO, "", "SellerFulfilled", None, (first, second))})
    refusal = Answer((FailureKind.REFUSED, Cause.HTTP), words="line 2 can't be cancelled")
    store.steps = deque([Step(Fate.FIRST_ONLY, refusal, lag=2)])
    reason = ReasonCode.OUT_OF_STOCK
    lines = (PlannedLine(1, "1", 2, reason), PlannedLine(2, "2", 2, reason))
    rows = [SheetRow(1, 2, ()), SheetRow(2, 3, ())]
    requests = [Request(PO, lines)]
    journal = Journal.create(tmp_path / "a.run", facts={}, rows=rows, requests=requests)
    gate = Gate()
    patience = Patience(looks=(0.0, 0.0, 0.0), last_looks=())
    Runner(journal, store, gate, Onlooker(gate), patience=patience, workers=1).run()
    assert store.applied == {(PO, "1"): [2], (PO, "2"): [2]}
    part, whole = journal.lines()
    assert part.outcome is not None
    assert (part.state, part.outcome.finding) == (State.CANCELLED, Finding.FOUND_CANCELLED)
    assert whole.state is State.CANCELLED
    journal.close()
