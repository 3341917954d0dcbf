"""Typed cells of a workbook as text: nothing lost, and a mark where the text can't say it all."""

import datetime as dt
import math
from decimal import Decimal

from cancel_desk.sheet.rows import Mark

EXACT_BELOW = 10**15
"""Spreadsheet programs keep 15 significant digits; a longer number lost its last ones there."""


def cell_text(value: object) -> tuple[str, Mark | None]:
    """Return a cell's text and its mark.

    Text stays as it is to the letter; whole numbers become their exact digits, others what a
    spreadsheet program would show; dates and times become ISO text.
    """
    if isinstance(value, str):
        return value, None
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), None
    if isinstance(value, int | float):
        return _number_text(value)
    return _other_text(value)


def _other_text(value: object) -> tuple[str, Mark | None]:
    if value is None:
        return "", None
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" "), Mark.DATE
    if isinstance(value, dt.date | dt.time):
        return value.isoformat(), Mark.DATE
    return str(value), Mark.DATE  # a duration


def _number_text(value: float) -> tuple[str, Mark | None]:
    if not math.isfinite(value):
        return str(value), Mark.ERROR
    if value == int(value):
        if abs(value) < EXACT_BELOW:
            return str(int(value)), None
        return format(Decimal(repr(value)), "f").removesuffix(".0"), Mark.ROUNDED
    return format(Decimal(format(value, ".15g")), "f"), None
