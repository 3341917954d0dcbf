"""The values of a column to choose from: those that are ticked are shown."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.ui.in_turns import InTurns, Slices, parts_of, rest_after
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE, mixed

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_Role = Qt.ItemDataRole
_ON, _OFF, _PART = Qt.CheckState.Checked, Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked
_BATCH: Final = 2000  # so many values are laid out in a few milliseconds
_FLAGS: Final = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsUserCheckable
    | Qt.ItemFlag.ItemNeverHasChildren
)


class ValuesModel(QAbstractListModel):
    """Values with how many rows have each, ticked or not; a search leaves the others out."""

    ticked = Signal()  # other values are ticked, or listed

    def __init__(
        self, counts: Mapping[str, int], kept: frozenset[str] | None, parent: QObject | None = None
    ) -> None:
        """``kept`` are the values ticked at first; None for all."""
        super().__init__(parent)
        self._counts = counts
        self._every = self._values = list(counts)
        self._turns = InTurns(self)
        self._on = set(counts) if kept is None else set(counts) & kept

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many values are listed."""
        return 0 if parent.isValid() else len(self._values)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell that every value can be ticked."""
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Return a value with its count, and whether it is ticked."""
        if not index.isValid():
            return None
        value = self._values[index.row()]
        if role == _Role.CheckStateRole:
            return _ON if value in self._on else _OFF
        if role == _Role.DisplayRole:
            return f"{value or _('(blank)')}  ·  {grouped(self._counts[value])}"
        if role == _Role.AccessibleTextRole:
            words = ngettext("{value}, {count} row", "{value}, {count} rows", self._counts[value])
            return words.format(value=value or _("blank"), count=self._counts[value])
        return None

    def setData(self, index: Index, value: object, role: int = _Role.EditRole) -> bool:
        """Tick or untick a value."""
        if role != _Role.CheckStateRole or not index.isValid():
            return False
        text = self._values[index.row()]
        (self._on.add if Qt.CheckState(value) == _ON else self._on.discard)(text)
        self.dataChanged.emit(index, index, [_Role.CheckStateRole])
        self.ticked.emit()
        return True

    def search(self, text: str) -> None:
        """List the values with a text in them only; very many take some turns to look through."""
        self._turns.start(self._search(text.strip().casefold()))

    def _search(self, wanted: str) -> Slices[None]:
        found: list[str] = []
        for part in parts_of(self._every):
            found.extend(value for value in part if wanted in value.casefold())
            yield from rest_after(part)
        self.beginResetModel()
        self._values = found
        self.endResetModel()
        self.ticked.emit()

    def tick_listed(self, *, on: bool) -> None:
        """Tick or untick every value that is listed."""
        (self._on.update if on else self._on.difference_update)(self._values)
        if self._values:
            last = self.index(len(self._values) - 1)
            self.dataChanged.emit(self.index(0), last, [_Role.CheckStateRole])
        self.ticked.emit()

    def chosen(self) -> frozenset[str] | None:
        """Return the listed values that are ticked; None if that is every value there is."""
        self._turns.finish()  # what is searched for may not be listed yet
        on = self._on.intersection(self._values)
        return None if len(on) == len(self._counts) else frozenset(on)

    def tally(self) -> Slices[tuple[Qt.CheckState, int]]:
        """Return whether all listed values are ticked, none, or some; and in how many rows."""
        values = rows = 0
        for part in parts_of(self._values):
            on = self._on.intersection(part)
            values += len(on)
            rows += sum(map(self._counts.__getitem__, on))
            yield from rest_after(part)
        if values in {0, len(self._values)}:
            return _ON if values else _OFF, rows
        return _PART, rows


class ColumnFilterDialog(QDialog):
    """Asks which values of a column to show."""

    chosen = Signal(object)  # frozenset[str], or None for all values

    def __init__(
        self,
        title: str,
        counts: Mapping[str, int],
        kept: frozenset[str] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Filter by {column}").format(column=title))
        self.resize(340, 420)
        self.model = ValuesModel(counts, kept, self)
        self._turns = InTurns(self)
        self.search = ValueSearch()
        self.all = QCheckBox(_("All of these"))
        self.list = QListView(
            uniformItemSizes=True, layoutMode=QListView.LayoutMode.Batched, batchSize=_BATCH
        )
        self.list.setModel(self.model)
        self.list.setSpacing(2)
        for ticking in (self.all, self.list):
            _draw_boxes_clearly(ticking)
        self.list.setAccessibleName(_("Values of {column}").format(column=title))
        self.show_rows = ActionButton(
            "", keys="", tip=_("Show the rows with the ticked values"), role="primary"
        )
        self.show_rows.setDefault(True)
        cancel = ActionButton(_("Cancel"), keys="", tip=_("Leave the rows as they are"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.show_rows)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE)
        column.addWidget(self.search)
        column.addWidget(self.all)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.search.textChanged.connect(self.model.search)
        self.search.left.connect(self._on_search_left)
        self.all.clicked.connect(self._on_all)
        self.model.ticked.connect(self._on_ticked)
        self.show_rows.clicked.connect(self._on_show)
        cancel.clicked.connect(self.reject)
        self._on_ticked()
        self.search.setFocus()

    @Slot()
    def _on_ticked(self) -> None:
        self._turns.start(self._tell())

    def _tell(self) -> Slices[None]:
        state, rows = yield from self.model.tally()
        self.all.setTristate(state == _PART)
        self.all.setCheckState(state)
        words = ngettext("Show {count} row", "Show {count} rows", rows)
        self.show_rows.set_label(words.format(count=grouped(rows)))
        self.show_rows.setEnabled(rows > 0)

    @Slot()
    def _on_all(self) -> None:
        self.model.tick_listed(on=self.all.checkState() != _OFF)

    @Slot()
    def _on_search_left(self) -> None:
        self.list.setFocus()
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))

    @Slot()
    def _on_show(self) -> None:
        self.accept()
        self.chosen.emit(self.model.chosen())


def _draw_boxes_clearly(widget: QWidget) -> None:
    """Have the boxes to tick outlined so that they are seen on a dark ground too.

    Fusion derives their outline from the colour of windows, which is all it is used for here.
    """
    palette = widget.palette()
    ink = palette.color(QPalette.ColorRole.Text)
    palette.setColor(
        QPalette.ColorRole.Window, mixed(ink, palette.color(QPalette.ColorRole.Base), 0.3)
    )
    widget.setPalette(palette)


class ValueSearch(QLineEdit):
    """Narrows the list as one types; Down leads into it."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("Search these values"))
        self.setAccessibleName(_("Search these values"))
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on into the list with Down."""
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)
