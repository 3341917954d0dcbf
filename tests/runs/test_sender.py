"""Each way a call can end, and what is then sent, settled and recorded."""

import math
from dataclasses import replace

import pytest

from builders import OTHER_PO, PO, order, order_line
from cancel_desk.runs.outcome import Finding, RunLine, State
from cancel_desk.runs.patience import Patience
from cancel_desk.runs.run import Run
from cancel_desk.texts.outcomes import line_text
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind
from cancel_desk.walmart.pace import TokenBucket
from jumping_gate import JumpingGate
from pretended_store import PretendedStore, Step, failed
from runs_bench import IMPATIENT, RunBench

UNKNOWN = failed(FailureKind.UNKNOWN, Cause.READ_TIMEOUT)
REFUSED = failed(FailureKind.REFUSED, status=400, words="no")


def store(*lines: int, po: str = PO) -> PretendedStore:
    """Return a store with one order whose lines 1, 2... have so many units."""
    made = [order_line(str(at + 1), ordered=units) for at, units in enumerate(lines)]
    return PretendedStore(order(*made, po=po))


def found(line: RunLine) -> tuple[State, Finding | None]:
    return line.state, line.outcome.finding if line.outcome else None


def test_a_line_is_cancelled_once_and_confirmed_by_the_reply(bench: RunBench) -> None:
    bench.create((PO, "1", 2))
    shop = store(3)
    end = bench.run(shop)
    line = bench.lines()[0]
    assert (end.stopped, end.failure) == (False, None)
    assert found(line) == (State.CANCELLED, Finding.CONFIRMED)
    assert shop.units(PO, "1") == 2
    assert line.outcome is not None
    assert line.outcome.correlation_id == shop.calls[0][2]
    assert line.outcome.status == 200
    assert line.outcome.time.endswith("Z")


def test_the_watcher_sees_sending_before_the_outcome(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    bench.run(store(1))
    assert [line.state for line in bench.notes.changes] == [State.SENDING, State.CANCELLED]


def test_the_intent_is_on_disk_before_the_call(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    seen: list[State] = []
    shop.before_cancel = lambda: seen.extend(line.state for line in bench.lines())
    bench.run(shop)
    assert seen == [State.SENDING]


def test_lines_of_one_order_go_in_one_call(bench: RunBench) -> None:
    bench.create((PO, "1", 1), (PO, "2", 2))
    shop = store(1, 2)
    bench.run(shop)
    assert len(shop.calls) == 1
    assert {line.state for line in bench.lines()} == {State.CANCELLED}


@pytest.mark.parametrize(
    ("status", "finding"),
    [
        ("Cancelled", Finding.ALREADY_CANCELLED),
        ("Shipped", Finding.NO_LONGER_OPEN),
    ],
)
def test_what_closed_meanwhile_is_not_sent(bench: RunBench, status: str, finding: Finding) -> None:
    bench.create((PO, "1", 1), (PO, "2", 1))
    shop = store(1, 1)
    shop.close_line(PO, "1", status)
    bench.run(shop)
    first, second = bench.lines()
    assert found(first) == (State.SKIPPED, finding)
    assert second.state is State.CANCELLED
    assert [len(call[1]) for call in shop.calls] == [1]


def test_fewer_open_units_than_confirmed_are_not_sent(bench: RunBench) -> None:
    bench.create((PO, "1", 3))
    shop = store(2)
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.SKIPPED, Finding.LESS_OPEN)
    assert shop.calls == []


def test_gone_lines_gone_orders_and_wfs_are_not_sent(bench: RunBench) -> None:
    bench.create((PO, "9", 1), (OTHER_PO, "1", 1), ("1796277094410", "1", 1))
    shop = PretendedStore(
        order(order_line("1")),
        order(order_line("1"), po="1796277094410", node="WFSFulfilled"),
    )
    bench.run(shop)
    assert [found(line)[1] for line in bench.lines()] == [
        Finding.LINE_GONE,
        Finding.ORDER_GONE,
        Finding.FULFILLED_BY_WALMART,
    ]
    assert shop.calls == []


def test_a_lost_reply_is_settled_by_reading(bench: RunBench) -> None:
    bench.create((PO, "1", 2))
    shop = store(3)
    shop.steps.append(Step(failure=UNKNOWN))
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.CANCELLED, Finding.FOUND_CANCELLED)
    assert len(shop.calls) == 1


