"""Sending the first request alone, and waiting for the person before the rest."""

import pytest

from builders import OTHER_PO, PO, order, order_line
from cancel_desk.runs.outcome import Finding, State
from cancel_desk.walmart.failures import Cause, FailureKind
from pretended_store import PretendedStore, Step, failed
from runs_bench import RunBench

THIRD_PO = "1796277094410"
ALL = (PO, OTHER_PO, THIRD_PO)


def shop(*pos: str) -> PretendedStore:
    return PretendedStore(*(order(order_line("1", ordered=2), po=po) for po in pos or ALL))


@pytest.fixture
def first(bench: RunBench) -> RunBench:
    """A run over three orders whose first request goes alone."""
    bench.create(*((po, "1", 2) for po in ALL))
    bench.first_alone = True
    bench.workers = 3
    return bench


def test_the_rest_goes_only_when_the_person_says_so(first: RunBench) -> None:
    store, seen = shop(), [0]

    def go_on() -> None:
        assert first.gate.closed
        seen.append(len(store.calls))
        first.gate.resume()

    first.notes.on_first = go_on
    end = first.run(store)
    assert seen == [0, 1]
    assert [(line.po, line.state) for line in first.notes.first] == [(PO, State.CANCELLED)]
    assert not end.stopped
    assert {line.state for line in first.lines()} == {State.CANCELLED}
    assert len(store.calls) == 3


def test_a_no_leaves_the_rest_to_be_resumed(first: RunBench) -> None:
    store = shop()
    first.notes.on_first = first.gate.stop
    assert first.run(store).stopped
    assert [call[0] for call in store.calls] == [PO]
    states = [line.state for line in first.lines()]
    assert states == [State.CANCELLED, State.PENDING, State.PENDING]
    first.reopen()
    first.first_alone = False
    assert not first.run(store).stopped
    assert sorted(call[0] for call in store.calls) == sorted(ALL)


def test_what_was_lost_is_settled_before_the_person_is_asked(first: RunBench) -> None:
    store = shop()
    store.steps.append(Step(failure=failed(FailureKind.UNKNOWN, Cause.READ_TIMEOUT)))
    first.notes.on_first = first.gate.resume
    first.run(store)
    (line,) = first.notes.first
    assert line.outcome is not None
    assert (line.state, line.outcome.finding) == (State.CANCELLED, Finding.FOUND_CANCELLED)


def test_a_refusal_is_something_to_judge_by(first: RunBench) -> None:
    store = shop()
    store.steps.append(
        Step(applied=False, failure=failed(FailureKind.REFUSED, status=400, words="no"))
    )
    first.notes.on_first = first.gate.stop
    first.run(store)
    assert [line.state for line in first.notes.first] == [State.REFUSED]
    assert len(store.calls) == 1


def test_what_can_not_be_sent_is_passed_over(first: RunBench) -> None:
    store = shop()
    store.close_line(PO, "1", "Shipped")
    first.notes.on_first = first.gate.stop
    first.run(store)
    assert [line.po for line in first.notes.first] == [OTHER_PO]
    assert [call[0] for call in store.calls] == [OTHER_PO]


def test_only_one_of_the_requests_of_an_order_goes_first(bench: RunBench) -> None:
    bench.first_alone = True
    lines = [order_line(str(at)) for at in range(1, 102)]
    bench.create(*((PO, line.number, 1) for line in lines))
    store = PretendedStore(order(*lines))
    bench.notes.on_first = bench.gate.stop
    bench.run(store)
    assert [len(call[1]) for call in store.calls] == [100]
    assert len(bench.notes.first) == 100


@pytest.mark.parametrize("sendable", [True, False])
def test_the_last_one_is_not_waited_for(bench: RunBench, *, sendable: bool) -> None:
    bench.first_alone = True
    bench.create((PO, "1", 2))
    store = shop(PO)
    if not sendable:
        store.close_line(PO, "1", "Shipped")
    assert not bench.run(store).stopped
    assert bench.notes.first == []


def test_a_run_file_that_fails_ends_the_run_before_the_person_is_asked(first: RunBench) -> None:
    store = shop()
    store.before_cancel = first.journal.close
    end = first.run(store)
    assert end.journal_error is not None
    assert first.notes.first == []
    assert [call[0] for call in store.calls] == [PO]
    first.reopen()
    assert first.lines()[0].state is State.UNKNOWN
