"""The grid: a table view that is used as spreadsheet programs are."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QMenu,
    QTableView,
    QWidget,
)

from cancel_desk.language import gettext as _
from cancel_desk.sheet.edits import Edit, SetCells
from cancel_desk.ui.grid.cell_delegate import CellDelegate, NoteDelegate, StateDelegate
from cancel_desk.ui.grid.editing import Area, SheetEditing
from cancel_desk.ui.grid.grid_columns import GridColumn, Kind
from cancel_desk.ui.grid.headers import PlainHeader
from cancel_desk.ui.grid.jumps import block_edge
from cancel_desk.ui.grid.kept_place import KeptPlace, keep_place, selection_of
from cancel_desk.ui.grid.reason_delegate import ReasonDelegate
from cancel_desk.ui.grid.reason_editor import ReasonEditor
from cancel_desk.ui.grid.sheet_actions import add_sheet_actions
from cancel_desk.ui.grid.sheet_model import SheetModel
from cancel_desk.ui.grid.shown_rows import runs
from cancel_desk.ui.theme import colours

ROW_HEIGHT: Final = 28

_Select = QItemSelectionModel.SelectionFlag
_Triggers = QAbstractItemView.EditTrigger
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}

# Without a rule for items: those are painted by the delegates, and faster.
_STYLE: Final = """
QTableView {{ border: 1px solid {line}; background: {card}; }}
QTableView QTableCornerButton::section {{
    background: {page}; border: 0; border-right: 1px solid {line}; border-bottom: 1px solid {line};
}}
QHeaderView {{ background: {page}; }}
QHeaderView::section {{
    background: {page}; color: {muted}; border: 0; border-right: 1px solid {line};
    border-bottom: 1px solid {line}; padding: 0 5px;
}}
QHeaderView::section:horizontal {{ font-weight: bold; }}
QTableView QLineEdit {{
    border: 2px solid {accent}; background: {card}; color: {text}; padding: 0 1px;
}}
"""


class SheetView(QTableView):
    """Rows of a review, edited by keys, by menu and through the clipboard."""

    selected = Signal()  # other cells are selected than before

    def __init__(self, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = model
        self.editing = SheetEditing(model)
        self._extras_shown = False
        self._laid_out: tuple[GridColumn, ...] = ()
        self._place: KeptPlace | None = None  # over a reset
        self._set_up()
        self._make_delegates()
        self.setModel(model)
        self.menu = QMenu(self)
        add_sheet_actions(self, self.menu)
        model.modelAboutToBeReset.connect(self._on_reset_coming)
        model.modelReset.connect(self._on_reset)
        model.retraced.connect(self.reveal)
        model.arranging.connect(self._on_arranging)
        self._colour()
        self._lay_out_columns()

    def _set_up(self) -> None:
        self.setAccessibleName(_("Rows of your sheet"))
        self.setWordWrap(False)
        self.setShowGrid(False)  # the delegates draw a calmer one
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            _Triggers.AnyKeyPressed | _Triggers.EditKeyPressed | _Triggers.DoubleClicked
        )
        middle = Qt.AlignmentFlag.AlignVCenter
        columns = PlainHeader(Qt.Orientation.Horizontal, Qt.AlignmentFlag.AlignLeft | middle, self)
        rows = PlainHeader(Qt.Orientation.Vertical, Qt.AlignmentFlag.AlignRight | middle, self)
        self.setHorizontalHeader(columns)
        self.setVerticalHeader(rows)
        height = max(ROW_HEIGHT, self.fontMetrics().height() + 10)
        # Any mode that looks at contents asks for every row.
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(height)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        columns.setMinimumSectionSize(24)
        columns.setFixedHeight(height + 2)

    def _make_delegates(self) -> None:
        self._plain = CellDelegate(self.sheet, self)
        self._states = StateDelegate(self.sheet, self)
        self._notes = NoteDelegate(self.sheet, self)
        self._reasons = ReasonDelegate(self.sheet, self)
        self._reasons.asked.connect(self._on_reasons_asked)
        self._states.toggled.connect(self._on_toggled)
        self.setItemDelegate(self._plain)
        for delegate in (self._plain, self._reasons):
            delegate.left.connect(self.step)
            delegate.filled.connect(self._on_filled)

    # ---- columns and colours

    def column_of(self, kind: Kind) -> int:
        """Return the first column of a kind."""
        return next(at for at, column in enumerate(self.sheet.columns) if column.kind is kind)

    def visible_columns(self) -> list[int]:
        """Return the columns that can be seen, from left to right."""
        return [at for at in range(len(self.sheet.columns)) if not self.isColumnHidden(at)]

    def show_extras(self, *, shown: bool) -> None:
        """Show or hide the person's own columns beside those we need."""
        self._extras_shown = shown
        for at, column in enumerate(self.sheet.columns):
            self.setColumnHidden(at, column.extra and not shown)
        self._widen_note()

    def _lay_out_columns(self) -> None:
        self._laid_out = self.sheet.columns
        average = self.fontMetrics().averageCharWidth()
        own = {Kind.STATE: self._states, Kind.NOTE: self._notes, Kind.REASON: self._reasons}
        for at, column in enumerate(self.sheet.columns):
            self.setItemDelegateForColumn(at, own.get(column.kind, self._plain))
            self.setColumnWidth(at, column.width * average + 12)
        self.show_extras(shown=self._extras_shown)

    def _widen_note(self) -> None:
        """Let the note, when it is the last column, take the room that is left."""
        if self._extras_shown:
            return
        note = self.column_of(Kind.NOTE)
        room = self.viewport().width() - self.horizontalHeader().length() + self.columnWidth(note)
        if room > self.columnWidth(note):
            self.setColumnWidth(note, room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the columns together at least as wide as the grid."""
        super().resizeEvent(event)
        self._widen_note()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system from light to dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._colour()

    def _colour(self) -> None:
        palette = QGuiApplication.palette()
        theme = colours(palette)
        self.setStyleSheet(
            _STYLE.format_map({name: colour.name() for name, colour in theme._asdict().items()})
        )
        for delegate in (self._plain, self._states, self._notes, self._reasons):
            delegate.set_palette(palette)

    # ---- where one is

    def areas(self) -> list[Area]:
        """Return the selected rectangles without hidden columns; the current cell if none is."""
        visible = self.visible_columns()
        areas: list[Area] = []
        for chosen in self._ranges():
            columns = tuple(at for at in visible if chosen.left() <= at <= chosen.right())
            if columns:
                areas.append(Area(range(chosen.top(), chosen.bottom() + 1), columns))
        current = self.currentIndex()
        if not areas and current.isValid():
            areas.append(Area(range(current.row(), current.row() + 1), (current.column(),)))
        return areas

    def _ranges(self) -> list[QItemSelectionRange]:
        """Return the selection by its ranges: one index per cell would take seconds."""
        selection = self.selectionModel().selection()
        return [selection.at(index) for index in range(selection.count())]

    def selected_rows(self) -> list[int]:
        """Return the places of rows with a selected cell, ascending."""
        return sorted(set().union(*(area.rows for area in self.areas())))

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one and bring it into view."""
        index = self.sheet.index(row, column)
        self.setCurrentIndex(index)
        # What that selects depends on the modifier keys that are down.
        self.selectionModel().select(index, _Select.ClearAndSelect)

    def select_area(self, area: Area) -> None:
        """Select a rectangle; its first cell becomes the current one."""
        first = self.sheet.index(area.rows[0], area.columns[0])
        last = self.sheet.index(area.rows[-1], area.columns[-1])
        self.go_to(first.row(), first.column())
        self.selectionModel().select(QItemSelection(first, last), _Select.ClearAndSelect)

    def select_rows(self, first: int, last: int) -> None:
        """Select whole rows, as far as they can be seen."""
        self.select_area(Area(range(first, last + 1), tuple(self.visible_columns())))

    @Slot(int, int)
    def step(self, rows: int, columns: int) -> None:
        """Go to another cell, over hidden columns and no further than the edge."""
        cell = self._beside(rows, columns)
        if cell:
            self.go_to(*cell)

    def _beside(self, rows: int, columns: int) -> tuple[int, int] | None:
        current, visible = self.currentIndex(), self.visible_columns()
        if not current.isValid() or current.column() not in visible:
            return None
        at = max(0, min(visible.index(current.column()) + columns, len(visible) - 1))
        return max(0, min(current.row() + rows, len(self.sheet.shown) - 1)), visible[at]

    @Slot(object)
    def reveal(self, edits: Sequence[Edit]) -> None:
        """Select what an undo or redo has changed, if it is shown."""
        row_ids = set().union(*(edit.row_ids for edit in edits))
        rows = sorted(row for row in map(self.sheet.shown.find, row_ids) if row is not None)
        if not rows:
            return
        visible = self.visible_columns()
        ats = {cell.at for edit in edits if isinstance(edit, SetCells) for cell in edit.cells}
        columns = [at for at in visible if self.sheet.columns[at].at in ats] or visible
        first, last = runs(rows)[0]
        self.select_area(Area(range(first, last + 1), (columns[0], columns[-1])))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell the page."""
        super().selectionChanged(selected, deselected)
        self.selected.emit()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, or not at all for -1; cell and selection stay with their rows."""
        place = keep_place(self.sheet, self.selectionModel())
        # Qt would follow each selected cell by itself, which takes seconds for many.
        self.selectionModel().clearSelection()
        self.sheet.sort(column, order)
        self.selectionModel().select(selection_of(self.sheet, place), _Select.ClearAndSelect)

    @Slot()
    def _on_arranging(self) -> None:
        """Take over what is being typed: other rows would close the field and lose it."""
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    @Slot()
    def _on_reset_coming(self) -> None:
        self._place = keep_place(self.sheet, self.selectionModel())

    @Slot()
    def _on_reset(self) -> None:
        """Go back to the row one was in, if it is still there, and select what was selected."""
        if self._laid_out is not self.sheet.columns:
            self._lay_out_columns()
            self._place = None
        place, self._place = self._place, None
        at = None if place is None or place.row_id is None else self.sheet.shown.find(place.row_id)
        if not len(self.sheet.shown):
            return
        column = self.column_of(Kind.CELL) if place is None or place.column < 0 else place.column
        self.go_to(at or 0, column)
        if place is not None and at is not None and place.pieces:
            self.selectionModel().select(selection_of(self.sheet, place), _Select.ClearAndSelect)

    # ---- keys and the menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, jump with Ctrl and arrows; Qt knows the rest."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key == Qt.Key.Key_F2:
            self.edit(self.currentIndex())  # on macOS Qt edits with Enter instead
            self._go_on_typing()
        elif key in _ENTER and not modifiers & _CTRL:
            self.step(-1 if modifiers & _SHIFT else 1, 0)
        elif key in _ARROWS and modifiers & _CTRL:
            self._jump(*_ARROWS[key], extend=bool(modifiers & _SHIFT))
        elif key in _ARROWS and modifiers & _SHIFT:
            self._extend(*_ARROWS[key])
        elif key == Qt.Key.Key_Space and modifiers & _SHIFT:
            rows = self.selected_rows()
            if rows:
                self.select_rows(rows[0], rows[-1])
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit the cell that is clicked on, its text unselected."""
        super().mouseDoubleClickEvent(event)
        self._go_on_typing()

    def _go_on_typing(self) -> None:
        """Put the cursor behind the text of the open field; Qt selects it all."""
        editor = self.indexWidget(self.currentIndex())
        if isinstance(editor, QLineEdit) and not isinstance(editor, ReasonEditor):
            editor.end(False)  # noqa: FBT003 - Qt takes no keyword here

    def _jump(self, rows: int, columns: int, *, extend: bool) -> None:
        """Go to the edge of the filled cells, as spreadsheet programs do with Ctrl and arrows."""
        current, visible = self.currentIndex(), self.visible_columns()
        if not current.isValid() or current.column() not in visible:
            return
        row, column = current.row(), current.column()
        if rows:
            row = block_edge(row, rows, len(self.sheet.shown), lambda at: self._filled(at, column))
        else:
            start = visible.index(column)
            edge = block_edge(
                start, columns, len(visible), lambda at: self._filled(row, visible[at])
            )
            column = visible[edge]
        if extend:
            self._extend_to(row, column)
        else:
            self.go_to(row, column)

    def _extend(self, rows: int, columns: int) -> None:
        """Move the corner of the selection that the current cell is in."""
        cell = self._beside(rows, columns)
        if cell:
            self._extend_to(*cell)

    def _extend_to(self, row: int, column: int) -> None:
        """Select as far as a cell; the corner where the selection began stays."""
        index = self.sheet.index(row, column)
        anchor = self._anchor(self.currentIndex())
        self.selectionModel().setCurrentIndex(index, _Select.NoUpdate)
        self.selectionModel().select(QItemSelection(anchor, index), _Select.ClearAndSelect)
        self.scrollTo(index)

    def _anchor(self, current: QModelIndex) -> QModelIndex:
        """Return the corner of the selection that is opposite to the current cell."""
        for chosen in self._ranges():
            if chosen.contains(current):
                row = chosen.top() + chosen.bottom() - current.row()
                column = chosen.left() + chosen.right() - current.column()
                return self.sheet.index(row, column)
        return current

    def _filled(self, row: int, column: int) -> bool:
        return bool(self.sheet.index(row, column).data(Qt.ItemDataRole.EditRole))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selection, by mouse or by the menu key."""
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            corner = self.visualRect(self.currentIndex()).bottomLeft()
            where = self.viewport().mapToGlobal(corner + QPoint(4, 0))
        self.menu.popup(where)

    def pick_reason(self) -> None:
        """Open the list of reasons in the current row, or the current cell's field elsewhere."""
        current = self.currentIndex()
        if current.isValid():
            self.go_to(current.row(), self.column_of(Kind.REASON))
            self.edit(self.currentIndex())

    @Slot(QModelIndex)
    def _on_reasons_asked(self, index: QModelIndex) -> None:
        if self.areas() == [Area(range(index.row(), index.row() + 1), (index.column(),))]:
            self.edit(index)

    @Slot()
    def _on_toggled(self) -> None:
        self.editing.leave_out_rows(self.selected_rows())

    @Slot(str)
    def _on_filled(self, text: str) -> None:
        self.editing.fill(self.areas(), text)
