"""What a window shows in the moment before it is complete."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QGuiApplication, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.ui.widgets.theme import PAGE_MARGIN, colours

_HEADER_HEIGHT = 42
_BRAND_SIZE = 15


class OpeningFace(QWidget):
    """The program's name where it stays, and that the rest is coming.

    Its colours are those of palettes. A style sheet, or a painter that is given a colour, loads all
    the names in ``Qt``, which takes a tenth of the time until it can be seen.
    """

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme = colours(QGuiApplication.palette())
        self.word = _("Opening Cancel Desk…")
        _paint(self, theme.page, theme.muted)
        brand = QLabel("Cancel Desk")
        font = brand.font()
        font.setPixelSize(_BRAND_SIZE)
        font.setBold(True)
        brand.setFont(font)
        header = _strip(theme.card, theme.text, _HEADER_HEIGHT)
        line = _strip(theme.line, theme.text, 1)
        row = QHBoxLayout(header)
        row.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, 0)
        row.addWidget(brand)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(QLabel(self.word))
        middle.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(line)
        column.addLayout(middle, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tell that it is painted: its parts are in the same picture."""
        self.painted.emit()


def _strip(ground: QColor, words: QColor, height: int) -> QWidget:
    strip = QWidget()
    strip.setFixedHeight(height)
    _paint(strip, ground, words)
    return strip


def _paint(widget: QWidget, ground: QColor, words: QColor) -> None:
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.Window, ground)
    palette.setColor(QPalette.ColorRole.WindowText, words)
    widget.setPalette(palette)
    widget.setAutoFillBackground(True)
