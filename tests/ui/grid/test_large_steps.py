"""Steps over very many cells: a part in each turn of the event loop, and true all the while."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QUndoStack
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from builders import HEADERS, OTHER_PO, PO, table
from cancel_desk.checks.review import Review
from cancel_desk.sheet.edits import CellText, InsertRows, RemoveRows, SetCells
from cancel_desk.ui import in_turns
from cancel_desk.ui.grid.arrangement_bar import ArrangementBar
from cancel_desk.ui.grid.editing import Area
from cancel_desk.ui.grid.find_bar import FindBar
from cancel_desk.ui.grid.sheet_model import SheetModel
from cancel_desk.ui.grid.sheet_view import SheetView
from ui.grid.conftest import LINE, QUANTITY, SKU, STATE
from ui.hands import press

CTRL = Qt.KeyboardModifier.ControlModifier
WHOLE = Area(range(6), (QUANTITY,))


@pytest.fixture(autouse=True)
def slow_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Change a single cell in each turn of the event loop."""
    monkeypatch.setattr(in_turns, "PART", 1)
    monkeypatch.setattr(in_turns, "_TURN", 0.0)


def quantities(model: SheetModel) -> list[str]:
    return [row.cells[3] for row in model.review.table.rows]


BEFORE = ["1", "2", "1", "1", "1", "1"]


def test_a_step_goes_on_turn_by_turn_and_its_checks_with_it(view: SheetView, qtbot: QtBot) -> None:
    model = view.sheet
    view.editing.fill([WHOLE], "0")
    changed: list[int] = []
    while model.is_changing:
        changed.append(quantities(model).count("0"))
        anew = Review(model.review.table, "US")
        assert [model.findings.issues(each) for each in model.shown] == [
            anew.issues(each) for each in model.shown
        ]
        QApplication.processEvents()
    assert changed[0] == 1
    assert len(changed) > 2
    assert quantities(model) == ["0"] * 6
    assert model.undo_stack.count() == 1
    model.undo_stack.undo()
    qtbot.waitUntil(lambda: not model.is_changing)
    assert quantities(model) == BEFORE
    assert view.areas() == [WHOLE]  # what was taken back is shown


def test_undo_in_the_midst_of_a_step_takes_all_of_it_back(view: SheetView) -> None:
    model = view.sheet
    view.editing.fill([WHOLE], "5")
    assert model.is_changing
    model.undo_stack.undo()
    assert quantities(model) != BEFORE
    model.undo_stack.redo()
    model.settle()
    assert quantities(model) == ["5"] * 6
    model.undo_stack.undo()
    model.settle()
    assert quantities(model) == BEFORE


def test_what_is_done_in_the_midst_of_a_step_comes_after_it(view: SheetView) -> None:
    model = view.sheet
    view.editing.fill([WHOLE], "5")
    model.setData(model.index(5, QUANTITY), "7")
    assert quantities(model) == ["5"] * 5 + ["7"]
    assert [model.undo_stack.text(at) for at in range(2)] == ["filling of 6 cells", "typing in Qty"]


def test_rows_come_at_once_and_cells_after_them(view: SheetView) -> None:
    """A place in the grid means the same row before and after each turn."""
    model = view.sheet
    view.go_to(4, LINE)
    view.editing.paste(view.areas(), [["9"]] * 5, view.visible_columns())
    assert model.is_changing or len(model.shown) == 9
    block = [["8", "A"], ["8", "B"], ["8", "C"], ["8", "D"]]
    view.go_to(7, LINE)
    view.editing.paste(view.areas(), block, view.visible_columns())
    assert (model.is_changing, len(model.shown)) == (True, 11)
    model.settle()
    assert [row.cells[1] for row in model.review.table.rows][4:] == ["9"] * 3 + ["8"] * 4
    while model.undo_stack.canUndo():
        model.undo_stack.undo()
    model.settle()
    assert len(model.shown) == 6


def test_edits_that_touch_the_same_rows_are_done_in_their_order(model: SheetModel) -> None:
    new = model.review.table.new_row()
    cells = tuple(CellText(row_id, 3, "4") for row_id in (1, 2, 3, new.id))
    model.do("both", SetCells(cells[:3]), InsertRows(((0, new),)), SetCells(cells))
    model.settle()
    assert quantities(model) == ["4"] * 4 + ["1"] * 3
    model.do("both", SetCells(cells), RemoveRows((1, 2)))
    model.settle()
    model.undo_stack.undo()
    model.undo_stack.undo()
    model.settle()
    assert quantities(model) == BEFORE


