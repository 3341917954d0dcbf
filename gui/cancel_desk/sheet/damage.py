"""Traces that spreadsheet programs leave on ids: the harmless ones, and real damage."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from cancel_desk.sheet.rows import Mark


class Repair(StrEnum):
    """A harmless trace that was taken off an id; the digits are the same as before."""

    BLANKS = "blanks"
    INVISIBLE = "invisible"  # zero-width characters
    FULL_WIDTH = "full_width"  # as East Asian keyboards type them
    APOSTROPHE = "apostrophe"  # '123, the sign for text
    FORMULA = "formula"  # ="123", text as a formula
    GROUPS = "groups"  # 123,456,789,012: thousands set apart
    POINT_ZERO = "point_zero"  # 123.0, a whole number written out as a decimal


class CleanText(NamedTuple):
    """An id without harmless traces, and which ones it had."""

    value: str
    repairs: tuple[Repair, ...]


class Damage(StrEnum):
    """Why the text in a cell can't be the id that once was there."""

    SCIENTIFIC = "scientific"  # 1.29115E+14
    ROUNDED = "rounded"  # more than 15 digits
    HASHES = "hashes"  # ####
    DATE = "date"
    ERROR = "error"  # #N/A
    NO_VALUE = "no_value"  # a formula without its result


# Among them the marks for left and right that come along when a number is copied from a window.
# The overriding ones (U+202D, U+202E) are not: what they show is not the order of the digits.
_INVISIBLE = dict.fromkeys(
    map(
        ord,
        "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\u2066\u2067\u2068\u2069\ufeff",
    )
)
# Only the full-width twins of ASCII. Unicode's compatibility forms as a whole would also turn a
# superscript or circled digit into a digit, which nobody typed as one.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FORMULA = re.compile(r'="([^"]*)"|=([0-9]+)')
# Only in what is long enough to be an order: "1,000" may be a quantity, or one with decimals.
_GROUPS = re.compile(r"[0-9]{1,3}(?:([,.'\u2019 \u00a0\u202f])[0-9]{3})(?:\1[0-9]{3}){2,4}")
_POINT_ZERO = re.compile(r"([0-9]+)\.0+")

_REPAIRS: tuple[tuple[Repair, Callable[[str], str]], ...] = (
    (Repair.INVISIBLE, lambda text: text.translate(_INVISIBLE)),
    (Repair.BLANKS, str.strip),
    (Repair.FULL_WIDTH, lambda text: text.translate(_FULL_WIDTH)),
    (Repair.FORMULA, lambda text: _FORMULA.sub(r"\1\2", text) if _whole(_FORMULA, text) else text),
    (Repair.APOSTROPHE, lambda text: text.removeprefix("'").removeprefix("\u2019")),
    (Repair.BLANKS, str.strip),
    (Repair.GROUPS, lambda text: re.sub(r"[^0-9]", "", text) if _whole(_GROUPS, text) else text),
    (Repair.POINT_ZERO, lambda text: match[1] if (match := _whole(_POINT_ZERO, text)) else text),
)

_MARKED = {
    Mark.ROUNDED: Damage.ROUNDED,
    Mark.DATE: Damage.DATE,
    Mark.ERROR: Damage.ERROR,
    Mark.NO_VALUE: Damage.NO_VALUE,
}
# An exponent alone is no proof ("12E5" may be an id); a decimal mark or a sign with it is.
_SCIENTIFIC = re.compile(r"[+-]?[0-9](?:[.,][0-9]+[eE][+-]?[0-9]{1,3}|[eE][+-][0-9]{1,3})")
_SEEN_DAMAGE: tuple[tuple[re.Pattern[str], Damage], ...] = (
    (_SCIENTIFIC, Damage.SCIENTIFIC),
    (re.compile(r"[0-9]{16,}\.0+"), Damage.ROUNDED),
    (re.compile(r"#{3,}"), Damage.HASHES),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9:.]+)?"), Damage.DATE),
    (re.compile(r"[0-9]{1,2}[/.][0-9]{1,2}[/.](?:[0-9]{2}){1,2}(?: [0-9:.]+.*)?"), Damage.DATE),
    (
        re.compile(
            r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!"
            r"|UNKNOWN!|BUSY!|GETTING_DATA)"
        ),
        Damage.ERROR,
    ),
)


def clean_id(text: str) -> CleanText:
    """Take harmless traces off an id and name them; no digit is ever changed, added or dropped."""
    repairs: list[Repair] = []
    for repair, take_off in _REPAIRS:
        clean = take_off(text)
        if clean != text and repair not in repairs:
            repairs.append(repair)
        text = clean
    return CleanText(text, tuple(repairs))


def damage_of(text: str, mark: Mark | None) -> Damage | None:
    """Tell how a cell's id was damaged, by what the reader knew of it or by its looks."""
    if mark in _MARKED:
        return _MARKED[mark]
    bare = _bare(text)
    return next((damage for seen, damage in _SEEN_DAMAGE if _whole(seen, bare)), None)


def looking_damaged(text: str, *, rounded: bool) -> str:
    """Return the text of a damaged cell so that its damage is told by its looks alone.

    It is for files whose cells are all text: no reader can mark them. ``rounded``: its last digits
    are gone.
    """
    if rounded and text.isdigit():
        return f"{text}.0"
    return text or "#N/A"


def _bare(text: str) -> str:
    """Return the text without traces, but with a trailing ``.0``, which says where it was."""
    for repair, take_off in _REPAIRS:
        if repair is not Repair.POINT_ZERO:
            text = take_off(text)
    return text


def _whole(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return pattern.fullmatch(text)