def test_a_reading_that_lags_is_waited_for(bench: RunBench) -> None:
    bench.create((PO, "1", 2))
    shop = store(3)
    shop.lag = 2
    shop.steps.append(Step(failure=UNKNOWN))
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.CANCELLED, Finding.FOUND_CANCELLED)
    assert len(shop.calls) == 1


def test_walmart_is_given_time_before_each_reading_of_what_is_in_doubt(bench: RunBench) -> None:
    """It does not say how soon a reading shows a cancel; each pause goes through the gate."""
    gate = bench.gate = JumpingGate()
    bench.patience = replace(IMPATIENT, looks=Patience().looks)
    bench.create((PO, "1", 1))
    shop = store(1)
    shop.steps.append(Step(failure=UNKNOWN))
    shop.lag = 2
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.CANCELLED, Finding.FOUND_CANCELLED)
    assert len(shop.calls) == 1
    assert [seconds for seconds in gate.waits if seconds] == [0.5, 1.5, 4.0]


def test_a_whole_line_in_doubt_is_sent_again(bench: RunBench) -> None:
    bench.create((PO, "1", 3))
    shop = store(3)
    shop.steps.append(Step(applied=False, failure=UNKNOWN))
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.CANCELLED, Finding.CONFIRMED)
    assert len(shop.calls) == 2
    assert len({call[2] for call in shop.calls}) == 2


def test_a_part_of_a_line_in_doubt_is_never_sent_again(bench: RunBench) -> None:
    bench.create((PO, "1", 2))
    shop = store(3)
    shop.steps.append(Step(applied=False, failure=UNKNOWN))
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.UNKNOWN, Finding.PART_UNSURE)
    assert len(shop.calls) == 1
    bench.reopen()
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.UNKNOWN, Finding.PART_UNSURE)
    assert len(shop.calls) == 1


def test_a_cancel_that_shows_late_is_not_doubled_by_the_second_call(bench: RunBench) -> None:
    """The first call was applied, every reading lags, the second one is refused: not refused."""
    bench.create((PO, "1", 3))
    shop = store(3)
    shop.lag = 6
    shop.steps.append(Step(failure=UNKNOWN))
    bench.run(shop)
    line = bench.lines()[0]
    assert shop.applied[PO, "1"] == [3]
    assert line.state in {State.CANCELLED, State.UNKNOWN}
    bench.reopen()
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.CANCELLED, Finding.FOUND_CANCELLED)
    assert shop.applied[PO, "1"] == [3]


def test_doubt_that_never_ends_stays_unknown(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    shop.steps.extend([Step(applied=False, failure=UNKNOWN)] * 20)
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.UNKNOWN, Finding.NO_ANSWER)
    assert len(shop.calls) == bench.patience.calls_per_line


def test_an_order_that_can_not_be_read_after_doubt_stays_unknown(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    shop.steps.append(Step(failure=UNKNOWN))
    shop.read_failures.extend([None, UNKNOWN, UNKNOWN, UNKNOWN])
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.UNKNOWN, Finding.NO_ANSWER)
    assert len(shop.calls) == 1


def test_a_line_in_doubt_that_shipped_is_refused(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    shop.steps.append(Step(applied=False, failure=UNKNOWN))
    shop.before_cancel = lambda: shop.close_line(PO, "1", "Shipped")
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.REFUSED, Finding.NO_LONGER_OPEN)


def test_a_reply_that_skips_a_line_is_not_believed_for_it(bench: RunBench) -> None:
    bench.create((PO, "1", 1), (PO, "2", 1))
    shop = store(1, 1)
    shop.steps.append(Step(skipped=("2",)))
    bench.run(shop)
    assert [found(line) for line in bench.lines()] == [
        (State.CANCELLED, Finding.CONFIRMED),
        (State.UNKNOWN, Finding.ACCEPTED_UNCHANGED),
    ]
    assert len(shop.calls) == 1


def test_an_accepted_call_without_an_order_is_looked_up(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    shop.steps.append(Step(reply=False))
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.CANCELLED, Finding.FOUND_CANCELLED)


def test_an_accepted_call_with_an_error_in_it_that_changed_nothing_is_a_refusal(
    bench: RunBench,
) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    shop.steps.append(Step(applied=False, reply=False, words="Line 1 is locked"))
    bench.run(shop)
    line = bench.lines()[0]
    assert found(line) == (State.REFUSED, Finding.REFUSED_BY_WALMART)
    assert line.outcome is not None
    assert line.outcome.words == "Line 1 is locked"


