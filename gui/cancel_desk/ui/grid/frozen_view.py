"""A table view whose first columns stay in view."""

from typing import Final

from PySide6.QtCore import (
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView, QWidget

from cancel_desk.ui.grid.frozen_pane import FrozenColumns
from cancel_desk.ui.grid.headers import ColumnHeader
from cancel_desk.ui.grid.page_painting import CellPainter, paint_cells

Index = QModelIndex | QPersistentModelIndex
_VISIBLE: Final = QTableView.ScrollHint.EnsureVisible


class FrozenView(QTableView):
    """Tells Qt where the frozen cells are seen, so that all it does with cells does not mind."""

    frozen: FrozenColumns | None = None
    quiet_ink = QColor()  # for words beside the cells

    def freeze(self, header: ColumnHeader) -> FrozenColumns:
        """Keep the first columns in view, beside a header that the view has already."""
        # Only what covers its ground by itself is shifted when scrolled, and not painted anew.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
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
        if frozen is None:
            return self.viewport()
        frozen.cover(typing=True)
        return frozen.cells if column in frozen.columns else self.viewport()

    def field_gone(self) -> None:
        """Say that no cell is typed into any more."""
        if self.frozen:
            self.frozen.cover(typing=False)

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
        """Paint all anew where the frozen cells would else move with the others."""
        super().scrollContentsBy(right, down)
        if self.frozen:
            self.frozen.cells.update()
            if right:
                self.frozen.place()
                self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground where there are no cells, the cells on theirs, and the frozen ones."""
        region, frozen = event.region(), self.frozen
        strip = frozen.strip if frozen else QRect()
        painter = QPainter(self.viewport())
        bare = region - self._cells_place()
        painter.setClipRegion(bare)
        painter.fillRect(bare.boundingRect(), self.palette().base())
        if not self.model().rowCount():
            painter.setPen(self.quiet_ink)
            centre = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect(), centre, self.words_when_empty())
        behind = region - strip
        painter.setClipRegion(behind)
        paint_cells(self, painter, behind.boundingRect(), self.visible_columns(), 0)
        in_front = region & strip
        if frozen and not in_front.isEmpty():
            painter.setClipRegion(in_front)
            frozen.cells.paint_rows(painter, in_front.boundingRect())
        painter.end()

    def visible_columns(self) -> list[int]:
        """Return the columns that can be seen, from left to right."""
        return [at for at in range(self.model().columnCount()) if not self.isColumnHidden(at)]

    def selected_ranges(self) -> list[QItemSelectionRange]:
        """Return the selection by its ranges: one index per cell would take seconds."""
        selection = self.selectionModel().selection()
        return [selection.at(index) for index in range(selection.count())]

    def words_when_empty(self) -> str:
        """Return what to say where no row is shown."""
        return ""

    def painter_of(self, column: int) -> CellPainter:
        """Return what paints the cells of a column."""
        raise NotImplementedError

    def _cells_place(self) -> QRect:
        across, down = self.horizontalHeader(), self.verticalHeader()
        return QRect(-across.offset(), -down.offset(), across.length(), down.length())

    def updateGeometries(self) -> None:
        """Put the frozen cells where they belong."""
        super().updateGeometries()
        if self.frozen:
            self.frozen.place()
