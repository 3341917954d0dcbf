"""The gate's pause and stop, and the breaker's count."""

import threading

import pytest

from cancel_desk.runs.breaker import Breaker, Errand, RunHalted
from cancel_desk.runs.gate import Gate
from cancel_desk.walmart.failures import CallFailed, FailureKind
from patience import PATIENCE
from pretended_store import failed
from runs_bench import Notes


def test_an_open_gate_lets_through_at_once() -> None:
    gate = Gate()
    assert gate.open()
    assert gate.wait(0)
    assert not gate.closed


def test_a_stop_ends_a_long_wait_at_once() -> None:
    gate = Gate()
    answers: list[bool] = []
    waiter = threading.Thread(target=lambda: answers.append(gate.wait(3600)))
    waiter.start()
    gate.stop()
    waiter.join(PATIENCE)
    assert answers == [False]
    assert not gate.open()
    assert gate.stopped


def test_a_pause_holds_until_it_is_resumed_or_stopped() -> None:
    for end, answer in ((Gate.resume, True), (Gate.stop, False)):
        gate = Gate()
        gate.pause()
        assert gate.closed
        answers: list[bool] = []
        waiter = threading.Thread(target=lambda g=gate, a=answers: a.append(g.wait(0)))
        waiter.start()
        assert waiter.is_alive()
        end(gate)
        waiter.join(PATIENCE)
        assert answers == [answer]


class Told:
    """A breaker of three, its gate, and what its watcher was told."""

    def __init__(self, limit: int = 3) -> None:
        self.gate, self.notes = Gate(), Notes()
        self.breaker = Breaker(limit, self.gate, self.notes)

    def pauses_at(self, *failures: CallFailed, errand: Errand = Errand.CANCEL) -> list[bool]:
        """Let calls fail one after another, going on after each pause; return where it paused."""
        paused = []
        for failure in failures:
            self.breaker.failed(errand, failure)
            paused.append(self.gate.closed)
            self.gate.resume()
        return paused


SERVER = failed(FailureKind.UNKNOWN, status=500)
NETWORK = failed(FailureKind.UNSENT)


def test_the_breaker_pauses_at_equal_failures_in_a_row_and_counts_anew_then() -> None:
    told = Told()
    assert told.pauses_at(*[SERVER] * 7) == [False, False, True, False, False, True, False]
    assert told.notes.pauses == [SERVER, SERVER]
    assert not any(told.pauses_at(NETWORK, NETWORK, SERVER, NETWORK, NETWORK))
    told.breaker.went_well(Errand.CANCEL)
    assert told.pauses_at(NETWORK, NETWORK, NETWORK) == [False, False, True]


def test_a_good_reading_between_does_not_excuse_failed_cancels() -> None:
    told = Told()
    for _ in range(2):
        assert told.pauses_at(SERVER) == [False]
        told.breaker.went_well(Errand.READ)
        assert told.pauses_at(NETWORK, NETWORK, errand=Errand.READ) == [False, False]
    assert told.pauses_at(SERVER) == [True]


def test_calls_under_way_when_it_pauses_pause_it_no_second_time() -> None:
    told = Told(limit=1)
    told.breaker.failed(Errand.CANCEL, SERVER)
    told.breaker.failed(Errand.CANCEL, SERVER)
    assert told.notes.pauses == [SERVER]


def test_refusals_and_throttling_do_not_trip_it() -> None:
    told = Told(limit=1)
    kinds = (FailureKind.REFUSED, FailureKind.NOT_FOUND, FailureKind.THROTTLED)
    assert not any(told.pauses_at(*map(failed, kinds)))


@pytest.mark.parametrize("kind", [FailureKind.CREDENTIALS, FailureKind.OUR_BUG])
def test_what_no_further_call_gets_over_halts_the_run_even_while_paused(kind: FailureKind) -> None:
    told = Told()
    told.gate.pause()
    with pytest.raises(RunHalted):
        told.breaker.failed(Errand.READ, failed(kind))
