"""Moving about in the grid by keys: steps, jumps, and a selection that grows from its corner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView

from cancel_desk.language import gettext as _
from cancel_desk.ui.grid.editing import Area
from cancel_desk.ui.grid.jumps import block_edge

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from cancel_desk.ui.grid.sheet_view import SheetView

_Key = Qt.Key
_Select = QItemSelectionModel.SelectionFlag
_Cursor = QAbstractItemView.CursorAction

CTRL: Final = Qt.KeyboardModifier.ControlModifier
SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
ALT: Final = Qt.KeyboardModifier.AltModifier
META: Final = Qt.KeyboardModifier.MetaModifier  # the Ctrl key of a Mac
ENTER: Final = frozenset({_Key.Key_Return, _Key.Key_Enter})
_ARROWS: Final = {
    _Key.Key_Up: (-1, 0),
    _Key.Key_Down: (1, 0),
    _Key.Key_Left: (0, -1),
    _Key.Key_Right: (0, 1),
}
_FAR: Final = {
    _Key.Key_Home: _Cursor.MoveHome,
    _Key.Key_End: _Cursor.MoveEnd,
    _Key.Key_PageUp: _Cursor.MovePageUp,
    _Key.Key_PageDown: _Cursor.MovePageDown,
}
_SIDEWAYS: Final = {_Key.Key_PageUp: -1, _Key.Key_PageDown: 1}
_Reason = Qt.FocusReason
_NEITHER: Final = Qt.KeyboardModifier.NoModifier


def moves() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the keys that move about in the grid, in Qt's portable words, and what they do."""
    return (
        (("Up", "Down", "Left", "Right"), _("Go to the cell beside this one")),
        (
            ("Ctrl+Up", "Ctrl+Down", "Ctrl+Left", "Ctrl+Right"),
            _("Go to the edge of the filled cells"),
        ),
        (("Home", "End"), _("Go to the first or last cell of the row")),
        (("Ctrl+Home", "Ctrl+End"), _("Go to the first or last cell of all")),
        (("PgUp", "PgDown"), _("Go a page up or down")),
        (("Alt+PgUp", "Alt+PgDown"), _("Go a page to the left or right")),
        (("Return", "Shift+Return"), _("Go down or up, inside a selection from end to end")),
        (("Ctrl+.",), _("Go to the next corner of the selection")),
        (("Tab", "Shift+Tab"), _("Go right or left, inside a selection from end to end")),
        (
            ("Shift+Up", "Shift+Down", "Shift+Left", "Shift+Right"),
            _("Extend the selection"),
        ),
        (
            ("Ctrl+Shift+Up", "Ctrl+Shift+Down", "Ctrl+Shift+Left", "Ctrl+Shift+Right"),
            _("Extend the selection to the edge of the filled cells"),
        ),
        (
            ("Shift+Home", "Shift+End", "Ctrl+Shift+Home", "Ctrl+Shift+End"),
            _("Extend the selection to the end of the row, or of all rows"),
        ),
        (("Shift+PgUp", "Shift+PgDown"), _("Extend the selection by a page")),
        (("Shift+Space",), _("Select the whole row")),
        (("Ctrl+Space",), _("Select the whole column")),
        (("Ctrl+A", "Ctrl+Shift+Space"), _("Select everything that is shown")),
        (("Shift+Backspace",), _("Select the current cell only")),
        (("F2",), _("Edit the cell")),
        (("F6", "Shift+F6"), _("Leave the grid, forwards or backwards")),
    )


