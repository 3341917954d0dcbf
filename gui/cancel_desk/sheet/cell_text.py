"""Typed cells of a workbook as text: nothing lost, and a mark where the text can't say it all."""

import datetime as dt
import math
from collections.abc import Iterable
from decimal import Decimal

from cancel_desk.sheet.rows import Mark

EXACT_BELOW = 10**15
"""Spreadsheet programs keep 15 significant digits; a longer number lost its last ones there."""


def row_text(values: Iterable[object]) -> tuple[list[str], list[tuple[int, Mark]]]:
    """Return the texts of a row's cells, and the marks by index."""
    marks: list[tuple[int, Mark]] = []
    texts: list[str] = []
    for value in values:
        if type(value) is str:
            texts.append(value)
        elif type(value) is float and -EXACT_BELOW < value < EXACT_BELOW and value.is_integer():
            texts.append(str(int(value)))
        else:
            text, mark = cell_text(value)
            if mark is not None:
                marks.append((len(texts), mark))
            texts.append(text)
    return texts, marks


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
