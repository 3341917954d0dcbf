"""Rows that come into the grid and leave it, told to the views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex

from cancel_desk.ui.grid.shown_rows import runs

if TYPE_CHECKING:
    from cancel_desk.ui.grid.sheet_model import SheetModel

_NOWHERE: Final = QModelIndex()

MANY_RUNS: Final = 50
"""Rows that come or go in more places than this are told as one reset: views get slow otherwise."""


def let_in(model: SheetModel, row_ids: frozenset[int]) -> None:
    """Show rows that have come into the sheet: by the file, or where they were seen before."""
    merged = _merged(model, row_ids)
    places = runs(at for at, row_id in enumerate(merged) if row_id in row_ids)
    if len(places) > MANY_RUNS:
        model.beginResetModel()
        model.shown.replace(merged)
        model.endResetModel()
        return
    for first, last in places:
        model.beginInsertRows(_NOWHERE, first, last)
        model.shown.insert(first, merged[first : last + 1])
        model.endInsertRows()


def _merged(model: SheetModel, row_ids: frozenset[int]) -> list[int]:
    table = model.review.table
    if model.arrangement.order is None:
        return sorted({*model.shown, *row_ids}, key=table.position)
    incoming = sorted(row_ids.difference(model.shown), key=table.position)

    def previous(row_id: int) -> int | None:
        at = table.position(row_id)
        return table.at(at - 1).id if at else None

    return model.shown.with_incoming(incoming, previous)


class RowsLeaving:
    """Takes rows out of view while the sheet still has them, and tells the views."""

    def __init__(self, model: SheetModel, row_ids: frozenset[int]) -> None:
        self._model = model
        rows = [model.shown.find(row_id) for row_id in row_ids]
        self._places = runs(sorted(row for row in rows if row is not None))
        self._row_ids = row_ids

    def __enter__(self) -> None:
        model = self._model
        model.shown.forget_places(self._row_ids)
        if len(self._places) > MANY_RUNS:
            model.beginResetModel()
            model.shown.remove_all(self._row_ids)
            return
        for first, last in reversed(self._places):
            model.beginRemoveRows(_NOWHERE, first, last)
            model.shown.remove(first, last)
            model.endRemoveRows()

    def __exit__(self, *_exception: object) -> None:
        if len(self._places) > MANY_RUNS:
            self._model.endResetModel()
