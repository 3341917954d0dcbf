"""What an edit would change, cell by cell, as a table to look at before it is done."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cancel_desk.checks.reasons import find_reason
from cancel_desk.checks.review import Review
from cancel_desk.language import gettext as _
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.edits import CellText, SetCells
from cancel_desk.texts.issues import column_name
from cancel_desk.texts.reasons import reason_label

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
ROW, PO, COLUMN, NOW, THEN = range(5)


class ChangesModel(QAbstractTableModel):
    """One row for each cell that would change; the words are made when they are asked for."""

    def __init__(self, review: Review, edit: SetCells, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self._cells = changed_cells(review, edit)
        self._columns = {at: column for column, at in review.table.columns.items()}
        self._headings = (_("Row"), _("PO number"), _("Column"), _("Now"), _("Then"))

    @property
    def rows(self) -> int:
        """How many rows of the sheet would change."""
        return len({cell.row_id for cell in self._cells})

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many cells would change."""
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a heading."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self._headings[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says; the whole of it as a hint."""
        if not index.isValid():
            return None
        words = self._words(self._cells[index.row()], index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(words.split()) or _("blank")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headings[index.column()]}: {words or _('blank')}"
        return words or None if role == Qt.ItemDataRole.ToolTipRole else None

    def _words(self, cell: CellText, column: int) -> str:
        row = self._review.table.row(cell.row_id)
        if column == ROW:
            return "+" if row.number is None else str(row.number)
        if column == PO:
            return self._review.table.text(row, Column.PO)
        if column == COLUMN:
            return self._title(cell.at)
        return self._text(cell.at, row.cells[cell.at] if column == NOW else cell.text)

    def _title(self, at: int) -> str:
        column = self._columns.get(at)
        return column_name(column) if column is not None else self._review.table.headers[at]

    def _text(self, at: int, text: str) -> str:
        """Return a text as the grid shows it: a reason in plain words."""
        if self._columns.get(at) is Column.REASON:
            reason = find_reason(self._review.market, text)
            return reason_label(reason.code) if reason is not None else text
        return text


def changed_cells(review: Review, edit: SetCells) -> Sequence[CellText]:
    """Return the cells whose text an edit would change."""
    row = review.table.row
    return [cell for cell in edit.cells if row(cell.row_id).cells[cell.at] != cell.text]
