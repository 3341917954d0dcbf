"""Rows in the order of what a column says: numbers by size, then words, blanks last."""

import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import NamedTuple

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


class SortOrder(NamedTuple):
    """A column of the grid to sort by, from the smallest or from the greatest on."""

    column: int
    descending: bool = False


def in_order(row_ids: Sequence[int], texts: Sequence[str], *, descending: bool) -> list[int]:
    """Return the ids sorted by their texts; equal texts keep the order they came in.

    Blanks stay last either way, as in spreadsheet programs. Capital letters make no difference.
    """
    if all(map(str.isdecimal, texts)):  # order numbers, lines, quantities: nearly every column
        return _by_keys(row_ids, list(map(int, texts)), descending=descending)
    numbers: list[tuple[float, int]] = []
    words: list[tuple[str, int]] = []
    blanks: list[int] = []
    for row_id, text in zip(row_ids, texts, strict=True):
        if _NUMBER.fullmatch(text):
            numbers.append((float(text) if "." in text else int(text), row_id))
        elif text.strip():
            words.append((text.casefold(), row_id))
        else:
            blanks.append(row_id)
    numbers.sort(key=itemgetter(0), reverse=descending)
    words.sort(key=itemgetter(0), reverse=descending)
    first, second = (words, numbers) if descending else (numbers, words)
    return [row_id for _, row_id in (*first, *second)] + blanks


def by_rank(row_ids: Sequence[int], rank: Callable[[int], int], *, descending: bool) -> list[int]:
    """Return the ids sorted by a number each, in place of words."""
    return _by_keys(row_ids, list(map(rank, row_ids)), descending=descending)


def _by_keys(row_ids: Sequence[int], keys: Sequence[int], *, descending: bool) -> list[int]:
    places = sorted(range(len(keys)), key=keys.__getitem__, reverse=descending)
    return [row_ids[at] for at in places]
