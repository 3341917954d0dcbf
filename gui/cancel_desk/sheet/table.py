"""The person's sheet while it is worked on: rows in order, their columns, and edits applied."""

from collections.abc import Iterable, Mapping

from cancel_desk.sheet.bulk import made_of
from cancel_desk.sheet.columns import KEPT, Column
from cancel_desk.sheet.edits import Edit
from cancel_desk.sheet.rows import RawSheet, Row, SheetFacts, Source
from cancel_desk.sheet.wishes import says_no, wish_places


class Table:
    """Rows in the order of the file, each with its own headers and the columns we need.

    A column of ours that the file lacks is added behind the person's own columns, empty, so that
    it can be filled in here; :attr:`headers` names only the person's own.
    """

    def __init__(
        self,
        raw: RawSheet,
        columns: Mapping[Column, int],
        *,
        fixed: Mapping[Column, str] | None = None,
    ) -> None:
        """Take over the rows of ``raw``; ``columns`` says which index holds which column.

        ``fixed`` gives the text that every row has in a column that the file lacks.
        """
        texts = fixed or {}
        added = [column for column in KEPT if column not in columns]
        own = len(raw.headers)
        self.source: Source = raw.source
        self.facts: SheetFacts = raw.facts
        self.headers: tuple[str, ...] = raw.headers
        self.columns: dict[Column, int] = {
            **columns,
            **{column: own + at for at, column in enumerate(added)},
        }
        self.width = own + len(added)
        padding = tuple(texts.get(column, "") for column in added)
        fields = (
            (row_id, number, cells + padding, marks) for row_id, number, cells, marks in raw.rows
        )
        self._rows: list[Row] = list(made_of(Row, fields))
        self._hidden = frozenset(raw.facts.hidden_rows)
        taken = self.columns.values()
        self.wishes = tuple(at for at in wish_places(raw.headers) if at not in taken)
        self._positions: dict[int, int] = {}
        self._renumber()
        self._next_id = max(self._positions, default=0) + 1

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows in their order."""
        return tuple(self._rows)

    @property
    def row_ids(self) -> list[int]:
        """The ids of all rows in their order."""
        return list(self._positions)

    def at(self, position: int) -> Row:
        """Return the row at a position; IndexError beyond the end."""
        return self._rows[position]

    def row(self, row_id: int) -> Row:
        """Return the row with this id; KeyError if there is none."""
        return self._rows[self._positions[row_id]]

    def __contains__(self, row_id: object) -> bool:
        """Tell whether a row with this id is in the table."""
        return row_id in self._positions

    def position(self, row_id: int) -> int:
        """Return the position of the row with this id; KeyError if there is none."""
        return self._positions[row_id]

    def positions(self, row_ids: Iterable[int]) -> list[int]:
        """Return the positions of rows; KeyError if one is none of them."""
        return list(map(self._positions.__getitem__, row_ids))

    def texts(self, row_ids: Iterable[int], at: int) -> list[str]:
        """Return the raw texts that rows have in the cell at index ``at``; KeyError as above."""
        rows, positions = self._rows, self._positions
        return [rows[positions[row_id]].cells[at] for row_id in row_ids]

    def text(self, row: Row, column: Column) -> str:
        """Return the raw text of a row in a column; empty where the file lacks the column."""
        index = self.columns.get(column)
        return "" if index is None else row.cells[index]

    def hidden(self, row: Row) -> bool:
        """Tell whether the person's file hides this row, by a filter or by hand."""
        return row.number in self._hidden

    def refusal(self, row: Row) -> tuple[str, str] | None:
        """Return the header and text by which the person's file says not to cancel a row."""
        for at in self.wishes:
            if says_no(row.cells[at]):
                return self.headers[at], row.cells[at].strip()
        return None

    def has_own(self, column: Column) -> bool:
        """Tell whether the person's file has this column."""
        return self.columns.get(column, self.width) < len(self.headers)

    def new_row(self, cells: Iterable[str] = ()) -> Row:
        """Make a row with an id never used before, padded to the table's width."""
        row_id, self._next_id = self._next_id, self._next_id + 1
        given = tuple(cells)
        return Row(row_id, None, given + ("",) * (self.width - len(given)))

    def apply(self, edit: Edit) -> Edit:
        """Apply an edit and return its inverse."""
        return edit.apply(self)

    def replace_rows(self, rows: Iterable[Row]) -> None:
        """Put each row in the place of the one with its id."""
        for row in rows:
            self._rows[self._positions[row.id]] = row

    def insert_rows(self, placed: Iterable[tuple[int, Row]]) -> None:
        """Insert rows so that each ends up at its position; positions ascend."""
        former, rows, at = self._rows, list[Row](), 0
        for position, row in placed:  # each row is moved once, however many come in
            behind = at + position - len(rows)
            rows.extend(former[at:behind])
            rows.append(row)
            at = behind
        self._rows = rows + former[at:]
        self._renumber()

    def remove_rows(self, row_ids: Iterable[int]) -> list[tuple[int, Row]]:
        """Remove rows and return them with the positions they had, ascending."""
        gone = set(row_ids)
        placed = [(at, row) for at, row in enumerate(self._rows) if row.id in gone]
        self._rows = [row for row in self._rows if row.id not in gone]
        self._renumber()
        return placed

    def _renumber(self) -> None:
        self._positions = {row.id: at for at, row in enumerate(self._rows)}
