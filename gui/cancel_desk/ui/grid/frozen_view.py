"""A table view whose first columns stay in view."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect
from PySide6.QtWidgets import QTableView, QWidget

from cancel_desk.ui.grid.frozen_pane import FrozenColumns
from cancel_desk.ui.grid.headers import ColumnHeader

Index = QModelIndex | QPersistentModelIndex
_VISIBLE: Final = QTableView.ScrollHint.EnsureVisible


class FrozenView(QTableView):
    """Tells Qt where the frozen cells are seen, so that all it does with cells does not mind."""

    frozen: FrozenColumns | None = None

    def freeze(self, header: ColumnHeader) -> FrozenColumns:
        """Keep the first columns in view, beside a header that the view has already."""
        frozen = FrozenColumns(self, header)
        header.sectionResized.connect(frozen.place)
        model = self.model()
        for changed in (model.dataChanged, model.layoutChanged, model.headerDataChanged):
            changed.connect(frozen.repaint_later)
        self.frozen = frozen
        frozen.place()
        return frozen

    def field_parent(self, column: int) -> QWidget:
        """Return the widget on which a field for a column must lie to be seen."""
        frozen = self.frozen
        return frozen.cells if frozen and column in frozen.columns else self.viewport()

    def visualRect(self, index: Index) -> QRect:
        """Return where a cell is seen: a frozen one where it stays."""
        rect = super().visualRect(index)
        if self.frozen and index.column() in self.frozen.columns:
            rect.translate(self.frozen.offset, 0)
        return rect

    def indexAt(self, where: QPoint) -> QModelIndex:
        """Return the cell that is seen in a place."""
        if self.frozen and self.frozen.covers(where.x()):
            where = QPoint(where.x() - self.frozen.offset, where.y())
        return super().indexAt(where)

    def scrollTo(self, index: Index, hint: QTableView.ScrollHint = _VISIBLE) -> None:
        """Bring a cell into view, out from behind the frozen ones; those are in view already."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if not self.frozen or not self.frozen.columns:
            return
        if index.column() in self.frozen.columns:
            bar.setValue(before)
        else:
            behind = self.frozen.width - self.visualRect(index).left()
            bar.setValue(bar.value() - max(behind, 0))

    def scrollContentsBy(self, right: int, down: int) -> None:
        """Paint the frozen cells anew; they don't move with the others."""
        super().scrollContentsBy(right, down)
        if self.frozen:
            self.frozen.repaint_later(always=bool(right))

    def updateGeometries(self) -> None:
        """Put the frozen cells where they belong."""
        super().updateGeometries()
        if self.frozen:
            self.frozen.place()
