"""The list of keyboard shortcuts, taken from the actions that the window really has."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.language import gettext as _
from cancel_desk.ui.grid.moving import moves
from cancel_desk.ui.grid.sheet_view import SheetView
from cancel_desk.ui.widgets.buttons import ActionButton, key_words
from cancel_desk.ui.widgets.theme import SPACE

_KEYS_WIDTH: Final = 190


class Shortcut(NamedTuple):
    """Keys and what they do."""

    keys: str
    does: str


class ShortcutsDialog(QDialog):
    """Lists the shortcuts of each part of the window."""

    def __init__(self, parts: Iterable[tuple[str, QWidget]], parent: QWidget | None = None) -> None:
        """``parts`` are the names of the window's parts with the widgets that hold them."""
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.resize(600, 560)
        inside = QWidget()
        inside.setObjectName("list")
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(3 * SPACE)
        grid.setColumnStretch(1, 1)
        for name, widget in parts:
            if found := shortcuts_in(widget):
                _add(grid, name, found)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inside)
        area.setAccessibleName(_("Keyboard shortcuts"))
        close = ActionButton(_("Close"), keys="", tip=_("Close this list"))
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.addWidget(area, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _add(grid: QGridLayout, name: str, shortcuts: Iterable[Shortcut]) -> None:
    title = QLabel(name)
    title.setProperty("role", "headline")
    grid.addWidget(title, grid.rowCount(), 0, 1, 2)
    for shortcut in shortcuts:
        row = grid.rowCount()
        keys = QLabel(shortcut.keys, wordWrap=True)
        keys.setProperty("role", "muted")
        keys.setFixedWidth(_KEYS_WIDTH)
        grid.addWidget(keys, row, 0)
        grid.addWidget(QLabel(shortcut.does, wordWrap=True), row, 1)


def shortcuts_in(widget: QWidget) -> list[Shortcut]:
    """Return the shortcuts of the buttons and actions inside a widget, and the keys of a grid."""
    found: dict[str, str] = {}
    for button in widget.findChildren(QAbstractButton):
        name = button.accessibleDescription() or button.accessibleName() or button.text()
        _note(found, button.shortcut(), name)
    for action in (*widget.actions(), *widget.findChildren(QAction)):
        for keys in action.shortcuts():
            _note(found, keys, action.text().replace("&", ""))
    for shortcut in widget.findChildren(QShortcut):
        _note(found, shortcut.key(), shortcut.whatsThis())
    listed = [Shortcut(keys, does) for keys, does in found.items()]
    if widget.findChildren(SheetView):
        listed += [Shortcut(" / ".join(map(key_words, keys)), does) for keys, does in moves()]
    return listed


def _note(found: dict[str, str], keys: QKeySequence, does: str) -> None:
    shown = key_words(keys)
    if shown and does:
        found.setdefault(shown, does)
