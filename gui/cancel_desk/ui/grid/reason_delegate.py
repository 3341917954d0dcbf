"""The reason column: shown in plain words, picked from a list, kept as Walmart's code."""

from functools import partial
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from cancel_desk.ui.grid.cell_delegate import CellDelegate
from cancel_desk.ui.grid.reason_choices import fitting_choices
from cancel_desk.ui.grid.reason_editor import ReasonEditor

Index = QModelIndex | QPersistentModelIndex
ARROW: Final = 22
"""Width of the place at the end of the current cell that opens the list."""


class ReasonDelegate(CellDelegate):
    """Lists the reasons of the sheet's market."""

    asked = Signal(QModelIndex)  # the arrow of a cell was clicked

    def draw(
        self, painter: QPainter, rect: QRect, row: int, column: int, *, chosen: bool, focused: bool
    ) -> None:
        """Paint the cell, and in the current one the arrow that opens the list."""
        super().draw(painter, rect, row, column, chosen=chosen, focused=focused)
        if focused:
            middle = QPointF(_arrow_place(rect).center())
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.colours.text, 1.6))
            painter.drawPolyline(
                [middle + QPointF(-4, -2), middle + QPointF(0, 2), middle + QPointF(4, -2)]
            )
            painter.restore()

    def field(self, parent: QWidget, _index: Index) -> QWidget:
        """Return a field with the list of reasons."""
        editor = ReasonEditor(partial(fitting_choices, self._sheet.review.market), parent)
        editor.picked.connect(partial(self._finish, editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with the reason in plain words; what was typed since stays."""
        if isinstance(editor, ReasonEditor) and not editor.isModified():
            editor.begin(str(index.data(Qt.ItemDataRole.DisplayRole)))

    def typed(self, editor: QLineEdit) -> str:
        """Return the code of the reason, or what was typed if it is none."""
        return editor.chosen() if isinstance(editor, ReasonEditor) else editor.text()

    def arrow_step(self, _editor: QLineEdit, _key: Qt.Key) -> None:
        """Keep the arrows for the list."""

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Open the list when the arrow of the current cell is clicked."""
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
            and option.state & QStyle.StateFlag.State_HasFocus
            and _arrow_place(option.rect).contains(event.position().toPoint())
        ):
            self.asked.emit(index)
            return True
        return super().editorEvent(event, model, option, index)

    def _finish(self, editor: ReasonEditor) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)


def _arrow_place(cell: QRect) -> QRect:
    return QRect(cell.right() - ARROW, cell.top(), ARROW, cell.height())
