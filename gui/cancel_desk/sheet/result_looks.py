"""How a result sheet looks: colours, icons and widths, the same whichever library writes it."""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import NamedTuple


class Look(NamedTuple):
    """A result's fill, the stronger colour of its bar, and its icon.

    The icon is part of the cell's number format and not of its text, so that filters, formulas and
    programs see the word alone.
    """

    fill: str
    bar: str
    icon: str

    @property
    def number_format(self) -> str:
        """The format of a text cell that shows the icon before the word."""
        return f'"{self.icon} "@'


# Pale enough for black words on them; icon and word say it, the colour only helps to find it.
LOOKS = {
    "cancelled": Look("D8F0DC", "3E9B57", "✓"),
    "already_cancelled": Look("E6F2E8", "8FC49B", "="),
    "refused": Look("F9D6D5", "C9423E", "✗"),
    "unknown": Look("FCE8B8", "D9A21B", "?"),
    "left_out": Look("E7E6E6", "8C8C8C", "\N{EN DASH}"),
    "not_sent": Look("DCE6F5", "5B84C4", "…"),
}
HEADER_FILL = "E9EDF2"
HEADING_SIZE = 14

RESULT_WIDTHS = (18.0, 44.0, 44.0, 15.0, 22.0, 38.0)
SUMMARY_WIDTHS = (34.0, 24.0, 44.0)
FIRST_ROWS = 100
"""So many rows tell how wide the person's own columns must be for all of an id to be seen."""
_OWN_WIDTHS = (9.0, 32.0)  # narrowest and widest
_ON_PAPER = 400.0  # characters of a row on one sheet across, which can just be read
_BESIDE_HEADER, _BESIDE_TEXT = 4.0, 2.0  # the filter's arrow takes room


def own_widths(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> list[float]:
    """Return the widths of own columns by their headers and the first rows, in characters."""
    narrowest, widest = _OWN_WIDTHS
    wanted = [len(header) + _BESIDE_HEADER for header in headers]
    for row in rows:
        wanted = [
            max(width, len(text) + _BESIDE_TEXT) for width, text in zip(wanted, row, strict=True)
        ]
    return [min(max(width, narrowest), widest) for width in wanted]


def pages_beside(widths: Sequence[float]) -> int:
    """Return on how many sheets of paper columns of these widths go, for them to be read."""
    return max(1, ceil(sum(widths) / _ON_PAPER))
