"""Rows in the order of what a column says: numbers by size, then words, blanks last."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import partial
from operator import add
from typing import Any, Final, NamedTuple

from cancel_desk.ui.in_turns import PART, Slices, parts_of, rest_after

_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_MOST_DIGITS: Final = 300  # what is longer is no number, and Python refuses it as one
_PIVOTS: Final = 500
_Key = Any  # numbers among themselves, or words


class SortOrder(NamedTuple):
    """A column of the grid to sort by, from the smallest or from the greatest on."""

    column: int
    descending: bool = False


def in_order(
    row_ids: Sequence[int], texts: Sequence[str], *, descending: bool
) -> Slices[list[int]]:
    """Return the ids sorted by their texts; equal texts keep the order they came in.

    Blanks stay last either way, as in spreadsheet programs. Capital letters make no difference.
    """
    numbers: list[int] = []
    for part in parts_of(texts):  # order numbers, lines, quantities: nearly every column
        if not all(map(str.isdecimal, part)) or max(map(len, part)) > _MOST_DIGITS:
            break
        numbers.extend(map(int, part))
        yield from rest_after(part)
    else:
        found = yield from by_keys(row_ids, numbers, descending=descending)
        yield from rest_after(texts[:PART])  # to let go of very many numbers takes a while too
        return found
    ranks = yield from _ranks(texts, descending=descending)
    places: list[int] = []
    for part in parts_of(texts):
        places.extend(map(ranks.__getitem__, part))
        yield from rest_after(part)
    return (yield from by_keys(row_ids, places, descending=False))


def _ranks(texts: Sequence[str], *, descending: bool) -> Slices[dict[str, int]]:
    """Return which place each text has among those that differ; other columns repeat theirs."""
    known: set[str] = set()
    numbers: list[tuple[_Key, str]] = []
    words: list[tuple[_Key, str]] = []
    blanks: list[str] = []
    for part in parts_of(texts):
        for text in set(part) - known:
            if len(text) <= _MOST_DIGITS and _NUMBER.fullmatch(text):
                numbers.append((float(text) if "." in text else int(text), text))
            elif text.strip():
                words.append((text.casefold(), text))
            else:
                blanks.append(text)
        known.update(part)
        yield from rest_after(part)
    ranks: dict[str, int] = {}
    rank = 0
    for found in (words, numbers) if descending else (numbers, words):
        keys = [key for key, _ in found]
        places = yield from by_keys(range(len(found)), keys, descending=descending)
        before: _Key = None
        for part_of_places in parts_of(places):
            for at in part_of_places:
                key, text = found[at]
                rank += key != before
                ranks[text], before = rank, key
            yield from rest_after(part_of_places)
    return ranks | dict.fromkeys(blanks, rank + 1)


def by_keys(row_ids: Sequence[int], keys: Sequence[_Key], *, descending: bool) -> Slices[list[int]]:
    """Return the ids sorted by a key each; equal keys keep the order they came in.

    Many rows are parted by keys picked from among them, and each part is sorted by itself: one
    sort of them all would be a single step that nothing can come in between.
    """
    if len(keys) <= PART:
        places = sorted(range(len(keys)), key=keys.__getitem__, reverse=descending)
        return [row_ids[at] for at in places]
    pivots = sorted(set(keys[:: len(keys) // _PIVOTS + 1]))
    below, upto = partial(bisect_left, pivots), partial(bisect_right, pivots)
    # The odd ones hold the rows whose key is the very pivot, however many these are.
    heaps: list[list[int]] = [[] for _ in range(2 * len(pivots) + 1)]
    at = 0
    for part in parts_of(keys):
        for heap in map(add, map(below, part), map(upto, part)):
            heaps[heap].append(at)
            at += 1
        yield
    found: list[int] = []
    for number in range(len(heaps))[:: -1 if descending else 1]:
        heap_of = heaps[number]
        if not number % 2:
            heap_of.sort(key=keys.__getitem__, reverse=descending)
        found.extend(map(row_ids.__getitem__, heap_of))
        heap_of.clear()
        yield
    return found
