"""The first columns of the grid, kept in view while the others are scrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cancel_desk.ui.grid.page_painting import paint_cells

if TYPE_CHECKING:
    from cancel_desk.ui.grid.frozen_view import FrozenView
    from cancel_desk.ui.grid.headers import ColumnHeader

FROZEN: Final = 2  # the state and the purchase order
_MOST: Final = 0.6  # of the grid's width: beyond it nothing could be scrolled any more
_EDGE: Final = 2

_TO_THE_GRID: Final = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.ContextMenu,
        QEvent.Type.ToolTip,
        QEvent.Type.WhatsThis,
    }
)


class FrozenColumns:
    """Says which columns stay in view, and paints them over what is scrolled behind them.

    They are the same cells of the same view, so that keys, selection, fields and screen readers
    know nothing of it; only where they are painted and clicked differs.
    """

    def __init__(self, view: FrozenView, header: ColumnHeader) -> None:
        self._view = view
        self._header = header
        self.columns: tuple[int, ...] = ()
        self.width = 0
        self._typing = False
        self.cells = FrozenCells(view, self)  # fields of frozen cells lie on it
        self.names = FrozenNames(view, header, self)
        header.freeze(self)

    @property
    def offset(self) -> int:
        """How far the frozen columns are from where they would be, in pixels."""
        return self._header.offset() if self.columns else 0

    def covers(self, x: int) -> bool:
        """Tell whether a place in the grid is theirs."""
        return self.offset > 0 and 0 <= x < self.width

    def place(self) -> None:
        """Follow the size and the columns of the grid."""
        view = self._view
        first = [at for at in range(FROZEN) if not view.isColumnHidden(at)]
        width = sum(map(view.columnWidth, first))
        fits = 0 < width <= view.viewport().width() * _MOST
        self.columns, self.width = (tuple(first), width) if fits else ((), 0)
        corner, height = view.viewport().pos(), view.viewport().height()
        self.cells.setGeometry(QRect(corner.x(), corner.y(), self.width + _EDGE, height))
        self.names.setGeometry(
            QRect(corner.x(), self._header.y(), self.width + _EDGE, self._header.height())
        )
        self.cells.setVisible(bool(self.columns) and self._typing)
        self.names.setVisible(self.offset > 0)
        self.repaint_later()

    @property
    def strip(self) -> QRect:
        """Where they are painted in the grid; empty where the grid itself shows them."""
        if not self.offset:
            return QRect()
        return QRect(0, 0, self.width + _EDGE, self._view.viewport().height())

    def cover(self, *, typing: bool) -> None:
        """Lie over the grid while a cell is typed into: a field of another cell may be behind.

        Otherwise they are painted in the grid, since Qt can't shift a picture that something else
        lies on, and painting all of it for each line that is scrolled takes four times as long.
        """
        self._typing = typing
        self.cells.setVisible(bool(self.columns) and typing)

    def repaint_later(self) -> None:
        """Paint them anew with the next frame, if they are painted at all."""
        if self.offset:
            self._view.viewport().update(self.strip)
            self.cells.update()
            self.names.update()

    def set_line(self, colour: QColor) -> None:
        """Mark their edge in another colour."""
        self.cells.line = self.names.line = colour


class FrozenCells(QWidget):
    """Paints the frozen cells; what the mouse does on them is done on the grid."""

    def __init__(self, view: FrozenView, frozen: FrozenColumns) -> None:
        super().__init__(view)
        self._view = view
        self._frozen = frozen
        self.line = QColor()
        self.setMouseTracking(True)
        self.setFocusProxy(view)

    def event(self, event: QEvent) -> bool:
        """Hand on what the mouse does; both have the same corner."""
        if event.type() in _TO_THE_GRID:
            QCoreApplication.sendEvent(self._view.viewport(), event)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells of the rows in view, unless the grid itself shows them."""
        if self._frozen.offset:
            painter = QPainter(self)
            self.paint_rows(painter, event.rect())

    def paint_rows(self, painter: QPainter, where: QRect) -> None:
        """Paint the rows that are seen in a place, and the edge beside them."""
        frozen, view = self._frozen, self._view
        painter.fillRect(where & self.rect(), view.palette().base())
        paint_cells(view, painter, where, frozen.columns, frozen.offset)
        _paint_edge(painter, self.rect(), self.line)


class FrozenNames(QWidget):
    """Paints the names of the frozen columns; the header itself minds the mouse."""

    def __init__(self, view: FrozenView, header: ColumnHeader, frozen: FrozenColumns) -> None:
        super().__init__(view)
        self._header = header
        self._frozen = frozen
        self.line = QColor()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the names, unless the header itself shows them."""
        if not self._frozen.offset:
            return
        painter = QPainter(self)
        left = 0
        for column in self._frozen.columns:
            rect = QRect(left, 0, self._header.sectionSize(column), self.height())
            painter.fillRect(rect, self._header.palette().window())
            painter.setFont(self._header.font())
            self._header.paintSection(painter, rect, column)
            left += rect.width()
        _paint_edge(painter, self.rect(), self.line)


def _paint_edge(painter: QPainter, rect: QRect, colour: QColor) -> None:
    painter.fillRect(rect.right() - _EDGE + 1, rect.top(), _EDGE, rect.height(), colour)
