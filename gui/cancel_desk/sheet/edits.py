"""Edits of a table: each applies itself and gives the edit that takes it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from cancel_desk.sheet.rows import Mark, Row


class CellText(NamedTuple):
    """The text (and mark) to put into the cell at index ``at`` of a row."""

    row_id: int
    at: int
    text: str
    mark: Mark | None = None


class EditableRows(Protocol):
    """What an edit needs of the table it works on."""

    def row(self, row_id: int) -> Row:
        """Return the row with this id; KeyError if there is none."""

    def replace_rows(self, rows: Iterable[Row]) -> None:
        """Put each row in the place of the one with its id."""

    def insert_rows(self, placed: Iterable[tuple[int, Row]]) -> None:
        """Insert rows so that each ends up at its position; positions ascend."""

    def remove_rows(self, row_ids: Iterable[int]) -> list[tuple[int, Row]]:
        """Remove rows and return them with the positions they had, ascending."""


class Edit(Protocol):
    """A change of a table that can be taken back exactly."""

    @property
    def row_ids(self) -> frozenset[int]:
        """The rows whose content, presence or place this edit changes."""

    def apply(self, rows: EditableRows) -> "Edit":
        """Change ``rows`` and return the edit that restores what was there."""


@dataclass(frozen=True, slots=True)
class SetCells:
    """Put texts into cells; of two texts for one cell the later one stays."""

    cells: tuple[CellText, ...]

    @property
    def row_ids(self) -> frozenset[int]:
        """The rows that hold the cells."""
        return frozenset(cell.row_id for cell in self.cells)

    def apply(self, rows: EditableRows) -> "SetCells":
        """Set the cells and return the edit with their former texts and marks."""
        changed: dict[int, tuple[Row, list[str], dict[int, Mark]]] = {}
        former: list[CellText] = []
        for row_id, at, text, mark in self.cells:  # a paste has thousands: each row is made once
            if row_id not in changed:
                row = rows.row(row_id)
                changed[row_id] = (row, list(row.cells), dict(row.marks))
            _row, cells, marks = changed[row_id]
            former.append(CellText(row_id, at, cells[at], marks.get(at)))
            cells[at] = text
            if mark is not None:
                marks[at] = mark
            elif marks:
                marks.pop(at, None)
        rows.replace_rows(
            Row(row.id, row.number, tuple(cells), tuple(sorted(marks.items())))
            for row, cells, marks in changed.values()
        )
        return SetCells(tuple(reversed(former)))


@dataclass(frozen=True, slots=True)
class InsertRows:
    """Insert rows, each at the position it shall have afterwards, positions ascending."""

    placed: tuple[tuple[int, Row], ...]

    @property
    def row_ids(self) -> frozenset[int]:
        """The rows that come in."""
        return frozenset(row.id for _, row in self.placed)

    def apply(self, rows: EditableRows) -> "RemoveRows":
        """Insert the rows and return the edit that removes them."""
        rows.insert_rows(self.placed)
        return RemoveRows(tuple(row.id for _, row in self.placed))


@dataclass(frozen=True, slots=True)
class RemoveRows:
    """Remove the rows with these ids."""

    ids: tuple[int, ...]

    @property
    def row_ids(self) -> frozenset[int]:
        """The rows that go."""
        return frozenset(self.ids)

    def apply(self, rows: EditableRows) -> "InsertRows":
        """Remove the rows and return the edit that puts them back where they were."""
        return InsertRows(tuple(rows.remove_rows(self.ids)))
