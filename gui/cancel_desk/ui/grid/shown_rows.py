"""Which rows are shown, in which order, and where each of them is."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Final

from cancel_desk.ui.in_turns import Slices, at_once, parts_of, rest_after

_SEARCHES: Final = 4


class ShownRows:
    """Row ids in the order they are shown; their places are looked up when needed.

    Rows that leave are remembered with the row before them, so that undo brings them back to where
    they were seen, whatever the order.
    """

    def __init__(self, row_ids: Iterable[int] = ()) -> None:
        self._ids = array("q", row_ids)
        self._places: array[int] | None = None  # by row id; what a wrong one leads to tells
        self._sought: dict[int, int | None] = {}
        self._before: dict[int, int | None] = {}

    def __len__(self) -> int:
        """Return how many rows are shown."""
        return len(self._ids)

    def __getitem__(self, row: int) -> int:
        """Return the id of the row in a place."""
        return self._ids[row]

    def __iter__(self) -> Iterator[int]:
        """Go through the ids in the order they are shown."""
        return iter(self._ids)

    @property
    def row_ids(self) -> Sequence[int]:
        """The ids in the order they are shown now; what comes later does not change them."""
        return self._ids

    def find(self, row_id: int) -> int | None:
        """Return the place of a row, or None if it is not shown."""
        if self._places is None:
            if row_id in self._sought:
                return self._sought[row_id]
            if len(self._sought) < _SEARCHES:  # an edit or two need not wait for all places
                with suppress(ValueError):
                    self._sought[row_id] = self._ids.index(row_id)
                return self._sought.setdefault(row_id, None)
            at_once(self.find_places())
        places, ids = self._places or (), self._ids
        at = places[row_id] if row_id < len(places) else 0
        return at if at < len(ids) and ids[at] == row_id else None

    def first_run(self, row_ids: Container[int]) -> range:
        """Return the first places without a gap that hold some of these rows."""
        first = next((at for at, row_id in enumerate(self._ids) if row_id in row_ids), len(self))
        behind = first
        while behind < len(self) and self._ids[behind] in row_ids:
            behind += 1
        return range(first, behind)

    def find_places(self) -> Slices[None]:
        """Find out where every row is, for what is looked up later; other rows end it."""
        ids, places, at = self._ids, array("q"), 0
        for part in parts_of(ids):
            if (missing := max(part) + 1 - len(places)) > 0:
                places.frombytes(bytes(missing * places.itemsize))
            for row_id in part:
                places[row_id] = at
                at += 1
            yield from rest_after(part)
            if ids is not self._ids:
                return
        self._places = places
        self._sought.clear()

    def replace(self, row_ids: Iterable[int]) -> None:
        """Show other rows."""
        self._ids = row_ids if isinstance(row_ids, array) else array("q", row_ids)
        self._places = None
        self._sought.clear()

    def insert(self, row: int, row_ids: Iterable[int]) -> None:
        """Show rows from a place on."""
        self.replace(self._ids[:row] + array("q", row_ids) + self._ids[row:])

    def remove(self, first: int, last: int) -> None:
        """Show the rows from one place to another no more."""
        self._note_before(first, last)
        self.replace(self._ids[:first] + self._ids[last + 1 :])

    def remove_all(self, row_ids: frozenset[int]) -> None:
        """Show these rows no more."""
        for first, last in runs(row for row, row_id in enumerate(self._ids) if row_id in row_ids):
            self._note_before(first, last)
        self.replace([row_id for row_id in self._ids if row_id not in row_ids])

    def forget_places(self, row_ids: Iterable[int]) -> None:
        """Forget where rows were seen when they left the last time."""
        for row_id in row_ids:
            self._before.pop(row_id, None)

    def expect(self, row_ids: Iterable[int], *, after: int | None) -> None:
        """Have rows come in behind a shown row, or None for the top, when they come."""
        for row_id in row_ids:
            self._before[row_id] = after
            after = row_id

    def with_incoming(
        self, row_ids: Sequence[int], previous: Callable[[int], int | None]
    ) -> list[int]:
        """Return the order with more rows in it, each behind the row it was seen behind.

        ``previous`` gives the row before one in the file: a row that was never seen goes behind it.
        ``row_ids`` are in the order of the file.
        """
        known = {*self._ids, *row_ids, None}
        behind: dict[int | None, list[int]] = {}
        last = self._ids[-1] if self._ids else None
        for row_id in row_ids:
            candidates = (self._before.get(row_id, row_id), previous(row_id), last)
            anchor = next(each for each in candidates if each in known and each != row_id)
            behind.setdefault(anchor, []).append(row_id)
        merged: list[int] = []
        for shown in (None, *self._ids):
            waiting: list[int | None] = [shown]
            while waiting:
                placed = waiting.pop()
                if placed is not None:
                    merged.append(placed)
                waiting.extend(reversed(behind.pop(placed, ())))
        # Two rows may wait for one another; none may be lost.
        return merged + [row_id for left in behind.values() for row_id in left]

    def _note_before(self, first: int, last: int) -> None:
        before = self._ids[first - 1] if first else None
        for row_id in self._ids[first : last + 1]:
            self._before[row_id] = before
            before = row_id


def runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Return ascending numbers as first and last of each run without a gap."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
