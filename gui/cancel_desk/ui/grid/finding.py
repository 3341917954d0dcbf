"""Finding cells by what they say, and what replacing makes of them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cancel_desk.sheet.edits import CellText, SetCells
from cancel_desk.ui.grid.editing import Area
from cancel_desk.ui.grid.grid_columns import Kind
from cancel_desk.ui.grid.jumps import Cell
from cancel_desk.ui.grid.sheet_model import SheetModel

CHUNK = 200
"""After so many rows a search lets other work be done."""


class Wanted(NamedTuple):
    """What is searched for, and where: in these areas, or in everything that is shown."""

    text: str
    case: bool = False
    whole: bool = False
    areas: tuple[Area, ...] | None = None


class Finder:
    """Looks through the cells of a model that can be seen, row by row.

    A reason is found by the words that are shown for it, every other cell by its text.
    """

    def __init__(self, model: SheetModel, visible: Sequence[int], wanted: Wanted) -> None:
        self._model = model
        self._wanted = wanted
        flags = re.NOFLAG if wanted.case else re.IGNORECASE
        self._pattern = re.compile(re.escape(wanted.text), flags)
        rows = range(len(model.shown))
        self._areas = wanted.areas or (Area(rows, tuple(visible)),)

    def hits(self) -> Iterator[Cell | None]:
        """Give the cells that say what is wanted; now and then None, to take a rest."""
        columns_of: dict[int, set[int]] = {}
        if len(self._areas) > 1:
            for area in self._areas:
                for row in area.rows:
                    columns_of.setdefault(row, set()).update(area.columns)
        rows: Sequence[int] = sorted(columns_of) or self._areas[0].rows
        for count, row in enumerate(rows, start=1):
            columns = sorted(columns_of[row]) if columns_of else self._areas[0].columns
            for column in columns:
                if self.fits(Cell(row, column)):
                    yield Cell(row, column)
            if count % CHUNK == 0:
                yield None

    def fits(self, cell: Cell) -> bool:
        """Tell whether a cell says what is wanted."""
        if not self._wanted.text or cell.row >= len(self._model.shown):
            return False
        text = self._text(cell)
        return bool(
            self._pattern.fullmatch(text) if self._wanted.whole else self._pattern.search(text)
        )

    def replaceable(self, cell: Cell) -> bool:
        """Tell whether a cell is one of the sheet's own and not what the program says."""
        return self._model.columns[cell.column].at is not None

    def replacement(self, cells: Sequence[Cell], by: str) -> SetCells:
        """Return the edit that puts another text in the place of what was found."""
        return SetCells(
            tuple(
                CellText(self._model.shown[cell.row], at, self._replaced(self._text(cell), by))
                for cell in cells
                if (at := self._model.columns[cell.column].at) is not None
            )
        )

    def _replaced(self, text: str, by: str) -> str:
        return by if self._wanted.whole else self._pattern.sub(lambda _found: by, text)

    def _text(self, cell: Cell) -> str:
        column, row_id = self._model.columns[cell.column], self._model.shown[cell.row]
        if column.kind is Kind.CELL:
            return self._model.text(row_id, column)
        return self._model.shown_text(row_id, column)


def following(hits: Sequence[Cell], current: Cell, *, forward: bool) -> Cell | None:
    """Return the hit after or before a cell, going round at the end; ``hits`` ascend."""
    if not hits:
        return None
    if forward:
        return hits[bisect_right(hits, current) % len(hits)]
    return hits[bisect_left(hits, current) - 1]
