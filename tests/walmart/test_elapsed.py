"""Time that passed while the computer slept or had its clock set."""

from cancel_desk.walmart.elapsed import Clocks


class Hands:
    """Two clocks to be set by hand."""

    def __init__(self) -> None:
        self.steady = 100.0
        self.wall = 1_781_189_740.0
        self.clocks = Clocks(lambda: self.steady, lambda: self.wall)


def test_usually_both_clocks_say_the_same() -> None:
    hands = Hands()
    began = hands.clocks.start()
    assert began.seconds == 0
    hands.steady += 5
    hands.wall += 5
    assert began.seconds == 5


def test_a_sleep_counts_though_the_steady_clock_stood_still() -> None:
    hands = Hands()
    began = hands.clocks.start()
    hands.steady += 1
    hands.wall += 3600
    assert began.seconds == 3600


def test_a_clock_set_back_hides_nothing() -> None:
    hands = Hands()
    began = hands.clocks.start()
    hands.steady += 7
    hands.wall -= 86_400
    assert began.seconds == 7


def test_the_clocks_are_the_computers_own_by_default() -> None:
    assert 0 <= Clocks().start().seconds < 60
