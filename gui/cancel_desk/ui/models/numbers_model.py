"""The rows with damaged numbers, what the open orders offer for each, and what is to be taken."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.sheet.real_numbers import Fit, NumberCandidate, NumberSearch
from cancel_desk.texts.real_numbers import (
    candidate_words,
    clue_words,
    number_search_sentence,
    units_words,
)
from cancel_desk.ui.models.columns import Index

TAKE, ROW, SHOWN, OFFERED, WHY = range(5)
_NOWHERE: Final = QModelIndex()
_CHECKED = (Qt.CheckState.Checked, Qt.CheckState.Checked.value)


class NumbersModel(QAbstractTableModel):
    """Nothing is ticked at first; a row that several orders fit is ticked by choosing one."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[NumberSearch, ...] = ()
        self._chosen: dict[int, NumberCandidate] = {}
        self._ticks: set[int] = set()

    def show_found(self, found: Sequence[NumberSearch]) -> None:
        """Show what was found, row by row of the sheet."""
        self.beginResetModel()
        self._found = tuple(found)
        self._ticks.clear()
        self._chosen = {
            at: each.candidates[0] for at, each in enumerate(found) if each.fit is Fit.ONE
        }
        self.endResetModel()
        self.ticked.emit()

    @property
    def taken(self) -> list[tuple[NumberSearch, NumberCandidate]]:
        """What is ticked, in the order of the sheet."""
        return [(self._found[at], self._chosen[at]) for at in sorted(self._ticks)]

    @property
    def proposed(self) -> int:
        """How many rows have exactly one order that fits."""
        return sum(each.fit is Fit.ONE for each in self._found)

    def tick_proposed(self, *, on: bool) -> None:
        """Tick or untick every row that exactly one order fits."""
        rows = {at for at, each in enumerate(self._found) if each.fit is Fit.ONE}
        self._ticks = self._ticks | rows if on else self._ticks - rows
        self._changed(0, len(self._found) - 1)

    def choices(self, row: int) -> tuple[NumberCandidate, ...]:
        """Return what may be chosen in a row; nothing where there is no choice."""
        search = self._found[row]
        return search.candidates if search.fit is Fit.SEVERAL else ()

    def chosen(self, row: int) -> NumberCandidate | None:
        """Return what is chosen in a row."""
        return self._chosen.get(row)

    def choose(self, row: int, candidate: NumberCandidate | None) -> None:
        """Choose one of several and tick it, or none of them."""
        self._ticks.discard(row)
        self._chosen.pop(row, None)
        if candidate is not None:
            self._chosen[row] = candidate
            self._ticks.add(row)
        self._changed(row, row)

    def toggle(self, row: int) -> None:
        """Tick or untick a row; one without a number to take stays as it is."""
        if row in self._chosen:
            self._ticks ^= {row}
            self._changed(row, row)

    def _changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, TAKE), self.index(last, WHY))
        self.ticked.emit()

    # ---- what the view asks for

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Count the rows with damaged numbers."""
        return 0 if parent.isValid() else len(self._found)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else WHY + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell what can be ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == TAKE and index.row() in self._chosen:
            return shown | Qt.ItemFlag.ItemIsUserCheckable
        return shown

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell, its tick, or what it says to those who can't see it."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == TAKE and row in self._chosen:
            return Qt.CheckState.Checked if row in self._ticks else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row, column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._hint(row, column)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a row."""
        if role != Qt.ItemDataRole.CheckStateRole or index.row() not in self._chosen:
            return False
        if (value in _CHECKED) != (index.row() in self._ticks):
            self.toggle(index.row())
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column."""
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (_("Take"), _("Row"), _("Your sheet shows"), _("Order"), _("What speaks for it"))
        return names[section]

    def _words(self, row: int, column: int) -> str:
        search = self._found[row]
        if column == ROW:
            return "+" if search.row.number is None else str(search.row.number)
        if column == SHOWN:
            return search.text or _("(blank)")
        if column == OFFERED:
            return self._offer(row)
        return self._why(row) if column == WHY else ""

    def _offer(self, row: int) -> str:
        chosen = self._chosen.get(row)
        if chosen is not None:
            return candidate_words(chosen)
        count = len(self._found[row].candidates)
        if not count:
            return _("No open order fits")
        return ngettext("Choose: {n} may fit…", "Choose: {n} may fit…", count).format(
            n=grouped(count)
        )

    def _why(self, row: int) -> str:
        chosen = self._chosen.get(row)
        return "" if chosen is None else spoken_for(chosen)

    def _hint(self, row: int, column: int) -> str:
        if column == TAKE and row in self._chosen:
            return _("Put this number into row {row}").format(row=self._words(row, ROW))
        if column in (OFFERED, WHY):
            return number_search_sentence(self._found[row])
        return self._words(row, column)


def spoken_for(candidate: NumberCandidate) -> str:
    """Say what a candidate has in common with its row, what is open, and what it is."""
    parts = (clue_words(candidate), units_words(candidate), candidate.product_name)
    return " · ".join(filter(None, parts))
