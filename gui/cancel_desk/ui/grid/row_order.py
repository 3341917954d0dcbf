"""Rows in the order of what a column says: numbers by size, then words, blanks last."""

import re
from collections.abc import Callable, Sequence
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
    ranks = _ranks(set(texts), descending=descending)
    return _by_keys(row_ids, list(map(ranks.__getitem__, texts)), descending=False)


def _ranks(texts: set[str], *, descending: bool) -> dict[str, int]:
    """Return which place each text has among those that differ; other columns repeat theirs."""
    numbers: list[tuple[float | str, str]] = []
    words: list[tuple[float | str, str]] = []
    blanks: list[tuple[float | str, str]] = []
    for text in texts:
        if _NUMBER.fullmatch(text):
            numbers.append((float(text) if "." in text else int(text), text))
        elif text.strip():
            words.append((text.casefold(), text))
        else:
            blanks.append(("", text))
    for found in (numbers, words):
        found.sort(reverse=descending)
    first, second = (words, numbers) if descending else (numbers, words)
    ranks: dict[str, int] = {}
    before: float | str | None = None
    for key, text in (*first, *second, *blanks):
        ranks[text] = len(ranks) if key != before else next(reversed(ranks.values()))
        before = key
    return ranks


def by_rank(row_ids: Sequence[int], rank: Callable[[int], int], *, descending: bool) -> list[int]:
    """Return the ids sorted by a number each, in place of words."""
    return _by_keys(row_ids, list(map(rank, row_ids)), descending=descending)


def _by_keys(row_ids: Sequence[int], keys: Sequence[int], *, descending: bool) -> list[int]:
    places = sorted(range(len(keys)), key=keys.__getitem__, reverse=descending)
    return [row_ids[at] for at in places]
