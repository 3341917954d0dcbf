"""Numbers, days and times of the person's own workbook that may stay what they are."""

import datetime as dt

from cancel_desk.sheet.cell_text import cell_text

Value = bool | int | float | dt.datetime | dt.date | dt.time

LIKE_AN_ID = 10**11
"""From here on a spreadsheet program shows a whole number as 1.29E+14: it stays text."""


def kept_value(text: str, former: object) -> Value | None:
    """Return the value a cell had in the person's file if its text still says the same.

    None where the cell must become text: what was typed here, what never was a number or a day,
    what a formula could not tell, and whole numbers so long that they are likely ids.
    """
    if isinstance(former, int | float):  # True and False are whole numbers as well
        exact = abs(former) < LIKE_AN_ID  # as what is no number at all is not
        return former if exact and cell_text(former)[0] == text else None
    if isinstance(former, dt.datetime):
        day = former.date().isoformat() if former.time() == dt.time() else None
        return former if text in {former.isoformat(sep=" "), day} else None
    if isinstance(former, dt.date | dt.time):
        return former if text == former.isoformat() else None
    return None
