"""The lines of a run while they are sent, as a table that changes where a line does."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.language import gettext as _
from cancel_desk.runs.outcome import RunLine, State
from cancel_desk.runs.results import Result, line_result
from cancel_desk.texts.outcomes import line_text, result_word
from cancel_desk.texts.reasons import reason_label
from cancel_desk.texts.times import local_clock
from cancel_desk.ui.models.columns import (
    LAST,
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
from cancel_desk.ui.widgets.theme import Colours

_SIGNS = {
    State.PENDING: "·",
    State.SENDING: "…",
    State.CANCELLED: "✓",
    State.REFUSED: "✕",
    State.UNSENT: "·",
    State.UNKNOWN: "?",
    State.SKIPPED: "—",
}

_CHANGING = ((SIGN, SIGN), (RESULT, LAST))
"""From which to which column a line looks different while the run goes on."""


def _underway() -> dict[State, str]:
    """Return how lines stand while the run goes on, where that differs from their result."""
    return {
        State.PENDING: _("Waiting"),
        State.SENDING: _("Sending"),
        State.UNSENT: _("Not sent yet"),
        State.UNKNOWN: _("Being checked"),
    }


class LinesModel(QAbstractTableModel):
    """One row per line of the run; ``states`` counts them, for counting anew takes too long."""

    def __init__(self, colours: Colours, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[RunLine] = []
        self._places: dict[int, int] = {}
        self.states: Counter[State] = Counter()
        self._numbers: Mapping[int, int | None] = {}
        self._find_words()
        self.set_colours(colours)

    def say_again(self) -> None:
        """Say everything in the language spoken now."""
        self._find_words()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, LAST)
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, LAST))

    def _find_words(self) -> None:
        self._headings = headings(_("When"))
        # Looked up once: a view asks for some hundred cells at every change, and looking up a
        # translation takes longer than all the rest of an answer.
        self._underway = _underway()
        self._results = {result: result_word(result) for result in Result}
        self._reasons = {code.value: reason_label(code) for code in ReasonCode}

    def set_colours(self, colours: Colours) -> None:
        """Take the colours for light or dark."""
        self._colours: dict[State, QColor] = {
            State.CANCELLED: colours.good,
            State.REFUSED: colours.bad,
            State.UNKNOWN: colours.doubtful,
            State.PENDING: colours.muted,
            State.UNSENT: colours.muted,
            State.SKIPPED: colours.muted,
        }
        if self._lines:
            self._tell(0, len(self._lines) - 1)

    def show_lines(self, lines: Sequence[RunLine], numbers: Mapping[int, int | None]) -> None:
        """Show these lines; ``numbers`` gives the row of the person's file by row id."""
        self.beginResetModel()
        self._lines = list(lines)
        self._places = {line.id: at for at, line in enumerate(self._lines)}
        self._numbers = numbers
        self.states = Counter(line.state for line in self._lines)
        self.endResetModel()

    def change(self, lines: Iterable[RunLine]) -> int | None:
        """Take in lines that stand differently; return the last row among them, if any."""
        rows = []
        for line in lines:
            row = self._places.get(line.id)
            if row is not None:
                self.states[self._lines[row].state] -= 1
                self.states[line.state] += 1
                self._lines[row] = line
                rows.append(row)
        if not rows:
            return None
        for first, last in _runs(rows):
            self._tell(first, last)
        return max(rows)

    def _tell(self, first: int, last: int) -> None:
        for left, right in _CHANGING:
            self.dataChanged.emit(self.index(first, left), self.index(last, right))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._headings)

    def index(
        self,
        row: int,
        column: int,
        parent: Index = QModelIndex(),  # noqa: B008 - Qt's signature
    ) -> QModelIndex:
        """Return the index of a cell, without asking how many there are: see ``multiData``."""
        return QModelIndex() if parent.isValid() else self.createIndex(row, column)

    def multiData(self, index: Index, span: Any) -> None:
        """Give at once all that a view wants to paint of a cell.

        While a run is sent other threads run Python too, and every time that Qt asks Python for
        something it may have to wait for them: a repaint must ask as seldom as it can. ``span`` is
        a QModelRoleDataSpan, whose items PySide's annotations leave out.
        """
        line, column = self._lines[index.row()], index.column()
        look = self._look(line, column)
        for at in range(span.size()):
            wanted = span[at]
            found = look.get(wanted.role())
            if found is None:
                wanted.clearData()
            else:
                wanted.setData(found)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a heading, or the row's number in the person's file."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self._headings[section]
        return str(self._numbers.get(self._lines[section].row_id) or "+")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, colour or alignment, or the sentence about its line."""
        line, column = self._lines[index.row()], index.column()
        if role == Qt.ItemDataRole.ToolTipRole:
            return line_text(line) if line.outcome else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._word(line) if column == SIGN else None
        return self._look(line, column).get(role)

    def _look(self, line: RunLine, column: int) -> dict[int, Any]:
        """Return what a cell looks like, by role."""
        look: dict[int, Any] = {Qt.ItemDataRole.DisplayRole: self._text(line, column)}
        if column in (SIGN, RESULT):
            look[Qt.ItemDataRole.ForegroundRole] = self._colours.get(line.state)
        if column == SIGN:
            look[Qt.ItemDataRole.TextAlignmentRole] = Qt.AlignmentFlag.AlignCenter
        return look

    def _word(self, line: RunLine) -> str:
        return self._underway.get(line.state) or self._results[line_result(line)]

    def _text(self, line: RunLine, column: int) -> str:
        if column == REASON:
            return self._reasons[line.reason]
        if column == RESULT:
            return self._word(line)
        if column == LAST:
            return local_clock(line.outcome.time) if line.outcome else ""
        return {
            SIGN: _SIGNS[line.state],
            PO: line.po,
            LINE: line.line,
            SKU: line.sku,
            QUANTITY: str(line.units),
        }[column]


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of rows that follow on each other."""
    ordered = sorted(set(rows))
    first = ordered[0]
    for row, following in pairwise([*ordered, -1]):
        if following != row + 1:
            yield first, row
            first = following