def test_a_refused_line_keeps_walmarts_words(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    shop.steps.append(Step(applied=False, failure=REFUSED))
    bench.run(shop)
    line = bench.lines()[0]
    assert found(line) == (State.REFUSED, Finding.REFUSED_BY_WALMART)
    assert line.outcome is not None
    assert (line.outcome.words, line.outcome.status) == ("no", 400)
    assert len(shop.calls) == 1


def test_after_a_refused_call_the_closed_line_is_dropped_and_the_rest_sent(
    bench: RunBench,
) -> None:
    bench.create((PO, "1", 1), (PO, "2", 1), (PO, "3", 1))
    shop = store(1, 1, 1)
    once = iter([True])
    shop.before_cancel = lambda: shop.close_line(PO, "2", "Shipped") if next(once, 0) else None
    bench.run(shop)
    assert [found(line) for line in bench.lines()] == [
        (State.CANCELLED, Finding.CONFIRMED),
        (State.REFUSED, Finding.NO_LONGER_OPEN),
        (State.CANCELLED, Finding.CONFIRMED),
    ]
    assert [len(call[1]) for call in shop.calls] == [3, 2]


def test_after_a_refused_call_that_tells_nothing_each_line_goes_alone(bench: RunBench) -> None:
    bench.create((PO, "1", 1), (PO, "2", 1))
    shop = store(1, 1)
    refused = Step(applied=False, failure=REFUSED)
    shop.steps.extend([refused, refused])
    bench.run(shop)
    assert [found(line)[0] for line in bench.lines()] == [State.REFUSED, State.CANCELLED]
    assert [len(call[1]) for call in shop.calls] == [2, 1, 1]


def test_a_refusal_whose_order_can_not_be_read_is_believed(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    shop.steps.append(Step(applied=False, failure=REFUSED))
    shop.read_failures.extend([None, UNKNOWN])
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.REFUSED, Finding.REFUSED_BY_WALMART)


def test_a_refused_call_that_was_applied_after_all_is_seen_though_readings_lag(
    bench: RunBench,
) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    shop.lag = 2
    shop.steps.append(Step(failure=REFUSED))
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.CANCELLED, Finding.FOUND_CANCELLED)
    assert shop.applied[PO, "1"] == [1]


@pytest.mark.parametrize(("ordered", "asked", "gone"), [(3, 3, 2), (5, 2, 1), (3, 2, 1)], ids=str)
def test_a_refused_call_after_which_a_part_is_cancelled_is_in_doubt(
    bench: RunBench, ordered: int, asked: int, gone: int
) -> None:
    """By this call, though it was answered with a no, or by somebody else: nobody can tell."""
    bench.create((PO, "1", asked))
    shop = PretendedStore(order(order_line("1", ordered=ordered)))

    def cancel_a_part() -> None:
        shop.orders[PO] = order(order_line("1", ordered=ordered, Cancelled=gone))

    shop.before_cancel = cancel_a_part
    shop.steps.append(Step(applied=False, failure=REFUSED))
    bench.run(shop)
    (line,) = bench.lines()
    assert found(line) == (State.UNKNOWN, Finding.PARTLY_CANCELLED)
    assert line.outcome is not None
    assert line.outcome.status == 400
    assert len(shop.calls) == 1
    (asked_about,) = Run(bench.journal).doubts()
    assert asked_about.missing == (asked - gone if asked - gone <= ordered - gone else 0)


@pytest.mark.parametrize("lag", [0, 3, 4, 5, 6, 7])
def test_a_line_that_passed_in_a_refused_call_is_cancelled_however_late_it_shows(
    bench: RunBench, lag: int
) -> None:
    """Also where its order shows it only when it is about to be tried alone."""
    bench.create((PO, "1", 1), (PO, "2", 1))
    shop = store(1, 1)
    shop.lag = lag
    shop.steps.append(Step(skipped=("2",), failure=REFUSED))
    bench.run(shop)
    first, second = (found(line) for line in bench.lines())
    assert shop.applied[PO, "1"] == [1]
    assert first in {
        (State.CANCELLED, Finding.FOUND_CANCELLED),
        (State.CANCELLED, Finding.CONFIRMED),
    }
    assert second == (State.CANCELLED, Finding.CONFIRMED)


