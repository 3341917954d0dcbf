"""Times that are kept in UTC, as the person's own clock and calendar show them."""

from datetime import datetime

from cancel_desk.language import clock, day, moment


def local_moment(utc: str) -> str:
    """Return day and minute here of a time in UTC as ISO 8601 has it."""
    return moment(_here(utc))


def local_day(utc: str) -> str:
    """Return the day here of a time in UTC."""
    return day(_here(utc))


def local_clock(utc: str) -> str:
    """Return the hour, minute and second here of a time in UTC; empty for none."""
    return clock(_here(utc), seconds=True) if utc else ""


def utc_moment(utc: str) -> str:
    """Return day and time in UTC for whoever reads it, wherever they are; empty for none."""
    return f"{datetime.fromisoformat(utc):%Y-%m-%d %H:%M:%S}" if utc else ""


def _here(utc: str) -> datetime:
    return datetime.fromisoformat(utc).astimezone()
