"""The headers of the grid: names and row numbers, and each column's order, filter and menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from cancel_desk.ui.grid.frozen_pane import FrozenColumns
    from cancel_desk.ui.grid.sheet_model import SheetModel

SIGN: Final = 20
"""Width of the place at the end of a column's header that opens its menu."""
_GRIP: Final = 5  # the last pixels of a header are for changing its width


class PlainHeader(QHeaderView):
    """A header that shows names only.

    Qt's own looks up for each column whether all of its cells are selected, and for that asks the
    model about every row: with all of 100,000 rows selected each repaint took seconds.
    """

    menu_asked = Signal(int, QPoint)  # section, place on the screen

    def __init__(
        self,
        orientation: Qt.Orientation,
        alignment: Qt.AlignmentFlag,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(orientation, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(alignment)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        """Fill in what the style needs to paint one section."""
        option.section = section
        option.textAlignment = self.defaultAlignment()
        option.position = QStyleOptionHeader.SectionPosition.Middle
        option.text = str(self.model().headerData(section, self.orientation()))

    def section_at(self, where: QPoint) -> int:
        """Return the section at a place of the header; -1 for none."""
        return self.logicalIndexAt(where)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a section."""
        section = self.section_at(event.pos())
        if section >= 0:
            self.menu_asked.emit(section, event.globalPos())


class ColumnHeader(PlainHeader):
    """Column names, each with a sign that opens its menu and tells of its order and filter.

    Where columns are frozen, a click on their part of the header means them and not what has been
    scrolled behind.
    """

    def __init__(self, sheet: SheetModel, parent: QWidget) -> None:
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        super().__init__(Qt.Orientation.Horizontal, left, parent)
        self._sheet = sheet
        self._frozen: FrozenColumns | None = None
        self._ink = self.palette().text().color()
        self._behind = 0  # how far what the mouse took hold of lies behind the frozen columns
        self._held = False
        self._dragged: tuple[int, int] | None = None  # a frozen section; where its width is 0

    def freeze(self, frozen: FrozenColumns) -> None:
        """Have columns that stay in view."""
        self._frozen = frozen

    def set_ink(self, ink: QColor) -> None:
        """Draw the signs in another colour."""
        self._ink = ink
        self.viewport().update()

    # ---- painting

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        """Leave room for the sign."""
        super().initStyleOptionForIndex(option, section)
        room = self.sectionSize(section) - SIGN - 10
        mode = Qt.TextElideMode.ElideRight
        option.text = option.fontMetrics.elidedText(option.text, mode, room)

    def sectionSizeFromContents(self, section: int) -> QSize:
        """Return what a name and its sign need."""
        return super().sectionSizeFromContents(section) + QSize(SIGN, 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint a name and its sign."""
        painter.save()
        super().paintSection(painter, rect, section)
        painter.restore()
        arrangement = self._sheet.arrangement
        order = arrangement.order
        middle = QPointF(rect.right() - SIGN / 2 - 1, rect.center().y() + 0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._ink, 1.5))
        if section in arrangement.kept:
            painter.fillPath(_funnel(middle), self._ink)
            middle -= QPointF(11, 0)
        if order is not None and order.column == section:
            painter.drawPolyline(_arrow(middle, down=order.descending))
        elif section not in arrangement.kept:
            painter.drawPolyline(_chevron(middle))
        painter.restore()

    # ---- the mouse

    def section_at(self, where: QPoint) -> int:
        """Return the section at a place of the header; -1 for none."""
        return self.logicalIndexAt(where - QPoint(self._distance(where), 0))

    def sign_place(self, section: int) -> QRect:
        """Return where the sign of a section can be clicked."""
        left = self.sectionViewportPosition(section)
        if self._frozen is not None and section in self._frozen.columns:
            left += self.offset()
        right = left + self.sectionSize(section) - _GRIP
        return QRect(right - SIGN + _GRIP, 0, SIGN - _GRIP, self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the menu by its sign; elsewhere select the column or change its width."""
        where = event.position().toPoint()
        section = self.section_at(where)
        if (
            event.button() == Qt.MouseButton.LeftButton
            and section >= 0
            and self.sign_place(section).contains(where)
        ):
            corner = QPoint(self.sign_place(section).right(), self.height())
            self.menu_asked.emit(section, self.mapToGlobal(corner))
            return
        edge = self._frozen_edge(where)
        if edge is not None:
            self._dragged = (edge, where.x() - self.sectionSize(edge))
        else:
            self._behind, self._held = self._distance(where), True
            super().mousePressEvent(_moved(event, self._behind))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse over frozen columns too; what it drags stays the same."""
        where = event.position().toPoint()
        if self._dragged is not None:
            section, start = self._dragged
            self.resizeSection(section, max(where.x() - start, self.minimumSectionSize()))
        elif not self._held and self._distance(where):  # Qt does not look to the left of the view
            on_edge = self._frozen_edge(where) is not None
            shape = Qt.CursorShape.SplitHCursor if on_edge else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
        else:
            super().mouseMoveEvent(_moved(event, self._behind if self._held else 0))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of what the mouse took hold of."""
        if self._dragged is None:
            super().mouseReleaseEvent(_moved(event, self._behind))
        self._held, self._dragged = False, None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit a column whose edge is double-clicked."""
        edge = self._frozen_edge(event.position().toPoint())
        if edge is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.sectionHandleDoubleClicked.emit(edge)

    def _frozen_edge(self, where: QPoint) -> int | None:
        """Return the frozen section whose right edge is in a place."""
        right = 0
        for section in self._frozen.columns if self._frozen and self._distance(where) else ():
            right += self.sectionSize(section)
            if right - _GRIP <= where.x() < right:
                return section
        return None

    def _distance(self, where: QPoint) -> int:
        """Return how far what is seen in a place lies from where it would be without freezing."""
        covered = self._frozen is not None and self._frozen.covers(where.x())
        return self.offset() if covered else 0


def _moved(event: QMouseEvent, left: int) -> QMouseEvent:
    """Return the event that Qt would have had if nothing were frozen."""
    if not left:
        return event
    return QMouseEvent(
        event.type(),
        event.position() - QPointF(left, 0),
        event.globalPosition(),
        event.button(),
        event.buttons(),
        event.modifiers(),
    )


def _chevron(middle: QPointF) -> list[QPointF]:
    return [middle + QPointF(x, y) for x, y in ((-3.5, -1.75), (0, 1.75), (3.5, -1.75))]


def _arrow(middle: QPointF, *, down: bool) -> list[QPointF]:
    """Return an arrow: up where the smallest comes first."""
    side = 1 if down else -1
    places = ((0, -4.5), (0, 4.5), (-3.5, 1), (0, 4.5), (3.5, 1))
    return [middle + QPointF(x, y * side) for x, y in places]


def _funnel(middle: QPointF) -> QPainterPath:
    places = ((-5, -4.5), (5, -4.5), (1.4, 0), (1.4, 4.5), (-1.4, 3), (-1.4, 0))
    path = QPainterPath(middle + QPointF(*places[0]))
    for x, y in places[1:]:
        path.lineTo(middle + QPointF(x, y))
    path.closeSubpath()
    return path
