"""Keys that spreadsheet programs have: far moves, growing selections, going on inside one."""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from builders import PO, table
from cancel_desk.checks.review import Review
from cancel_desk.ui.dialogs.shortcuts_dialog import shortcuts_in
from cancel_desk.ui.grid.clipboard import from_text, to_text
from cancel_desk.ui.grid.editing import Area
from cancel_desk.ui.grid.grid_pane import REPLACE_KEYS
from cancel_desk.ui.grid.moving import moves
from cancel_desk.ui.grid.sheet_view import SheetView
from cancel_desk.ui.pages.review_page import ReviewPage
from ui.grid.conftest import CUSTOMER, LINE, NOTE, PO_COLUMN, QUANTITY, REASON, SKU, STATE, WALMART
from ui.hands import editor, press, type_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
META = Qt.KeyboardModifier.MetaModifier


def here(view: SheetView) -> tuple[int, int]:
    index = view.currentIndex()
    return index.row(), index.column()


def texts(view: SheetView, column: int) -> list[str]:
    sheet = view.sheet
    return [str(sheet.index(row, column).data(Qt.ItemDataRole.EditRole)) for row in range(6)]


@pytest.mark.parametrize(
    ("key", "modifiers", "end"),
    [
        (Key.Key_Home, Qt.KeyboardModifier.NoModifier, (2, STATE)),
        (Key.Key_End, Qt.KeyboardModifier.NoModifier, (2, NOTE)),
        (Key.Key_Home, CTRL, (0, STATE)),
        (Key.Key_End, CTRL, (5, NOTE)),
        (Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, (5, SKU)),
        (Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, (0, SKU)),
    ],
)
def test_far_moves(
    view: SheetView, key: Key, modifiers: Qt.KeyboardModifier, end: tuple[int, int]
) -> None:
    view.go_to(2, SKU)
    press(view, key, modifiers)
    assert here(view) == end


def test_what_was_pasted_grows_and_shrinks_at_its_far_end(view: SheetView) -> None:
    QGuiApplication.clipboard().setText("1\tA\n2\tB\n")
    view.go_to(1, LINE)
    press(view, Key.Key_V, CTRL)
    assert here(view) == (1, LINE)
    press(view, Key.Key_Down, SHIFT)
    assert view.areas() == [Area(range(1, 4), (LINE, SKU))]
    press(view, Key.Key_Right, SHIFT)
    assert view.areas() == [Area(range(1, 4), (LINE, SKU, QUANTITY))]
    press(view, Key.Key_V, CTRL)
    press(view, Key.Key_Up, SHIFT)
    assert view.areas() == [Area(range(1, 2), (LINE, SKU))]
    press(view, Key.Key_V, CTRL)
    press(view, Key.Key_End, CTRL | SHIFT)
    assert view.areas()[0].rows == range(1, 6)


def test_with_shift_far_moves_extend_from_where_one_is(view: SheetView) -> None:
    view.go_to(2, SKU)
    press(view, Key.Key_PageDown, SHIFT)
    assert view.areas() == [Area(range(2, 6), (SKU,))]
    press(view, Key.Key_Home, CTRL | SHIFT)
    assert view.areas() == [Area(range(3), (STATE, PO_COLUMN, LINE, SKU))]
    view.go_to(4, LINE)
    press(view, Key.Key_End, SHIFT)
    assert view.areas() == [Area(range(4, 5), (LINE, SKU, QUANTITY, REASON, 6, NOTE))]


@pytest.mark.parametrize("modifier", [CTRL, META])
def test_a_column_is_selected_by_keys(view: SheetView, modifier: Qt.KeyboardModifier) -> None:
    view.go_to(3, SKU)
    press(view, Key.Key_Space, modifier)
    assert view.areas() == [Area(range(6), (SKU,))]
    assert here(view) == (3, SKU)