def test_a_refused_call_is_not_said_to_be_not_sent(bench: RunBench) -> None:
    """Though its order shows why it had to be refused."""
    bench.create((PO, "1", 3))
    shop = PretendedStore(order(order_line("1", ordered=3)))
    shop.before_cancel = lambda: shop.orders.update(
        {PO: order(order_line("1", ordered=3, Shipped=1))}
    )
    bench.run(shop)
    (line,) = bench.lines()
    assert found(line) == (State.REFUSED, Finding.REFUSED_BY_WALMART)
    assert "Not sent" not in line_text(line)


def test_a_call_that_is_not_let_through_does_not_blame_the_keys(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    page = failed(FailureKind.FORBIDDEN, status=403)
    shop.steps.extend([Step(applied=False, failure=page)] * 9)
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.UNSENT, Finding.NOT_ALLOWED)


def test_a_call_that_ended_in_a_bug_is_unknown_not_still_sending(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)

    def crash() -> None:
        raise ZeroDivisionError

    shop.before_cancel = crash
    with pytest.raises(ZeroDivisionError):
        bench.run(shop)
    assert found(bench.lines()[0]) == (State.UNKNOWN, Finding.INTERRUPTED)


def test_a_refusal_after_doubt_is_not_believed(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    shop.steps.extend([Step(applied=False, failure=UNKNOWN), Step(applied=False, failure=REFUSED)])
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.UNKNOWN, Finding.NO_ANSWER)


