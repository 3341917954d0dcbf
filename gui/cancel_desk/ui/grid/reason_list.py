"""The list of reasons a person picks from, each with what it leads to."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cancel_desk.ui.grid.colours import GridColours, grid_colours, veil
from cancel_desk.ui.grid.reason_choices import Choice

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()

WIDTH: Final = 400
PADDING: Final = 8
CONSEQUENCE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class ReasonListModel(QAbstractListModel):
    """The reasons that fit what has been typed."""

    def __init__(self, choices: Sequence[Choice], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choices = tuple(choices)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many reasons fit."""
        return 0 if parent.isValid() else len(self.choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a reason in plain words, what it leads to, or both for a screen reader."""
        if not index.isValid():
            return None
        choice = self.choices[index.row()]
        return {
            int(Qt.ItemDataRole.DisplayRole): choice.label,
            int(CONSEQUENCE_ROLE): choice.consequence,
            int(Qt.ItemDataRole.AccessibleTextRole): f"{choice.label}. {choice.consequence}",
        }.get(role)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Show other reasons."""
        self.beginResetModel()
        self.choices = tuple(choices)
        self.endResetModel()


class ReasonList(QListView):
    """A list that drops down from a cell; the keys stay with the field that is typed into."""

    def __init__(self, choices: Sequence[Choice], window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setFrameShape(QFrame.Shape.Box)
        self.setFrameShadow(QFrame.Shadow.Plain)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        colours = grid_colours(self.palette())
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, colours.accent)  # the frame
        palette.setColor(QPalette.ColorRole.Highlight, veil(colours.accent))
        palette.setColor(QPalette.ColorRole.HighlightedText, palette.text().color())
        self.setPalette(palette)
        self.reasons = ReasonListModel(choices, self)
        self.setModel(self.reasons)
        self.setItemDelegate(_ReasonItem(colours, self))

    def show_choices(self, choices: Sequence[Choice], current: Choice | None) -> None:
        """Show other reasons, with one of them or none picked out."""
        self.reasons.show_choices(choices)
        row = self.reasons.choices.index(current) if current in self.reasons.choices else -1
        self.setCurrentIndex(self.reasons.index(row, 0))

    def current(self) -> Choice | None:
        """Return the reason that is picked out, or None."""
        index = self.currentIndex()
        return self.reasons.choices[index.row()] if index.isValid() else None

    def step(self, by: int) -> None:
        """Pick out the next or previous reason, going round at the ends."""
        count = self.reasons.rowCount()
        if count:
            row = self.currentIndex().row()
            to = (row + by) % count if row >= 0 else (0 if by > 0 else count - 1)
            self.setCurrentIndex(self.reasons.index(to, 0))

    def place_at(self, cell: QRect) -> None:
        """Drop down from a cell, given in the window's coordinates; upwards where there is room."""
        room = self._window.rect()
        height = 2 * self.frameWidth() + sum(
            self.sizeHintForRow(row) for row in range(self.reasons.rowCount())
        )
        width = min(max(WIDTH, cell.width()), room.width())
        below, above = room.bottom() - cell.bottom(), cell.top() - room.top()
        height = min(height, max(below, above))
        top = cell.bottom() + 1 if below >= height else cell.top() - height
        left = max(0, min(cell.left(), room.right() + 1 - width))
        self.setGeometry(left, top, width, height)


class _ReasonItem(QStyledItemDelegate):
    """The reason in bold, and under it what it leads to, wrapped."""

    def __init__(self, colours: GridColours, parent: QObject) -> None:
        super().__init__(parent)
        self._muted = colours.muted

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that all words need."""
        lines = option.fontMetrics.height()
        consequence = str(index.data(CONSEQUENCE_ROLE))
        if consequence:
            lines += self._wrapped(option.fontMetrics, WIDTH, consequence).height() + 2
        return QSize(WIDTH - 24, lines + 2 * PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint both lines over the ground of the style."""
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        plain.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, option.widget)
        rect = option.rect.adjusted(PADDING, PADDING, -PADDING, -PADDING)
        painter.save()
        bold = plain.font
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(plain.palette.text().color())
        label = str(index.data(Qt.ItemDataRole.DisplayRole))
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, label)
        bold.setBold(False)
        painter.setFont(bold)
        painter.setPen(self._muted)
        rect.setTop(rect.top() + plain.fontMetrics.height() + 2)
        painter.drawText(rect, int(_WRAPPED), str(index.data(CONSEQUENCE_ROLE)))
        painter.restore()

    @staticmethod
    def _wrapped(metrics: QFontMetrics, width: int, text: str) -> QRect:
        room = QRect(0, 0, width - 2 * PADDING - 4, 1000)
        return metrics.boundingRect(room, int(_WRAPPED), text)
