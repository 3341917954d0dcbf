"""Judging lines from what orders show; nothing here talks to anybody."""

from dataclasses import replace

import pytest

from builders import OTHER_PO, PO, order, order_line
from cancel_desk.runs.judge import (
    Seen,
    before_sending,
    cancelled_outcome,
    cancelled_since,
    own_units,
    unsettled,
)
from cancel_desk.runs.outcome import Credit, Finding, RunLine, State
from cancel_desk.walmart.orders import OrderLine

LINE = RunLine(1, 0, PO, 1, "1", 2, "SELLER_CANCEL_OUT_OF_STOCK", "", State.UNKNOWN, None, 1, 2)


def test_units_cancelled_by_others_before_are_not_counted_as_ours() -> None:
    assert cancelled_since(LINE, order_line(ordered=5, Cancelled=3)) == 2
    assert cancelled_since(LINE, order_line(ordered=5, Cancelled=1)) == 0
    assert cancelled_since(LINE, order_line(ordered=5)) == 0
    assert cancelled_since(LINE, None) == 0


@pytest.mark.parametrize(
    ("elsewhere", "cancelled", "own"),
    [
        ([Credit(1, 0)], 3, 2),  # seen before the call
        ([Credit(2, 1)], 3, 0),
        ([Credit(1, 1)], 3, 1),
        ([Credit(1, 2)], 3, 1),  # made after the call
        ([Credit(1, 0), Credit(1, 0), Credit(1, 0)], 3, 0),  # whose readings lagged, too
        ([Credit(2, None)], 3, 1),
        ([Credit(9, None)], 3, 0),
        ([Credit(2, 1)], 1, 0),
    ],
)
def test_what_other_runs_recorded_is_not_ours(
    elsewhere: list[Credit], cancelled: int, own: int
) -> None:
    line = replace(LINE, elsewhere=tuple(elsewhere))
    assert own_units(line, order_line(ordered=5, Cancelled=cancelled)) == own
    assert own_units(line, None) == 0


def test_a_line_that_others_cancelled_in_part_and_that_shipped_is_no_longer_open() -> None:
    line = replace(LINE, elsewhere=(Credit(2, 1),))
    shown = order(order_line(ordered=4, Cancelled=3, Shipped=1))
    assert cancelled_outcome(line, shown, Finding.CONFIRMED) is None
    verdict = unsettled(line, shown)
    assert verdict.outcome.finding is Finding.NO_LONGER_OPEN
    assert not verdict.may_be_sent_again


def test_a_line_never_seen_before_can_not_be_judged_as_cancelled() -> None:
    never_sent = replace(LINE, cancelled_before=None, open_before=None)
    shown = order(order_line(ordered=5, Cancelled=5))
    assert cancelled_outcome(never_sent, shown, Finding.CONFIRMED) is None
    assert not never_sent.whole


def test_another_orders_reply_proves_nothing() -> None:
    other = order(order_line(ordered=5, Cancelled=5), po=OTHER_PO)
    assert cancelled_outcome(LINE, other, Finding.CONFIRMED) is None


@pytest.mark.parametrize(
    ("shown", "state", "finding", "again"),
    [
        (order_line("2"), State.UNKNOWN, Finding.NO_ANSWER, False),
        (order_line(ordered=3, Cancelled=2), State.UNKNOWN, Finding.PARTLY_CANCELLED, False),
        (
            order_line(ordered=3, Cancelled=1, Shipped=2),
            State.REFUSED,
            Finding.NO_LONGER_OPEN,
            False,
        ),
        (order_line(ordered=3, Cancelled=1), State.UNKNOWN, Finding.NO_ANSWER, True),
        (
            order_line(ordered=3, Cancelled=1, Shipped=1),
            State.UNKNOWN,
            Finding.NO_ANSWER,
            False,
        ),
    ],
)
def test_a_line_in_doubt_is_judged_by_what_is_left_of_it(
    shown: OrderLine, state: State, finding: Finding, again: bool
) -> None:
    verdict = unsettled(LINE, order(shown))
    assert (verdict.outcome.state, verdict.outcome.finding) == (state, finding)
    assert verdict.may_be_sent_again is again


def test_a_part_of_what_was_open_is_never_sent_again() -> None:
    part = replace(LINE, open_before=3)
    verdict = unsettled(part, order(order_line(ordered=4, Cancelled=1)))
    assert verdict.outcome.finding is Finding.PART_UNSURE
    assert not verdict.may_be_sent_again


def test_a_line_with_enough_open_may_be_sent_and_is_remembered_as_seen() -> None:
    sendable = before_sending([LINE], order(order_line(ordered=6, Cancelled=1, Shipped=2))).sendable
    assert sendable == {1: Seen(cancelled=1, open=3)}


def test_a_part_cancelled_after_it_was_confirmed_is_not_cancelled_again() -> None:
    confirmed = replace(LINE, units=1, cancelled_before=0, open_before=None)
    checked = before_sending([confirmed], order(order_line(ordered=3, Cancelled=1)))
    assert checked.sendable == {}
    assert checked.outcomes[1].finding is Finding.PART_CANCELLED_SINCE


def test_a_call_taken_for_not_received_that_did_its_work_is_not_made_again() -> None:
    called = replace(LINE, units=1, cancelled_before=0, open_before=3)
    checked = before_sending([called], order(order_line(ordered=3, Cancelled=1)))
    assert checked.sendable == {}
    assert checked.outcomes[1].state is State.CANCELLED


def test_what_another_run_cancelled_is_neither_ours_nor_sent_over() -> None:
    called = replace(LINE, units=1, cancelled_before=0, open_before=3, elsewhere=(Credit(1, 0),))
    checked = before_sending([called], order(order_line(ordered=3, Cancelled=1)))
    assert checked.sendable == {}
    assert checked.outcomes[1].finding is Finding.PART_CANCELLED_SINCE


def test_an_older_reading_does_not_lower_what_was_cancelled() -> None:
    sendable = before_sending([LINE], order(order_line(ordered=6))).sendable
    assert sendable == {1: Seen(cancelled=1, open=6)}


def test_a_line_that_became_another_item_is_left_alone() -> None:
    checked = before_sending([replace(LINE, sku="A")], order(order_line(ordered=6, sku="B")))
    assert checked.sendable == {}
    assert checked.outcomes[1].finding is Finding.OTHER_ITEM