def test_too_many_calls_are_waited_out_and_the_call_made_again(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    throttled = failed(FailureKind.THROTTLED, status=429)
    shop.steps.extend([Step(applied=False, failure=throttled)] * 3)
    bench.run(shop)
    assert bench.lines()[0].state is State.CANCELLED
    assert len(shop.calls) == 4


def test_the_call_is_made_again_when_walmart_said_and_not_before(bench: RunBench) -> None:
    """Nor is another one made meanwhile."""
    gate = bench.gate = JumpingGate()
    bench.create((PO, "1", 1), (OTHER_PO, "1", 1))
    shop = PretendedStore(order(order_line()), order(order_line(), po=OTHER_PO))
    shop.cancel_pace = TokenBucket(6000, 10, gate.clocks.steady)
    later = CallFailed(FailureKind.THROTTLED, Cause.HTTP, status=429, retry_after=9.0)
    shop.steps.append(Step(applied=False, failure=later))
    called: list[float] = []
    shop.before_cancel = lambda: called.append(gate.steady)
    bench.run(shop)
    assert {line.state for line in bench.lines()} == {State.CANCELLED}
    first, *others = called
    assert len(others) == 2
    assert all(each - first >= 9.0 for each in others)


def test_endless_throttling_ends_unsent(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    throttled = failed(FailureKind.THROTTLED, status=429)
    shop.steps.extend([Step(applied=False, failure=throttled)] * 100)
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.UNSENT, Finding.THROTTLED)
    assert len(shop.calls) == bench.patience.throttled + 1


def test_a_call_that_never_left_is_made_again_a_few_times(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    down = Step(applied=False, failure=failed(FailureKind.UNSENT, Cause.NO_CONNECTION))
    shop.steps.extend([down] * 3)
    bench.run(shop)
    assert bench.lines()[0].state is State.CANCELLED
    assert len(shop.calls) == 4


def test_walmart_out_of_reach_ends_unsent_and_is_sent_by_the_next_resume(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    down = Step(applied=False, failure=failed(FailureKind.UNSENT, Cause.NO_CONNECTION))
    shop.steps.extend([down] * 4)
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.UNSENT, Finding.NOT_REACHED)
    bench.reopen()
    bench.run(shop)
    assert bench.lines()[0].state is State.CANCELLED


def test_doubt_is_not_forgotten_when_the_next_call_never_leaves(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    down = failed(FailureKind.UNSENT, Cause.NO_CONNECTION)
    shop.steps.append(Step(applied=False, failure=UNKNOWN))
    shop.steps.extend([Step(applied=False, failure=down)] * 9)
    bench.run(shop)
    assert bench.lines()[0].state is State.UNKNOWN


def test_a_refused_token_is_renewed_and_the_call_made_again(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    shop.steps.append(Step(applied=False, failure=failed(FailureKind.UNSENT, Cause.UNAUTHORIZED)))
    bench.run(shop)
    assert bench.lines()[0].state is State.CANCELLED
    assert shop.refreshed == 1


def test_refused_credentials_end_the_run(bench: RunBench) -> None:
    bench.create((PO, "1", 1), (OTHER_PO, "1", 1))
    shop = PretendedStore(order(order_line()), order(order_line(), po=OTHER_PO))
    shop.steps.append(Step(applied=False, failure=failed(FailureKind.UNSENT, Cause.UNAUTHORIZED)))
    shop.refresh_failure = failed(FailureKind.CREDENTIALS, status=400)
    end = bench.run(shop)
    assert end.failure is shop.refresh_failure
    assert [found(line) for line in bench.lines()] == [
        (State.UNSENT, Finding.CREDENTIALS_REFUSED),
        (State.PENDING, None),
    ]
    assert len(shop.calls) == 1


def test_an_order_that_can_not_be_read_is_not_sent(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    shop.read_failures.extend([UNKNOWN] * 20)
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.UNSENT, Finding.NOT_READ)
    assert shop.calls == []


def test_failures_in_a_row_pause_the_run_until_a_person_decides(bench: RunBench) -> None:
    pos = [str(1796277000000 + n) for n in range(40)]
    bench.create(*((po, "1", 1) for po in pos))
    shop = PretendedStore(*(order(order_line(), po=po) for po in pos))
    shop.read_failures.extend([failed(FailureKind.FORBIDDEN, status=403)] * 400)
    bench.notes.on_pause = bench.gate.stop
    end = bench.run(shop)
    assert end.stopped
    assert [failure.status for failure in bench.notes.pauses] == [403]
    assert shop.calls == []


def test_a_stop_lets_the_call_in_flight_end_and_begins_no_other(bench: RunBench) -> None:
    bench.create((PO, "1", 1), (OTHER_PO, "1", 1))
    shop = PretendedStore(order(order_line()), order(order_line(), po=OTHER_PO))
    shop.before_cancel = bench.gate.stop
    end = bench.run(shop)
    assert end.stopped
    assert [line.state for line in bench.lines()] == [State.CANCELLED, State.PENDING]


def test_a_stop_during_the_reading_before_sends_nothing(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    shop.before_read = bench.gate.stop
    bench.run(shop)
    assert bench.lines()[0].state is State.PENDING
    assert shop.calls == []


def test_what_the_program_died_over_is_settled_by_reading(bench: RunBench) -> None:
    bench.create((PO, "1", 2))
    shop = store(3)

    class PowerCut(BaseException):
        pass

    def cut() -> None:
        raise PowerCut

    shop.before_cancel = cut
    with pytest.raises(PowerCut):
        bench.run(shop)
    assert found(bench.reopen().lines()[0]) == (State.UNKNOWN, Finding.INTERRUPTED)
    shop.before_cancel = lambda: None
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.UNKNOWN, Finding.PART_UNSURE)
    assert shop.calls == []


def test_many_workers_cancel_each_line_once(bench: RunBench) -> None:
    pos = [str(1796277000000 + n) for n in range(60)]
    bench.create(*((po, line, 1) for po in pos for line in ("1", "2")))
    shop = PretendedStore(*(order(order_line("1"), order_line("2"), po=po) for po in pos))
    bench.workers = 8
    bench.run(shop)
    assert {line.state for line in bench.lines()} == {State.CANCELLED}
    assert all(units == [1] for units in shop.applied.values())
    assert len(shop.applied) == 120
    assert len({call[2] for call in shop.calls}) == 60


def test_a_slot_is_waited_for_and_told(bench: RunBench) -> None:
    bench.create((PO, "1", 1), (OTHER_PO, "1", 1))
    shop = PretendedStore(order(order_line()), order(order_line(), po=OTHER_PO))
    shop.cancel_pace = TokenBucket(60 * 4, 1)
    bench.run(shop)
    assert len(shop.calls) == 2
    assert len(bench.notes.waits) == 1
    assert 0 < bench.notes.waits[0] < 1


def test_a_stop_while_waiting_for_a_slot_gives_it_back(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    shop.cancel_pace = TokenBucket(1, 1)
    shop.cancel_pace.reserve()
    bench.notes.on_wait = bench.gate.stop
    bench.run(shop)
    assert bench.lines()[0].state is State.PENDING
    assert shop.calls == []
    assert shop.cancel_pace.seconds_until_next < 70


def test_a_refused_token_in_the_reading_before_is_renewed(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    shop.read_failures.append(failed(FailureKind.UNSENT, Cause.UNAUTHORIZED))
    bench.run(shop)
    assert bench.lines()[0].state is State.CANCELLED
    assert shop.refreshed == 1


def test_a_token_that_can_not_be_renewed_for_now_is_tried_again(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    shop.read_failures.append(failed(FailureKind.UNSENT, Cause.UNAUTHORIZED))
    shop.refresh_failure = failed(FailureKind.UNSENT, Cause.NO_CONNECTION)
    bench.run(shop)
    assert bench.lines()[0].state is State.CANCELLED


def test_a_mistake_of_ours_ends_the_run_and_nothing_is_reported_as_refused(
    bench: RunBench,
) -> None:
    bench.create((PO, "1", 1))
    shop = store(1)
    bug = failed(FailureKind.OUR_BUG, Cause.BAD_REQUEST, status=415)
    shop.steps.append(Step(applied=False, failure=bug))
    assert bench.run(shop).failure is bug
    assert bench.lines()[0].state is State.UNSENT


def test_a_lost_connection_is_waited_for_and_told(bench: RunBench) -> None:
    """It comes back after more tries than any other failure is given."""
    bench.create((PO, "1", 1))
    bench.patience = replace(bench.patience, outage=math.inf)
    shop = store(1)
    down = failed(FailureKind.UNSENT, Cause.NO_ADDRESS)
    shop.read_failures.extend([down] * 30)
    end = bench.run(shop)
    assert bench.lines()[0].state is State.CANCELLED
    assert (end.failure, bench.notes.pauses) == (None, [])
    assert bench.notes.outages == [0.0] * 30


def test_a_connection_that_stays_lost_stops_the_run(bench: RunBench) -> None:
    bench.create((PO, "1", 1), (OTHER_PO, "1", 1))
    shop = PretendedStore(order(order_line()), order(order_line(), po=OTHER_PO))
    down = failed(FailureKind.UNSENT, Cause.NO_CONNECTION)
    shop.read_failures.extend([down] * 100)
    assert bench.run(shop).failure is down
    assert [found(line) for line in bench.lines()] == [
        (State.UNSENT, Finding.NOT_READ),
        (State.PENDING, None),
    ]


def test_waiting_for_the_connection_ends_at_once_when_stopped(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    bench.patience = replace(bench.patience, reconnects=(3600.0,), outage=math.inf)
    bench.notes.on_outage = bench.gate.stop
    shop = store(1)
    shop.read_failures.append(failed(FailureKind.UNSENT, Cause.NO_CONNECTION))
    assert bench.run(shop).stopped
    assert bench.lines()[0].state is State.UNSENT


def test_a_part_that_an_unanswered_call_took_is_not_hidden_by_a_refusal(bench: RunBench) -> None:
    """The first call took 1 of 3 units late, the second one is refused: not simply refused."""
    bench.create((PO, "1", 3))
    shop = store(3)
    shop.steps.extend([Step(applied=False, failure=UNKNOWN), Step(applied=False, failure=REFUSED)])
    calls = iter(range(9))

    def take_one_late() -> None:
        if next(calls) == 1:
            shop.orders[PO] = order(order_line("1", ordered=3, Cancelled=1))

    shop.before_cancel = take_one_late
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.UNKNOWN, Finding.PARTLY_CANCELLED)


def test_a_line_that_shipped_while_the_computer_slept_is_not_sent(bench: RunBench) -> None:
    """It was read as open, then somebody closed the lid before its call was due."""
    gate = JumpingGate()
    bench.gate = gate
    bench.create((PO, "1", 1))
    shop = store(1)
    shop.cancel_pace = TokenBucket(60, 1, gate.clocks.steady)
    shop.cancel_pace.reserve()

    def close_the_lid() -> None:
        if len(shop.read_waits) == 1 and shop.orders[PO].lines[0].open:
            shop.close_line(PO, "1", "Shipped")
            gate.sleep(8 * 3600)

    gate.in_between = close_the_lid
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.SKIPPED, Finding.NO_LONGER_OPEN)
    assert len(shop.read_waits) == 2
    assert shop.calls == []


def test_an_error_inside_a_reply_does_not_settle_an_earlier_call(bench: RunBench) -> None:
    """The first call is lost and applied late, the second one answers 200 with an error."""
    bench.create((PO, "1", 1))
    shop = store(1)
    error = Step(applied=False, reply=False, words="INVALID_REQUEST_CONTENT")
    shop.steps.extend([Step(applied=False, failure=UNKNOWN), error])
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.UNKNOWN, Finding.NO_ANSWER)
    shop.orders[PO] = order(order_line("1", Cancelled=1))
    bench.reopen()
    bench.run(shop)
    assert found(bench.lines()[0]) == (State.CANCELLED, Finding.FOUND_CANCELLED)
    assert len(shop.calls) == 2
