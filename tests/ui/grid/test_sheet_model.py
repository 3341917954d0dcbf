"""The model of the grid, with no view."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from builders import PO, order, order_line
from cancel_desk.checks.issues import Level
from cancel_desk.checks.review import Review
from cancel_desk.sheet.edits import InsertRows, RemoveRows
from cancel_desk.sheet.rows import Row
from cancel_desk.ui.grid.findings import RowState
from cancel_desk.ui.grid.row_traffic import MANY_RUNS
from cancel_desk.ui.grid.sheet_model import SheetModel
from ui.grid.conftest import CUSTOMER, LINE, NOTE, PO_COLUMN, QUANTITY, REASON, STATE, WALMART

Role = Qt.ItemDataRole


def shown(model: SheetModel, row: int, column: int, role: int = Role.DisplayRole) -> object:
    return model.index(row, column).data(role)


def rows_of(model: SheetModel) -> tuple[Row, ...]:
    return model.review.table.rows


def test_it_keeps_the_rules_of_models(model: SheetModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_it_keeps_them_while_rows_come_and_go(
    model: SheetModel, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    new = (model.review.table.new_row(), model.review.table.new_row())
    model.do("insertion", InsertRows(((1, new[0]), (4, new[1]))))
    assert model.rowCount() == 8
    model.do("deletion", RemoveRows((1, 3, 6)))
    model.undo_stack.undo()
    model.undo_stack.undo()
    assert [row.id for row in rows_of(model)] == list(model.shown) == [1, 2, 3, 4, 5, 6]


def test_headers_are_names_and_the_numbers_of_the_file(model: SheetModel) -> None:
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    names = [model.headerData(at, across) for at in range(model.columnCount())]
    assert names == [
        *("State", "PO number", "Line", "SKU", "Qty", "Reason", "Walmart says", "Note", "Customer")
    ]
    assert "PO#" in str(model.headerData(PO_COLUMN, across, Role.ToolTipRole))
    assert model.headerData(0, down) == "2"
    model.do("insertion", InsertRows(((0, model.review.table.new_row()),)))
    assert model.headerData(0, down) == "+"
    assert "not in your file" in str(model.headerData(0, down, Role.ToolTipRole))


def test_cells_show_reasons_in_plain_words_and_keep_their_text(model: SheetModel) -> None:
    assert shown(model, 3, REASON) == "Out of stock"
    assert shown(model, 3, REASON, Role.EditRole) == "oos"
    assert shown(model, 2, REASON) == "NO_INVENTORY"
    assert shown(model, 0, CUSTOMER) == "Ann"
    assert shown(model, 0, WALMART) == "—"
    assert shown(model, 0, QUANTITY, Role.DecorationRole) is None


def test_problems_are_on_their_cell_in_the_note_and_spoken(model: SheetModel) -> None:
    assert model.cell_level(model.shown[1], model.columns[REASON]) is Level.ERROR
    assert model.cell_level(model.shown[1], model.columns[LINE]) is None
    assert model.cell_level(model.shown[1], model.columns[NOTE]) is Level.ERROR
    assert model.findings.state(model.shown[1]) is RowState.ERROR
    assert shown(model, 1, NOTE) == "The reason is missing."
    assert shown(model, 1, REASON, Role.AccessibleTextRole) == (
        "row 3, Reason, blank, error: The reason is missing. Pick one."
    )
    assert "Pick one." in str(shown(model, 1, STATE, Role.ToolTipRole))
    assert shown(model, 0, REASON, Role.ToolTipRole) is None


def test_hints_take_no_markup_from_the_sheet(model: SheetModel) -> None:
    model.setData(model.index(0, REASON), "<img src=x>")
    assert "&lt;img" in str(shown(model, 0, REASON, Role.ToolTipRole))


def test_only_cells_of_the_sheet_can_be_edited(model: SheetModel) -> None:
    editable = [
        column
        for column in range(model.columnCount())
        if model.flags(model.index(0, column)) & Qt.ItemFlag.ItemIsEditable
    ]
    assert editable == [1, 2, 3, 4, 5, 8]
    assert not model.setData(model.index(0, NOTE), "x")
    assert not model.setData(QModelIndex(), "x")


def test_an_edit_is_one_step_one_change_and_goes_back_exactly(
    model: SheetModel, qtbot: QtBot
) -> None:
    before = rows_of(model)
    heard: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: heard.append((first.row(), last.row())))
    assert model.setData(model.index(5, PO_COLUMN), "1796277095000001")
    assert heard == [(5, 5)]
    assert shown(model, 5, NOTE) != ""
    assert model.undo_stack.undoText() == "typing in PO number"
    model.undo_stack.undo()
    assert rows_of(model) == before
    model.undo_stack.redo()
    assert shown(model, 5, PO_COLUMN) == "1796277095000001"


def test_typing_what_is_there_is_no_step_unless_it_was_damaged(model: SheetModel) -> None:
    model.setData(model.index(0, LINE), "1")
    assert model.undo_stack.count() == 0
    model.setData(model.index(5, PO_COLUMN), "1796277095000000")
    assert model.undo_stack.count() == 1
    assert model.cell_level(model.shown[5], model.columns[PO_COLUMN]) is not Level.ERROR


def test_the_row_that_shares_a_problem_is_told_of_too(model: SheetModel) -> None:
    assert "Same line as row 5" in str(shown(model, 4, NOTE))
    model.setData(model.index(3, LINE), "2")
    assert shown(model, 4, NOTE) == ""


def test_rows_left_out_of_view_stay_out_until_the_choice_changes(model: SheetModel) -> None:
    model.choose(lambda: [[2, 3]])
    assert model.rowCount() == 2
    model.setData(model.index(0, REASON), "oos")
    assert model.rowCount() == 2
    new = model.review.table.new_row()
    model.do("insertion", InsertRows(((2, new),)))
    assert list(model.shown) == [2, new.id, 3]
    model.do("deletion", RemoveRows((1, 2)))
    assert list(model.shown) == [new.id, 3]


@pytest.mark.parametrize("count", [MANY_RUNS, 3 * MANY_RUNS])
def test_rows_in_many_places_come_and_go(count: int, review: Review, model: SheetModel) -> None:
    at = len(review.table)
    rows = tuple((at + index, review.table.new_row()) for index in range(2 * count))
    model.do("insertion", InsertRows(rows))
    before = list(model.shown)
    model.do("deletion", RemoveRows(tuple(row.id for _, row in rows[::2])))
    assert model.rowCount() == at + count
    model.undo_stack.undo()
    assert list(model.shown) == before


def test_looks_change_what_walmart_says(model: SheetModel) -> None:
    model.add_looks({PO: order(order_line("1", Shipped=1), order_line("2", Created=2, ordered=2))})
    assert shown(model, 0, WALMART) == "Shipped"
    assert str(shown(model, 0, WALMART, Role.ToolTipRole)).startswith("<qt>Shipped<br>Line 1 ")
    assert shown(model, 1, WALMART) == "Created · 2 open"
    model.review.forget_looks()
    model.refresh()
    assert shown(model, 0, WALMART) == "—"


def test_another_review_begins_a_new_history(model: SheetModel, review: Review) -> None:
    model.setData(model.index(0, LINE), "7")
    model.show_review(review)
    assert model.undo_stack.count() == 0
    assert shown(model, 0, LINE) == "7"


def test_line_breaks_are_shown_on_one_line(model: SheetModel) -> None:
    model.setData(model.index(0, CUSTOMER), "Ann\nLee")
    assert shown(model, 0, CUSTOMER) == "Ann Lee"
    assert shown(model, 0, CUSTOMER, Role.EditRole) == "Ann\nLee"


def test_what_walmart_says_is_told_in_full_by_hint_and_screen_reader(model: SheetModel) -> None:
    index = model.index(0, WALMART)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "<qt>—</qt>"
    model.add_looks({PO: order(order_line("1", ordered=3, sku="NW-MUG", Shipped=2))})
    full = "Line 1 (NW-MUG): 3 ordered, 1 open, 2 shipped, 0 cancelled."
    assert full in str(index.data(Qt.ItemDataRole.ToolTipRole))
    spoken = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("row 2, Walmart says, ")
    assert full in spoken
    assert "The customer did not ask to cancel." in spoken
