"""The grid with what belongs to it: how it is sorted and filtered, and the search in it."""

import sys
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.ui.grid.arrangement_bar import ArrangementBar
from cancel_desk.ui.grid.find_bar import FindBar
from cancel_desk.ui.grid.sheet_view import SheetView
from cancel_desk.ui.widgets.theme import SPACE

# On a Mac Cmd+H hides the program; spreadsheet programs replace with the Ctrl key there.
REPLACE_KEYS: Final = ("Meta+H", "Ctrl+Shift+H") if sys.platform == "darwin" else ("Ctrl+H",)


class GridPane(QWidget):
    """Puts the parts below one another."""

    def __init__(self, view: SheetView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.arrangement = ArrangementBar(view)
        self.finding = FindBar(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.arrangement)
        column.addWidget(self.finding)
        column.addWidget(view, 1)
        find, replace = QAction(_("Find"), self), QAction(_("Find and replace"), self)
        find.setShortcuts([QKeySequence("Ctrl+F")])
        replace.setShortcuts([QKeySequence(keys) for keys in REPLACE_KEYS])
        find.triggered.connect(self._on_find)
        replace.triggered.connect(self._on_replace)
        self.addActions([find, replace])

    @Slot()
    def _on_find(self) -> None:
        self.finding.open_for(replacing=False)

    @Slot()
    def _on_replace(self) -> None:
        self.finding.open_for(replacing=True)
