"""The table of what an edit would change."""

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from builders import PO, table
from cancel_desk.checks.review import Review
from cancel_desk.sheet.edits import CellText, SetCells
from cancel_desk.ui.models.changes_model import ROW, ChangesModel


def test_only_cells_that_change_are_shown(qtmodeltester: ModelTester) -> None:
    headers = ("PO#", "Line#", "Qty", "Reason", "Mine")
    review = Review(table((PO, "1", "1", "oos", "a"), headers=headers), "US")
    added = review.table.new_row((PO,))
    review.table.insert_rows([(1, added)])
    edit = SetCells(
        (CellText(1, 2, "1"), CellText(1, 4, "b\nc"), CellText(added.id, 3, "no such reason"))
    )
    model = ChangesModel(review, edit)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    assert (model.rowCount(), model.rows) == (2, 2)
    texts = [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(2)
    ]
    assert texts == [
        ["2", PO, "Mine", "a", "b c"],
        ["+", PO, "Reason", "blank", "no such reason"],
    ]
    assert model.headerData(ROW, Qt.Orientation.Horizontal) == "Row"
