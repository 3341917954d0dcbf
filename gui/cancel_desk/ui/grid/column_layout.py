"""How wide the columns of the grid are: as the person left them, or as much as they need."""

from __future__ import annotations

from heapq import nlargest
from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSettings, Slot

from cancel_desk.ui.grid.cell_delegate import ICON, MARGIN
from cancel_desk.ui.grid.cell_words import state_word
from cancel_desk.ui.grid.column_widths import MOST, ColumnWidths
from cancel_desk.ui.grid.findings import RowState
from cancel_desk.ui.grid.grid_columns import GridColumn, Kind
from cancel_desk.ui.grid.reason_delegate import ARROW

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cancel_desk.ui.grid.sheet_view import SheetView

LOOKED_AT: Final = 100_000
"""So many rows count when a column is fitted: more would take longer than a double-click may."""

_MEASURED: Final = 40  # the longest texts by letters; one of them is the widest
_FITTED_MOST: Final = 640
_LEAST_NOTE: Final = 16  # characters: enough to tell one kind of problem from another
_SIGNS: Final = {Kind.STATE: ICON + MARGIN, Kind.REASON: ARROW}


class ColumnLayout(QObject):
    """Lays out the columns of a grid anew for each sheet."""

    def __init__(self, view: SheetView) -> None:
        super().__init__(view)
        self._view = view
        self._widths: ColumnWidths | None = None
        self._laid_out: tuple[GridColumn, ...] = ()
        self._extras_shown = False
        self._own = False
        view.horizontalHeader().sectionResized.connect(self._on_resized)

    def remember_in(self, settings: QSettings) -> None:
        """Take the widths from the settings, and keep there what the person changes."""
        self._widths = ColumnWidths(settings)
        self._lay_out()

    def follow(self) -> bool:
        """Lay the columns out if they are others than before; return whether they are."""
        if self._laid_out is self._view.sheet.columns:
            return False
        self._lay_out()
        return True

    def show_extras(self, *, shown: bool) -> None:
        """Show or hide the person's own columns beside those we need."""
        self._extras_shown = shown
        for at, column in enumerate(self._view.sheet.columns):
            self._view.setColumnHidden(at, column.extra and not shown)
        self._come_out()
        self.fit_note()

    def _come_out(self) -> None:
        """Go to the note from a column that is hidden now: nobody types into what isn't seen."""
        view, current = self._view, self._view.currentIndex()
        if current.isValid() and view.isColumnHidden(current.column()):
            view.go_to(current.row(), view.column_of(Kind.NOTE))

    def fit_note(self) -> None:
        """Let the note, when it is the last column, take the room that is left, little or much.

        Nothing has to be scrolled sideways for it then: all it says is in its hint and in the line
        below the grid. A width that the person gave it is the least it has.
        """
        view = self._view
        if self._extras_shown:
            return
        note = view.column_of(Kind.NOTE)
        others = view.horizontalHeader().length() - view.columnWidth(note)
        room = view.viewport().width() - others
        least = self._kept_width(note) or _LEAST_NOTE * view.fontMetrics().averageCharWidth()
        self._set_width(note, max(room, least))

    def fitting_width(self, at: int) -> int:
        """Return how wide a column must be for what it says in the rows that are shown."""
        view = self._view
        shown = list(islice(view.sheet.shown, LOOKED_AT))
        texts = set(view.sheet.arrangement.texts(at, shown))
        needed = self._room_for(nlargest(_MEASURED, texts, key=len), view.sheet.columns[at].kind)
        return min(needed, _FITTED_MOST)

    def _room_for(self, texts: Iterable[str], kind: Kind) -> int:
        widest = max(map(self._view.fontMetrics().horizontalAdvance, texts), default=0)
        return widest + 2 * MARGIN + _SIGNS.get(kind, 0) + 2

    def _lay_out(self) -> None:
        self._laid_out = self._view.sheet.columns
        for at in range(len(self._laid_out)):
            self._set_width(at, self._wanted(at))
        self.show_extras(shown=self._extras_shown)

    def _wanted(self, at: int) -> int:
        kept = self._kept_width(at)
        if kept:
            return kept
        column = self._view.sheet.columns[at]
        name = self._view.horizontalHeader().sectionSizeHint(at)
        if column.kind is Kind.STATE:  # its words are known, and as long as the language has them
            return max(name, self._room_for(map(state_word, RowState), column.kind))
        return max(name, column.width * self._view.fontMetrics().averageCharWidth() + 12)

    def _kept_width(self, at: int) -> int | None:
        return self._widths.width(self._view.sheet.columns[at]) if self._widths else None

    def _set_width(self, at: int, width: int) -> None:
        """Set a width that is not the person's wish."""
        self._own = True
        try:
            self._view.setColumnWidth(at, min(width, MOST))
        finally:
            self._own = False

    @Slot(int, int, int)
    def _on_resized(self, at: int, _before: int, width: int) -> None:
        columns = self._view.sheet.columns
        if self._widths and not self._own and width and at < len(columns):
            self._widths.remember(columns[at], width)
