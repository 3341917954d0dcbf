"""The clock that counts a sleep."""

from cancel_desk.since_boot import SleepNotice, since_boot


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_sleep_is_noticed_once() -> None:
    clock = Clock()
    notice = SleepNotice(clock=clock)
    clock.now = 2.0
    assert notice.look() == 0
    clock.now += 7200
    assert notice.look() == 7200
    assert notice.look() == 0


def test_the_clock_goes_on() -> None:
    before = since_boot()
    assert since_boot() >= before > 0
