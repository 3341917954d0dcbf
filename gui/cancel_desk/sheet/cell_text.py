"""Typed cells of a workbook as text: nothing lost, and a mark where the text can't say it all."""

import datetime as dt
import math
from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from cancel_desk.sheet.rows import Mark

EXACT_BELOW = 10**15
"""Spreadsheet programs keep 15 significant digits; a longer number lost its last ones there."""


def column_text(values: Sequence[object]) -> tuple[Sequence[str], list[tuple[int, Mark]]]:
    """Return the texts of a column's cells, and the marks by the cells' places."""
    kinds = set(map(type, values))
    if kinds == {str}:
        return cast("Sequence[str]", values), []
    if kinds == {float}:
        different = set(cast("Sequence[float]", values))  # few, where they are lines or quantities
        if all(map(float.is_integer, different)) and max(map(abs, different)) < EXACT_BELOW:
            texts = {number: str(int(number)) for number in different}
            return list(map(texts.__getitem__, cast("Sequence[float]", values))), []
    marks: list[tuple[int, Mark]] = []
    told: list[str] = []
    for at, value in enumerate(values):
        text, mark = cell_text(value)
        told.append(text)
        if mark is not None:
            marks.append((at, mark))
    return told, marks


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
