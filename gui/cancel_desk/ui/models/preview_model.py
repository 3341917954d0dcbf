"""The first rows of a sheet as they stand in the file, under the letters of their columns."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QFont

from cancel_desk.sheet.guess import Preview
from cancel_desk.sheet.part_facts import column_letters
from cancel_desk.ui.models.columns import Index

_LONGEST = 200  # characters of a cell; nobody reads more of it here


class PreviewModel(QAbstractTableModel):
    """Read-only; the row with the column names is bold."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preview: Preview | None = None
        self._width = 0
        self._names: Mapping[int, str] = {}
        self._bold = QFont()
        self._bold.setBold(True)

    def show_preview(self, preview: Preview) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._preview = preview
        self._width = max((len(row.cells) for row in preview.rows), default=0)
        self.endResetModel()

    def name_columns(self, names: Mapping[int, str]) -> None:
        """Say above the columns, by their index, what they are taken for."""
        self._names = names
        if self._width:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._width - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Count the rows."""
        return 0 if parent.isValid() or self._preview is None else len(self._preview.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Count the columns of the widest row."""
        return 0 if parent.isValid() else self._width

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, or how it is written."""
        if self._preview is None or not index.isValid():
            return None
        row = self._preview.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            cells = row.cells
            return cells[index.column()][:_LONGEST] if index.column() < len(cells) else ""
        if role == Qt.ItemDataRole.FontRole and row.number == self._preview.guess.header_row:
            return self._bold
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the number of a row, or the letters of a column and what it is taken for."""
        if role != Qt.ItemDataRole.DisplayRole or self._preview is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(self._preview.rows[section].number)
        letters = column_letters(section + 1)
        name = self._names.get(section)
        return f"{letters} · {name}" if name else letters
