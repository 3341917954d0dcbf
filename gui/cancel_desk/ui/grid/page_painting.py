"""Painting the cells in view, a column at a time.

Qt's own way asks the model and every delegate several times for each cell, which in Python takes
as long again as the painting: a page has two hundred cells and must be painted within a frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor, QFontMetrics, QPainter

    from cancel_desk.ui.grid.frozen_view import FrozenView


class CellPainter(Protocol):
    """What paints the cells of a column."""

    def begin(self, metrics: QFontMetrics) -> tuple[QColor, QColor]:
        """Get ready to paint a page; return the colours of its ground and of its lines."""

    def draw(
        self, painter: QPainter, rect: QRect, row: int, column: int, *, chosen: bool, focused: bool
    ) -> None:
        """Paint what a cell has on its ground, inside its lines."""


def paint_cells(
    view: FrozenView, painter: QPainter, where: QRect, columns: Sequence[int], shift: int
) -> None:
    """Paint the cells of some columns that are seen in a place, ``shift`` pixels to the right."""
    first, last = view.rowAt(where.top()), view.rowAt(where.bottom())
    if first < 0:
        return
    last = view.model().rowCount() - 1 if last < 0 else last
    height, top = view.rowHeight(first), view.rowViewportPosition(first)
    rows = range(first, last + 1)
    current = view.currentIndex() if view.hasFocus() else view.rootIndex()
    chosen = [
        (each.top(), each.bottom(), each.left(), each.right())
        for each in view.selected_ranges()
        if each.top() <= last and each.bottom() >= first
    ]
    metrics = painter.fontMetrics()
    for column in columns:
        left, width = view.columnViewportPosition(column) + shift, view.columnWidth(column)
        if left > where.right() or left + width <= where.left():
            continue
        cells = view.painter_of(column)
        ground, line = cells.begin(metrics)
        painter.fillRect(left, top, width, height * len(rows), ground)
        painter.fillRect(left + width - 1, top, 1, height * len(rows), line)
        marked = [(upper, lower) for upper, lower, from_, to in chosen if from_ <= column <= to]
        here = current.row() if current.column() == column else -1
        edge = top
        for row in rows:
            painter.fillRect(left, edge + height - 1, width, 1, line)
            cells.draw(
                painter,
                QRect(left, edge, width, height),
                row,
                column,
                chosen=row != here and any(upper <= row <= lower for upper, lower in marked),
                focused=row == here,
            )
            edge += height
