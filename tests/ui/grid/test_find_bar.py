"""Find and replace under a person's hands."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cancel_desk.sheet.edits import InsertRows
from cancel_desk.ui.grid.editing import Area
from cancel_desk.ui.grid.find_bar import FindBar
from cancel_desk.ui.grid.finding import CHUNK, Finder, Wanted, following
from cancel_desk.ui.grid.grid_pane import GridPane
from cancel_desk.ui.grid.jumps import Cell
from cancel_desk.ui.grid.sheet_model import SheetModel
from cancel_desk.ui.grid.sheet_view import SheetView
from ui.grid.conftest import LINE, NOTE, PO_COLUMN, QUANTITY, REASON, SKU
from ui.hands import click, press, type_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
VISIBLE = (0, PO_COLUMN, LINE, SKU, QUANTITY, REASON, 6, NOTE)


@pytest.fixture
def pane(model: SheetModel, qtbot: QtBot) -> GridPane:
    pane = GridPane(SheetView(model))
    qtbot.addWidget(pane)
    pane.resize(1100, 400)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.activateWindow()
    view = view_of(pane)
    view.setFocus()
    view.go_to(0, PO_COLUMN)
    qtbot.waitUntil(view.hasFocus)
    return pane


def view_of(pane: GridPane) -> SheetView:
    return pane.findChildren(SheetView)[0]


def column_texts(pane: GridPane, column: int) -> list[str]:
    sheet = view_of(pane).sheet
    return [str(sheet.index(row, column).data(Qt.ItemDataRole.EditRole)) for row in range(6)]


def search(pane: GridPane, text: str, qtbot: QtBot) -> FindBar:
    """Type into the search and wait for its count."""
    find = pane.finding
    find.text.selectAll()
    type_text(find.text, text)
    counted(pane, qtbot)
    return find


def counted(pane: GridPane, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "so far" not in pane.finding.count.text())


def found(model: SheetModel, wanted: Wanted, visible: Sequence[int] = VISIBLE) -> list[Cell]:
    return [hit for hit in Finder(model, visible, wanted).hits() if hit is not None]


def test_it_is_found_counted_and_gone_through_both_ways(pane: GridPane, qtbot: QtBot) -> None:
    view = view_of(pane)
    press(view, Key.Key_F, CTRL)
    find = search(pane, "nw-c", qtbot)
    assert not find.by.isVisible()
    assert find.count.text() == "3 cells"
    places = []
    for modifiers in (Qt.KeyboardModifier.NoModifier,) * 4 + (SHIFT,):
        press(find.text, Key.Key_Return, modifiers)
        places.append((view.currentIndex().row(), find.count.text()))
    assert places == [*((1, "1 of 3"), (3, "2 of 3"), (4, "3 of 3"), (1, "1 of 3"), (4, "3 of 3"))]
    press(find.text, Key.Key_Escape)
    assert not find.isVisible()
    assert view.hasFocus()
    press(view, Key.Key_F, CTRL)
    assert find.text.selectedText() == "nw-c"


def test_all_are_replaced_as_one_step_after_being_counted(pane: GridPane, qtbot: QtBot) -> None:
    view = view_of(pane)
    before = view.sheet.review.table.rows
    press(view, Key.Key_H, CTRL)
    find = search(pane, "NW-", qtbot)
    assert find.all.text() == "Replace in 6 cells"
    type_text(find.by, "B")
    click(find.all)
    assert column_texts(pane, SKU) == ["BMUG", "BCUP", "BTEE", "BCAP", "BCAP", "BRUG"]
    assert view.sheet.undo_stack.undoText() == "replacement in 6 cells"
    counted(pane, qtbot)
    assert find.count.text() == "Not found"
    assert not find.all.isEnabled()
    view.sheet.undo_stack.undo()
    assert view.sheet.review.table.rows == before


def test_one_is_replaced_and_the_next_one_gone_to(pane: GridPane, qtbot: QtBot) -> None:
    view = view_of(pane)
    press(view, Key.Key_H, CTRL)
    find = search(pane, "CAP", qtbot)
    type_text(find.by, "HAT")
    press(find.by, Key.Key_Return)
    assert view.sheet.undo_stack.count() == 0
    assert view.currentIndex().row() == 3
    press(find.by, Key.Key_Return)
    assert column_texts(pane, SKU)[3:5] == ["NW-HAT", "NW-CAP"]
    assert view.currentIndex().row() == 4


def test_what_the_program_says_is_found_but_not_replaced(pane: GridPane, qtbot: QtBot) -> None:
    press(view_of(pane), Key.Key_H, CTRL)
    find = search(pane, "reason is missing", qtbot)
    assert find.count.text() == "1 cell"
    assert not find.all.isEnabled()
    press(find.text, Key.Key_Return)
    assert view_of(pane).currentIndex().column() == NOTE


def test_only_the_selection_is_searched_until_rows_move(pane: GridPane, qtbot: QtBot) -> None:
    view = view_of(pane)
    view.select_area(Area(range(2, 5), (SKU,)))
    press(view, Key.Key_F, CTRL)
    find = search(pane, "NW", qtbot)
    assert find.count.text() == "3 of 6"
    click(find.inside)
    counted(pane, qtbot)
    assert find.count.text() == "1 of 3"
    press(find.text, Key.Key_Return)
    press(find.text, Key.Key_Return)
    press(find.text, Key.Key_Return)
    assert find.count.text() == "1 of 3"  # it went round
    view.sheet.sort(SKU)
    counted(pane, qtbot)
    assert not find.inside.isChecked()
    assert find.count.text().endswith("of 6")


def test_letters_and_whole_cells_can_be_asked_for(model: SheetModel) -> None:
    assert found(model, Wanted("nw-cap")) == [Cell(3, SKU), Cell(4, SKU)]
    assert found(model, Wanted("nw-cap", case=True)) == []
    assert found(model, Wanted("1", whole=True), (LINE,)) == [
        Cell(row, LINE) for row in (0, 2, 3, 4, 5)
    ]
    assert found(model, Wanted("out of stock")) == [Cell(row, REASON) for row in (0, 3, 4, 5)]
    assert found(model, Wanted("oos")) == []  # nobody sees it
    assert found(model, Wanted("")) == []
    assert found(model, Wanted("(", whole=True)) == []


def test_areas_apart_are_searched_in_the_order_of_rows(model: SheetModel) -> None:
    areas = (Area(range(3, 5), (SKU,)), Area(range(2), (SKU, LINE)))
    assert found(model, Wanted("1", areas=areas)) == [Cell(0, LINE)]
    assert [hit.row for hit in found(model, Wanted("NW", areas=areas))] == [0, 1, 3, 4]


def test_backslashes_and_groups_are_plain_text(model: SheetModel) -> None:
    finder = Finder(model, VISIBLE, Wanted("NW-MUG"))
    [cell] = finder.replacement([Cell(0, SKU)], r"\1\g<0>").cells
    assert cell.text == r"\1\g<0>"


def test_a_long_search_takes_rests(model: SheetModel) -> None:
    table = model.review.table
    model.do("insertion", InsertRows(tuple((6 + at, table.new_row()) for at in range(CHUNK))))
    assert None in list(Finder(model, VISIBLE, Wanted("x")).hits())


def test_going_on_goes_round() -> None:
    hits = [Cell(1, 2), Cell(3, 0)]
    assert following(hits, Cell(1, 2), forward=True) == Cell(3, 0)
    assert following(hits, Cell(3, 0), forward=True) == Cell(1, 2)
    assert following(hits, Cell(1, 2), forward=False) == Cell(3, 0)
    assert following([], Cell(0, 0), forward=True) is None
