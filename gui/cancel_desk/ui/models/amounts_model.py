"""A small table of names and amounts, sorted by any of its columns."""

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped
from cancel_desk.sheet.table_file import NamedTable, Value
from cancel_desk.ui.models.columns import Index

NAME, LINES, UNITS, ORDERS = range(4)
_NOWHERE: Final = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class AmountsModel(QAbstractTableModel):
    """One row for each name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = NamedTable("", (), ())
        self._rows: list[tuple[Value, ...]] = []
        self._by = (LINES, Qt.SortOrder.DescendingOrder)

    def show_table(self, table: NamedTable) -> None:
        """Show another table, sorted as the one before."""
        self.beginResetModel()
        self._table = table
        self._rows = self._sorted()
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Count the names."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self._table.headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a heading; on its right there is the sign of the order."""
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._table.headers[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a name or an amount, and what a screen reader says of it."""
        if not index.isValid():
            return None
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column > NAME:
            return _RIGHT
        value = self._rows[index.row()][column]
        words = name_words(value) if isinstance(value, str) else grouped(value)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._table.headers[column]}: {words}"
        return words if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        if not 0 <= column <= ORDERS:
            return
        self._by = (column, order)
        self.beginResetModel()
        self._rows = self._sorted()
        self.endResetModel()

    def _sorted(self) -> list[tuple[Value, ...]]:
        column, order = self._by
        return sorted(
            self._table.rows,
            key=lambda row: _key(row[column]),
            reverse=order is Qt.SortOrder.DescendingOrder,
        )


def name_words(name: str) -> str:
    """Return a name as it is shown, which may be none."""
    return name or _("(none)")


def _key(value: Value) -> tuple[float, str]:
    return (0, value.casefold()) if isinstance(value, str) else (value, "")
