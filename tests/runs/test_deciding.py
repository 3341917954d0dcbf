"""What a person decides of lines in doubt: bound to what they saw, and good for one call."""

from dataclasses import replace
from datetime import datetime

import pytest

from builders import OTHER_PO, PO, order, order_line
from cancel_desk.checks.earlier import EarlierSending, LineKey
from cancel_desk.runs.deciding import Doubt, Sight
from cancel_desk.runs.history import is_unfinished
from cancel_desk.runs.outcome import Finding, RunLine, State
from cancel_desk.runs.run import Run
from cancel_desk.walmart.failures import Cause, FailureKind
from cancel_desk.walmart.orders import OrderLine
from jumping_gate import JumpingGate
from pretended_store import PretendedStore, Step, failed
from runs_bench import IMPATIENT, RunBench

LOST = Step(applied=False, failure=failed(FailureKind.UNKNOWN, Cause.READ_TIMEOUT))


def in_doubt(bench: RunBench, *, asked: int = 2, ordered: int = 3) -> PretendedStore:
    """Leave a part of a line whose call was lost; return its store."""
    bench.create((PO, "1", asked))
    shop = PretendedStore(order(order_line("1", ordered=ordered)))
    shop.steps.append(LOST)
    bench.run(shop)
    return shop


def doubt(bench: RunBench) -> Doubt:
    (found,) = Run(bench.journal).doubts()
    return found


def decide(bench: RunBench, *, send_again: bool) -> bool:
    return Run(bench.journal).decide(doubt(bench), send_again=send_again)


def line_of(bench: RunBench) -> RunLine:
    return bench.reopen().lines()[0]


def amounts(shop: PretendedStore) -> list[int]:
    return [line.amount for _po, lines, _id in shop.calls for line in lines]


def test_a_part_in_doubt_is_asked_about_with_what_the_order_shows(bench: RunBench) -> None:
    in_doubt(bench)
    found = doubt(bench)
    assert found.sight == Sight(ordered=3, open=3, cancelled=0, shipped=0)
    assert (found.missing, found.decided) == (2, None)
    assert found.line.outcome is not None
    assert found.read == found.line.outcome.time


def test_what_the_person_wants_sent_again_is_sent_once(bench: RunBench) -> None:
    shop = in_doubt(bench)
    assert decide(bench, send_again=True)
    assert line_of(bench).state is State.UNKNOWN, "nobody has seen it cancelled yet"
    assert doubt(bench).decided is Finding.SEND_AGAIN
    bench.run(shop)
    line = line_of(bench)
    assert (line.state, line.finding) == (State.CANCELLED, Finding.CONFIRMED)
    assert amounts(shop) == [2, 2]
    assert shop.units(PO, "1") == 2
    bench.run(shop)
    assert len(shop.calls) == 2


def test_who_decides_in_a_hurry_waits_until_the_first_call_would_be_seen(bench: RunBench) -> None:
    """And the order is read after that wait: here it shows the first call after all."""
    shop = in_doubt(bench)
    assert decide(bench, send_again=True)
    read = datetime.fromisoformat(doubt(bench).read).timestamp()
    bench.patience = replace(IMPATIENT, before_again=30.0)
    gate = bench.gate = JumpingGate()
    gate.wall = read + 8

    def arrive() -> None:
        if 22.0 in gate.waits:
            shop.orders[PO] = order(order_line("1", ordered=3, Cancelled=2))

    gate.in_between = arrive
    bench.run(shop)
    assert 22.0 in gate.waits
    assert line_of(bench).state is State.CANCELLED
    assert len(shop.calls) == 1


@pytest.mark.parametrize(("after", "waits"), [(31.0, 0.0), (-3600.0, 30.0)])
def test_who_took_their_time_waits_no_more_and_no_clock_makes_it_longer(
    bench: RunBench, after: float, waits: float
) -> None:
    shop = in_doubt(bench)
    assert decide(bench, send_again=True)
    bench.patience = replace(IMPATIENT, before_again=30.0)
    gate = bench.gate = JumpingGate()
    gate.wall = datetime.fromisoformat(doubt(bench).read).timestamp() + after
    bench.run(shop)
    assert gate.waits[0] == waits
    assert amounts(shop) == [2, 2]


