"""The table model of the grid: the rows of a review, in an order and choice of its own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
from cancel_desk.ui.grid.cell_words import CellWords, row_name
from cancel_desk.ui.grid.edit_command import EditCommand
from cancel_desk.ui.grid.findings import Findings, RowState
from cancel_desk.ui.grid.grid_columns import GridColumn, grid_columns
from cancel_desk.ui.grid.shown_rows import ShownRows, runs

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()

_SHOWN: Final = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
)
_EDITABLE: Final = _SHOWN | Qt.ItemFlag.ItemIsEditable

MANY_RUNS: Final = 50
"""Rows that come or go in more places than this are told as one reset: views get slow otherwise."""

_HEADER_HINTS: Final = frozenset({Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole})


class SheetModel(QAbstractTableModel):
    """Rows of a review by id, so that rows can be left out of view without a proxy.

    What a cell says is worked out when it is asked for and kept until its row is touched.
    """

    applied = Signal(object)  # tuple[Edit, ...]: whatever changed the sheet, undo and redo too
    retraced = Signal(object)  # tuple[Edit, ...]: only those of undo and redo

    def __init__(
        self, review: Review, undo_stack: QUndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.undo_stack = undo_stack
        self._pushing = False
        self._take(review)

    def show_review(self, review: Review) -> None:
        """Show another review, all rows of it; its history begins here."""
        self.beginResetModel()
        self.undo_stack.clear()
        self._take(review)
        self.endResetModel()

    def _take(self, review: Review) -> None:
        self.review = review
        self.findings = Findings(review)
        self.columns: tuple[GridColumn, ...] = grid_columns(review.table)
        self.shown = ShownRows(row.id for row in review.table.rows)
        self._words = CellWords(review, self.findings)
        self._answers: dict[int, Callable[[int, GridColumn], object]] = {
            Qt.ItemDataRole.DisplayRole: self._words.shown,
            Qt.ItemDataRole.EditRole: self._words.text,
            Qt.ItemDataRole.ToolTipRole: self._words.tool_tip,
            Qt.ItemDataRole.AccessibleTextRole: self._words.spoken,
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
            return self._column_header(self.columns[section], role)
        number = self.review.table.row(self.shown[section]).number
        if role == Qt.ItemDataRole.DisplayRole:
            return "+" if number is None else str(number)
        return row_name(number) if role in _HEADER_HINTS else None

    @staticmethod
    def _column_header(column: GridColumn, role: int) -> str | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        return column.hint if role in _HEADER_HINTS else None

    # Delegates ask these directly: through a role each answer would take a way round by Qt.

    def level(self, index: Index) -> Level | None:
        """Return how grave the issues on a cell are."""
        return self._words.level(self.shown[index.row()], self.columns[index.column()])

    def state(self, index: Index) -> RowState:
        """Return the state of the row that a cell is in."""
        return self.findings.state(self.shown[index.row()])

    def text(self, row_id: int, column: GridColumn) -> str:
        """Return the raw text of a cell, or the words of a column that the program fills in."""
        return self._words.text(row_id, column)

    def shown_text(self, row_id: int, column: GridColumn) -> str:
        """Return what a cell shows."""
        return self._words.shown(row_id, column)

    # ---- editing

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Put a text into a cell, as one step of undo."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        column = self.columns[index.column()]
        if column.at is None:
            return False
        cell = CellText(self.shown[index.row()], column.at, str(value))
        self.do(_("typing in {column}").format(column=column.title), SetCells((cell,)))
        return True

    def do(self, name: str, *edits: Edit) -> None:
        """Do edits as one step of undo; edits that change nothing are no step."""
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

    def apply(self, edits: Sequence[Edit]) -> list[Edit]:
        """Apply edits for a step of undo and tell the views; return what takes them back."""
        inverses: list[Edit] = []
        concerned: set[int] = set()
        for edit in edits:
            inverse, row_ids = self._apply_one(edit)
            inverses.append(inverse)
            concerned |= row_ids
        self._look_again(concerned)
        self.applied.emit(tuple(edits))
        if not self._pushing:
            self.retraced.emit(tuple(edits))
        return inverses[::-1]

    def _apply_one(self, edit: Edit) -> tuple[Edit, set[int]]:
        """Change the sheet; rows leave the view before, and come into it after."""
        if isinstance(edit, RemoveRows):
            with _RowsLeaving(self, edit.row_ids):
                return self.review.apply(edit)
        result = self.review.apply(edit)
        if isinstance(edit, InsertRows):
            self._let_in(edit.row_ids)
        return result

    def _let_in(self, row_ids: frozenset[int]) -> None:
        wanted = {*self.shown, *row_ids}
        merged = sorted(wanted, key=self.review.table.position)
        places = runs(at for at, row_id in enumerate(merged) if row_id in row_ids)
        if len(places) > MANY_RUNS:
            self.beginResetModel()
            self.shown.replace(merged)
            self.endResetModel()
            return
        for first, last in places:
            self.beginInsertRows(_NOWHERE, first, last)
            self.shown.insert(first, merged[first : last + 1])
            self.endInsertRows()

    # ---- news

    def add_looks(self, looks: Mapping[str, Look]) -> None:
        """Take in what reading orders gave."""
        self._look_again(self.review.add_looks(looks))

    def refresh(self) -> None:
        """Look at every row again: the review has forgotten what Walmart said."""
        self._look_again({row.id for row in self.review.table.rows})

    def show_rows(self, row_ids: Iterable[int]) -> None:
        """Show these rows and no others, in this order."""
        self.beginResetModel()
        self.shown.replace(row_ids)
        self.endResetModel()

    def _look_again(self, row_ids: set[int]) -> None:
        self.findings.update(row_ids)
        self._words.forget(row_ids)
        rows = [row for row in map(self.shown.find, row_ids) if row is not None]
        if rows:
            last = self.index(max(rows), len(self.columns) - 1)
            self.dataChanged.emit(self.index(min(rows), 0), last)


class _RowsLeaving:
    """Takes rows out of view while the sheet still has them, and tells the views."""

    def __init__(self, model: SheetModel, row_ids: frozenset[int]) -> None:
        self._model = model
        rows = [model.shown.find(row_id) for row_id in row_ids]
        self._places = runs(sorted(row for row in rows if row is not None))
        self._row_ids = row_ids

    def __enter__(self) -> None:
        model = self._model
        if len(self._places) > MANY_RUNS:
            model.beginResetModel()
            model.shown.replace(row_id for row_id in model.shown if row_id not in self._row_ids)
            return
        for first, last in reversed(self._places):
            model.beginRemoveRows(_NOWHERE, first, last)
            model.shown.remove(first, last)
            model.endRemoveRows()

    def __exit__(self, *_exception: object) -> None:
        if len(self._places) > MANY_RUNS:
            self._model.endResetModel()
