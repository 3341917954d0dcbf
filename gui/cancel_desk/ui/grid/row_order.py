"""The order of what a column says: numbers by size, then words, blanks last."""

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


class Ranks(NamedTuple):
    """How texts sort that differ from one another.

    ``of`` is the rank of each, the same for those that sort as equal; ``order`` are their places
    from the smallest on. There are ``in_all`` ranks. Those from ``blanks`` on are blank, and come
    last in either direction, as in spreadsheet programs.
    """

    of: Sequence[int]
    order: Sequence[int]
    in_all: int
    blanks: int


def ranked(texts: Sequence[str]) -> Slices[Ranks]:
    """Return how texts sort; capital letters make no difference, nor how a number is written."""
    found = _ByKind()
    at = 0
    for part in parts_of(texts):
        found.take(at, part)
        at += len(part)
        yield from rest_after(part)
    of, order, rank = [0] * len(texts), list[int](), -1
    for places, keys in (found.numbers, found.words):
        before: _Key = None
        key_places = yield from by_keys(keys)
        for part_of_places in parts_of(key_places):
            for place in part_of_places:
                rank += keys[place] != before
                before = keys[place]
                of[places[place]] = rank
                order.append(places[place])
            yield from rest_after(part_of_places)
        keys.clear()
    for at in found.blanks:
        of[at] = rank + 1
    return Ranks(of, order + found.blanks, rank + 1 + bool(found.blanks), rank + 1)


class _ByKind:
    """Places of texts, and a key for each to sort it by among those of its kind."""

    def __init__(self) -> None:
        self.numbers: tuple[list[int], list[_Key]] = [], []
        self.words: tuple[list[int], list[_Key]] = [], []
        self.blanks: list[int] = []

    def take(self, at: int, texts: Sequence[str]) -> None:
        """Take in texts; ``at`` is the place of the first."""
        # Order numbers, lines, quantities: nearly every column.
        if all(map(str.isdecimal, texts)) and max(map(len, texts)) <= _MOST_DIGITS:
            places, keys = self.numbers
            places.extend(range(at, at + len(texts)))
            keys.extend(map(int, texts))
            return
        for place, text in enumerate(texts, at):
            if len(text) <= _MOST_DIGITS and _NUMBER.fullmatch(text):
                self.numbers[0].append(place)
                self.numbers[1].append(float(text) if "." in text else int(text))
            elif text.strip():
                self.words[0].append(place)
                self.words[1].append(text.casefold())
            else:
                self.blanks.append(place)


def by_keys(keys: Sequence[_Key]) -> Slices[Sequence[int]]:
    """Return the places of keys from the smallest on; equal keys keep the order they came in.

    Many are parted by some picked from among them, and each part is sorted by itself: one sort of
    them all would be a single step that nothing can come in between.
    """
    if len(keys) <= PART:
        return sorted(range(len(keys)), key=keys.__getitem__)
    pivots = sorted(set(keys[:: len(keys) // _PIVOTS + 1]))
    below, upto = partial(bisect_left, pivots), partial(bisect_right, pivots)
    # The odd ones hold the places whose key is the very pivot, however many these are.
    heaps: list[list[int]] = [[] for _ in range(2 * len(pivots) + 1)]
    at = 0
    for part in parts_of(keys):
        for heap in map(add, map(below, part), map(upto, part)):
            heaps[heap].append(at)
            at += 1
        yield
    found: list[int] = []
    for number, heap_of in enumerate(heaps):
        if not number % 2:
            heap_of.sort(key=keys.__getitem__)
        found.extend(heap_of)
        heap_of.clear()
        yield
    return found
