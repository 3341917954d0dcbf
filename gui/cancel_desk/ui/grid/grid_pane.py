"""The grid with what belongs to it: how it is sorted and filtered, and the search in it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cancel_desk.ui.grid.arrangement_bar import ArrangementBar
from cancel_desk.ui.grid.sheet_view import SheetView
from cancel_desk.ui.theme import SPACE


class GridPane(QWidget):
    """Puts the parts below one another."""

    def __init__(self, view: SheetView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.arrangement = ArrangementBar(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.arrangement)
        column.addWidget(view, 1)
