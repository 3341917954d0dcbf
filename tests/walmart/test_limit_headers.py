"""What the limit headers say, in either spelling and however absurd."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancel_desk.walmart.limit_headers import (
    retry_after,
    seconds_to_replenish,
    tokens_left,
    wait_after_429,
)

NOW = 1781189740.0
DATE = "Thu, 11 Jun 2026 14:55:40 GMT"  # the same moment


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("7", 7),
        (" 0 ", 0),
        ("7.9", 7),
        ("60", 60),
        ("61", None),
        ("-1", None),
        ("", None),
        ("many", None),
        ("1e3", None),
        ("9" * 30, None),
    ],
)
def test_tokens_left(text: str, count: int | None) -> None:
    assert tokens_left({"x-current-token-count": text}, at_most=60) == count
    assert tokens_left({}, at_most=60) is None


@pytest.mark.parametrize("name", ["x-next-replenishment-time", "x-next-replenish-time"])
@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("1781189744550", 4.55),
        ("2026-06-11T14:55:44.550Z", 4.55),
        ("2026-06-11T14:55:44", 4.0),
        ("2026-06-11T16:55:44+02:00", 4.0),
        ("1781189739000", None),  # past
        ("1781199744550", None),  # hours away
        ("1781189744", None),  # seconds are not what Walmart sends
        ("soon", None),
        ("", None),
        ("0001-01-01T00:00:00+23:59", None),
    ],
)
def test_replenishment(name: str, text: str, wait: float | None) -> None:
    told = seconds_to_replenish({name: text}, now=NOW)
    assert told == (None if wait is None else pytest.approx(wait, abs=0.001))


def test_the_servers_own_clock_is_preferred() -> None:
    headers = {"x-next-replenish-time": "1781189744550", "date": DATE}
    assert seconds_to_replenish(headers, now=0.0) == pytest.approx(4.55)
    assert retry_after({"retry-after": "Thu, 11 Jun 2026 14:55:50 GMT", "date": DATE}, now=0) == 10


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("5", 5.0),
        ("0", 0.0),
        ("2.5", 2.5),
        ("86400", 300.0),
        ("Thu, 11 Jun 2026 14:55:50 GMT", 10.0),
        ("Thu, 11 Jun 2026 14:00:00 GMT", 0.0),
        ("Thu, 11 Jun 2027 14:00:00 GMT", 300.0),
        ("-5", None),
        ("later", None),
        ("+99999999999 Dec 23:59:59 : 9999 99:99:99", None),
        ("", None),
    ],
)
def test_retry_after(text: str, wait: float | None) -> None:
    assert retry_after({"retry-after": text}, now=NOW) == wait


def test_what_is_waited_after_a_429() -> None:
    replenish = {"x-next-replenish-time": "1781189744000"}
    assert wait_after_429({"retry-after": "9", **replenish}, now=NOW) == 9
    assert wait_after_429(replenish, now=NOW) == 4
    assert wait_after_429({}, now=NOW) == 60


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_header_is_read_or_ignored(told: str, date: str) -> None:
    names = ("x-current-token-count", "x-next-replenish-time", "retry-after")
    headers = {**dict.fromkeys(names, told), "date": date}
    assert (tokens_left(headers, at_most=60) or 0) <= 60
    assert 0 <= wait_after_429(headers, now=NOW) <= 300
