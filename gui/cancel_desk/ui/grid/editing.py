"""What a person does to areas of the grid: each as one named step of undo."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cancel_desk.language import gettext as _
from cancel_desk.language import ngettext
from cancel_desk.sheet.bulk import made_of
from cancel_desk.sheet.edits import CellText, InsertRows, RemoveRows, SetCells
from cancel_desk.sheet.leaving_out import leave_out, take_back_in
from cancel_desk.sheet.rows import Row
from cancel_desk.ui.grid.clipboard import Block
from cancel_desk.ui.grid.sheet_model import SheetModel


class Area(NamedTuple):
    """A rectangle of shown cells: places of rows, and the columns of it that can be seen."""

    rows: range
    columns: tuple[int, ...]


class SheetEditing:
    """Edits of the cells and rows that are shown. What can't be seen is never touched."""

    def __init__(self, model: SheetModel) -> None:
        self._model = model

    # ---- cells

    def copied(self, areas: Sequence[Area]) -> Block:
        """Return the raw texts of areas.

        Areas apart from one another are copied with what lies between them left blank.
        """
        if len(areas) == 1:
            rows_of, columns_of = areas[0]
            return [[self._text(row, column) for column in columns_of] for row in rows_of]
        chosen = [set(area.rows) for area in areas]
        rows = sorted(set().union(*chosen))
        columns = sorted({column for area in areas for column in area.columns})

        def text(row: int, column: int) -> str:
            inside = any(
                row in rows_of and column in area.columns
                for area, rows_of in zip(areas, chosen, strict=True)
            )
            return self._text(row, column) if inside else ""

        return [[text(row, column) for column in columns] for row in rows]

    def cut(self, areas: Sequence[Area]) -> Block:
        """Return the texts of areas and clear them."""
        block = self.copied(areas)
        cells = self._blanked(areas)
        self._set(ngettext("cut of {count} cell", "cut of {count} cells", len(cells)), cells)
        return block

    def clear(self, areas: Sequence[Area]) -> None:
        """Empty the cells."""
        cells = self._blanked(areas)
        self._set(
            ngettext("clearing of {count} cell", "clearing of {count} cells", len(cells)), cells
        )

    def fill(self, areas: Sequence[Area], text: str) -> None:
        """Put one text into all cells."""
        cells = list(
            made_of(CellText, ((row_id, at, text, None) for row_id, at in self._cells(areas)))
        )
        self._set(
            ngettext("filling of {count} cell", "filling of {count} cells", len(cells)), cells
        )

    def fill_down(self, areas: Sequence[Area]) -> None:
        """Copy the first row of each area into the others; a single row copies the one above."""
        cells: list[CellText] = []
        for area in areas:
            first = area.rows[0] if len(area.rows) > 1 else area.rows[0] - 1
            if first >= 0:
                source = self._row(first)
                for row_id, at in self._cells([area]):
                    cells.append(CellText(row_id, at, source.cells[at], source.mark(at)))
        self._set(_("fill down"), cells)

    def fill_right(self, areas: Sequence[Area]) -> None:
        """Copy the first column of each area into the others; a single one the one before it."""
        cells: list[CellText] = []
        for area in areas:
            ats = [self._model.columns[column].at for column in area.columns]
            if len(ats) == 1 and area.columns[0] > 0:
                ats.insert(0, self._model.columns[area.columns[0] - 1].at)
            first = ats[0]
            if first is None:
                continue
            for row in map(self._row, area.rows):
                text, mark = row.cells[first], row.mark(first)
                cells.extend(CellText(row.id, at, text, mark) for at in ats[1:] if at is not None)
        self._set(_("fill right"), cells)

    def paste(self, areas: Sequence[Area], block: Block, visible: Sequence[int]) -> Area | None:
        """Put a copied block over the first area and return where it went, or None.

        A single value fills all areas; a block is repeated where the area is a multiple of it;
        rows grow past the end. ``visible`` are the columns that can be seen, in their order.
        """
        if not block or not areas:
            return None
        if len(block) == 1 and len(block[0]) == 1:
            cells = [CellText(row_id, at, block[0][0]) for row_id, at in self._cells(areas)]
            self._set(_paste_name(len(cells)), cells)
            return None
        area = _landing(areas[0], block, visible)
        self._paste_block(area, block)
        return area

    def _paste_block(self, area: Area, block: Block) -> None:
        ats = [self._model.columns[column].at for column in area.columns]
        width = max(map(len, block))
        cells: list[CellText] = []
        added: list[Row] = []
        table = self._model.review.table
        count = 0
        for offset, row in enumerate(area.rows):
            texts = block[offset % len(block)]
            put = {
                at: texts[index % width]
                for index, at in enumerate(ats)
                if at is not None and index % width < len(texts)
            }
            count += len(put)
            if row < len(self._model.shown):
                row_id = self._model.shown[row]
                cells.extend(CellText(row_id, at, text) for at, text in put.items())
            elif any(put.values()):
                added.append(table.new_row(put.get(at, "") for at in range(table.width)))
        placed = tuple((len(table) + at, row) for at, row in enumerate(added))
        shown = self._model.shown
        shown.expect((row.id for row in added), after=shown[len(shown) - 1] if shown else None)
        self._model.do(_paste_name(count), SetCells(tuple(cells)), InsertRows(placed))

    # ---- rows

    def insert_rows(self, row: int, count: int, *, below: bool) -> None:
        """Insert blank rows above or below a shown row, or as the first ones of an empty sheet."""
        table, shown = self._model.review.table, self._model.shown
        at = table.position(shown[row]) + below if 0 <= row < len(shown) else len(table)
        placed = tuple((at + offset, table.new_row()) for offset in range(count))
        above = row if below else row - 1  # where the grid is sorted, they come in beside it too
        shown.expect((new.id for _, new in placed), after=shown[above] if above >= 0 else None)
        name = ngettext("insertion of {count} row", "insertion of {count} rows", count)
        self._model.do(name.format(count=count), InsertRows(placed))

    def duplicate_rows(self, rows: Sequence[int]) -> None:
        """Insert a copy of each row below it."""
        table = self._model.review.table
        places = sorted(table.position(self._model.shown[row]) for row in rows)
        placed = []
        for before, at in enumerate(places):
            row = table.at(at)
            copy = table.new_row(row.cells)._replace(marks=row.marks)
            placed.append((at + before + 1, copy))
        name = ngettext("copy of {count} row", "copies of {count} rows", len(placed))
        self._model.do(name.format(count=len(placed)), InsertRows(tuple(placed)))

    def delete_rows(self, rows: Sequence[int]) -> None:
        """Take rows out of the sheet."""
        ids = tuple(self._model.shown[row] for row in rows)
        name = ngettext("deletion of {count} row", "deletion of {count} rows", len(ids))
        self._model.do(name.format(count=len(ids)), RemoveRows(ids))

    def leave_out_rows(self, rows: Sequence[int]) -> None:
        """Leave rows out, or take them back in where all of them are left out already."""
        review = self._model.review
        ids = [self._model.shown[row] for row in rows]
        fresh = [row_id for row_id in ids if not review.draft(row_id).left_out]
        if fresh:
            name = ngettext("leaving out {count} row", "leaving out {count} rows", len(fresh))
            edit = leave_out(review.table, dict.fromkeys(fresh, _("nothing is sent for it.")))
        else:
            name = ngettext("taking {count} row back in", "taking {count} rows back in", len(ids))
            edit = take_back_in(review.table, ids)
        self._model.do(name.format(count=len(fresh or ids)), edit)

    # ---- within

    def _row(self, row: int) -> Row:
        return self._model.review.table.row(self._model.shown[row])

    def _text(self, row: int, column: int) -> str:
        return self._model.text(self._model.shown[row], self._model.columns[column])

    def _cells(self, areas: Sequence[Area]) -> Iterator[tuple[int, int]]:
        """Give row id and index of each cell that can be edited, once."""
        if len(areas) == 1:
            rows, ats = self._row_ids(areas[0]), self._ats(areas[0])
            yield from ((row_id, at) for row_id in rows for at in ats)
            return
        seen: set[tuple[int, int]] = set()
        for area in areas:
            ats = self._ats(area)
            for row_id in self._row_ids(area):
                for at in ats:
                    if (row_id, at) not in seen:
                        seen.add((row_id, at))
                        yield row_id, at

    def _row_ids(self, area: Area) -> Sequence[int]:
        return self._model.shown.row_ids[area.rows.start : area.rows.stop]

    def _ats(self, area: Area) -> list[int]:
        """Return the indexes of the cells that can be edited."""
        ats = (self._model.columns[column].at for column in area.columns)
        return [at for at in ats if at is not None]

    def _blanked(self, areas: Sequence[Area]) -> list[CellText]:
        row = self._model.review.table.row
        return [
            CellText(row_id, at, "")
            for row_id, at in self._cells(areas)
            if (here := row(row_id)).cells[at] or here.mark(at)
        ]

    def _set(self, name: str, cells: Sequence[CellText]) -> None:
        self._model.do(name.format(count=len(cells)), SetCells(tuple(cells)))


def _landing(area: Area, block: Block, visible: Sequence[int]) -> Area:
    """Return where a block goes: the area if that is a multiple of it, else its own size."""
    height, width = len(block), max(map(len, block))
    tiled = len(area.rows) % height == 0 and len(area.columns) % width == 0
    tall, wide = (len(area.rows), len(area.columns)) if tiled else (height, width)
    first = visible.index(area.columns[0])
    top = area.rows[0]
    return Area(range(top, top + tall), tuple(visible[first : first + wide]))


def _paste_name(count: int) -> str:
    return ngettext("paste of {count} cell", "paste of {count} cells", count).format(count=count)
