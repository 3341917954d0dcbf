"""The grid: a table view that is used as spreadsheet programs are."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QMenu,
    QWidget,
)

from cancel_desk.language import gettext as _
from cancel_desk.sheet.edits import Edit, SetCells
from cancel_desk.ui.grid.cell_delegate import CellDelegate, NoteDelegate, StateDelegate
from cancel_desk.ui.grid.column_layout import ColumnLayout
from cancel_desk.ui.grid.column_menu import column_menu
from cancel_desk.ui.grid.column_widths import LEAST
from cancel_desk.ui.grid.editing import Area, SheetEditing
from cancel_desk.ui.grid.frozen_view import FrozenView
from cancel_desk.ui.grid.grid_columns import Kind
from cancel_desk.ui.grid.grid_look import grid_style
from cancel_desk.ui.grid.headers import ColumnHeader, PlainHeader
from cancel_desk.ui.grid.kept_place import KeptPlace, keep_place, selection_of
from cancel_desk.ui.grid.moving import SHIFT, Moves
from cancel_desk.ui.grid.reason_delegate import ReasonDelegate
from cancel_desk.ui.grid.reason_editor import ReasonEditor
from cancel_desk.ui.grid.sheet_actions import add_sheet_actions
from cancel_desk.ui.grid.sheet_model import SheetModel
from cancel_desk.ui.widgets.theme import colours, mixed

ROW_HEIGHT: Final = 28

_Select = QItemSelectionModel.SelectionFlag
_Triggers = QAbstractItemView.EditTrigger


class SheetView(FrozenView):
    """Rows of a review, edited by keys, by menu and through the clipboard."""

    selected = Signal()  # other cells are selected than before

    def __init__(self, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = model
        self.editing = SheetEditing(model)
        self._moves = Moves(self)
        self._place: KeptPlace | None = None  # over a reset
        self._extending = False
        self._set_up()
        self._make_headers()
        self._make_delegates()
        self.setModel(model)
        self.layout_of_columns = ColumnLayout(self)
        self.menu = QMenu(self)
        add_sheet_actions(self, self.menu)
        model.modelAboutToBeReset.connect(self._on_reset_coming)
        model.modelReset.connect(self._on_reset)
        model.retraced.connect(self.reveal)
        model.wished.connect(self._on_wished)
        model.sorting.connect(self._on_sorting)
        model.layoutChanged.connect(self._on_sorted)
        self._frozen = self.freeze(self._columns)
        self._colour()
        self._on_new_columns()

    def _set_up(self) -> None:
        self.setAccessibleName(_("Rows of your sheet"))
        self.setWordWrap(False)
        self.setShowGrid(False)  # the delegates draw a calmer one
        self.setHorizontalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            _Triggers.AnyKeyPressed | _Triggers.EditKeyPressed | _Triggers.DoubleClicked
        )

    def _make_headers(self) -> None:
        self._columns = ColumnHeader(self.sheet, self)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        rows = PlainHeader(Qt.Orientation.Vertical, right, self)
        self.setHorizontalHeader(self._columns)
        self.setVerticalHeader(rows)
        height = max(ROW_HEIGHT, self.fontMetrics().height() + 10)
        # Any mode that looks at contents asks for every row.
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(height)
        rows.menu_asked.connect(self._on_row_menu)
        self._columns.menu_asked.connect(self._on_column_menu)
        self._columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._columns.setMinimumSectionSize(LEAST)
        self._columns.setFixedHeight(height + 2)

    def _make_delegates(self) -> None:
        self._plain = CellDelegate(self.sheet, self)
        self._states = StateDelegate(self.sheet, self)
        self._notes = NoteDelegate(self.sheet, self)
        self._reasons = ReasonDelegate(self.sheet, self)
        self._reasons.asked.connect(self._on_reasons_asked)
        self._states.toggled.connect(self._on_toggled)
        self.setItemDelegate(self._plain)
        for delegate in (self._plain, self._reasons):
            delegate.left.connect(self._on_left)
            delegate.filled.connect(self._on_filled)

    # ---- columns and colours

    def column_of(self, kind: Kind) -> int:
        """Return the first column of a kind."""
        return next(at for at, column in enumerate(self.sheet.columns) if column.kind is kind)

    def show_extras(self, *, shown: bool) -> None:
        """Show or hide the person's own columns beside those we need."""
        self.layout_of_columns.show_extras(shown=shown)

    def sizeHintForColumn(self, column: int) -> int:
        """Return how wide a column is made by a double-click on its edge."""
        return self.layout_of_columns.fitting_width(column)

    def words_when_empty(self) -> str:
        """Say why no row is shown, and how to see them again."""
        if not len(self.sheet.review.table):
            return _("There are no rows.")
        return _("No row fits the search and the filters above. Clear them to see all rows.")

    def painter_of(self, column: int) -> CellDelegate:
        """Return what paints the cells of a column."""
        own: dict[Kind, CellDelegate] = {
            Kind.STATE: self._states,
            Kind.NOTE: self._notes,
            Kind.REASON: self._reasons,
        }
        return own.get(self.sheet.columns[column].kind, self._plain)

    def _on_new_columns(self) -> None:
        for at in range(len(self.sheet.columns)):
            self.setItemDelegateForColumn(at, self.painter_of(at))
        self.layout_of_columns.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the columns together at least as wide as the grid."""
        super().resizeEvent(event)
        self.layout_of_columns.fit_note()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system from light to dark, and to another font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.ApplicationPaletteChange, QEvent.Type.FontChange}:
            self._colour()

    def _colour(self) -> None:
        palette = QGuiApplication.palette()
        theme = colours(palette)
        self.setStyleSheet(grid_style(theme))
        self._columns.set_ink(theme.muted)
        self.quiet_ink = theme.muted
        self._frozen.set_line(mixed(theme.line, theme.text, 0.3))
        for delegate in (self._plain, self._states, self._notes, self._reasons):
            delegate.set_palette(palette)

    # ---- where one is

    def areas(self) -> list[Area]:
        """Return the selected rectangles without hidden columns; the current cell if none is."""
        visible = self.visible_columns()
        areas: list[Area] = []
        for chosen in self.selected_ranges():
            columns = tuple(at for at in visible if chosen.left() <= at <= chosen.right())
            if columns:
                areas.append(Area(range(chosen.top(), chosen.bottom() + 1), columns))
        current = self.currentIndex()
        if not areas and current.isValid():
            areas.append(Area(range(current.row(), current.row() + 1), (current.column(),)))
        return areas

    def selected_rows(self) -> Sequence[int]:
        """Return the places of rows with a selected cell, ascending."""
        areas = self.areas()
        if len(areas) == 1:  # however many rows it has
            return areas[0].rows
        return sorted(set().union(*(area.rows for area in areas)))

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
        self._moves.hold(first)

    def select_rows(self, first: int, last: int) -> None:
        """Select whole rows, as far as they can be seen."""
        self.select_area(Area(range(first, last + 1), tuple(self.visible_columns())))

    @Slot(int, int)
    def _on_left(self, rows: int, columns: int) -> None:
        """Go on from a field that was typed into."""
        self._moves.go_on(rows, columns)

    @Slot(object)
    def reveal(self, edits: Sequence[Edit]) -> None:
        """Select what an undo or redo has changed, if it is shown."""
        row_ids = set().union(*(edit.row_ids for edit in edits))
        rows = self.sheet.shown.first_run(row_ids)
        if not rows:
            return
        visible = self.visible_columns()
        ats = {cell.at for edit in edits if isinstance(edit, SetCells) for cell in edit.cells}
        columns = [at for at in visible if self.sheet.columns[at].at in ats] or visible
        self.select_area(Area(rows, (columns[0], columns[-1])))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell the page."""
        super().selectionChanged(selected, deselected)
        if self.frozen:
            self.frozen.repaint_later()
        self.selected.emit()

    @Slot()
    def _on_wished(self) -> None:
        """Take over what is being typed: it counts for the rows that are to be shown."""
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    @Slot()
    def _on_sorting(self) -> None:
        """Keep where one is by row: Qt would follow each selected cell, which takes seconds."""
        self._place = keep_place(self.sheet, self.selectionModel())
        self.selectionModel().clearSelection()

    @Slot()
    def _on_sorted(self) -> None:
        place, self._place = self._place, None
        if place is not None:
            self.selectionModel().select(selection_of(self.sheet, place), _Select.ClearAndSelect)

    @Slot()
    def _on_reset_coming(self) -> None:
        self._place = keep_place(self.sheet, self.selectionModel())

    @Slot()
    def _on_reset(self) -> None:
        """Go back to the row one was in, if it is still there, and select what was selected."""
        if self.layout_of_columns.follow():
            self._on_new_columns()
            self._place = None
        place, self._place = self._place, None
        at = None if place is None or place.row_id is None else self.sheet.shown.find(place.row_id)
        if not len(self.sheet.shown):
            return
        column = self.column_of(Kind.CELL) if place is None or place.column < 0 else place.column
        self.go_to(at or 0, column)
        if place is not None and at is not None and place.pieces:
            self.selectionModel().select(selection_of(self.sheet, place), _Select.ClearAndSelect)

    # ---- keys, mouse and menus

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move about as spreadsheet programs do; Qt knows the rest."""
        if event.key() == Qt.Key.Key_F2:
            self._edit_cell()  # on macOS Qt edits with Enter instead
        elif not self._moves.key(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Extend the selection with Shift from the cell one is in, wherever keys have led."""
        index = self.indexAt(event.position().toPoint())
        self._extending = (
            index.isValid()
            and event.button() == Qt.MouseButton.LeftButton
            and event.modifiers() == SHIFT
        )
        if self._extending:
            self._moves.extend_to(index.row(), index.column())
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on extending while the mouse is dragged."""
        if not self._extending:
            super().mouseMoveEvent(event)
            return
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index != self.currentIndex():
            self._moves.extend_to(index.row(), index.column())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what was begun by pressing."""
        self._extending = False
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit the cell that is clicked on, its text unselected."""
        super().mouseDoubleClickEvent(event)
        self._go_on_typing()

    def _edit_cell(self) -> None:
        """Open the field of the current cell, if it is one of the sheet's own."""
        current = self.currentIndex()
        if current.flags() & Qt.ItemFlag.ItemIsEditable and not self.indexWidget(current):
            self.edit(current)
            self._go_on_typing()

    def _go_on_typing(self) -> None:
        """Put the cursor behind the text of the open field; Qt selects it all."""
        editor = self.indexWidget(self.currentIndex())
        if isinstance(editor, QLineEdit) and not isinstance(editor, ReasonEditor):
            editor.end(False)  # noqa: FBT003 - Qt takes no keyword here
            self._plain.move_within(editor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selection, by mouse or by the menu key."""
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            corner = self.visualRect(self.currentIndex()).bottomLeft()
            where = self.viewport().mapToGlobal(corner + QPoint(4, 0))
        self.menu.popup(where)

    @Slot(int, QPoint)
    def _on_row_menu(self, row: int, where: QPoint) -> None:
        if row not in self.selected_rows():
            self.select_rows(row, row)
        self.menu.popup(where)

    def open_column_menu(self, column: int) -> None:
        """Offer what can be done with a column, below its header."""
        corner = self._columns.sign_place(column).bottomLeft()
        self._on_column_menu(column, self._columns.mapToGlobal(corner))

    @Slot(int, QPoint)
    def _on_column_menu(self, column: int, where: QPoint) -> None:
        column_menu(self, column).popup(where)

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
        self.sheet.settle()
        self.editing.leave_out_rows(self.selected_rows())

    @Slot(str)
    def _on_filled(self, text: str) -> None:
        self.editing.fill(self.areas(), text)
