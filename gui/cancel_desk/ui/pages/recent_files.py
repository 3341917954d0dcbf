"""The sheets that were opened last, each to be opened again with one click."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.ui.widgets.buttons import ActionButton

SHOWN: Final = 3
_WIDEST: Final = 200
"""Of a name, in pixels at 100 %; a longer one loses its middle, and its tip has all of it."""


class RecentFiles(QWidget):
    """The names of the last sheets, the latest first; hidden while there are none."""

    chosen = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = QHBoxLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(QLabel(_("Opened last:")))
        row.addLayout(self._names)
        row.addStretch(1)
        self.hide()

    def show_files(self, paths: Sequence[Path]) -> None:
        """Show the files, the latest first."""
        while (item := self._names.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # it is gone at once, whenever Qt comes to delete it
                widget.deleteLater()
        for path in paths[:SHOWN]:
            self._names.addWidget(self._button(path))
        self.setVisible(bool(paths))

    def _button(self, path: Path) -> ActionButton:
        name = self.fontMetrics().elidedText(path.name, Qt.TextElideMode.ElideMiddle, _WIDEST)
        button = ActionButton(name, keys="", tip=str(path), role="link")
        button.setAccessibleName(path.name)
        button.clicked.connect(partial(self._on_chosen, path))
        return button

    def _on_chosen(self, path: Path) -> None:
        self.chosen.emit(path)
