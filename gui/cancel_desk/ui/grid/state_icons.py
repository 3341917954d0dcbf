"""The icons of row states: each has a shape of its own, so that colour is only a second sign."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from cancel_desk.ui.grid.colours import GridColours
from cancel_desk.ui.grid.findings import RowState

_SIZES = (16, 24, 32, 48, 64)


def state_icon(state: RowState, colours: GridColours) -> QIcon:
    """Return the icon of a state."""
    icon = QIcon()
    for size in _SIZES:
        pixmap = QPixmap(QSize(size, size))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(size / 16, size / 16)
        _paint(painter, state, colours)
        painter.end()
        icon.addPixmap(pixmap)
    return icon


def state_colour(state: RowState, colours: GridColours) -> QColor:
    """Return the colour of a state's icon and word."""
    return {
        RowState.READY: colours.ready,
        RowState.WARNING: colours.warning,
        RowState.ERROR: colours.error,
        RowState.CLOSED: colours.muted,
        RowState.DONE: colours.muted,
        RowState.LEFT_OUT: colours.muted,
    }[state]


def _paint(painter: QPainter, state: RowState, colours: GridColours) -> None:
    """Paint a state into a square of 16."""
    if state is RowState.READY:
        _stroke(painter, colours.ready, (3.5, 8.5), (6.8, 11.8), (12.8, 4.8))
    elif state is RowState.DONE:
        _stroke(painter, colours.muted, (4.5, 8), (11.5, 8))
    elif state is RowState.CLOSED:
        _stroke(painter, colours.muted, (4.5, 4.5), (11.5, 11.5))
        _stroke(painter, colours.muted, (11.5, 4.5), (4.5, 11.5))
    elif state is RowState.LEFT_OUT:
        painter.setPen(QPen(colours.muted, 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(2.5, 2.5, 11, 11))
        _stroke(painter, colours.muted, (4.4, 11.6), (11.6, 4.4), width=1.6)
    elif state is RowState.ERROR:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.error)
        painter.drawEllipse(QRectF(1.5, 1.5, 13, 13))
        _stroke(painter, colours.ground, (5.6, 5.6), (10.4, 10.4), width=1.7)
        _stroke(painter, colours.ground, (10.4, 5.6), (5.6, 10.4), width=1.7)
    else:
        _paint_triangle(painter, colours.warning)
        _stroke(painter, colours.ground, (8, 6.3), (8, 9.4), width=1.7)
        _stroke(painter, colours.ground, (8, 11.7), (8, 11.8), width=1.9)


def _paint_triangle(painter: QPainter, colour: QColor) -> None:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(8, 2.4), QPointF(14.4, 13.4), QPointF(1.6, 13.4)]))
    path.closeSubpath()
    pen = QPen(colour, 1.6)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.fillPath(path, colour)


def _stroke(
    painter: QPainter, colour: QColor, *points: tuple[float, float], width: float = 2.0
) -> None:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(*point) for point in points]))
