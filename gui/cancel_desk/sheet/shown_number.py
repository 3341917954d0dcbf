"""What a damaged number still shows of the one it was."""

import re
from typing import NamedTuple

from cancel_desk.sheet.damage import clean_id

_SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,2})")
_ROUNDED = re.compile(r"([0-9]{15})([0-9]+)(?:\.0+)?")


class ShownNumber(NamedTuple):
    """What a damaged number still shows: the least and the greatest it may have been.

    ``digits`` is how many of its first digits that rests on.
    """

    least: int
    greatest: int
    digits: int


def shown_number(text: str) -> ShownNumber | None:
    """Return what ``1.29115E+14`` or a number with zeros for its last digits still shows.

    The last digit that is shown may be rounded or cut off. None where the text shows no digits.
    """
    bare = clean_id(text).value
    scientific = _SCIENTIFIC.fullmatch(bare)
    if scientific:
        digits = scientific[1] + (scientific[2] or "")
        return _shown(digits, int(scientific[3]) + 1 - len(digits))
    rounded = _ROUNDED.fullmatch(bare)
    return _shown(rounded[1], len(rounded[2])) if rounded else None


def _shown(digits: str, more: int) -> ShownNumber | None:
    if more < 0:
        return None
    unit = 10**more
    number = int(digits) * unit
    return ShownNumber(number - unit // 2, number + unit - 1, len(digits))
