"""What a window shows in the moment before it is complete."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cancel_desk.language import gettext as _
from cancel_desk.ui.widgets.theme import PAGE_MARGIN, colours

_HEADER_HEIGHT = 43
_BRAND_SIZE = 15


class OpeningFace(QWidget):
    """The program's name where it stays, and that the rest is coming.

    It is painted by hand, and without the names in ``Qt``: to load those, or labels and a style
    sheet, would take as long as all the rest until it can be seen.
    """

    painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.word = _("Opening Cancel Desk…")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the page, the header with the name, and the word in the middle."""
        theme = colours(QGuiApplication.palette())
        wide, high = self.width(), self.height()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.page)
        painter.fillRect(0, 0, wide, _HEADER_HEIGHT, theme.card)
        painter.fillRect(0, _HEADER_HEIGHT - 1, wide, 1, theme.line)
        metrics = painter.fontMetrics()
        painter.setPen(theme.muted)
        left = (wide - metrics.horizontalAdvance(self.word)) // 2
        painter.drawText(left, high // 2, self.word)
        brand = self.font()
        brand.setPixelSize(_BRAND_SIZE)
        brand.setBold(True)
        painter.setFont(brand)
        painter.setPen(theme.text)
        metrics = painter.fontMetrics()
        middle = (_HEADER_HEIGHT + metrics.ascent() - metrics.descent()) // 2
        painter.drawText(PAGE_MARGIN, middle, "Cancel Desk")
        painter.end()
        self.painted.emit()