def test_a_stop_in_that_wait_leaves_the_decision(bench: RunBench) -> None:
    shop = in_doubt(bench)
    assert decide(bench, send_again=True)
    bench.patience = replace(IMPATIENT, before_again=3600.0)
    gate = bench.gate = JumpingGate()
    gate.in_between = gate.stop
    assert bench.run(shop).stopped
    assert len(shop.calls) == 1
    assert doubt(bench).decided is Finding.SEND_AGAIN


def test_only_what_is_missing_is_sent_again(bench: RunBench) -> None:
    shop = in_doubt(bench, asked=3, ordered=5)
    shop.orders[PO] = order(order_line("1", ordered=5, Cancelled=1))
    bench.reopen()
    bench.run(shop)
    found = doubt(bench)
    assert found.line.finding is Finding.PARTLY_CANCELLED
    assert (found.sight, found.missing) == (Sight(5, 4, 1, 0), 2)
    assert decide(bench, send_again=True)
    bench.run(shop)
    line = line_of(bench)
    assert line.state is State.CANCELLED
    assert line.outcome is not None
    assert line.outcome.params["units"] == "3"
    assert amounts(shop) == [3, 2]


@pytest.mark.parametrize(
    "now",
    [
        order_line("1", ordered=3, Shipped=1),
        order_line("1", ordered=3, Cancelled=1),
        order_line("1", ordered=4),
    ],
    ids=["shipped", "partly cancelled", "ordered"],
)
def test_an_order_that_changed_since_is_asked_about_again(bench: RunBench, now: OrderLine) -> None:
    shop = in_doubt(bench)
    assert decide(bench, send_again=True)
    shop.orders[PO] = order(now)
    bench.reopen()
    bench.run(shop)
    assert len(shop.calls) == 1
    assert doubt(bench).decided is None
    assert doubt(bench).sight == Sight.of(now)


def test_an_order_that_shows_the_first_call_after_all_is_cancelled(bench: RunBench) -> None:
    shop = in_doubt(bench)
    assert decide(bench, send_again=True)
    shop.orders[PO] = order(order_line("1", ordered=3, Cancelled=2))
    bench.reopen()
    bench.run(shop)
    assert line_of(bench).state is State.CANCELLED
    assert len(shop.calls) == 1


def test_what_is_left_as_it_is_needs_nothing_more_and_stays_unknown(bench: RunBench) -> None:
    shop = in_doubt(bench)
    assert decide(bench, send_again=False)
    line = line_of(bench)
    assert (line.state, line.finding) == (State.UNKNOWN, Finding.LEFT_BY_PERSON)
    read = len(shop.read_waits)
    assert not is_unfinished(line)
    bench.run(shop)
    assert (len(shop.calls), len(shop.read_waits)) == (1, read)


def test_a_decision_can_be_changed_until_it_is_sent(bench: RunBench) -> None:
    shop = in_doubt(bench)
    assert decide(bench, send_again=True)
    assert decide(bench, send_again=False)
    bench.run(shop)
    assert len(shop.calls) == 1


def test_a_decision_on_what_the_line_no_longer_is_is_not_taken(bench: RunBench) -> None:
    shop = in_doubt(bench)
    seen = doubt(bench)
    shop.orders[PO] = order(order_line("1", ordered=3, Shipped=1))
    bench.reopen()
    bench.run(shop)
    assert not Run(bench.journal).decide(seen, send_again=True)
    assert doubt(bench).decided is None


def test_more_than_is_open_can_not_be_sent_again(bench: RunBench) -> None:
    shop = in_doubt(bench)
    shop.orders[PO] = order(order_line("1", ordered=3, Shipped=2))
    bench.reopen()
    bench.run(shop)
    assert doubt(bench).missing == 0
    with pytest.raises(ValueError, match="line 1"):
        decide(bench, send_again=True)
    assert decide(bench, send_again=False)


