"""The turn of a call: read shortly before it is due, and never called by an old reading."""

import pytest

from builders import PO, order, order_line
from cancel_desk.runs.turn import READ_AHEAD, Turn
from cancel_desk.walmart.failures import CallFailed, FailureKind, GivenUp
from cancel_desk.walmart.pace import MARGIN, TokenBucket
from jumping_gate import JumpingGate
from pretended_store import PretendedStore, failed
from runs_bench import Notes

A_MINUTE = 6.0
EACH = 60 / A_MINUTE / MARGIN
"""Seconds between two calls."""


class Desk:
    """A store of one order whose next slot is still to come."""

    def __init__(self) -> None:
        self.gate = JumpingGate()
        self.notes = Notes()
        self.shop = PretendedStore(order(order_line()))
        self.shop.cancel_pace = TokenBucket(A_MINUTE, 1, lambda: self.gate.steady)
        self.shop.cancel_pace.reserve()
        self.reads: list[float] = []
        self.shop.before_read = lambda: self.reads.append(self.gate.steady)
        self.began = self.gate.steady

    def turn(self) -> Turn:
        return Turn(self.shop, self.gate, self.notes)

    @property
    def passed(self) -> float:
        return self.gate.steady - self.began


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_the_order_is_read_ahead_and_the_call_leaves_when_it_is_due(desk: Desk) -> None:
    assert desk.turn().order(PO) == desk.shop.orders[PO]
    assert [at - desk.began for at in desk.reads] == [pytest.approx(EACH - READ_AHEAD)]
    assert desk.passed == pytest.approx(EACH)
    assert desk.notes.waits == [pytest.approx(EACH)]


def test_a_slot_that_is_due_is_not_waited_for(desk: Desk) -> None:
    desk.shop.cancel_pace.give_back()
    assert desk.turn().order(PO) is not None
    assert desk.passed == 0
    assert desk.notes.waits == []


def test_a_reading_that_takes_long_is_only_late(desk: Desk) -> None:
    def take_long() -> None:
        desk.gate.steady += 30
        desk.gate.wall += 30

    desk.shop.before_read = take_long
    assert desk.turn().order(PO) is not None
    assert desk.passed == pytest.approx(EACH - READ_AHEAD + 30)


def given_back(desk: Desk) -> bool:
    """Whether nobody has the slot after the first one any more."""
    return desk.shop.cancel_pace.seconds_until_next <= max(0.0, EACH - desk.passed) + 0.001


@pytest.mark.parametrize("seconds", [6.0, 8 * 3600.0])
def test_who_closes_the_lid_after_the_reading_has_it_read_again(desk: Desk, seconds: float) -> None:
    turn = desk.turn()
    desk.shop.before_read = lambda: setattr(
        desk.gate, "in_between", lambda: desk.gate.sleep(seconds)
    )
    assert turn.order(PO) is None
    assert given_back(desk)


def test_a_clock_set_back_is_no_matter(desk: Desk) -> None:
    desk.gate.in_between = lambda: desk.gate.sleep(-3600)
    assert desk.turn().order(PO) is not None


def test_a_hold_meanwhile_puts_the_slot_off_and_the_reading_is_too_old(desk: Desk) -> None:
    turn = desk.turn()
    desk.shop.before_read = lambda: desk.shop.cancel_pace.hold(60)
    assert turn.order(PO) is None
    assert desk.passed == pytest.approx(EACH - READ_AHEAD + 60 + READ_AHEAD)


def test_a_hold_before_the_reading_only_makes_it_later(desk: Desk) -> None:
    turn = desk.turn()
    desk.shop.cancel_pace.hold(60)
    assert turn.order(PO) is not None
    assert desk.passed == pytest.approx(EACH + 60)


@pytest.mark.parametrize("at", [1, 2])
def test_a_pause_ends_the_turn(desk: Desk, at: int) -> None:
    """Whether it comes before the order is read or after it, and though it is over already."""
    turn = desk.turn()

    def pause() -> None:
        if len(desk.gate.waits) == at:
            desk.gate.pause()
            desk.gate.resume()

    desk.gate.in_between = pause
    assert turn.order(PO) is None
    assert len(desk.reads) == at - 1
    assert given_back(desk)


@pytest.mark.parametrize("at", [1, 2])
def test_a_stop_ends_the_turn(desk: Desk, at: int) -> None:
    turn = desk.turn()
    desk.gate.in_between = lambda: desk.gate.stop() if len(desk.gate.waits) == at else None
    assert turn.order(PO) is None
    assert given_back(desk)


def test_a_stop_while_the_reading_waits_ends_the_turn(desk: Desk) -> None:
    def give_up() -> None:
        raise GivenUp

    desk.shop.before_read = give_up
    assert desk.turn().order(PO) is None
    assert given_back(desk)


def test_waiting_between_attempts_to_read_goes_through_the_gate(desk: Desk) -> None:
    desk.turn().order(PO)
    assert desk.shop.read_waits == [desk.gate.wait]


def test_an_order_that_can_not_be_read_leaves_its_slot_to_others(desk: Desk) -> None:
    desk.shop.read_failures.append(failed(FailureKind.UNKNOWN, status=500))
    with pytest.raises(CallFailed):
        desk.turn().order(PO)
    assert given_back(desk)
