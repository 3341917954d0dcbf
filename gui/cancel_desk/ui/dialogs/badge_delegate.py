"""Badges of stores in a table, as they look everywhere else."""

from typing import Final

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from cancel_desk.accounts.account import Environment
from cancel_desk.ui.widgets.badge import badge_colours

_BESIDE, _ABOVE, _ROUND = 6, 2, 3
_WORDS: Final = frozenset(each.value for each in Environment)


class BadgeDelegate(QStyledItemDelegate):
    """Paints the word of an environment on its colour; any other word as it is."""

    def displayText(self, value: object, locale: QLocale | QLocale.Language) -> str:
        """Return no text for what is painted as a badge."""
        return "" if value in _WORDS else super().displayText(value, locale)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the cell, and the badge in its middle."""
        super().paint(painter, option, index)
        word = index.data()
        if word not in _WORDS:
            return
        fill, ink = badge_colours(Environment(word))
        font = painter.font()
        font.setBold(True)
        painter.save()
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = painter.fontMetrics()
        place = QRectF(
            0, 0, words.horizontalAdvance(word) + 2 * _BESIDE, words.height() + 2 * _ABOVE
        )
        place.moveCenter(option.rect.toRectF().center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(place, _ROUND, _ROUND)
        painter.setPen(ink)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, word)
        painter.restore()