class Moves:
    """Moves the current cell of a view and extends its selection."""

    def __init__(self, view: SheetView) -> None:
        self._view = view
        self._held = QPersistentModelIndex()
        self._tabbed_to = QPersistentModelIndex()
        self._tabbed_from = 0  # the column in which a run of Tabs began

    def hold(self, first: QModelIndex) -> None:
        """Have what was selected from a cell on grow at its far end while that cell is current."""
        self._held = QPersistentModelIndex(first)

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key says; return False if it is none of ours."""
        key, modifiers = _Key(event.key()), event.modifiers()
        ctrl, shift = bool(modifiers & CTRL), bool(modifiers & SHIFT)
        if key in ENTER and not ctrl:
            self.go_on(-1 if shift else 1, 0)
        elif key in {_Key.Key_Tab, _Key.Key_Backtab} and not ctrl:
            self.go_on(0, -1 if shift or key == _Key.Key_Backtab else 1)
        elif key in _ARROWS and ctrl:
            self._jump(*_ARROWS[key], extend=shift)
        elif key in _ARROWS and shift:
            self._extend(*_ARROWS[key])
        elif key in _FAR and shift:
            self._go_to_end()
            target = self._view.moveCursor(_FAR[key], CTRL if ctrl else _NEITHER)
            self.extend_to(target.row(), target.column())
        elif key == _Key.Key_F6:
            self._leave(back=shift)
        elif key in _SIDEWAYS and modifiers & ALT:
            self._turn_sideways(_SIDEWAYS[key])
        else:
            return self._select_by(key, modifiers)
        return True

    def _select_by(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Select more or less by a key; return False if it is none of ours."""
        ctrl, shift = bool(modifiers & CTRL), bool(modifiers & SHIFT)
        if key == _Key.Key_Space:
            return self._select_whole(rows=shift, columns=ctrl or bool(modifiers & META))
        if key == _Key.Key_Period and ctrl:
            self._next_corner()
        elif key == _Key.Key_Backspace and shift:
            self._view.selectionModel().select(self._view.currentIndex(), _Select.ClearAndSelect)
        else:
            return False
        return True

    def step(self, rows: int, columns: int) -> None:
        """Go to another cell, over hidden columns and no further than the edge."""
        cell = self._beside(rows, columns)
        if cell:
            self._view.go_to(*cell)

    def go_on(self, rows: int, columns: int) -> None:
        """Go to the next cell; inside a selection that has several, from end to end of it."""
        areas = self._view.areas()
        if len(areas) == 1 and len(areas[0].rows) * len(areas[0].columns) > 1:
            self._go_round(areas[0], rows, columns)
        elif rows:
            self._end_line(rows)
        else:
            self._tab(columns)

    def _tab(self, columns: int) -> None:
        current = self._view.currentIndex()
        if self._tabbed_to != current:
            self._tabbed_from = current.column()
        self.step(0, columns)
        self._tabbed_to = QPersistentModelIndex(self._view.currentIndex())

    def _end_line(self, rows: int) -> None:
        """Go to the next row, and there to where one came from by Tab: to fill in row after row."""
        current = self._view.currentIndex()
        came_by_tab = current.isValid() and self._tabbed_to == current
        self.step(rows, 0)
        if came_by_tab:
            self._view.go_to(self._view.currentIndex().row(), self._tabbed_from)

    def _next_corner(self) -> None:
        """Go round the corners of what is selected, as the hands of a clock do."""
        areas, current = self._view.areas(), self._view.currentIndex()
        if len(areas) != 1:
            return
        rows, columns = areas[0]
        top, bottom, left, right = rows[0], rows[-1], columns[0], columns[-1]
        corners = ((top, left), (top, right), (bottom, right), (bottom, left))
        places = list(dict.fromkeys(corners))  # fewer where it is a line or a cell
        here = (current.row(), current.column())
        at = places.index(here) + 1 if here in places else 0
        index = self._view.sheet.index(*places[at % len(places)])
        self._view.selectionModel().setCurrentIndex(index, _Select.NoUpdate)
        self._view.scrollTo(index)

    def _go_round(self, area: Area, rows: int, columns: int) -> None:
        current = self._view.currentIndex()
        if current.row() not in area.rows or current.column() not in area.columns:
            self.step(rows, columns)
            return
        height, width = len(area.rows), len(area.columns)
        row, column = current.row() - area.rows[0], area.columns.index(current.column())
        if rows:
            column, row = divmod((column * height + row + rows) % (height * width), height)
        else:
            row, column = divmod((row * width + column + columns) % (height * width), width)
        index = self._view.sheet.index(area.rows[row], area.columns[column])
        self._view.selectionModel().setCurrentIndex(index, _Select.NoUpdate)
        self._view.scrollTo(index)

    def extend_to(self, row: int, column: int) -> None:
        """Select as far as a cell; the corner where the selection began stays."""
        view = self._view
        index = view.sheet.index(row, column)
        if not index.isValid():
            return
        self._go_to_end()
        anchor = self._anchor(view.currentIndex())
        view.selectionModel().setCurrentIndex(index, _Select.NoUpdate)
        view.selectionModel().select(QItemSelection(anchor, index), _Select.ClearAndSelect)
        view.scrollTo(index)

    def _beside(self, rows: int, columns: int) -> tuple[int, int] | None:
        current, visible = self._view.currentIndex(), self._view.visible_columns()
        if not current.isValid() or current.column() not in visible:
            return None
        at = max(0, min(visible.index(current.column()) + columns, len(visible) - 1))
        return max(0, min(current.row() + rows, len(self._view.sheet.shown) - 1)), visible[at]

    def _jump(self, rows: int, columns: int, *, extend: bool) -> None:
        """Go to the edge of the filled cells, as spreadsheet programs do with Ctrl and arrows."""
        if extend:
            self._go_to_end()
        current, visible = self._view.currentIndex(), self._view.visible_columns()
        if not current.isValid() or current.column() not in visible:
            return
        row, column = current.row(), current.column()
        if rows:
            count = len(self._view.sheet.shown)
            row = block_edge(row, rows, count, lambda at: self._filled(at, column))
        else:
            start = visible.index(column)
            edge = block_edge(
                start, columns, len(visible), lambda at: self._filled(row, visible[at])
            )
            column = visible[edge]
        if extend:
            self.extend_to(row, column)
        else:
            self._view.go_to(row, column)

    def _extend(self, rows: int, columns: int) -> None:
        """Move the corner of the selection that the current cell is in."""
        self._go_to_end()
        cell = self._beside(rows, columns)
        if cell:
            self.extend_to(*cell)

    def _go_to_end(self) -> None:
        """Go to the far end of an area that was selected at once, such as what was pasted."""
        current, ranges = self._view.currentIndex(), self._view.selected_ranges()
        if self._held == current and len(ranges) == 1 and ranges[0].topLeft() == current:
            area = self._view.areas()[0]  # without the hidden columns, which nobody can be in
            end = self._view.sheet.index(area.rows[-1], area.columns[-1])
            self._view.selectionModel().setCurrentIndex(end, _Select.NoUpdate)
        self._held = QPersistentModelIndex()

    def _anchor(self, current: QModelIndex) -> QModelIndex:
        """Return the corner of the selection that is opposite to the current cell."""
        for chosen in self._view.selected_ranges():
            at_edges = current.row() in {chosen.top(), chosen.bottom()} and (
                current.column() in {chosen.left(), chosen.right()}
            )
            if at_edges and chosen.contains(current):
                row = chosen.top() + chosen.bottom() - current.row()
                column = chosen.left() + chosen.right() - current.column()
                return self._view.sheet.index(row, column)
        return current

    def _filled(self, row: int, column: int) -> bool:
        return bool(self._view.sheet.index(row, column).data(Qt.ItemDataRole.EditRole))

    def _leave(self, *, back: bool) -> None:
        """Give the keys to what comes before or after the grid, since Tab stays in it."""
        widget = self._view.previousInFocusChain() if back else self._view.nextInFocusChain()
        while widget is not None and widget is not self._view:
            # What lies around the grid would hand the keys back to it.
            around = widget.isAncestorOf(self._view) or widget.focusProxy() is self._view
            outside = not around and not self._view.isAncestorOf(widget)
            usable = widget.isVisible() and widget.isEnabled()
            if outside and usable and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                widget.setFocus(_Reason.BacktabFocusReason if back else _Reason.TabFocusReason)
                return
            widget = widget.previousInFocusChain() if back else widget.nextInFocusChain()

    def _turn_sideways(self, side: int) -> None:
        """Go left or right by as many columns as fit beside the frozen ones."""
        view, visible = self._view, self._view.visible_columns()
        current = view.currentIndex()
        if not current.isValid() or current.column() not in visible:
            return
        frozen = view.frozen.width if view.frozen else 0
        room, at = view.viewport().width() - frozen, visible.index(current.column())
        last = len(visible) - 1 if side > 0 else 0
        while at != last and (room := room - view.columnWidth(visible[at])) > 0:
            at += side
        view.go_to(current.row(), visible[at])

    def _select_whole(self, *, rows: bool, columns: bool) -> bool:
        if rows and columns:
            self._view.selectAll()
        elif rows:
            self._select_rows()
        elif columns:
            self._select_columns()
        return rows or columns

    def _select_rows(self) -> None:
        rows = self._view.selected_rows()
        if rows:
            self._view.select_rows(rows[0], rows[-1])

    def _select_columns(self) -> None:
        columns = sorted({at for area in self._view.areas() for at in area.columns})
        rows = len(self._view.sheet.shown)
        if columns and rows:
            current = self._view.currentIndex()
            self._view.select_area(Area(range(rows), tuple(columns)))
            self._view.selectionModel().setCurrentIndex(current, _Select.NoUpdate)
            self._view.scrollTo(current)
