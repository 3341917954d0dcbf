"""A small sheet with one mistake of each common kind, in a model and in a grid."""

import pytest
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from builders import HEADERS, OTHER_PO, PO, table
from cancel_desk.checks.review import Review
from cancel_desk.sheet.rows import Mark
from cancel_desk.ui.grid.sheet_model import SheetModel
from cancel_desk.ui.grid.sheet_view import SheetView

ROWS = (
    (PO, "1", "NW-MUG", "1", "Out of stock", "Ann"),
    (PO, "2", "NW-CUP", "2", "", "Bob"),
    (OTHER_PO, "1", "NW-TEE", "1", "NO_INVENTORY", "Cy"),
    ("1796277091000", "1", "NW-CAP", "1", "oos", "Di"),
    ("1796277091000", "1", "NW-CAP", "1", "oos", "Ed"),
    ("1796277095000000", "1", "NW-RUG", "1", "oos", "Flo"),
)
MARKS = {(5, 0): Mark.ROUNDED}
STATE, PO_COLUMN, LINE, SKU, QUANTITY, REASON, WALMART, NOTE, CUSTOMER = range(9)
"""Where the columns of the grid are in these tests."""


@pytest.fixture
def review() -> Review:
    return Review(table(*ROWS, headers=(*HEADERS, "Customer"), marks=MARKS), "US")


@pytest.fixture
def model(review: Review) -> SheetModel:
    stack = QUndoStack()
    model = SheetModel(review, stack)
    stack.setParent(model)
    return model


@pytest.fixture
def view(model: SheetModel, qtbot: QtBot) -> SheetView:
    view = SheetView(model)
    qtbot.addWidget(view)
    view.resize(1100, 400)
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    view.setFocus()
    view.go_to(0, PO_COLUMN)
    qtbot.waitUntil(view.hasFocus)
    return view
