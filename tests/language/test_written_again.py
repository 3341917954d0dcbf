"""Numbers and times are written anew when the language changes, and nothing else is."""

from datetime import date, datetime

import pytest

from cancel_desk.language.conventions import Conventions
from cancel_desk.language.tongues import Tongue
from cancel_desk.language.written_again import Restyling

TONGUES = [
    Tongue("en", "US"),
    Tongue("en", "GB"),
    Tongue("es"),
    Tongue("es", "MX"),
    Tongue("zh_CN"),
]
TIMES = [datetime(2026, 3, 7, hour, 5, 9) for hour in (0, 1, 11, 12, 13, 23)]  # noqa: DTZ001


@pytest.mark.parametrize("now", TONGUES, ids="_".join)
@pytest.mark.parametrize("before", TONGUES, ids="_".join)
def test_numbers_days_and_times_are_known_again(before: Tongue, now: Tongue) -> None:
    then, here = Conventions(before), Conventions(now)
    restyled = Restyling(then, here).restyled
    for number in (0, 7, 999, 1_234, 1_234_567):
        assert restyled(then.grouped(number)) == here.grouped(number)
    assert restyled(then.decimal(1.5)) == here.decimal(1.5)
    assert restyled(then.day(date(2026, 11, 27))) == here.day(date(2026, 11, 27))
    for time in TIMES:
        assert restyled(then.clock(time)) == here.clock(time)
        assert restyled(then.clock(time, seconds=True)) == here.clock(time, seconds=True)
        moment = time.replace(second=0)
        assert restyled(then.moment(moment)) == here.moment(moment)


@pytest.mark.parametrize(
    "text", ["", "1,23", "12,34", "0012", "1.2.3", "1,234 lines", "25:61", "Mar 7", "NW-1,234"]
)
def test_whatever_else_is_left_as_it_is(text: str) -> None:
    restyling = Restyling(Conventions(Tongue("en", "US")), Conventions(Tongue("es")))
    assert restyling.restyled(text) is None
