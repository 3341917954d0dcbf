"""Times in words, and how long a run will still take."""

import pytest

from cancel_desk.ui.durations import spoken
from cancel_desk.ui.models.lines_model import local_time
from cancel_desk.ui.time_left import TimeLeft


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "a few seconds"),
        (9.9, "a few seconds"),
        (12, "about 10 seconds"),
        (89, "about 90 seconds"),
        (90, "about 2 minutes"),
        (200, "about 3 minutes"),
        (5300, "about 88 minutes"),
        (5400, "about 1.5 hours"),
        (36_000, "about 10 hours"),
    ],
)
def test_times_are_said_as_people_do(seconds: float, words: str) -> None:
    assert spoken(seconds) == words


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


def test_the_time_of_a_row_is_the_time_here() -> None:
    assert local_time("") == ""
    assert len(local_time("2026-11-23T16:54:08Z")) == len("16:54:08")
