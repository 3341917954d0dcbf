"""Numbers, days and times, held against the tables of Unicode's CLDR."""

import re
from datetime import UTC, date, datetime

import pytest
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal

from cancel_desk.language.conventions import Conventions
from cancel_desk.language.tongues import Tongue

LOCALES = {
    "en_US": Tongue("en", "US"),
    "en_GB": Tongue("en", "GB"),
    "en": Tongue("en"),
    "es": Tongue("es"),
    "es_ES": Tongue("es", "ES"),
    "es_MX": Tongue("es", "MX"),
    "es_US": Tongue("es", "US"),
    "es_419": Tongue("es", "419"),
    "es_AR": Tongue("es", "AR"),
    "zh_Hans": Tongue("zh_CN"),
    "zh_Hans_CN": Tongue("zh_CN", "CN"),
}
SPANISH = [
    *("AR", "BO", "CL", "CO", "CU", "DO", "EC", "ES", "GQ", "GT", "HN", "MX"),
    *("NI", "PA", "PE", "PH", "PR", "PY", "SV", "US", "UY", "VE", "419"),
]
MONTHS = [
    datetime(2026, month, month + 8, 14 * (month % 2), 5, 9, tzinfo=UTC) for month in range(1, 13)
]


def plain(text: str) -> str:
    """Return a text of CLDR without what differs from region to region and no reader minds."""
    text = text.replace("\u202f", " ").replace("\xa0", " ").replace(". m.", ".m.")
    return re.sub(r"\b0:", "00:", text.replace("ept ", "ep "))


@pytest.mark.parametrize("locale", LOCALES)
def test_numbers_days_and_times_are_written_as_the_cldr_has_them(locale: str) -> None:
    conventions = Conventions(LOCALES[locale])
    for number in (0, 7, 999, 1_234, 1_234_567):
        assert conventions.grouped(number) == format_decimal(number, locale=locale)
    assert conventions.decimal(1.5) == format_decimal(1.5, locale=locale)
    assert conventions.decimal(2.0) == "2"
    for moment in MONTHS:
        shown = plain(format_date(moment, "medium", locale=locale))
        assert conventions.day(moment) == shown
        assert conventions.read_day(shown) == moment.date()
        assert conventions.month(moment) == format_date(moment, _month(locale), locale=locale)
        assert conventions.weekday(moment) == format_date(moment, "EEEE", locale=locale)
        assert conventions.clock(moment) == plain(format_time(moment, "short", locale=locale))
        assert conventions.clock(moment, seconds=True) == plain(
            format_time(moment, "medium", locale=locale)
        )
    with_seconds = plain(format_datetime(moment, "medium", locale=locale))
    assert conventions.moment(moment) == with_seconds.replace(":09", "")


def _month(locale: str) -> str:
    return {"es": "MMMM 'de' y", "zh": "y年M月"}.get(locale[:2], "MMMM y")


@pytest.mark.parametrize("region", SPANISH)
def test_spanish_follows_the_region_in_numbers_and_hours(region: str) -> None:
    conventions, locale = Conventions(Tongue("es", region)), f"es_{region}"
    assert conventions.grouped(12_345) == format_decimal(12_345, locale=locale)
    assert conventions.decimal(1.5) == format_decimal(1.5, locale=locale)
    afternoon = datetime(2026, 3, 7, 14, 5, tzinfo=UTC)
    assert conventions.clock(afternoon) == plain(format_time(afternoon, "short", locale=locale))


@pytest.mark.parametrize("text", ["", "27", "30 feb 2026", "Nov 2026", "2026-11-27"])
def test_what_is_no_day_is_not_read_as_one(text: str) -> None:
    assert Conventions(Tongue("es")).read_day(text) is None


def test_a_day_is_read_however_its_month_is_capitalised() -> None:
    assert Conventions(Tongue("en")).read_day(" nov 27, 2026 ") == date(2026, 11, 27)
