"""How long a run will still take, and when its next call goes."""

import pytest

from cancel_desk.runs.next_call import NextCall
from cancel_desk.runs.time_left import TimeLeft


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_allowance_counts_until_a_pace_is_known() -> None:
    clock = Clock()
    left = TimeLeft(clock=clock)
    assert left.seconds(120, a_minute=60) == 120
    left.note(0)
    clock.now = 3.0
    left.note(50)
    assert left.seconds(120, a_minute=60) == 120


def test_the_pace_of_the_last_minute_counts() -> None:
    clock = Clock()
    left = TimeLeft(clock=clock)
    for second in range(0, 200, 10):
        clock.now = float(second)
        left.note(second if second < 100 else 100 + (second - 100) // 2)
    # Half a line a second in the minute that counts, a whole one before it.
    assert left.seconds(10, a_minute=60) == pytest.approx(20, rel=0.15)


def test_a_pause_says_nothing_about_the_pace() -> None:
    clock = Clock()
    left = TimeLeft(clock=clock)
    left.note(0)
    clock.now = 600.0
    left.note(6)
    left.restart()
    assert left.seconds(60, a_minute=60) == 60


def test_of_several_that_wait_the_first_counts() -> None:
    clock = Clock()
    waiting = NextCall(clock=clock)
    assert waiting.seconds == 0
    waiting.note(3.0)
    waiting.note(2.0)
    waiting.note(4.0)
    assert waiting.seconds == 2.0
    clock.now = 1.5
    assert waiting.seconds == 0.5
    clock.now = 2.0
    assert waiting.seconds == 0
    waiting.note(4.0)
    assert waiting.seconds == 4.0


def test_what_is_put_off_goes_before() -> None:
    waiting = NextCall(clock=Clock())
    waiting.note(1.0)
    waiting.put_off(9.0)
    assert waiting.seconds == 9.0
