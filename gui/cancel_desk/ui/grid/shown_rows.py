"""Which rows are shown, in which order, and where each of them is."""

from collections.abc import Iterable, Iterator


class ShownRows:
    """Row ids in the order they are shown; their places are looked up when needed."""

    def __init__(self, row_ids: Iterable[int] = ()) -> None:
        self._ids = list(row_ids)
        self._places: dict[int, int] | None = None

    def __len__(self) -> int:
        """Return how many rows are shown."""
        return len(self._ids)

    def __getitem__(self, row: int) -> int:
        """Return the id of the row in a place."""
        return self._ids[row]

    def __iter__(self) -> Iterator[int]:
        """Go through the ids in the order they are shown."""
        return iter(self._ids)

    def find(self, row_id: int) -> int | None:
        """Return the place of a row, or None if it is not shown."""
        if self._places is None:
            self._places = {row_id: row for row, row_id in enumerate(self._ids)}
        return self._places.get(row_id)

    def replace(self, row_ids: Iterable[int]) -> None:
        """Show other rows."""
        self._ids = list(row_ids)
        self._places = None

    def insert(self, row: int, row_ids: Iterable[int]) -> None:
        """Show rows from a place on."""
        self._ids[row:row] = row_ids
        self._places = None

    def remove(self, first: int, last: int) -> None:
        """Show the rows from one place to another no more."""
        del self._ids[first : last + 1]
        self._places = None


def runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Return ascending numbers as first and last of each run without a gap."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
