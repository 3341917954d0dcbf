"""Writing numbers and times in one language that were written in another."""

import re
from contextlib import suppress
from datetime import datetime

from cancel_desk.language.conventions import Conventions

_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?:\s\S+)?")


class Restyling:
    """Knows a number, a day or a time by how ``before`` writes it; ``now`` writes it again."""

    def __init__(self, before: Conventions, now: Conventions) -> None:
        self._before = before
        self._now = now

    def restyled(self, text: str) -> str | None:
        """Return a text as it is written now; None if it is no number, day or time."""
        for write in (self._number, self._day, self._clock, self._moment):
            if (restyled := write(text)) is not None:
                return restyled
        return None

    def _number(self, text: str) -> str | None:
        if not re.fullmatch("[0-9][0-9.,]*", text):
            return None
        whole = int(re.sub("[.,]", "", text))
        if self._before.grouped(whole) == text:
            return self._now.grouped(whole)
        with suppress(ValueError):
            part = float(text.replace(",", "."))
            if self._before.decimal(part) == text:
                return self._now.decimal(part)
        return None

    def _day(self, text: str) -> str | None:
        day = self._before.read_day(text)
        return None if day is None else self._now.day(day)

    def _clock(self, text: str) -> str | None:
        for time, seconds in _times(text):
            if self._before.clock(time, seconds=seconds) == text:
                return self._now.clock(time, seconds=seconds)
        return None

    def _moment(self, text: str) -> str | None:
        for gap in re.finditer(r",?\s", text):
            day = self._before.read_day(text[: gap.start()])
            if day is None:
                continue
            for time, _seconds in _times(text[gap.end() :]):
                moment = time.replace(year=day.year, month=day.month, day=day.day)
                if self._before.moment(moment) == text:
                    return self._now.moment(moment)
        return None


def _times(text: str) -> list[tuple[datetime, bool]]:
    """Return the times of a day that a text may mean, and whether it names seconds."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        return []
    hour, minute, second = (int(each or 0) for each in found.groups())
    return [
        (datetime(2000, 1, 1, (hour + more) % 24, minute, second), found[3] is not None)  # noqa: DTZ001
        for more in (0, 12)
        if minute < 60 and second < 60
    ]