def test_enter_and_tab_go_round_inside_a_selection(view: SheetView) -> None:
    view.select_area(Area(range(1, 3), (LINE, SKU)))
    places = []
    for key in (Key.Key_Return,) * 3 + (Key.Key_Tab,) * 2:
        press(view, key)
        places.append(here(view))
    assert places == [(2, LINE), (1, SKU), (2, SKU), (1, LINE), (1, SKU)]
    press(view, Key.Key_Return, SHIFT)
    press(view, Key.Key_Return, SHIFT)
    assert here(view) == (1, LINE)
    press(view, Key.Key_7)
    press(editor(view), Key.Key_Return)
    assert (texts(view, LINE)[1], here(view)) == ("7", (2, LINE))
    assert view.areas() == [Area(range(1, 3), (LINE, SKU))]


def test_ctrl_enter_fills_with_the_current_cell(view: SheetView) -> None:
    view.select_area(Area(range(2, 5), (QUANTITY, REASON)))
    press(view, Key.Key_Return, CTRL)
    assert texts(view, QUANTITY) == ["1", "2", "1", "1", "1", "1"]
    assert texts(view, REASON)[2:5] == ["1", "1", "1"]
    assert view.sheet.undo_stack.undoText() == "filling of 6 cells"


def test_the_current_cell_can_be_brought_back_into_view(view: SheetView) -> None:
    view.resize(600, 120)
    view.go_to(0, SKU)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert not view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    press(view, Key.Key_Backspace, CTRL)
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_f6_leaves_the_grid_both_ways(qtbot: QtBot) -> None:
    page = ReviewPage()
    qtbot.addWidget(page)
    page.resize(1100, 600)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.view.setFocus()
    qtbot.waitUntil(page.view.hasFocus)
    press(page.view, Key.Key_F6)
    after = QApplication.focusWidget()
    page.view.setFocus()
    press(page.view, Key.Key_F6, SHIFT)
    before = QApplication.focusWidget()
    assert len({after, before, page.view}) == 3
    for widget in (after, before):
        assert widget is not None
        assert not page.view.isAncestorOf(widget)


def test_every_entry_of_the_menu_has_keys_of_its_own(view: SheetView) -> None:
    keys = [each.toString() for action in view.actions() for each in action.shortcuts()]
    assert len(set(keys)) == len(keys)
    assert all(action.shortcuts() for action in view.menu.actions() if not action.isSeparator())
    expected = "Meta+H" if sys.platform == "darwin" else "Ctrl+H"
    assert QKeySequence(REPLACE_KEYS[0]) == QKeySequence(expected)


def test_a_paste_of_5000_rows_with_quotes_tabs_and_line_ends(view: SheetView) -> None:
    rows = [
        [str(1796277100000 + at), str(at % 9 + 1), f'5" \t"SKU"\n{at}', "1", "oos"]
        for at in range(5000)
    ]
    QGuiApplication.clipboard().setText(to_text(rows))
    before = view.sheet.review.table.rows
    view.go_to(0, PO_COLUMN)
    press(view, Key.Key_V, CTRL)
    table = view.sheet.review.table
    assert [list(row.cells[:5]) for row in table.rows] == rows
    assert view.sheet.undo_stack.undoText() == "paste of 25000 cells"
    press(view, Key.Key_C, CTRL)
    assert from_text(QGuiApplication.clipboard().text()) == rows
    assert QGuiApplication.clipboard().text() == to_text(rows)
    view.sheet.undo_stack.undo()
    assert table.rows == before


def test_typing_is_spoken_of_with_its_row_and_column(view: SheetView) -> None:
    view.go_to(1, SKU)
    press(view, Key.Key_F2)
    type_text(editor(view), "x")
    assert "row 3, SKU" in editor(view).accessibleDescription()


