"""What is in doubt is looked at again at the end, and while the connection is lost, later."""

import math
from dataclasses import replace

import pytest

from builders import OTHER_PO, PO, order, order_line
from cancel_desk.runs.outcome import Finding, RunLine, State
from cancel_desk.walmart.failures import Cause, FailureKind
from pretended_store import PretendedStore, Step, failed
from runs_bench import RunBench

LOST = Step(failure=failed(FailureKind.UNKNOWN, Cause.CONNECTION_LOST))
DOWN = failed(FailureKind.UNSENT, Cause.NO_CONNECTION)


@pytest.fixture
def shop() -> PretendedStore:
    return PretendedStore(
        order(order_line("1", ordered=3)), order(order_line("1", ordered=3), po=OTHER_PO)
    )


def found(line: RunLine) -> tuple[State, Finding | None]:
    return line.state, line.outcome.finding if line.outcome else None


FOUND = (State.CANCELLED, Finding.FOUND_CANCELLED)


def test_a_part_that_shows_after_the_last_order_was_sent_is_no_riddle(
    bench: RunBench, shop: PretendedStore
) -> None:
    bench.create((PO, "1", 2), (OTHER_PO, "1", 2))
    bench.patience = replace(bench.patience, last_looks=(0.0, 0.0))
    shop.lag = 4  # three looks, and the first of the last ones
    shop.steps.append(LOST)
    bench.run(shop)
    assert found(bench.lines()[0]) == FOUND
    assert len(shop.calls) == 2
    assert [line.state for line in bench.notes.changes if line.po == PO] == [
        State.SENDING,
        State.UNKNOWN,
        State.UNKNOWN,
        State.CANCELLED,
    ]


def test_what_still_does_not_show_stays_unknown_and_is_not_sent_again(
    bench: RunBench, shop: PretendedStore
) -> None:
    bench.create((PO, "1", 3))
    bench.patience = replace(bench.patience, last_looks=(0.0, 0.0), calls_per_line=1)
    shop.steps.append(LOST._replace(applied=False))
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.UNKNOWN, Finding.NO_ANSWER)
    assert len(shop.calls) == 1
    assert len(shop.read_waits) == 1 + 3 + 1 + 2


def test_a_stopped_run_does_not_look_again(bench: RunBench, shop: PretendedStore) -> None:
    bench.create((PO, "1", 2))
    bench.patience = replace(bench.patience, last_looks=(0.0,))
    shop.steps.append(LOST)
    shop.before_cancel = bench.gate.stop
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.UNKNOWN, Finding.NO_ANSWER)
    assert len(shop.read_waits) == 1


def test_nothing_is_looked_at_where_nothing_is_in_doubt(
    bench: RunBench, shop: PretendedStore
) -> None:
    bench.create((PO, "1", 2))
    bench.patience = replace(bench.patience, last_looks=(3600.0,))
    bench.run(shop)
    assert len(shop.read_waits) == 1


def test_a_connection_lost_with_the_call_is_waited_for_and_the_call_settled(
    bench: RunBench, shop: PretendedStore
) -> None:
    """The network went away in the middle of a call: nothing is left unknown by that."""
    bench.create((PO, "1", 2), (OTHER_PO, "1", 2))
    bench.patience = replace(bench.patience, outage=math.inf)
    shop.steps.append(LOST)
    shop.read_failures.extend([None, *[DOWN] * 30])
    end = bench.run(shop)
    assert [found(line)[0] for line in bench.lines()] == [State.CANCELLED] * 2
    assert found(bench.lines()[0]) == FOUND
    assert (end.failure, end.stopped) == (None, False)
    assert bench.notes.outages == [0.0] * 30


def test_a_connection_that_stays_lost_leaves_it_for_the_next_time(
    bench: RunBench, shop: PretendedStore
) -> None:
    bench.create((PO, "1", 2), (OTHER_PO, "1", 2))
    shop.steps.append(LOST)
    shop.read_failures.extend([None, *[DOWN] * 30])
    assert bench.run(shop).failure is DOWN
    assert [line.state for line in bench.lines()] == [State.UNKNOWN, State.PENDING]
    assert len(shop.calls) == 1
    shop.read_failures.clear()
    bench.reopen()
    bench.run(shop)
    assert found(bench.lines()[0]) == FOUND
    assert [call[0] for call in shop.calls] == [PO, OTHER_PO]