def test_rows_of_one_order_are_not_looked_at_again_and_again(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part concerns all rows of the order: parts grow, or the work would be squared."""
    monkeypatch.setattr(in_turns, "PART", 4)
    rows = [(f"17962770{at:05}", str(at + 1), "", "1", "oos") for at in range(400)]
    stack = QUndoStack()
    model = SheetModel(Review(table(*rows, headers=HEADERS), "US"), stack)
    stack.setParent(model)
    looked: list[int] = []
    look_again = model.look_again

    def look(row_ids: set[int]) -> None:
        looked.append(len(row_ids))
        look_again(row_ids)

    monkeypatch.setattr(model, "look_again", look)
    model.do("filling", SetCells(tuple(CellText(at, 0, PO) for at in range(1, 401))))
    model.settle()
    model.undo_stack.undo()
    model.settle()
    assert sum(looked) < 2 * 400 * 16
    assert [row.cells[0] for row in model.review.table.rows] == [row[0] for row in rows]


def test_a_new_sheet_and_news_of_orders_wait_for_no_half_step(view: SheetView) -> None:
    model = view.sheet
    view.editing.fill([WHOLE], "5")
    model.add_looks({})
    assert not model.is_changing
    assert quantities(model) == ["5"] * 6
    view.editing.fill([WHOLE], "6")
    former = model.review
    model.show_review(Review(table((OTHER_PO, "1", "", "1", "oos")), "US"))
    assert not model.is_changing
    assert {row.cells[3] for row in former.table.rows} == {"6"}


def test_rows_can_be_sorted_meanwhile(view: SheetView, qtbot: QtBot) -> None:
    view.editing.fill([Area(range(6), (SKU,))], "A")
    view.sheet.sort(SKU)
    view.sheet.keep(SKU, frozenset({"A"}))
    qtbot.waitUntil(lambda: not view.sheet.is_changing and not view.sheet.is_arranging)
    assert list(view.sheet.shown) == [1, 2, 3, 4, 5, 6]


def test_a_long_step_is_said(view: SheetView, qtbot: QtBot) -> None:
    bar = ArrangementBar(view)
    qtbot.addWidget(bar)
    said: list[str] = []
    view.sheet.step_began.connect(lambda: said.append("began"))
    view.editing.fill([WHOLE], "5")
    bar._patience.timeout.emit()
    assert said == ["began"]
    assert bar.words.text() == "Changing the cells…"
    assert bar.isVisible()
    view.sheet.settle()
    assert not bar.isVisible()


def test_what_is_copied_or_filled_meanwhile_is_what_the_step_makes(view: SheetView) -> None:
    view.editing.fill([WHOLE], "5")
    view.select_area(WHOLE)
    press(view, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "5\n" * 6
    view.editing.fill([WHOLE], "7")
    view.go_to(5, QUANTITY)
    press(view, Qt.Key.Key_D, CTRL)
    view.sheet.settle()
    assert quantities(view.sheet) == ["7"] * 6


def test_nothing_is_replaced_by_what_it_said_before_the_step(view: SheetView, qtbot: QtBot) -> None:
    bar = FindBar(view)
    qtbot.addWidget(bar)
    bar.open_for(replacing=True)
    bar.text.setText("1")
    bar.by.setText("9")
    qtbot.waitUntil(bar.all.isEnabled)
    view.go_to(5, QUANTITY)
    view.editing.fill([WHOLE], "5")
    press(bar.by, Qt.Key.Key_Return)
    assert quantities(view.sheet) == ["5"] * 6


def test_rows_left_out_meanwhile_are_toggled_once(view: SheetView) -> None:
    sheet = view.sheet
    view.editing.leave_out_rows(range(6))
    assert sheet.is_changing
    view.go_to(5, STATE)
    press(view, Qt.Key.Key_Space)  # it is left out by the step: this takes it back in
    sheet.settle()
    assert [sheet.review.draft(each).left_out for each in sheet.shown] == [True] * 5 + [False]
