"""The chips and the search above the grid."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QWidget

from cancel_desk.checks.review import Tally
from cancel_desk.language import gettext as _
from cancel_desk.language import grouped
from cancel_desk.texts.issues import issue_title
from cancel_desk.ui.grid.colours import grid_colours
from cancel_desk.ui.grid.findings import Group, RowState
from cancel_desk.ui.grid.row_filter import RowFilter, Show
from cancel_desk.ui.grid.state_icons import state_icon
from cancel_desk.ui.widgets.buttons import ActionButton, key_words, with_keys
from cancel_desk.ui.widgets.theme import SPACE, colours

SEARCH_KEYS: Final = QKeySequence("Ctrl+Shift+F")
_ICON: Final = QSize(14, 14)
_STYLE: Final = """
QLineEdit {{
    background: {card}; color: {text}; border: 1px solid {line}; border-radius: 6px;
    padding: 5px 8px;
}}
QLineEdit:focus {{ border-color: {accent}; }}
"""
_STATES = {
    Show.READY: RowState.READY,
    Show.ERRORS: RowState.ERROR,
    Show.WARNINGS: RowState.WARNING,
    Show.LEFT_OUT: RowState.LEFT_OUT,
}


class FilterBar(QWidget):
    """Says which rows the person wants to see; what is typed or clicked last holds."""

    changed = Signal(object)  # RowFilter
    search_left = Signal()  # Enter, Esc or Down in the search

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group: Group | None = None
        self._left_out = 0
        self._make_chips()
        self.search = SearchField()
        self.search.textChanged.connect(self._on_changed)
        self.search.left.connect(self.search_left)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        for chip in (*self.chips.values(), self.group_chip):
            row.addWidget(chip)
        self.between = QHBoxLayout()
        self.between.setSpacing(SPACE // 2)
        row.addLayout(self.between)
        row.addStretch(1)
        row.addWidget(self.search, 2)
        self._colour()

    def _make_chips(self) -> None:
        tips = {
            Show.ALL: _("Show all rows"),
            Show.READY: _("Show the rows that can be sent, those with a warning among them"),
            Show.ERRORS: _("Show the rows that are left out until they are fixed"),
            Show.WARNINGS: _("Show the rows to look at again; they can be sent"),
            Show.LEFT_OUT: _("Show the rows that you left out; nothing is sent for them"),
        }
        self._one = QButtonGroup(self)
        self.chips = {
            show: ActionButton("", keys=f"Ctrl+{at}", tip=tips[show], role="chip")
            for at, show in enumerate(Show, start=1)
        }
        for chip in self.chips.values():
            chip.setCheckable(True)
            chip.setIconSize(_ICON)
            self._one.addButton(chip)
            chip.clicked.connect(self._on_chip)
        self.chips[Show.ALL].setChecked(True)
        self.chips[Show.LEFT_OUT].hide()
        self.group_chip = ActionButton("", keys="", tip=_("Show all rows again"), role="chip")
        self.group_chip.setCheckable(True)
        self.group_chip.clicked.connect(self.show_all)
        self.group_chip.hide()

    def wanted(self) -> RowFilter:
        """Return what the person wants to see."""
        show = next((show for show, chip in self.chips.items() if chip.isChecked()), Show.ALL)
        return RowFilter(show, self._group, self.search.text())

    def count(self, tally: Tally) -> None:
        """Show how many rows each chip stands for."""
        counts: Mapping[Show, tuple[str, int]] = {
            Show.ALL: (_("All {count}"), tally.rows),
            Show.READY: (_("Ready {count}"), tally.ready),
            Show.ERRORS: (_("Errors {count}"), tally.errors),
            Show.WARNINGS: (_("Warnings {count}"), tally.warnings),
            Show.LEFT_OUT: (_("Left out {count}"), tally.left_out),
        }
        for show, (words, count) in counts.items():
            chip = self.chips[show]
            chip.set_label(words.format(count=grouped(count)))
            if show in _STATES:
                chip.setText(f" {chip.text()}")  # Qt sets the icon too close to the words
                chip.setShortcut(chip.keys)
        self._left_out = tally.left_out
        self._show_left_out_chip()

    def _show_left_out_chip(self) -> None:
        """Show it where rows are left out, and while the choice is in force."""
        chip = self.chips[Show.LEFT_OUT]
        chip.setVisible(self._left_out > 0 or chip.isChecked())

    @Slot()
    def show_all(self) -> None:
        """Show every row, whatever was wanted before."""
        with QSignalBlocker(self.search):
            self.search.clear()
        self.chips[Show.ALL].setChecked(True)
        self._set_group(None)

    def show_group(self, group: Group) -> None:
        """Show the rows with one kind of problem only."""
        self._one.setExclusive(False)
        for chip in self.chips.values():
            chip.setChecked(False)
        self._one.setExclusive(True)
        with QSignalBlocker(self.search):
            self.search.clear()
        self._set_group(group)

    def _set_group(self, group: Group | None) -> None:
        self._group = group
        self.group_chip.setVisible(group is not None)
        self.group_chip.setChecked(group is not None)
        if group is not None:
            self.group_chip.set_label(f"{issue_title(group.code)}  ✕")
        self._on_changed()

    @Slot()
    def _on_chip(self) -> None:
        self._set_group(None)

    @Slot()
    def _on_changed(self) -> None:
        self._show_left_out_chip()
        self.changed.emit(self.wanted())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system from light to dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._colour()

    def _colour(self) -> None:
        palette = QGuiApplication.palette()
        theme, colours_of_grid = colours(palette), grid_colours(palette)
        self.search.setStyleSheet(
            _STYLE.format_map({name: colour.name() for name, colour in theme._asdict().items()})
        )
        icons: dict[Show, QIcon] = {
            show: state_icon(state, colours_of_grid) for show, state in _STATES.items()
        }
        for show, icon in icons.items():
            self.chips[show].setIcon(icon)


class SearchField(QLineEdit):
    """Searches as one types; Esc clears it, Enter and Down lead into the grid."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        keys = key_words(SEARCH_KEYS)
        self.setPlaceholderText(_("Search PO, SKU, note…  {keys}").format(keys=keys))
        self.setAccessibleName(_("Search the rows"))
        self.setToolTip(with_keys(_("Show only the rows with these words"), SEARCH_KEYS))
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(150)
        self.setMaximumWidth(420)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the field with Enter, Down or Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.left.emit()
        else:
            super().keyPressEvent(event)
