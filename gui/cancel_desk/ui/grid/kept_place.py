"""Where a person is in the grid, kept by row while rows are filtered or sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from cancel_desk.ui.grid.shown_rows import runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QItemSelectionRange

    from cancel_desk.ui.grid.sheet_model import SheetModel

MANY: Final = 1000
"""A selection of more rows than this is let go of, unless it is of all rows: they would be torn
apart, and views get slow with that many pieces."""


class _Piece(NamedTuple):
    """Selected columns of some rows; None stands for all rows that are shown."""

    row_ids: tuple[int, ...] | None
    left: int
    right: int


class KeptPlace(NamedTuple):
    """The row id and column of the current cell, and what is selected."""

    row_id: int | None
    column: int
    pieces: tuple[_Piece, ...]


def keep_place(model: SheetModel, selection: QItemSelectionModel) -> KeptPlace:
    """Return where one is."""
    current = selection.currentIndex()
    here = current.isValid() and current.row() < len(model.shown)
    row_id = model.shown[current.row()] if here else None
    ranges = [selection.selection().at(at) for at in range(selection.selection().count())]
    whole = [each.height() == len(model.shown) for each in ranges]
    if (
        sum(each.height() for each, all_rows in zip(ranges, whole, strict=True) if not all_rows)
        > MANY
    ):
        return KeptPlace(row_id, current.column(), ())
    pieces = (
        _piece(model, each, all_rows=all_rows) for each, all_rows in zip(ranges, whole, strict=True)
    )
    return KeptPlace(row_id, current.column(), tuple(pieces))


def _piece(model: SheetModel, chosen: QItemSelectionRange, *, all_rows: bool) -> _Piece:
    rows = range(chosen.top(), chosen.bottom() + 1)
    row_ids = None if all_rows else tuple(model.shown[row] for row in rows)
    return _Piece(row_ids, chosen.left(), chosen.right())


def selection_of(model: SheetModel, place: KeptPlace) -> QItemSelection:
    """Return what was selected, as far as it is still shown."""
    found = QItemSelection()
    for row_ids, left, right in place.pieces:
        for first, last in _rows(model, row_ids):
            found.select(model.index(first, left), model.index(last, right))
    return found


def _rows(model: SheetModel, row_ids: Sequence[int] | None) -> list[tuple[int, int]]:
    if row_ids is None:
        return [(0, len(model.shown) - 1)] if len(model.shown) else []
    places = [model.shown.find(row_id) for row_id in row_ids]
    return runs(sorted(place for place in places if place is not None))
