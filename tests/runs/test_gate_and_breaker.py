"""The gate's pause and stop, and the breaker's count."""

import threading

from cancel_desk.runs.breaker import Breaker
from cancel_desk.runs.gate import Gate
from cancel_desk.walmart.failures import FailureKind
from pretended_store import failed


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
    waiter.join(10)
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
        waiter.join(10)
        assert answers == [answer]


def test_the_breaker_trips_at_equal_failures_in_a_row_and_only_once() -> None:
    breaker = Breaker(3)
    server = failed(FailureKind.UNKNOWN, status=500)
    network = failed(FailureKind.UNSENT)
    assert [breaker.failed(server) for _ in range(4)] == [False, False, True, False]
    assert [breaker.failed(x) for x in (network, network, server, network)] == [False] * 4
    breaker.failed(network)
    breaker.went_well()
    assert [breaker.failed(network) for _ in range(3)] == [False, False, True]


def test_refusals_and_throttling_do_not_trip_it() -> None:
    breaker = Breaker(1)
    kinds = (FailureKind.REFUSED, FailureKind.NOT_FOUND, FailureKind.THROTTLED)
    assert not any(breaker.failed(failed(kind)) for kind in kinds)
