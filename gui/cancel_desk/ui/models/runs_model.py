"""The runs of this computer as a table; what a cell says is made when it is asked for."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped
from cancel_desk.runs.found_runs import FoundRuns
from cancel_desk.runs.history import RunSummary
from cancel_desk.runs.results import Result
from cancel_desk.texts.lists import counts_words
from cancel_desk.texts.past_runs import standing_words
from cancel_desk.texts.times import local_moment
from cancel_desk.ui.models.columns import Index
from cancel_desk.ui.widgets.theme import Colours

BEGAN, BADGE, STORE, FILE, ROWS, RESULT, STANDING = range(7)
_NOWHERE: Final = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RunsModel(QAbstractTableModel):
    """One row for each run, in the order they are given."""

    def __init__(self, colours: Colours, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs = FoundRuns.of(())
        self._here = ""
        self._sending = False
        self._colours = colours
        self._headings = (
            _("Began"),
            "",
            _("Store"),
            _("File"),
            _("Rows"),
            _("What became of them"),
            _("State"),
        )

    def show_runs(self, runs: FoundRuns, *, here: str = "", sending: bool) -> None:
        """Show runs; ``here`` is the id of the one that this window has open or is sending."""
        self.beginResetModel()
        self._runs, self._here, self._sending = runs, here, sending
        self.endResetModel()

    def set_colours(self, colours: Colours) -> None:
        """Take the colours for light or dark."""
        self._colours = colours
        if self._runs:
            last = self.index(len(self._runs) - 1, STANDING)
            self.dataChanged.emit(self.index(0, STANDING), last)

    def run(self, row: int) -> RunSummary:
        """Return the run in a row."""
        return self._runs[row]

    def row_of(self, run_id: str) -> int | None:
        """Return the row of a run; None if it isn't shown."""
        return next((at for at, each in enumerate(self._runs.ids) if each == run_id), None)

    def is_here(self, run: RunSummary) -> bool:
        """Tell whether this window has a run open."""
        return run.id == self._here

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Count the runs."""
        return 0 if parent.isValid() else len(self._runs)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a heading; those of numbers stand above them."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == ROWS:
            return _RIGHT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._headings[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says, its colour, or what a screen reader says of it."""
        if not index.isValid():
            return None
        run, column = self._runs[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(run, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return run.source if column == FILE else self._words(run, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heading = self._headings[column] or _("Badge")
            return f"{heading}: {self._words(run, column) or _('not known')}"
        return self._look(run, column, role)

    def _look(self, run: RunSummary, column: int, role: int) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and column == ROWS:
            return _RIGHT
        if role == Qt.ItemDataRole.ForegroundRole and column == STANDING:
            return self._colour(run)
        return None

    def _words(self, run: RunSummary, column: int) -> str:
        if column == STANDING:
            return f"{self._sign(run)} {self._standing(run)}"
        return _WORDS[column](run)

    def _standing(self, run: RunSummary) -> str:
        if self.is_here(run) and self._sending:
            return _("Being sent now")
        words = standing_words(run)
        return _("{state}, open here").format(state=words) if self.is_here(run) else words

    def _sign(self, run: RunSummary) -> str:
        if run.in_use or run.unreadable:
            return "✕" if run.unreadable else "·"
        if run.counts and run.counts[Result.UNKNOWN]:
            return "?"
        return "·" if run.unfinished else "✓"

    def _colour(self, run: RunSummary) -> QColor:
        theme = self._colours
        return {
            "✕": theme.bad,
            "?": theme.doubtful,
            "·": theme.muted if run.in_use else theme.accent,
            "✓": theme.good,
        }[self._sign(run)]


def _file(run: RunSummary) -> str:
    return Path(run.source).name or (_("Pasted") if run.created else "")


_WORDS: Final[dict[int, Callable[[RunSummary], str]]] = {
    BEGAN: lambda run: local_moment(run.created) if run.created else run.id,
    BADGE: lambda run: run.environment,
    STORE: lambda run: run.store,
    FILE: _file,
    ROWS: lambda run: "" if run.counts is None else grouped(run.counts.total()),
    RESULT: lambda run: counts_words(run.counts),
}
