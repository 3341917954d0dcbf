"""The rows of the person's sheet with what became of them, filtered by its own index."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.language import gettext as _
from cancel_desk.runs.results import Result, RowResult
from cancel_desk.sheet.columns import Column, match_columns
from cancel_desk.texts.outcomes import reason_text, result_word
from cancel_desk.texts.reasons import reason_label
from cancel_desk.ui.models.columns import (
    LINE,
    PO,
    QUANTITY,
    REASON,
    RESULT,
    SIGN,
    SKU,
    Index,
    headings,
)
from cancel_desk.ui.widgets.result_colours import result_colour
from cancel_desk.ui.widgets.theme import Colours

SIGNS = {
    Result.CANCELLED: "✓",
    Result.REFUSED: "✕",
    Result.UNKNOWN: "?",
    Result.LEFT_OUT: "—",
    Result.NOT_SENT: "·",
    Result.ALREADY_CANCELLED: "✓",
}
_PLAIN = frozenset({Result.CANCELLED, Result.ALREADY_CANCELLED})
_SHEET_COLUMNS = {
    PO: Column.PO,
    LINE: Column.LINE,
    SKU: Column.SKU,
    QUANTITY: Column.QUANTITY,
    REASON: Column.REASON,
}


class ResultsModel(QAbstractTableModel):
    """One row per row of the sheet, in its order."""

    def __init__(self, colours: Colours, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[RowResult] = ()
        self._shown: list[RowResult] = []
        self._only: Result | None = None
        self._columns: dict[Column, int] = {}
        self._why: dict[int, str] = {}  # by row id, as far as asked for
        self._colours = colours
        self._find_words()

    def say_again(self) -> None:
        """Say everything in the language spoken now."""
        self._why.clear()
        self._find_words()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._headings) - 1)
        self.set_colours(self._colours)

    def _find_words(self) -> None:
        self._headings = headings(_("Why"))
        self._words = {result: result_word(result) for result in Result}
        self._reasons = {code.value: reason_label(code) for code in ReasonCode}

    def set_colours(self, colours: Colours) -> None:
        """Take the colours for light or dark."""
        self._colours = colours
        if self._shown:
            last = self.index(len(self._shown) - 1, len(self._headings) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def show_results(self, results: Sequence[RowResult], headers: Sequence[str]) -> None:
        """Show all results of a run; ``headers`` are those of the person's sheet."""
        self._all = results
        self._why.clear()
        self._columns = dict(match_columns(headers).columns)
        self.filter(None)

    def filter(self, only: Result | None) -> None:
        """Show only the rows with one result, or all."""
        self.beginResetModel()
        self._only = only
        self._shown = [each for each in self._all if only is None or each.result is only]
        self.endResetModel()

    def counts(self) -> Counter[Result]:
        """Return how many rows have each result, shown or not."""
        return Counter(each.result for each in self._all)

    def row_result(self, row: int) -> RowResult:
        """Return the result shown in a row."""
        return self._shown[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a heading, or the row's number in the person's file."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self._headings[section]
        return str(self._shown[section].row.number or "+")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, colour or alignment, or the whole sentence about its row."""
        each, column = self._shown[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(each, column)
            case Qt.ItemDataRole.ForegroundRole if _is_coloured(each.result, column):
                return result_colour(self._colours, each.result)
            case Qt.ItemDataRole.TextAlignmentRole if column == SIGN:
                return Qt.AlignmentFlag.AlignCenter
            case Qt.ItemDataRole.ToolTipRole if column > RESULT:
                return self._reason_text(each)
            case Qt.ItemDataRole.AccessibleTextRole if column == SIGN:
                return self._words[each.result]
        return None

    def _reason_text(self, each: RowResult) -> str:
        if each.row.id not in self._why:
            self._why[each.row.id] = reason_text(each)
        return self._why[each.row.id]

    def _text(self, each: RowResult, column: int) -> str:
        if column == SIGN:
            return SIGNS[each.result]
        if column == RESULT:
            return self._words[each.result]
        if column > RESULT:
            return self._reason_text(each)
        if len(each.lines) == 1:
            return self._of_line(each, column)
        return self._of_sheet(each, column)

    def _of_line(self, each: RowResult, column: int) -> str:
        line = each.lines[0]
        return {
            PO: line.po,
            LINE: line.line,
            SKU: line.sku,
            QUANTITY: str(line.units),
            REASON: self._reasons[line.reason],
        }[column]

    def _of_sheet(self, each: RowResult, column: int) -> str:
        """A row that came to no line, or to several: what the person's own cell says."""
        if each.lines and column == PO:
            return each.lines[0].po
        if each.lines and column == REASON:
            return self._reasons[each.lines[0].reason]
        at = self._columns.get(_SHEET_COLUMNS[column])
        text = each.row.cells[at] if at is not None else ""
        # A code reads as the words for it, as everywhere else; what is no code stays as typed.
        return self._reasons.get(text.strip(), text) if column == REASON else text


def _is_coloured(result: Result, column: int) -> bool:
    return column in (SIGN, RESULT) or (column > RESULT and result not in _PLAIN)