def test_arrows_end_typing_that_began_with_a_key_and_move_within_what_goes_on(
    view: SheetView,
) -> None:
    view.go_to(2, SKU)
    press(view, Key.Key_X)
    press(editor(view), Key.Key_Left)
    assert (texts(view, SKU)[2], here(view)) == ("x", (2, LINE))
    press(view, Key.Key_7)
    press(editor(view), Key.Key_Right)
    press(view, Key.Key_Y)
    press(editor(view), Key.Key_Down)
    assert (texts(view, LINE)[2], texts(view, SKU)[2], here(view)) == ("7", "y", (3, SKU))
    press(view, Key.Key_F2)
    press(editor(view), Key.Key_Left)
    type_text(editor(view), "-")
    press(editor(view), Key.Key_Left, SHIFT)
    press(editor(view), Key.Key_Up)
    assert (texts(view, SKU)[3], here(view)) == ("NW-CA-P", (2, SKU))


def test_arrows_go_through_the_reasons_while_one_is_typed(view: SheetView) -> None:
    view.go_to(1, REASON)
    press(view, Key.Key_C)
    press(editor(view), Key.Key_Down)
    assert editor(view).isVisible()
    assert here(view) == (1, REASON)


def test_a_page_sideways_goes_by_the_columns_that_fit(view: SheetView) -> None:
    view.resize(520, 300)
    view.go_to(2, LINE)
    press(view, Key.Key_PageDown, ALT)
    row, column = here(view)
    assert (row, column in {REASON, WALMART}) == (2, True)
    press(view, Key.Key_PageDown, ALT)
    press(view, Key.Key_PageDown, ALT)
    assert here(view) == (2, NOTE)
    press(view, Key.Key_PageUp, ALT)
    assert LINE < here(view)[1] < NOTE
    for _ in range(3):
        press(view, Key.Key_PageUp, ALT)
    assert here(view) == (2, STATE)


def test_enter_goes_back_to_where_a_run_of_tabs_began(view: SheetView) -> None:
    view.go_to(1, LINE)
    for text in ("7", "A", "2"):
        type_text(view, text)
        press(editor(view), Key.Key_Tab)
    press(view, Key.Key_Return)
    assert here(view) == (2, LINE)
    assert [texts(view, column)[1] for column in (LINE, SKU, QUANTITY)] == ["7", "A", "2"]
    press(view, Key.Key_Tab)
    type_text(view, "B")
    press(editor(view), Key.Key_Return)
    assert here(view) == (3, LINE)
    press(view, Key.Key_Tab)
    press(view, Key.Key_Up)  # gone elsewhere: it is no run any more
    press(view, Key.Key_Return)
    assert here(view) == (3, SKU)


def test_f2_has_the_arrows_move_in_the_field_and_back(view: SheetView) -> None:
    view.go_to(2, SKU)
    type_text(view, "A")
    type_text(editor(view), "C")
    press(editor(view), Key.Key_F2)
    press(editor(view), Key.Key_Left)
    type_text(editor(view), "B")
    press(editor(view), Key.Key_F2)
    press(editor(view), Key.Key_Left)
    assert (texts(view, SKU)[2], here(view)) == ("ABC", (2, LINE))


def test_a_selection_is_gone_round_by_its_corners_and_let_go_of(view: SheetView) -> None:
    view.select_area(Area(range(1, 4), (LINE, SKU, QUANTITY)))
    places = []
    for _ in range(5):
        press(view, Key.Key_Period, CTRL)
        places.append(here(view))
    assert places == [(1, QUANTITY), (3, QUANTITY), (3, LINE), (1, LINE), (1, QUANTITY)]
    assert view.areas() == [Area(range(1, 4), (LINE, SKU, QUANTITY))]
    press(view, Key.Key_Backspace, SHIFT)
    assert view.areas() == [Area(range(1, 2), (QUANTITY,))]
    assert texts(view, QUANTITY)[1] == "2"


@pytest.mark.parametrize("name", ["cut", "copy", "paste"])
def test_all_keys_of_the_clipboard_do_the_same(view: SheetView, name: str) -> None:
    action = next(each for each in view.actions() if each.objectName() == name)
    stack, results = view.sheet.undo_stack, set()
    for keys in action.shortcuts():
        QGuiApplication.clipboard().setText("pasted")
        view.go_to(2, SKU)
        QTest.keySequence(view, keys)
        results.add((texts(view, SKU)[2], QGuiApplication.clipboard().text(), stack.undoText()))
        stack.setIndex(0)
        stack.clear()
    assert len(action.shortcuts()) > 1
    assert len(results) == 1


