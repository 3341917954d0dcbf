"""One bar whose parts are as long as their counts."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

HEIGHT = 14
_LEAST = 4.0  # pixels that even one of a million gets


class Part(NamedTuple):
    """How many there are of something, and its colour."""

    amount: int
    colour: QColor


class OutcomeBar(QWidget):
    """Shows parts of a whole; words beside it say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[Part, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[Part], described: str) -> None:
        """Show these parts; ``described`` is what a screen reader says."""
        self._parts = tuple(part for part in parts if part.amount)
        self.setAccessibleName(described)
        self.update()

    def widths(self) -> list[float]:
        """Return the width of each part in pixels: true to its count, but never invisible."""
        total = sum(part.amount for part in self._parts)
        if not total:
            return []
        raised = [max(_LEAST, self.width() * part.amount / total) for part in self._parts]
        return [self.width() * width / sum(raised) for width in raised]

    def sizeHint(self) -> QSize:
        """Return the height of a bar; it takes whatever width there is."""
        return QSize(200, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the parts from left to right in one rounded bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setClipPath(outline)
        left = 0.0
        for part, width in zip(self._parts, self.widths(), strict=True):
            painter.fillRect(QRectF(left, 0, width + 1, self.height()), part.colour)
            left += width
        painter.end()
