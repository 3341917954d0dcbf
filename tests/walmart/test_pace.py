"""The bucket: never more calls than allowed, and not much fewer."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancel_desk.walmart.pace import MARGIN, TokenBucket
from patience import PATIENCE


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def bucket(clock: Clock, *, rate: float = 60, burst: int = 5) -> TokenBucket:
    return TokenBucket(rate, burst, clock, wall=lambda: 1781189740.0)


EACH = 1 / MARGIN
"""Seconds between calls at 60 a minute."""


def tokens(count: int, **more: str) -> dict[str, str]:
    return {"x-current-token-count": str(count), **more}


def test_a_burst_goes_at_once_and_then_one_at_a_time() -> None:
    pace = bucket(Clock())
    waits = [pace.reserve().seconds for _ in range(8)]
    assert waits == pytest.approx([0, 0, 0, 0, 0, EACH, 2 * EACH, 3 * EACH])


def test_time_gives_slots_back_up_to_the_burst() -> None:
    clock = Clock()
    pace = bucket(clock)
    for _ in range(5):
        pace.reserve()
    clock.now += EACH
    assert pace.reserve().seconds == pytest.approx(0)
    assert pace.reserve().seconds == pytest.approx(EACH)
    clock.now += 3600
    assert [pace.reserve().seconds for _ in range(6)] == pytest.approx([0] * 5 + [EACH])


def test_a_slot_given_back_is_there_again() -> None:
    pace = bucket(Clock(), burst=1)
    pace.reserve()
    pace.give_back()
    assert pace.reserve().seconds == 0
    pace.give_back()
    pace.give_back()  # more than was taken
    assert [pace.reserve().seconds for _ in range(2)] == pytest.approx([0, EACH])


def test_the_wait_can_be_asked_for_without_taking_a_slot() -> None:
    pace = bucket(Clock(), burst=1)
    assert pace.seconds_until_next == 0
    assert pace.seconds_until_next == 0
    pace.reserve()
    assert pace.seconds_until_next == pytest.approx(EACH)


def test_a_hold_lets_nothing_begin_and_slows_down() -> None:
    clock = Clock()
    pace = bucket(clock)
    pace.hold(30)
    assert pace.reserve().seconds == pytest.approx(30)
    assert pace.reserve().seconds == pytest.approx(30 + EACH / 0.8)
    clock.now += 10
    assert pace.seconds_until_next == pytest.approx(20 + 2 * EACH / 0.8)
    assert pace.per_minute == pytest.approx(60 * MARGIN * 0.8)


def test_holds_do_not_add_up_and_slow_down_to_half_at_most() -> None:
    pace = bucket(Clock())
    for _ in range(9):
        pace.hold(30)
    pace.hold(5)
    assert pace.reserve().seconds == pytest.approx(30)
    assert pace.per_minute == pytest.approx(30 * MARGIN)


def test_replies_bring_the_rate_back() -> None:
    pace = bucket(Clock())
    pace.hold(0)
    for _ in range(100):
        pace.correct({})
    assert pace.per_minute == pytest.approx(60 * MARGIN * 0.8), "no reply says nothing"
    for _ in range(100):
        pace.correct({"date": "x"})
    assert pace.per_minute == pytest.approx(60 * MARGIN)


def test_fewer_tokens_are_believed_at_once() -> None:
    pace = bucket(Clock())
    pace.reserve()
    pace.correct(tokens(1))
    assert [pace.reserve().seconds for _ in range(2)] == pytest.approx([0, EACH])


def test_what_the_store_gained_while_answering_is_not_taken_away() -> None:
    pace = bucket(Clock())
    pace.reserve()
    pace.correct(tokens(1), took=2 * EACH)
    assert [pace.reserve().seconds for _ in range(4)] == pytest.approx([0, 0, 0, EACH])
    for _ in range(4):
        pace.correct(tokens(0), took=9.0)
    assert pace.seconds_until_next == pytest.approx(2 * EACH)


def test_calls_still_under_way_are_taken_off_what_the_store_counts() -> None:
    pace = bucket(Clock())
    for _ in range(3):
        pace.reserve()
    pace.correct(tokens(3))  # it hasn't seen the other two
    assert [pace.reserve().seconds for _ in range(2)] == pytest.approx([0, EACH])


def test_no_tokens_hold_until_the_bucket_refills() -> None:
    pace = bucket(Clock())
    pace.reserve()
    pace.correct(tokens(0, **{"x-next-replenish-time": "1781189760000"}))
    assert pace.reserve().seconds == pytest.approx(20 + EACH)


def test_no_tokens_and_an_absurd_refill_time_wait_for_one_token() -> None:
    pace = bucket(Clock())
    pace.reserve()
    pace.correct(tokens(0, **{"x-next-replenish-time": "9999999999999"}))
    assert pace.reserve().seconds == pytest.approx(EACH)


def test_more_tokens_are_believed_when_replies_agree() -> None:
    pace = bucket(Clock())
    for count in (59, 58, 57):
        pace.reserve()
        pace.correct(tokens(count))
    assert pace.seconds_until_next == 0
    pace.reserve()
    pace.correct(tokens(56))
    assert [pace.reserve().seconds for _ in range(56)] == pytest.approx([0] * 56)
    assert pace.reserve().seconds > 0


@pytest.mark.parametrize("count", [-5, 61, 10**9])
def test_absurd_counts_are_ignored(count: int) -> None:
    pace = bucket(Clock())
    for _ in range(9):
        pace.correct(tokens(count))
    assert [pace.reserve().seconds for _ in range(6)] == pytest.approx([0] * 5 + [EACH])


@pytest.mark.parametrize(("rate", "burst"), [(0, 1), (-1, 1), (60, 0)])
def test_a_bucket_without_allowance_is_no_bucket(rate: float, burst: int) -> None:
    with pytest.raises(ValueError, match="bucket"):
        TokenBucket(rate, burst)


def test_threads_never_get_the_same_slot() -> None:
    pace = bucket(Clock(), burst=1)
    start = threading.Barrier(8)

    def take(_number: int) -> list[float]:
        start.wait(PATIENCE)
        return [pace.reserve().seconds for _ in range(50)]

    with ThreadPoolExecutor(8) as pool:
        waits = sorted(wait for each in pool.map(take, range(8)) for wait in each)
    assert waits == pytest.approx([number * EACH for number in range(400)])


@given(
    capacity=st.integers(1, 60),
    latency=st.floats(0.01, 3.0),
    headers=st.booleans(),
    rate=st.sampled_from([60.0, 120.0, 600.0]),
)
def test_against_a_store_that_counts(
    capacity: int, latency: float, headers: bool, rate: float
) -> None:
    """Many workers against the store's own bucket: every call at its time, few answered 429."""
    clock = Clock()
    pace = TokenBucket(rate, min(5, capacity), clock)
    level, counted_at, refused = float(capacity), clock.now, 0
    answers: list[tuple[float, dict[str, str]]] = []
    calls = 0
    while calls < 150:
        wait = pace.reserve().seconds
        goes_at = clock.now + wait
        while answers and answers[0][0] <= goes_at:
            at, told = answers.pop(0)
            clock.now = max(clock.now, at)
            pace.correct(told, took=latency)
        clock.now = max(clock.now, goes_at)
        level = min(capacity, level + (clock.now - counted_at) * rate / 60)
        counted_at = clock.now
        calls += 1
        if level >= 1:
            level -= 1
        else:
            refused += 1
        answers.append((clock.now + latency, tokens(int(level)) if headers else {"date": ""}))
    assert refused <= 3
    ideal = (150 - capacity) / (rate / 60)
    assert clock.now - 1000.0 <= (ideal + capacity / rate * 60) / MARGIN + 4 * latency + 3


def test_a_hold_puts_off_what_was_promised_before_it() -> None:
    clock = Clock()
    pace = bucket(clock, burst=1)
    slots = [pace.reserve() for _ in range(3)]
    clock.now += 0.5
    pace.hold(30)
    assert [slot.seconds for slot in slots] == pytest.approx([29.5, 29.5 + EACH, 29.5 + 2 * EACH])
    assert pace.reserve().seconds > slots[-1].seconds
    pace.hold(10)  # is over before the first one
    assert slots[0].seconds == pytest.approx(29.5)
    clock.now += 29.5
    assert slots[0].seconds == 0


def test_tokens_that_the_store_has_not_got_put_off_what_was_promised() -> None:
    """Another program uses the same allowance: none of the calls in the row goes too early."""
    pace = bucket(Clock())
    slots = [pace.reserve() for _ in range(8)]
    before = [slot.seconds for slot in slots]
    pace.correct(tokens(2))  # of five that we thought there were, and seven still have to come
    assert [slot.seconds - was for slot, was in zip(slots, before, strict=True)] == pytest.approx(
        [2 * EACH] * 8
    )
    assert pace.reserve().seconds == pytest.approx(6 * EACH)
