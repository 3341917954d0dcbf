"""How cells of the grid are painted and typed into."""

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPalette, QPen, QPolygon
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cancel_desk.checks.issues import Level
from cancel_desk.language import gettext as _
from cancel_desk.ui.grid.colours import GridColours, grid_colours, veil
from cancel_desk.ui.grid.findings import RowState
from cancel_desk.ui.grid.sheet_model import SheetModel
from cancel_desk.ui.grid.state_icons import state_icon

Index = QModelIndex | QPersistentModelIndex

CORNER: Final = 6
ICON: Final = 16

_STEPS = {
    (Qt.Key.Key_Return, False): (1, 0),
    (Qt.Key.Key_Return, True): (-1, 0),
    (Qt.Key.Key_Enter, False): (1, 0),
    (Qt.Key.Key_Enter, True): (-1, 0),
    (Qt.Key.Key_Tab, False): (0, 1),
    (Qt.Key.Key_Tab, True): (0, -1),
    (Qt.Key.Key_Backtab, False): (0, -1),
    (Qt.Key.Key_Backtab, True): (0, -1),
}
"""Where the keys that end typing go, by key and Shift: rows down, columns right."""


class CellDelegate(QStyledItemDelegate):
    """Cells with a tint and a corner where something is wrong, and a frame where one types.

    A key that ends typing also says where to go next, as in every spreadsheet program.
    """

    left = Signal(int, int)  # typing ended; go so many rows down and columns right
    filled = Signal(str)  # typing ended with this text for all selected cells
    tinted = True

    def __init__(self, sheet: SheetModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self.set_palette(QPalette())

    def set_palette(self, palette: QPalette) -> None:
        """Paint with the colours that fit a palette."""
        self.colours: GridColours = grid_colours(palette)
        self._veil = veil(self.colours.accent)

    # ---- painting

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Grey what is done with."""
        super().initStyleOption(option, index)
        if self._sheet.state(index) is RowState.DONE:
            _write_in(option, self.colours.muted)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell on its own ground, so that a tint is seen through the selection."""
        level = self._sheet.level(index) if self.tinted else None
        self._paint_ground(painter, option, level)
        plain = QStyleOptionViewItem(option)
        plain.state &= ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected)
        super().paint(painter, plain, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.save()
            painter.setPen(QPen(self.colours.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
            painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, level: Level | None
    ) -> None:
        rect, colours = option.rect, self.colours
        grounds = {Level.ERROR: colours.error_ground, Level.WARNING: colours.warning_ground}
        ground = colours.ground if level is None else grounds.get(level, colours.ground)
        painter.fillRect(rect, ground)
        state = option.state
        current = state & QStyle.StateFlag.State_HasFocus
        if state & QStyle.StateFlag.State_Selected and not current:
            painter.fillRect(rect, self._veil)
        if level is Level.ERROR:
            _paint_corner(painter, rect, colours.error)
        elif level is Level.WARNING:
            _paint_corner(painter, rect, colours.warning)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours.line)
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), colours.line)

    # ---- typing

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a field for plain text."""
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setAccessibleName(_("Cell"))
        editor.setAccessibleDescription(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        return editor

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Put the text into the cell, if anything was typed at all."""
        if isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, self.typed(editor))

    def typed(self, editor: QLineEdit) -> str:
        """Return the text to put into the cell."""
        return editor.text()

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """End typing on Enter and Tab, and go on from there."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(editor, QLineEdit):
            return super().eventFilter(editor, event)
        assert isinstance(event, QKeyEvent)  # noqa: S101
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if (
            key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and modifiers & Qt.KeyboardModifier.ControlModifier
        ):
            text = self.typed(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
            self.filled.emit(text)
            return True
        step = _STEPS.get((key, bool(modifiers & Qt.KeyboardModifier.ShiftModifier)))
        if step is None:
            return super().eventFilter(editor, event)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.left.emit(*step)
        return True


class StateDelegate(CellDelegate):
    """The state of a row as an icon in the middle of its cell."""

    def set_palette(self, palette: QPalette) -> None:
        """Paint with the colours that fit a palette."""
        super().set_palette(palette)
        self._icons: dict[RowState, QIcon] = {
            state: state_icon(state, self.colours) for state in RowState
        }

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave the word to hints and screen readers."""
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell and the icon over it."""
        super().paint(painter, option, index)
        rect = QRect(0, 0, ICON, ICON)
        rect.moveCenter(option.rect.center())
        self._icons[self._sheet.state(index)].paint(painter, rect)


class NoteDelegate(CellDelegate):
    """What is wrong with a row, in the colour of how grave it is."""

    tinted = False

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Colour the words instead of the ground."""
        super().initStyleOption(option, index)
        level = self._sheet.level(index)
        if level is not None:
            words = {
                Level.ERROR: self.colours.error,
                Level.WARNING: self.colours.warning,
                Level.INFO: self.colours.muted,
            }
            _write_in(option, words[level])


def _write_in(option: QStyleOptionViewItem, colour: QColor) -> None:
    palette = QPalette(option.palette)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
        palette.setColor(role, colour)
    option.palette = palette


def _paint_corner(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """Mark a cell by a shape too, not by its tint alone."""
    right, top = rect.right() + 1, rect.top()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(
        QPolygon([QPoint(right - CORNER, top), QPoint(right, top), QPoint(right, top + CORNER)])
    )
    painter.restore()
