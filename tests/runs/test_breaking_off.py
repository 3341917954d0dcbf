"""Failures that would go on for every order pause the run, however many workers meet them."""

import threading
from collections import Counter
from collections.abc import Sequence

import pytest

from builders import PO, order, order_line
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.outcome import Finding, State
from cancel_desk.walmart.client import CancelReply
from cancel_desk.walmart.elapsed import Clocks
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind
from cancel_desk.walmart.orders import CancelLine
from patience import PATIENCE
from pretended_store import PretendedStore, Step, failed
from runs_bench import RunBench

POS = [str(1796277000000 + n) for n in range(40)]
SERVER = failed(FailureKind.UNKNOWN, status=503)
VIEW_ONLY = failed(FailureKind.FORBIDDEN, status=403)
STALE_TOKEN = failed(FailureKind.UNSENT, Cause.UNAUTHORIZED, status=401)
KEYS_REFUSED = failed(FailureKind.CREDENTIALS, status=400)

WORKERS = pytest.mark.parametrize("workers", [1, 3, 8])


def every_cancel(failure: CallFailed) -> PretendedStore:
    """Return a store whose orders can all be read, and of which no line can be cancelled."""
    shop = PretendedStore(*(order(order_line(), po=po) for po in POS))
    shop.cancel_of = {po: Step(applied=False, failure=failure) for po in POS}
    return shop


def in_no_time() -> Gate:
    """Return a gate for which no order takes long, so that nobody joins the workers."""
    return Gate(Clocks(steady=lambda: 0.0))


@WORKERS
@pytest.mark.parametrize("failure", [VIEW_ONLY, SERVER, STALE_TOKEN], ids=lambda x: str(x.status))
def test_cancels_that_all_fail_pause_the_run_though_every_order_reads_well(
    bench: RunBench, failure: CallFailed, workers: int
) -> None:
    bench.create(*((po, "1", 1) for po in POS))
    bench.workers = workers
    bench.gate = in_no_time()
    bench.notes.on_pause = bench.gate.stop
    shop = every_cancel(failure)
    end = bench.run(shop)
    assert end.stopped
    assert bench.notes.pauses == [failure]
    counted = [n - 1 if failure is STALE_TOKEN else n for n in Counter(_pos(shop)).values()]
    in_a_row = bench.patience.failures_in_a_row
    assert in_a_row <= sum(counted) < in_a_row + workers
    assert State.PENDING in {line.state for line in bench.lines()}


@WORKERS
def test_a_run_that_goes_on_into_the_same_failures_pauses_again(
    bench: RunBench, workers: int
) -> None:
    bench.create(*((po, "1", 1) for po in POS))
    bench.workers = workers
    bench.gate = in_no_time()

    def decide() -> None:
        if len(bench.notes.pauses) == 3:
            bench.gate.stop()
        else:
            bench.gate.resume()

    bench.notes.on_pause = decide
    end = bench.run(every_cancel(VIEW_ONLY))
    assert end.stopped
    assert len(bench.notes.pauses) == 3


class OneTokenEach(PretendedStore):
    """Refuses the token of the first call for each order, and of all workers at once."""

    def __init__(self, workers: int) -> None:
        super().__init__(*(order(order_line(), po=po) for po in POS))
        self._met = threading.Barrier(workers)
        self._seen: set[str] = set()
        self._lock = threading.Lock()

    def cancel(
        self, purchase_order_id: str, lines: Sequence[CancelLine], /, *, correlation_id: str
    ) -> CancelReply:
        with self._lock:
            first = purchase_order_id not in self._seen
            self._seen.add(purchase_order_id)
        if first:
            self._met.wait(PATIENCE)
            self.cancel_pace.correct({})
            raise STALE_TOKEN
        return super().cancel(purchase_order_id, lines, correlation_id=correlation_id)


def test_one_token_that_ran_out_for_all_workers_does_not_pause_the_run(bench: RunBench) -> None:
    bench.create(*((po, "1", 1) for po in POS))
    bench.workers = 8
    end = bench.run(OneTokenEach(bench.workers))
    assert (end.stopped, end.failure, bench.notes.pauses) == (False, None, [])
    assert {line.state for line in bench.lines()} == {State.CANCELLED}


def test_keys_refused_while_doubt_is_settled_end_the_run_and_are_told(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = PretendedStore(order(order_line()))
    shop.steps.append(Step(applied=False, failure=SERVER))
    shop.read_failures.extend([None, KEYS_REFUSED])
    assert bench.run(shop).failure is KEYS_REFUSED
    assert bench.lines()[0].state is State.UNKNOWN
    bench.reopen()
    shop.read_failures.append(KEYS_REFUSED)
    assert bench.run(shop).failure is KEYS_REFUSED
    assert bench.lines()[0].state is State.UNKNOWN
    assert len(shop.calls) == 1


def test_keys_refused_after_a_refusal_leave_the_refusal_told(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = PretendedStore(order(order_line()))
    refused = failed(FailureKind.REFUSED, status=400, words="no")
    shop.steps.append(Step(applied=False, failure=refused))
    shop.read_failures.extend([None, KEYS_REFUSED])
    assert bench.run(shop).failure is KEYS_REFUSED
    outcome = bench.lines()[0].outcome
    assert outcome is not None
    assert (outcome.finding, outcome.words) == (Finding.REFUSED_BY_WALMART, "no")


def test_orders_in_doubt_that_can_not_be_read_pause_the_run(bench: RunBench) -> None:
    bench.create(*((po, "1", 1) for po in POS))
    shop = every_cancel(SERVER)
    bench.notes.on_pause = bench.gate.resume
    bench.run(shop)
    assert {line.state for line in bench.lines()} == {State.UNKNOWN}
    bench.reopen()
    bench.notes.pauses.clear()
    bench.notes.on_pause = bench.gate.stop
    shop.read_failures.extend([SERVER] * 1000)
    assert bench.run(shop).stopped
    assert bench.notes.pauses == [SERVER]


def _pos(shop: PretendedStore) -> list[str]:
    return [po for po, _lines, _id in shop.calls]
