"""How numbers, days and times are written, by language and region.

The facts are those of Unicode's CLDR; the tests hold this table against it. The tables of CLDR
itself would be several times the size of all the program's own code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from cancel_desk.language.tongues import Tongue

if TYPE_CHECKING:
    from datetime import date, datetime

_COMMA_REGIONS: Final = frozenset(
    {"", "AR", "BO", "CL", "CO", "CR", "EA", "EC", "ES", "GQ", "IC", "PH", "PY", "UY", "VE"}
)
"""Regions of Spanish in which a comma stands before the decimals; elsewhere it is a point."""

_MONTH_FIRST: Final = frozenset({"", "CA", "PH", "PR", "US"})
"""Regions of English in which the month is written before the day."""

_TWELVE_HOURS: Final = {
    "en": frozenset({"", "AU", "CA", "IN", "NZ", "PH", "PR", "US"}),
    "es": frozenset(
        {"419", "BO", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "MX", "NI", "PA", "PE", "PH"}
        | {"PR", "SV", "US", "VE"}
    ),
}
"""Regions by language in which the day has twice twelve hours."""


class _Words(NamedTuple):
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    halves: tuple[str, str]
    day: str
    month: str
    moment: str


_ENGLISH: Final = _Words(
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    short_months=(
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    ),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    halves=("AM", "PM"),
    day="{d} {short} {y}",
    month="{long} {y}",
    moment="{day}, {time}",
)
_WORDS: Final = {
    "en": _ENGLISH,
    "es": _Words(
        months=(
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ),
        short_months=(
            "ene",
            "feb",
            "mar",
            "abr",
            "may",
            "jun",
            "jul",
            "ago",
            "sep",
            "oct",
            "nov",
            "dic",
        ),
        weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
        halves=("a.m.", "p.m."),
        day="{d} {short} {y}",
        month="{long} de {y}",
        moment="{day}, {time}",
    ),
    "zh_CN": _Words(
        months=("",) * 12,
        short_months=("",) * 12,
        weekdays=("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
        halves=("上午", "下午"),
        day="{y}年{m}月{d}日",
        month="{y}年{m}月",
        moment="{day} {time}",
    ),
}
_MONTH_FIRST_DAY: Final = "{short} {d}, {y}"


class Conventions:
    """Writes numbers, days and times as one language and region do."""

    def __init__(self, tongue: Tongue) -> None:
        language, region = tongue
        self._words = _WORDS[language]
        comma = language == "es" and region in _COMMA_REGIONS
        self._signs = str.maketrans({",": ".", ".": ","}) if comma else {}
        month_first = language == "en" and region in _MONTH_FIRST
        self._day = _MONTH_FIRST_DAY if month_first else self._words.day
        self._twelve = region in _TWELVE_HOURS.get(language, frozenset())

    def grouped(self, number: float) -> str:
        """Return a number with its thousands parted."""
        return f"{number:,}".translate(self._signs)

    def decimal(self, number: float) -> str:
        """Return a number to three digits or so, without zeros at its end."""
        return f"{number:g}".translate(self._signs)

    def day(self, moment: date) -> str:
        """Return a day with its month in words or signs, so that none takes it for another."""
        return self._dated(self._day, moment)

    def read_day(self, text: str) -> date | None:
        """Return the day that is written as :meth:`day` does; None for any other text."""
        parts = {
            "y": "(?P<y>[0-9]{4})",
            "m": "(?P<m>[0-9]{1,2})",
            "d": "(?P<d>[0-9]{1,2})",
            "short": f"(?P<short>{'|'.join(self._words.short_months)})",
        }
        from datetime import date

        found = re.fullmatch(self._day.format(**parts), text.strip(), re.IGNORECASE)
        if found is None:
            return None
        named = found.groupdict()
        short = [name.casefold() for name in self._words.short_months]
        month = int(named["m"]) if "m" in named else short.index(named["short"].casefold()) + 1
        try:
            return date(int(named["y"]), month, int(named["d"]))
        except ValueError:
            return None

    def month(self, moment: date) -> str:
        """Return a month with its year."""
        return self._dated(self._words.month, moment)

    def weekday(self, moment: date) -> str:
        """Return the name of the day of the week."""
        return self._words.weekdays[moment.weekday()]

    def clock(self, moment: datetime, *, seconds: bool = False) -> str:
        """Return what a clock shows at a time of the person's own zone."""
        rest = f"{moment:%M:%S}" if seconds else f"{moment:%M}"
        if not self._twelve:
            return f"{moment:%H}:{rest}"
        return f"{moment.hour % 12 or 12}:{rest} {self._words.halves[moment.hour // 12]}"

    def moment(self, moment: datetime) -> str:
        """Return a day with the time, both of the person's own zone."""
        return self._words.moment.format(day=self.day(moment), time=self.clock(moment))

    def _dated(self, pattern: str, moment: date) -> str:
        return pattern.format(
            y=moment.year,
            m=moment.month,
            d=moment.day,
            long=self._words.months[moment.month - 1],
            short=self._words.short_months[moment.month - 1],
        )
