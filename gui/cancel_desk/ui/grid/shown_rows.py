"""Which rows are shown, in which order, and where each of them is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

_SEARCHES: Final = 4


class ShownRows:
    """Row ids in the order they are shown; their places are looked up when needed.

    Rows that leave are remembered with the row before them, so that undo brings them back to where
    they were seen, whatever the order.
    """

    def __init__(self, row_ids: Iterable[int] = ()) -> None:
        self._ids = list(row_ids)
        self._places: dict[int, int] | None = None
        self._searches = 0
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

    def __contains__(self, row_id: object) -> bool:
        """Tell whether a row is shown."""
        return row_id in self._ids

    def find(self, row_id: int) -> int | None:
        """Return the place of a row, or None if it is not shown."""
        if self._places is None:
            self._searches += 1
            if self._searches <= _SEARCHES:  # an edit or two need not wait for all places
                return self._ids.index(row_id) if row_id in self._ids else None
            self._places = {row_id: row for row, row_id in enumerate(self._ids)}
            self._searches = 0
        return self._places.get(row_id)

    def replace(self, row_ids: Iterable[int], places: dict[int, int] | None = None) -> None:
        """Show other rows; ``places`` is where each is, where that is known already."""
        self._ids = list(row_ids)
        self._places = places

    def insert(self, row: int, row_ids: Iterable[int]) -> None:
        """Show rows from a place on."""
        self._ids[row:row] = row_ids
        self._places = None

    def remove(self, first: int, last: int) -> None:
        """Show the rows from one place to another no more."""
        self._note_before(first, last)
        del self._ids[first : last + 1]
        self._places = None

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
