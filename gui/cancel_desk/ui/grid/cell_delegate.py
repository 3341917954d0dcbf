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
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QIcon,
    QKeyEvent,
    QPainter,
    QPalette,
    QPen,
    QPolygon,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cancel_desk.checks.issues import Level
from cancel_desk.language import gettext as _
from cancel_desk.ui.grid.colours import GridColours, grid_colours, veil
from cancel_desk.ui.grid.findings import RowState
from cancel_desk.ui.grid.frozen_view import FrozenView
from cancel_desk.ui.grid.sheet_model import SheetModel
from cancel_desk.ui.grid.state_icons import state_icon

Index = QModelIndex | QPersistentModelIndex

CORNER: Final = 6
ICON: Final = 16
MARGIN: Final = 4
_MOST_MEASURED: Final = 4000  # some pages of cells
_WITH_ARROWS: Final = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_GREY = frozenset({RowState.CLOSED, RowState.DONE, RowState.LEFT_OUT})

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

_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_WITHIN: Final = "within"  # a property of fields in which the cursor moves to and fro


class CellDelegate(QStyledItemDelegate):
    """Cells with a tint and a corner where something is wrong, and a frame where one types.

    A key that ends typing also says where to go next, as in every spreadsheet program.
    """

    left = Signal(int, int)  # typing ended; go so many rows down and columns right
    filled = Signal(str)  # typing ended with this text for all selected cells
    tinted = True
    indent = MARGIN

    def __init__(self, sheet: SheetModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._metrics = QFontMetrics(QFont())
        self._base = 0
        self.set_palette(QPalette())

    def set_palette(self, palette: QPalette) -> None:
        """Paint with the colours that fit a palette."""
        self.colours: GridColours = grid_colours(palette)
        self._measured: dict[tuple[str, int], str] = {}
        self._veil = veil(self.colours.accent)
        self._grounds: dict[Level | None, QColor] = {
            Level.ERROR: self.colours.error_ground,
            Level.WARNING: self.colours.warning_ground,
        }

    # ---- painting

    def begin(self, metrics: QFontMetrics) -> tuple[QColor, QColor]:
        """Get ready to paint a page; return the colours of its ground and of its lines."""
        self._metrics = metrics
        self._base = (metrics.ascent() - metrics.descent()) // 2
        return self.colours.ground, self.colours.line

    def draw(
        self, painter: QPainter, rect: QRect, row: int, column: int, *, chosen: bool, focused: bool
    ) -> None:
        """Paint a cell on its ground, and a tint so that it is seen through the selection."""
        sheet = self._sheet
        row_id, of = sheet.shown[row], sheet.columns[column]
        level, state = sheet.cell_level(row_id, of), sheet.findings.state(row_id)
        tint = self._grounds.get(level) if self.tinted and state not in _GREY else None
        if tint or chosen:
            inside = rect.adjusted(0, 0, -1, -1)
            if tint:
                painter.fillRect(inside, tint)
            if chosen:
                painter.fillRect(inside, self._veil)
        if tint:
            colour = self.colours.error if level is Level.ERROR else self.colours.warning
            _paint_corner(painter, rect, colour)
        words = sheet.shown_text(row_id, of)
        if words:
            painter.setPen(self.ink(state, level))
            text = self._fitting(words, rect.width() - self.indent - MARGIN)
            base = rect.top() + rect.height() // 2 + self._base
            painter.drawText(rect.left() + self.indent, base, text)
        if focused:
            painter.setPen(QPen(self.colours.accent, 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _fitting(self, words: str, room: int) -> str:
        """Return words with dots where they end for want of room, measured once."""
        found = self._measured.get((words, room))
        if found is None:
            if len(self._measured) >= _MOST_MEASURED:
                self._measured.clear()
            found = self._metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            self._measured[words, room] = found
        return found

    def ink(self, state: RowState, _level: Level | None) -> QColor:
        """Return the colour of the words: grey for what is done with."""
        return self.colours.muted if state in _GREY else self.colours.text

    # ---- typing

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a field for the cell."""
        self._sheet.type_into(self._sheet.shown[index.row()])
        view = self.parent()
        lies_on = view.field_parent(index.column()) if isinstance(view, FrozenView) else parent
        return self.field(lies_on, index)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Let the field go: its row is typed into no more."""
        self._sheet.type_into(None)
        view = self.parent()
        if isinstance(view, FrozenView):
            view.field_gone()
        super().destroyEditor(editor, index)

    def field(self, parent: QWidget, index: Index) -> QWidget:
        """Return a field for plain text."""
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setAccessibleName(_("Cell"))
        editor.setAccessibleDescription(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with the text of the cell; what was typed since stays, whatever becomes known."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Put the text into the cell, if anything was typed at all."""
        if isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, self.typed(editor))

    def typed(self, editor: QLineEdit) -> str:
        """Return the text to put into the cell."""
        return editor.text()

    def move_within(self, editor: QLineEdit, *, within: bool = True) -> None:
        """Have the arrows move the cursor in a field, or end typing."""
        editor.setProperty(_WITHIN, within)

    def arrow_step(self, editor: QLineEdit, key: Qt.Key) -> tuple[int, int] | None:
        """Return where an arrow goes that ends typing; None for one that stays in the field."""
        step = _ARROWS.get(key)
        return None if step and step[1] and editor.property(_WITHIN) else step

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """End typing on Enter, Tab and arrows, and go on from there."""
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
        if key == Qt.Key.Key_F2:
            self.move_within(editor, within=not editor.property(_WITHIN))
            return True
        step = _STEPS.get((key, bool(modifiers & Qt.KeyboardModifier.ShiftModifier)))
        if step is None and not modifiers & _WITH_ARROWS:
            step = self.arrow_step(editor, key)
        if step is None:
            return super().eventFilter(editor, event)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.left.emit(*step)
        return True


class StateDelegate(CellDelegate):
    """The state of a row as an icon and a word; a tick that can be taken away."""

    toggled = Signal()  # by Space or a double click
    indent = MARGIN + ICON + MARGIN

    def set_palette(self, palette: QPalette) -> None:
        """Paint with the colours that fit a palette."""
        super().set_palette(palette)
        self._icons: dict[RowState, QIcon] = {
            state: state_icon(state, self.colours) for state in RowState
        }

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Tell that the person wants to leave rows out, or to take them back in."""
        space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if space or event.type() == QEvent.Type.MouseButtonDblClick:
            self.toggled.emit()
            return True
        return super().editorEvent(event, model, option, index)

    def draw(
        self, painter: QPainter, rect: QRect, row: int, column: int, *, chosen: bool, focused: bool
    ) -> None:
        """Paint the word, and the icon before it."""
        super().draw(painter, rect, row, column, chosen=chosen, focused=focused)
        place = QRect(rect.left() + MARGIN, 0, ICON, ICON)
        place.moveTop(rect.top() + (rect.height() - ICON) // 2)
        self._icons[self._sheet.findings.state(self._sheet.shown[row])].paint(painter, place)


class NoteDelegate(CellDelegate):
    """What is wrong with a row, in the colour of how grave it is instead of on a tint."""

    tinted = False

    def ink(self, state: RowState, level: Level | None) -> QColor:
        """Return the colour of the words."""
        if state in _GREY:
            return self.colours.muted
        words = {
            Level.ERROR: self.colours.error,
            Level.WARNING: self.colours.warning,
            Level.INFO: self.colours.muted,
        }
        return self.colours.text if level is None else words[level]


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
