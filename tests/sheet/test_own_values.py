"""What a cell of the person's workbook may stay, and what becomes text."""

import datetime as dt

import pytest

from cancel_desk.sheet.own_values import Value, kept_value

DAY = dt.datetime(2026, 5, 1)  # noqa: DTZ001 - a sheet knows no zone
MINUTE = dt.datetime(2026, 5, 1, 8, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("12.5", 12.5), ("3", 3), ("-4", -4.0), ("TRUE", True), ("2026-05-01", DAY),
        ("2026-05-01 00:00:00", DAY), ("2026-05-01 08:30:00", MINUTE),
        ("2026-05-01", DAY.date()), ("08:30:00", dt.time(8, 30)), ("99999999999", 99999999999),
    ],
)  # fmt: skip
def test_what_still_says_the_same_stays(text: str, former: Value) -> None:
    assert kept_value(text, former) is former


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("12.50", 12.5), ("4", 3), ("0012", 12), ("1", True), ("2026-05-02", DAY), ("x", "x"),
        ("=1+1", "=1+1"), ("", None), ("129114917403021", 129114917403021),
        ("100000000000", 1e11), ("2026-05-01", MINUTE), ("#N/A", "#N/A"), ("nan", float("nan")),
        ("1 day, 0:00:00", dt.timedelta(days=1)), ("9:00", dt.time(8, 30)),
    ],
)  # fmt: skip
def test_everything_else_becomes_text(text: str, former: object) -> None:
    assert kept_value(text, former) is None
