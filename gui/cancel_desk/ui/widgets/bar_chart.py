"""A plot of amounts: one bar for each, with its name before it and its amount behind it."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cancel_desk.language import grouped, ngettext
from cancel_desk.ui.widgets.theme import SPACE, colours

_LANE: Final = 28  # pixels from one bar to the next
_BAR: Final = 16
_WIDEST_NAME: Final = 0.4  # of the whole width
_LEAST: Final = 2.0  # pixels that even one of a million gets


class Bar(NamedTuple):
    """What a bar stands for, how long it is, and all that is to be said of it."""

    name: str
    amount: int
    words: str


class BarChart(QWidget):
    """Shows as many bars as there is room for, in their order; a table beside it has them all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_bars(self, bars: Sequence[Bar], *, name: str) -> None:
        """Show these bars, the longest first; ``name`` says what the plot is about."""
        self._bars = tuple(bars)
        self.setAccessibleName(name)
        self._describe()
        self.update()

    def shown(self) -> tuple[Bar, ...]:
        """Return the bars that there is room for."""
        lanes = max(1, self.height() // _LANE)
        return self._bars if len(self._bars) <= lanes else self._bars[: max(1, lanes - 1)]

    def lengths(self) -> list[float]:
        """Return the length of each bar that is shown, in pixels: true to its amount."""
        shown = self.shown()
        longest = max((bar.amount for bar in shown), default=0)
        if not longest:
            return [0.0 for _bar in shown]
        room = self._room()
        return [max(_LEAST, room * bar.amount / longest) for bar in shown]

    def sizeHint(self) -> QSize:
        """Return room for ten bars."""
        return QSize(420, 10 * _LANE)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few bars."""
        return QSize(260, 4 * _LANE)

    def resizeEvent(self, _event: object) -> None:
        """Say of the bars that there is room for now."""
        self._describe()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint names, bars and amounts from top to bottom."""
        theme, words = colours(QGuiApplication.palette()), self.fontMetrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = self._names_width()
        shown = self.shown()
        for at, (bar, length) in enumerate(zip(shown, self.lengths(), strict=True)):
            lane = QRectF(0, at * _LANE, self.width(), _LANE)
            painter.setPen(theme.text)
            name = words.elidedText(bar.name, Qt.TextElideMode.ElideMiddle, left)
            painter.drawText(lane, Qt.AlignmentFlag.AlignVCenter, name)
            place = QRectF(left + SPACE, lane.top() + (_LANE - _BAR) / 2, length, _BAR)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent)
            painter.drawRoundedRect(place, 2, 2)
            painter.setPen(theme.text)
            lane.setLeft(place.right() + SPACE / 2)
            painter.drawText(lane, Qt.AlignmentFlag.AlignVCenter, grouped(bar.amount))
        if more := self._more_words():
            painter.setPen(theme.muted)
            lane = QRectF(0, len(shown) * _LANE, self.width(), _LANE)
            painter.drawText(lane, Qt.AlignmentFlag.AlignVCenter, more)
        painter.end()

    def _names_width(self) -> int:
        widest = max(
            map(self.fontMetrics().horizontalAdvance, (b.name for b in self._bars)), default=0
        )
        return min(widest, round(self.width() * _WIDEST_NAME))

    def _room(self) -> float:
        """Return how long the longest bar may be."""
        longest = max((bar.amount for bar in self._bars), default=0)
        amount = self.fontMetrics().horizontalAdvance(grouped(longest))
        return max(_LEAST, self.width() - self._names_width() - amount - 2 * SPACE)

    def _more_words(self) -> str:
        more = len(self._bars) - len(self.shown())
        words = ngettext("and {n} more in the table", "and {n} more in the table", more)
        return words.format(n=grouped(more)) if more else ""

    def _describe(self) -> None:
        told = [f"{bar.name}: {bar.words}" for bar in self.shown()]
        self.setAccessibleDescription("; ".join(filter(None, [*told, self._more_words()])))
