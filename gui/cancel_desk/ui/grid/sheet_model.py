"""The table model of the grid: the rows of a review, in an order and choice of its own."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QUndoStack

from cancel_desk.checks.issues import Level
from cancel_desk.checks.live import Look
from cancel_desk.checks.review import Review
from cancel_desk.language import gettext as _
from cancel_desk.sheet.edits import CellText, Edit, InsertRows, RemoveRows, SetCells
from cancel_desk.ui.garbage import let_go
from cancel_desk.ui.grid.arrangement import Arrangement, Choice, Wish
from cancel_desk.ui.grid.arranging import Arranging
from cancel_desk.ui.grid.cell_words import CellWords, row_name
from cancel_desk.ui.grid.edit_command import EditCommand
from cancel_desk.ui.grid.findings import Findings
from cancel_desk.ui.grid.grid_columns import GridColumn, Kind, grid_columns
from cancel_desk.ui.grid.large_steps import LargeSteps
from cancel_desk.ui.grid.row_order import SortOrder
from cancel_desk.ui.grid.row_traffic import RowsLeaving, let_in
from cancel_desk.ui.grid.shown_rows import ShownRows
from cancel_desk.ui.in_turns import PART, InTurns

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()

_SHOWN: Final = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
)
_EDITABLE: Final = _SHOWN | Qt.ItemFlag.ItemIsEditable

_HEADER_HINTS: Final = frozenset({Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole})


class SheetModel(QAbstractTableModel):
    """Rows of a review by id, so that rows can be left out of view without a proxy.

    What a cell says is worked out when it is asked for and kept until its row is touched.
    """

    applied = Signal(object)  # tuple[Edit, ...]: whatever changed the sheet, undo and redo too
    step_began = Signal()  # of very many cells: ``applied`` follows in a while
    reason_typed = Signal(str, str)  # what stood in a reason cell, and what was put there instead
    retraced = Signal(object)  # tuple[Edit, ...]: only those of undo and redo
    wished = Signal()  # other rows are wanted, or another order: they come in a while
    sorting = Signal()  # the same rows are about to be shown in another order
    arranged = Signal()  # other rows are shown, or in another order

    def __init__(
        self, review: Review, undo_stack: QUndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.undo_stack = undo_stack
        self.open_row: int | None = None  # the row that is typed into at this moment
        self._pushing = False
        self._arranging = Arranging(self)
        self._placing = InTurns(self)
        self._steps = LargeSteps(self)
        self._take(review)

    def show_review(self, review: Review) -> None:
        """Show another review, all rows of it; its history begins here."""
        self.settle()
        former = self._words
        self.beginResetModel()
        self.undo_stack.clear()
        self._take(review)
        self.endResetModel()
        let_go([former], [former.kept()])
        self.arranged.emit()

    def _take(self, review: Review) -> None:
        self._arranging.drop()
        self.review = review
        self.findings = Findings(review)
        self.columns: tuple[GridColumn, ...] = grid_columns(review.table)
        self.shown = ShownRows(review.table.row_ids)
        self._words = CellWords(review, self.findings)
        self.arrangement = Arrangement(review, self._words, self.columns)
        self._answer_with(self._words)
        self.find_places()

    def say_again(self) -> None:
        """Say names of columns and words about rows in the language spoken now."""
        self.settle()
        self.columns = grid_columns(self.review.table)
        self._words = CellWords(self.review, self.findings)
        self.arrangement.say_with(self._words, self.columns)
        self._answer_with(self._words)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if len(self.shown):
            last = self.index(len(self.shown) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _answer_with(self, words: CellWords) -> None:
        self._answers: dict[int, Callable[[int, GridColumn], object]] = {
            Qt.ItemDataRole.DisplayRole: words.shown,
            Qt.ItemDataRole.EditRole: words.text,
            Qt.ItemDataRole.ToolTipRole: words.tool_tip,
            Qt.ItemDataRole.AccessibleTextRole: words.spoken,
        }

    # ---- what the view asks for

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many columns there are, hidden ones among them."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell that the cells of the sheet can be edited and what we say about them can't."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _SHOWN if self.columns[index.column()].at is None else _EDITABLE

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows, holds or says; most roles have no answer."""
        answer = self._answers.get(role)
        if answer is None or not index.isValid():
            return None
        return answer(self.shown[index.row()], self.columns[index.column()])

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return a column's name, or the number of a row in the person's file."""
        if orientation == Qt.Orientation.Horizontal:
            if role in _HEADER_HINTS:
                return self.arrangement.hint(section)
            return self.columns[section].title if role == Qt.ItemDataRole.DisplayRole else None
        number = self.review.table.row(self.shown[section]).number
        if role == Qt.ItemDataRole.DisplayRole:
            return "+" if number is None else str(number)
        return row_name(number) if role in _HEADER_HINTS else None

    # Delegates ask these directly: through a role each answer would take a way round by Qt.

    def cell_level(self, row_id: int, column: GridColumn) -> Level | None:
        """Return how grave the issues on a cell of a row are."""
        return self._words.level(row_id, column)

    def text(self, row_id: int, column: GridColumn) -> str:
        """Return the raw text of a cell, or the words of a column that the program fills in."""
        return self._words.text(row_id, column)

    def shown_text(self, row_id: int, column: GridColumn) -> str:
        """Return what a cell shows."""
        return self._words.shown(row_id, column)

    def searched_texts(self, row_ids: Sequence[int]) -> list[str]:
        """Return what a search looks at in each row: its cells, its reason and its note."""
        return self._words.searched(row_ids, self.columns)

    # ---- editing

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Put a text into a cell, as one step of undo."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        column = self.columns[index.column()]
        if column.at is None:
            return False
        cell = CellText(self.shown[index.row()], column.at, str(value))
        before = self.review.table.row(cell.row_id).cells[cell.at]
        self.do(_("typing in {column}").format(column=column.title), SetCells((cell,)))
        if column.kind is Kind.REASON:
            self.reason_typed.emit(before, cell.text)
        return True

    def do(self, name: str, *edits: Edit) -> None:
        """Do edits as one step of undo; edits that change nothing are no step."""
        self.settle()
        worth = [edit for edit in edits if self._changes(edit)]
        if not worth:
            return
        self._pushing = True
        try:
            self.undo_stack.push(EditCommand(name, worth, self))
        finally:
            self._pushing = False

    def _changes(self, edit: Edit) -> bool:
        if not isinstance(edit, SetCells):
            return bool(edit.row_ids)
        row = self.review.table.row
        return any(
            row(cell.row_id).cells[cell.at] != cell.text
            or row(cell.row_id).mark(cell.at) is not cell.mark
            for cell in edit.cells
        )

    def carry_out(self, edits: Sequence[Edit], done: Callable[[list[Edit]], None]) -> None:
        """Apply edits for a step of undo and tell the views; ``done`` gets what takes them back.

        One of very many cells takes some turns of the event loop.
        """
        told = partial(self._on_carried_out, edits, done, retraced=not self._pushing)
        self._steps.carry_out(edits, self._apply_part, told)
        if self._steps.busy:
            self.step_began.emit()

    @property
    def is_changing(self) -> bool:
        """Whether a step is under way."""
        return self._steps.busy

    def settle(self) -> None:
        """Have done at once what is left of a step, for whoever needs all of it."""
        self._steps.settle()

    def _apply_part(self, edit: Edit) -> tuple[Edit, int]:
        inverse, concerned = self._apply_one(edit)
        self.arrangement.forget([edit])
        self.look_again(concerned)
        self._arranging.again()
        return inverse, len(concerned)

    def _on_carried_out(
        self,
        edits: Sequence[Edit],
        done: Callable[[list[Edit]], None],
        inverses: list[Edit],
        *,
        retraced: bool,
    ) -> None:
        done(inverses)
        if not all(isinstance(edit, SetCells) for edit in edits):
            self.find_places()
        self.applied.emit(tuple(edits))
        if retraced:
            self.retraced.emit(tuple(edits))

    def _apply_one(self, edit: Edit) -> tuple[Edit, set[int]]:
        """Change the sheet; rows leave the view before, and come into it after."""
        if isinstance(edit, RemoveRows):
            with RowsLeaving(self, edit.row_ids):
                return self.review.apply(edit)
        result = self.review.apply(edit)
        if isinstance(edit, InsertRows):
            let_in(self, edit.row_ids)
        return result

    # ---- which rows, and in which order

    def choose(self, choice: Choice) -> None:
        """Show the rows that ``choice`` gives and the filters of columns let through.

        They stay until rows are chosen anew, whatever is edited. A row that is typed into at this
        moment stays as well. Of a large sheet they are shown some turns of the event loop later.
        """
        self._arrange(self._arranging.wish._replace(choice=choice))

    def keep(self, column: int, values: frozenset[str] | None) -> None:
        """Show only the rows in which a column says one of these; None for all."""
        kept = dict(self._arranging.wish.kept)
        kept.pop(column, None)
        if values is not None:
            kept[column] = values
        self._arrange(self._arranging.wish._replace(kept=kept))

    def keep_all(self) -> None:
        """Drop the filters of all columns."""
        self._arrange(self._arranging.wish._replace(kept={}))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Show the rows sorted by a column, or in the order of the file for a column of -1.

        Rows keep their places while they are edited, until they are sorted anew.
        """
        descending = order == Qt.SortOrder.DescendingOrder
        wanted = SortOrder(column, descending) if column >= 0 else None
        self._arrange(self._arranging.wish._replace(order=wanted), anew=False)

    def arrange_again(self) -> None:
        """Choose and sort the rows as before, by what they say now."""
        self._arrange(self._arranging.wish)

    def _arrange(self, wish: Wish, *, anew: bool = True) -> None:
        staying = self.open_row
        self.wished.emit()
        self._arranging.ask(wish, anew=anew, staying=staying)

    @property
    def is_arranging(self) -> bool:
        """Whether other rows, or another order, are about to be shown."""
        return self._arranging.busy

    def look_for_values(self, column: int, found: Callable[[Mapping[str, int]], None]) -> None:
        """Call ``found`` with what a column says in the rows that other columns let through."""
        self._arranging.look_for_values(column, found)

    def type_into(self, row_id: int | None) -> None:
        """Say which row is typed into from now on; None for no row."""
        self.open_row = row_id
        self._arranging.rest(resting=row_id is not None)

    def show_rows(self, wish: Wish, row_ids: Sequence[int]) -> None:
        """Show other rows, worked out for a wish."""
        self.beginResetModel()
        self.arrangement.wish = wish
        self.shown.replace(row_ids)
        self.endResetModel()
        self._head_again()

    def put_in_order(self, wish: Wish, row_ids: Sequence[int]) -> None:
        """Show the same rows in another order, worked out for a wish."""
        self.sorting.emit()
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows = [self.shown[index.row()] for index in before]
        self.arrangement.wish = wish
        self.shown.replace(row_ids)
        after = [
            self.index(self.shown.find(row_id) or 0, index.column())
            for row_id, index in zip(rows, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
        self._head_again()

    def _head_again(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self.arranged.emit()
        self.find_places()

    def find_places(self) -> None:
        """Find out in turns where every row of a large sheet is, before an edit has to look."""
        self._placing.stop()
        if len(self.shown) > PART:
            self._placing.later(self.shown.find_places())

    # ---- news

    def add_looks(self, looks: Mapping[str, Look]) -> None:
        """Take in what reading orders gave."""
        self.settle()
        self.look_again(self.review.add_looks(looks))

    def refresh(self) -> None:
        """Look at every row again: the review has forgotten what Walmart said."""
        self.look_again({row.id for row in self.review.table.rows})

    def look_again(self, row_ids: set[int]) -> None:
        """Look at these rows again."""
        self.findings.update(row_ids)
        self._words.forget(row_ids)
        self.arrangement.forget_said()
        rows = [row for row in map(self.shown.find, row_ids) if row is not None]
        if rows:
            last = self.index(max(rows), len(self.columns) - 1)
            self.dataChanged.emit(self.index(min(rows), 0), last)