@pytest.mark.parametrize(
    "keys", [each for group, _ in moves() for each in group], ids=lambda keys: keys
)
def test_every_key_that_is_listed_does_something(
    show_page: ReviewPage, keys: str, qtbot: QtBot
) -> None:
    view = show_page.view
    start = (0 if "Down" in keys else 3, SKU) if "Pg" in keys else (2, SKU)
    view.go_to(*start)
    if keys in {"Ctrl+.", "Shift+Backspace"}:
        view.select_rows(2, 4)
    before = (here(view), view.areas(), True)
    QTest.keySequence(view, QKeySequence(keys))
    is_typing = isinstance(view.indexWidget(view.currentIndex()), QLineEdit)
    assert (here(view), view.areas(), view.hasFocus() and not is_typing) != before
    assert qtbot


def test_the_list_of_shortcuts_has_the_keys_of_the_grid(show_page: ReviewPage) -> None:
    listed = {each.keys: each.does for each in shortcuts_in(show_page)}
    for keys, does in moves():
        shown = " / ".join(
            QKeySequence(each).toString(QKeySequence.SequenceFormat.NativeText) for each in keys
        )
        assert listed[shown] == does


def test_every_listed_key_reaches_what_it_names(show_page: ReviewPage, qtbot: QtBot) -> None:
    page = show_page
    page.view.sheet.keep(LINE, frozenset({str(at) for at in range(20)}))
    page.view.sheet.sort(SKU)
    page.grid.finding.open_for(replacing=True)
    page.grid.finding.text.setText("SKU")
    qtbot.waitUntil(page.grid.finding.all.isEnabled)
    page.model.setData(page.model.index(0, SKU), "mine")
    page.model.setData(page.model.index(0, SKU), "yours")
    page.undo_stack.undo()
    for each in page.findChildren(QAbstractButton):
        if each.isVisible() and each.isEnabled() and not each.shortcut().isEmpty():
            page.view.setFocus()
            pressed = QSignalSpy(each.pressed)
            with qtbot.waitSignal(each.clicked):  # a button is seen going down first
                QTest.keySequence(page.view, each.shortcut())
                assert pressed.count() == 1, each.text()
    page.view.setFocus()
    for action in (*page.view.actions(), *page.grid.actions(), page.search, page.next):
        action.triggered.disconnect()  # it is the key that is tried, and not what it does
        heard = QSignalSpy(action.triggered)
        for keys in action.shortcuts():
            QTest.keySequence(page.view, keys)
        assert heard.count() == len(action.shortcuts()), action.text()


@pytest.fixture
def show_page(qtbot: QtBot) -> ReviewPage:
    page = ReviewPage()
    qtbot.addWidget(page)
    page.resize(700, 420)
    rows = [(PO, str(at), f"SKU-{at}", "1", "oos") for at in range(1, 40)]
    page.show_review(Review(table(*rows), "US"), "orders.xlsx")
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.view.setFocus()
    qtbot.waitUntil(page.view.hasFocus)
    return page


def test_nothing_is_typed_into_a_column_that_was_hidden_meanwhile(view: SheetView) -> None:
    before = view.sheet.review.table.rows
    view.show_extras(shown=True)
    view.go_to(2, CUSTOMER)
    view.show_extras(shown=False)
    assert here(view) == (2, NOTE)
    type_text(view, "Zoe")
    press(view, Key.Key_Delete)
    assert view.sheet.review.table.rows == before


def test_a_selection_of_everything_grows_from_what_can_be_seen(view: SheetView) -> None:
    view.select_rows(0, 0)
    press(view, Key.Key_A, CTRL)
    press(view, Key.Key_Up, CTRL | SHIFT)
    assert view.currentIndex().column() in view.visible_columns()
