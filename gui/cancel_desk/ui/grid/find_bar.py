"""Find and replace above the grid: it counts first, and replaces in one step of undo."""

from bisect import bisect_left
from collections.abc import Iterator
from time import monotonic
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.ui.grid.editing import Area
from cancel_desk.ui.grid.finding import Finder, Wanted, following
from cancel_desk.ui.grid.jumps import Cell
from cancel_desk.ui.grid.sheet_view import SheetView
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE

_TURN: Final = 0.008  # seconds of counting at a time, so that the window stays alive


class FindBar(QWidget):
    """Is there from Ctrl+F or Ctrl+H until Esc."""

    def __init__(self, view: SheetView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._finder: Finder | None = None
        self._search: Iterator[Cell | None] = iter(())
        self._hits: list[Cell] = []
        self._complete = False
        self._areas: tuple[Area, ...] = ()
        self._turns = QTimer(self)
        self._turns.setInterval(0)
        self._turns.timeout.connect(self._on_turn)
        self._make_fields()
        self._make_buttons()
        self._lay_out()
        self._connect()
        self.hide()

    def _make_fields(self) -> None:
        self.text = FindField(_("Find"))
        self.by = FindField(_("Replace with"))
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.count.setMinimumWidth(self.fontMetrics().horizontalAdvance("0,000 / 0,000") + SPACE)

    def _make_buttons(self) -> None:
        self.case = _option("Aa", "Alt+C", _("Tell capital letters from small ones"))
        self.whole = _option(_("Whole cell"), "Alt+W", _("The cell must say this and nothing else"))
        self.inside = _option(_("In selection"), "Alt+S", _("Look only at the selected cells"))
        self.back = ActionButton("↑", keys="Shift+F3", tip=_("Go to the one before"), role="chip")
        self.on = ActionButton("↓", keys="F3", tip=_("Go to the next one"), role="chip")
        self.close_bar = ActionButton("✕", keys="", tip=_("Close the search (Esc)"), role="menu")
        self.one = ActionButton(
            _("Replace"), keys="Alt+R", tip=_("Replace in this cell and go to the next one")
        )
        self.all = ActionButton(
            "", keys="Alt+A", tip=_("Replace in all these cells, as one step that can be undone")
        )

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.text, 0, 0)
        options = QHBoxLayout()
        options.setSpacing(SPACE // 2)
        for widget in (self.case, self.whole, self.inside, self.back, self.on, self.count):
            options.addWidget(widget)
        options.addStretch(1)
        options.addWidget(self.close_bar)
        grid.addLayout(options, 0, 1)
        grid.addWidget(self.by, 1, 0)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE // 2)
        buttons.addWidget(self.one)
        buttons.addWidget(self.all)
        buttons.addStretch(1)
        grid.addLayout(buttons, 1, 1)
        for before, after in zip(
            (self.text, self.case, self.whole, self.inside, self.back, self.on),
            (self.case, self.whole, self.inside, self.back, self.on, self.by),
            strict=True,
        ):
            self.setTabOrder(before, after)

    def _connect(self) -> None:
        self.text.textChanged.connect(self._on_wanted)
        for option in (self.case, self.whole):
            option.toggled.connect(self._on_wanted)
        self.inside.toggled.connect(self._on_inside)
        for field in (self.text, self.by):
            field.left.connect(self.leave)
        self.text.entered.connect(self._go)
        self.by.entered.connect(self._on_one)
        self.on.clicked.connect(self._on_next)
        self.back.clicked.connect(self._on_previous)
        self.one.clicked.connect(self._on_one)
        self.all.clicked.connect(self._on_all)
        self.close_bar.clicked.connect(self.leave)
        model = self._view.sheet
        model.dataChanged.connect(self._on_sheet_changed)
        for changed in (model.arranged, model.rowsInserted, model.rowsRemoved, model.modelReset):
            changed.connect(self._on_rows_changed)

    # ---- coming and going

    def open_for(self, *, replacing: bool) -> None:
        """Come into view, ready to be typed into."""
        for widget in (self.by, self.one, self.all):
            widget.setVisible(replacing)
        self.show()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()
        self._on_wanted()

    @Slot()
    def leave(self) -> None:
        """Go away; the keys go back to the grid."""
        self._turns.stop()
        self.hide()
        self._view.setFocus()

    # ---- counting

    @Slot()
    def _on_wanted(self) -> None:
        """Begin to count anew."""
        if self.isHidden():
            return
        areas = self._areas if self.inside.isChecked() else None
        wanted = Wanted(self.text.text(), self.case.isChecked(), self.whole.isChecked(), areas)
        self._finder = Finder(self._view.sheet, self._view.visible_columns(), wanted)
        self._search, self._hits, self._complete = self._finder.hits(), [], False
        self._turns.start()
        self._tell()

    @Slot(bool)
    def _on_inside(self, _checked: bool) -> None:  # noqa: FBT001
        self._areas = tuple(self._view.areas())
        self._on_wanted()

    @Slot()
    def _on_sheet_changed(self) -> None:
        self._on_wanted()

    @Slot()
    def _on_rows_changed(self) -> None:
        """Drop the selection that was searched: it is not where it was."""
        with QSignalBlocker(self.inside):
            self.inside.setChecked(False)
        self._on_wanted()

    @Slot()
    def _on_turn(self) -> None:
        end = monotonic() + _TURN
        for hit in self._search:
            if hit is not None:
                self._hits.append(hit)
            if monotonic() > end:
                break
        else:
            self._turns.stop()
            self._complete = True
        self._tell()

    def _tell(self) -> None:
        """Show how many there are, and offer to replace them once they are counted."""
        finder, count = self._finder, len(self._hits)
        at = bisect_left(self._hits, self._current())
        if not self.text.text():
            words = ""
        elif not self._complete:
            words = _("{count} so far…").format(count=grouped(count))
        elif not count:
            words = _("Not found")
        elif at < count and self._hits[at] == self._current():
            words = _("{at} of {count}").format(at=grouped(at + 1), count=grouped(count))
        else:
            words = ngettext("{count} cell", "{count} cells", count).format(count=grouped(count))
        self.count.setText(words)
        own = sum(map(finder.replaceable, self._hits)) if finder and self._complete else 0
        self.all.set_label(
            ngettext("Replace in {count} cell", "Replace in {count} cells", own).format(
                count=grouped(own)
            )
        )
        self.all.setEnabled(own > 0)
        self.one.setEnabled(own > 0)
        for button in (self.on, self.back):
            button.setEnabled(count > 0)

    # ---- going and replacing

    def _current(self) -> Cell:
        index = self._view.currentIndex()
        return Cell(index.row(), index.column())

    @Slot()
    def _on_next(self) -> None:
        self._go(forward=True)

    @Slot()
    def _on_previous(self) -> None:
        self._go(forward=False)

    def _go(self, forward: bool) -> None:  # noqa: FBT001 - a signal gives it
        """Go to the next one of those found so far; the field keeps the keys."""
        cell = following(self._hits, self._current(), forward=forward)
        if cell is not None:
            self._view.go_to(*cell)
            self._tell()

    @Slot()
    def _on_one(self) -> None:
        """Replace in the current cell, if it is one that was found, and go on."""
        self._view.sheet.settle()
        finder, current = self._finder, self._current()
        if finder is not None and finder.replaceable(current) and finder.fits(current):
            edit = finder.replacement([current], self.by.text())
            self._view.sheet.do(_("replacement in a cell"), edit)
            self._finish_counting()
        self._go(forward=True)

    @Slot()
    def _on_all(self) -> None:
        """Replace in all cells that were counted; not where a step under way changes them yet."""
        self._view.sheet.settle()
        if self._finder is None or not self._complete:
            return
        edit = self._finder.replacement(self._hits, self.by.text())
        count = len(edit.cells)
        name = ngettext("replacement in {count} cell", "replacement in {count} cells", count)
        self._view.sheet.do(name.format(count=grouped(count)), edit)

    def _finish_counting(self) -> None:
        """Count what an edit has changed before going on from it."""
        while self._turns.isActive():
            self._on_turn()


class FindField(QLineEdit):
    """A field of the search: Enter goes on, Shift+Enter back, Esc leaves."""

    entered = Signal(bool)  # forward
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "field")
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(120)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand on the keys that are not for typing."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _option(label: str, keys: str, tip: str) -> ActionButton:
    button = ActionButton(label, keys=keys, tip=tip, role="chip")
    button.setCheckable(True)
    return button