def test_the_second_call_getting_lost_too_is_asked_about_once_more(bench: RunBench) -> None:
    shop = in_doubt(bench)
    assert decide(bench, send_again=True)
    shop.steps.append(LOST)
    bench.run(shop)
    assert doubt(bench).decided is None
    bench.reopen()
    bench.run(shop)
    assert len(shop.calls) == 2


def test_a_program_that_dies_in_the_second_call_does_not_make_a_third(bench: RunBench) -> None:
    shop = in_doubt(bench)
    assert decide(bench, send_again=True)

    class PowerCut(BaseException):
        pass

    def cut() -> None:
        raise PowerCut

    shop.before_cancel = cut
    with pytest.raises(PowerCut):
        bench.run(shop)
    assert bench.reopen().lines()[0].finding is Finding.INTERRUPTED
    shop.before_cancel = lambda: None
    bench.run(shop)
    assert doubt(bench).decided is None
    assert len(shop.calls) == 1


@pytest.mark.parametrize(
    ("kind", "cause"),
    [
        (FailureKind.THROTTLED, Cause.HTTP),
        (FailureKind.UNSENT, Cause.UNAUTHORIZED),
        (FailureKind.UNSENT, Cause.NO_CONNECTION),
    ],
)
def test_a_second_call_that_was_not_received_is_made_again(
    bench: RunBench, kind: FailureKind, cause: Cause
) -> None:
    shop = in_doubt(bench)
    assert decide(bench, send_again=True)
    shop.steps.append(Step(applied=False, failure=failed(kind, cause)))
    bench.run(shop)
    assert line_of(bench).state is State.CANCELLED
    assert shop.units(PO, "1") == 2


def test_a_decision_outlives_a_run_that_could_not_send_it(bench: RunBench) -> None:
    shop = in_doubt(bench)
    assert decide(bench, send_again=True)
    shop.steps.append(Step(applied=False, failure=failed(FailureKind.CREDENTIALS, status=400)))
    assert bench.run(shop).failure is not None
    assert doubt(bench).decided is Finding.SEND_AGAIN
    bench.reopen()
    bench.run(shop)
    assert line_of(bench).state is State.CANCELLED


def test_a_second_call_that_is_refused_settles_nothing_and_is_not_repeated(
    bench: RunBench,
) -> None:
    shop = in_doubt(bench)
    assert decide(bench, send_again=True)
    refused = failed(FailureKind.REFUSED, status=400, words="no")
    shop.steps.append(Step(applied=False, failure=refused))
    bench.run(shop)
    bench.reopen()
    bench.run(shop)
    assert doubt(bench).decided is None
    assert len(shop.calls) == 2


def test_a_line_that_another_run_sent_meanwhile_is_not_sent_again(bench: RunBench) -> None:
    shop = in_doubt(bench)
    assert decide(bench, send_again=True)
    other = EarlierSending("other", 2, confirmed=False, time="2999-01-01T00:00:00Z")
    Run(bench.journal).hold_back({LineKey(PO, "1"): other})
    bench.run(shop)
    assert len(shop.calls) == 1
    assert decide(bench, send_again=True)
    before = other._replace(time="2000-01-01T00:00:00Z")
    Run(bench.journal).hold_back({LineKey(PO, "1"): before})
    bench.run(shop)
    assert len(shop.calls) == 2


def test_lines_not_sent_yet_go_with_what_is_sent_again(bench: RunBench) -> None:
    bench.create((PO, "1", 2), (PO, "2", 1), (OTHER_PO, "1", 1))
    shop = PretendedStore(
        order(order_line("1", ordered=3), order_line("2")), order(order_line(), po=OTHER_PO)
    )
    shop.steps.append(LOST)
    shop.before_cancel = bench.gate.stop
    bench.run(shop)
    shop.before_cancel = lambda: None
    bench.reopen()
    bench.run(shop)
    assert {x.line: x.state for x in bench.lines() if x.po == PO} == {
        "1": State.UNKNOWN,
        "2": State.CANCELLED,
    }
    assert decide(bench, send_again=True)
    bench.run(shop)
    assert {line.state for line in bench.lines()} == {State.CANCELLED}
    assert [x.amount for x in shop.calls[-1][1]] == [2]
