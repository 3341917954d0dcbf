"""A small table of texts and numbers as it is, read-only."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from cancel_desk.language import grouped
from cancel_desk.sheet.table_file import NamedTable
from cancel_desk.ui.models.columns import Index

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TableModel(QAbstractTableModel):
    """A small table as it is; numbers stand to the right."""

    def __init__(self, table: NamedTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._table.headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the name of a column; those of numbers stand above them."""
        if orientation is Qt.Orientation.Vertical:
            return None
        numbers = any(not isinstance(row[section], str) for row in self._table.rows[:1])
        if role == Qt.ItemDataRole.TextAlignmentRole and numbers:
            return _RIGHT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._table.headers[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell as text, or its alignment."""
        value = self._table.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return value if isinstance(value, str) else grouped(value)
        if role == Qt.ItemDataRole.TextAlignmentRole and not isinstance(value, str):
            return _RIGHT
        return None
