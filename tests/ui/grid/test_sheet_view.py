"""The grid under a person's hands: keys, clipboard, menu."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, Qt
from PySide6.QtGui import QAction, QClipboard, QColor, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from builders import PO, order, order_line
from cancel_desk.checks.issues import Level
from cancel_desk.language import OWN_NAMES, Tongue, speak
from cancel_desk.sheet.rows import Mark
from cancel_desk.ui.grid.cell_delegate import MARGIN, StateDelegate
from cancel_desk.ui.grid.cell_words import state_word
from cancel_desk.ui.grid.editing import Area
from cancel_desk.ui.grid.findings import RowState
from cancel_desk.ui.grid.sheet_view import SheetView
from cancel_desk.ui.opening import leave_plain_text
from ui.grid.conftest import CUSTOMER, LINE, NOTE, PO_COLUMN, QUANTITY, REASON, SKU, STATE
from ui.hands import editor, press, type_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def text(view: SheetView, row: int, column: int) -> str:
    return str(view.sheet.index(row, column).data(Qt.ItemDataRole.EditRole))


def column_texts(view: SheetView, column: int) -> list[str]:
    return [text(view, row, column) for row in range(view.sheet.rowCount())]


def here(view: SheetView) -> tuple[int, int]:
    index = view.currentIndex()
    return index.row(), index.column()


def select(view: SheetView, rows: range, *columns: int) -> None:
    view.select_area(Area(rows, columns))


def select_whole_row(view: SheetView, row: int) -> None:
    """Select a row with its hidden columns, as a click on its number does."""
    flags = QItemSelectionModel.SelectionFlag
    view.selectionModel().select(view.sheet.index(row, 0), flags.ClearAndSelect | flags.Rows)


def undone(view: SheetView) -> tuple[object, ...]:
    """Take everything back and return the rows."""
    while view.sheet.undo_stack.canUndo():
        view.sheet.undo_stack.undo()
    return view.sheet.review.table.rows


def action(view: SheetView, name: str) -> QAction:
    return next(each for each in view.actions() if each.objectName() == name)


def copy_in(content: str) -> None:
    QGuiApplication.clipboard().setText(content)


def test_typing_replaces_and_enter_goes_down(view: SheetView) -> None:
    view.go_to(0, QUANTITY)
    press(view, Key.Key_7)
    type_text(editor(view), "5")
    press(editor(view), Key.Key_Return)
    assert text(view, 0, QUANTITY) == "75"
    assert here(view) == (1, QUANTITY)
    press(view, Key.Key_Return, SHIFT)
    assert here(view) == (0, QUANTITY)


def test_f2_goes_on_with_the_text_and_esc_gives_it_up(view: SheetView) -> None:
    view.go_to(0, SKU)
    press(view, Key.Key_F2)
    type_text(editor(view), "-6")
    press(editor(view), Key.Key_Escape)
    assert text(view, 0, SKU) == "NW-MUG"
    press(view, Key.Key_F2)
    type_text(editor(view), "-6")
    press(editor(view), Key.Key_Return, SHIFT)
    assert text(view, 0, SKU) == "NW-MUG-6"


def test_tab_ends_typing_to_the_right_and_back(view: SheetView) -> None:
    view.go_to(0, LINE)
    press(view, Key.Key_4)
    press(editor(view), Key.Key_Tab)
    assert (text(view, 0, LINE), here(view)) == ("4", (0, SKU))
    press(view, Key.Key_X)
    press(editor(view), Key.Key_Backtab, SHIFT)
    assert here(view) == (0, LINE)


def test_leaving_a_field_untouched_is_no_edit(view: SheetView) -> None:
    view.go_to(5, PO_COLUMN)
    press(view, Key.Key_F2)
    press(editor(view), Key.Key_Return)
    assert view.sheet.undo_stack.count() == 0
    assert view.sheet.cell_level(view.sheet.shown[5], view.sheet.columns[PO_COLUMN]) is Level.ERROR


def test_ctrl_enter_fills_the_selection_with_what_was_typed(view: SheetView) -> None:
    before = view.sheet.review.table.rows
    select(view, range(1, 4), QUANTITY)
    press(view, Key.Key_9)
    press(editor(view), Key.Key_Return, CTRL)
    assert column_texts(view, QUANTITY) == ["1", "9", "9", "9", "1", "1"]
    assert view.sheet.undo_stack.undoText() == "filling of 3 cells"
    assert undone(view) == before


def test_delete_clears_and_goes_back_with_the_mark(view: SheetView) -> None:
    before = view.sheet.review.table.rows
    select(view, range(4, 6), PO_COLUMN, LINE)
    press(view, Key.Key_Delete)
    assert text(view, 5, PO_COLUMN) == text(view, 4, LINE) == ""
    assert view.sheet.undo_stack.undoText() == "clearing of 4 cells"
    assert undone(view) == before
    assert view.sheet.review.table.at(5).mark(0) is Mark.ROUNDED


def test_clearing_whole_rows_leaves_hidden_columns_alone(view: SheetView) -> None:
    select_whole_row(view, 0)
    press(view, Key.Key_Delete)
    assert text(view, 0, REASON) == ""
    assert text(view, 0, CUSTOMER) == "Ann"
    view.show_extras(shown=True)
    select_whole_row(view, 0)
    press(view, Key.Key_Delete)
    assert text(view, 0, CUSTOMER) == ""


def test_a_range_is_copied_and_pasted_back_as_it_was(view: SheetView) -> None:
    view.sheet.setData(view.sheet.index(0, SKU), 'a "b"\tc\nd')
    select(view, range(2), LINE, SKU, QUANTITY, REASON)
    press(view, Key.Key_C, CTRL)
    before = view.sheet.review.table.rows
    press(view, Key.Key_V, CTRL)
    assert view.sheet.review.table.rows == before
    view.go_to(2, LINE)
    press(view, Key.Key_V, CTRL)
    assert [text(view, 2, column) for column in (LINE, SKU, QUANTITY, REASON)] == [
        *("1", 'a "b"\tc\nd', "1", "Out of stock")
    ]
    assert text(view, 3, REASON) == ""
    assert view.areas() == [Area(range(2, 4), (LINE, SKU, QUANTITY, REASON))]
    assert view.sheet.undo_stack.undoText() == "paste of 8 cells"


def test_a_copy_is_a_table_too_whose_numbers_stay_text(view: SheetView) -> None:
    select(view, range(1), PO_COLUMN, LINE)
    press(view, Key.Key_C, CTRL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "1796277083022\t1\n"
    assert f"""<td style='mso-number-format:"\\@"' sdnum="1033;0;@">{PO}</td>""" in data.html()


def test_a_copy_stays_as_text_when_the_program_ends(view: SheetView) -> None:
    press(view, Key.Key_C, CTRL)
    leave_plain_text()
    data = QGuiApplication.clipboard().mimeData()
    assert (data.text(), data.hasHtml()) == (PO, False)
    other = QMimeData()
    other.setHtml("<b>copied elsewhere</b>")
    QGuiApplication.clipboard().setMimeData(other)
    leave_plain_text()
    assert QGuiApplication.clipboard().mimeData().hasHtml()


def test_digits_that_the_text_has_shortened_are_taken_from_the_table(view: SheetView) -> None:
    data = QMimeData()
    data.setText("1.79628E+12\t1\n")
    data.setHtml('<table><tr><td x:num="1796277083055">1.79628E+12</td><td>1</td></tr></table>')
    QGuiApplication.clipboard().setMimeData(data)
    view.go_to(0, PO_COLUMN)
    press(view, Key.Key_V, CTRL)
    assert text(view, 0, PO_COLUMN) == "1796277083055"


def test_cut_empties_and_paste_brings_it_elsewhere(view: SheetView) -> None:
    before = view.sheet.review.table.rows
    select(view, range(2), SKU)
    press(view, Key.Key_X, CTRL)
    assert column_texts(view, SKU)[:2] == ["", ""]
    view.go_to(4, SKU)
    press(view, Key.Key_V, CTRL)
    assert column_texts(view, SKU)[4:] == ["NW-MUG", "NW-CUP"]
    assert undone(view) == before


def test_a_single_value_fills_the_selection(view: SheetView) -> None:
    copy_in("oos\n")
    select(view, range(6), REASON)
    press(view, Key.Key_V, CTRL)
    assert column_texts(view, REASON) == ["oos"] * 6
    assert view.sheet.undo_stack.undoText() == "paste of 6 cells"


def test_a_single_value_fills_areas_apart(view: SheetView) -> None:
    QGuiApplication.clipboard().setText("9\n")
    view.select_area(Area(range(1), (QUANTITY,)))
    apart = view.sheet.index(3, QUANTITY)
    view.selectionModel().select(apart, QItemSelectionModel.SelectionFlag.Select)
    press(view, Key.Key_V, CTRL)
    assert column_texts(view, QUANTITY) == ["9", "2", "1", "9", "1", "1"]
    assert view.sheet.undo_stack.undoText() == "paste of 2 cells"


def test_a_cell_with_a_problem_is_marked_by_a_shape_too(view: SheetView) -> None:
    view.go_to(0, STATE)

    def colours_in_corner(row: int) -> set[str]:
        rect = view.visualRect(view.sheet.index(row, PO_COLUMN))
        image = view.viewport().grab(rect).toImage()
        scale = image.devicePixelRatio()
        right, below = int((rect.width() - 2) * scale), int(2 * scale)
        middle = image.pixelColor(int(rect.width() * scale * 0.9), image.height() - 4)
        return {image.pixelColor(right, below).name(), middle.name()}

    assert len(colours_in_corner(5)) == 2  # a rounded number: the corner stands out of the tint
    assert len(colours_in_corner(0)) == 1


def test_a_block_is_repeated_over_a_multiple_of_it(view: SheetView) -> None:
    copy_in("A\t1\r\nB\t2\r\n")
    select(view, range(4), SKU, QUANTITY)
    press(view, Key.Key_V, CTRL)
    assert column_texts(view, SKU) == ["A", "B", "A", "B", "NW-CAP", "NW-RUG"]
    assert column_texts(view, QUANTITY)[:4] == ["1", "2", "1", "2"]


def test_rows_grow_past_the_end_and_go_again(view: SheetView) -> None:
    before = view.sheet.review.table.rows
    copy_in("1796277099001\t1\n1796277099002\t2\n1796277099003\t3\n\t\n")
    view.go_to(5, PO_COLUMN)
    press(view, Key.Key_V, CTRL)
    assert column_texts(view, PO_COLUMN)[5:] == [
        *("1796277099001", "1796277099002", "1796277099003")
    ]
    assert view.sheet.review.table.at(7).number is None
    assert undone(view) == before
    view.sheet.undo_stack.redo()
    assert column_texts(view, LINE)[5:] == ["1", "2", "3"]


def test_pasting_over_what_the_program_says_leaves_it(view: SheetView) -> None:
    copy_in("Out of stock\tx\ty\tz\n")
    view.go_to(1, REASON)
    press(view, Key.Key_V, CTRL)
    assert text(view, 1, REASON) == "Out of stock"
    assert text(view, 1, NOTE) == ""
    assert text(view, 1, CUSTOMER) == "Bob"


def test_pasting_nothing_is_no_step(view: SheetView) -> None:
    copy_in("")
    press(view, Key.Key_V, CTRL)
    assert view.sheet.undo_stack.count() == 0


def test_areas_apart_are_copied_with_blanks_between(view: SheetView) -> None:
    areas = [Area(range(1), (SKU,)), Area(range(1, 2), (LINE,))]
    assert view.editing.copied(areas) == [["", "NW-MUG"], ["2", ""]]


def test_fill_down_copies_the_first_row_mark_and_all(view: SheetView) -> None:
    before = view.sheet.review.table.rows
    select(view, range(3), SKU, QUANTITY)
    press(view, Key.Key_D, CTRL)
    assert column_texts(view, SKU)[:4] == ["NW-MUG", "NW-MUG", "NW-MUG", "NW-CAP"]
    view.editing.insert_rows(5, 1, below=True)
    view.go_to(6, PO_COLUMN)
    press(view, Key.Key_D, CTRL)
    assert view.sheet.review.table.at(6).mark(0) is Mark.ROUNDED
    assert undone(view) == before


def test_fill_right_copies_the_first_column(view: SheetView) -> None:
    before = view.sheet.review.table.rows
    select(view, range(2), LINE, SKU, QUANTITY)
    press(view, Key.Key_R, CTRL)
    assert [text(view, 1, column) for column in (LINE, SKU, QUANTITY)] == ["2", "2", "2"]
    view.go_to(4, LINE)
    press(view, Key.Key_R, CTRL)
    assert text(view, 4, LINE) == text(view, 4, PO_COLUMN)
    view.go_to(0, PO_COLUMN)
    press(view, Key.Key_R, CTRL)  # only the state is before it
    assert undone(view) == before


def test_rows_are_inserted_duplicated_and_deleted(view: SheetView) -> None:
    before = view.sheet.review.table.rows
    select(view, range(1, 3), SKU)
    press(view, Key.Key_Plus, CTRL)
    assert column_texts(view, SKU) == [
        *("NW-MUG", "", "", "NW-CUP", "NW-TEE", "NW-CAP", "NW-CAP", "NW-RUG")
    ]
    assert list(view.selected_rows()) == [1, 2]
    press(view, Key.Key_Return, CTRL | SHIFT)
    assert list(view.selected_rows()) == [3]
    press(view, Key.Key_Minus, CTRL)
    select(view, range(7, 8), SKU)
    press(view, Key.Key_D, CTRL | SHIFT)
    assert column_texts(view, SKU)[7:] == ["NW-RUG", "NW-RUG"]
    assert view.sheet.review.table.at(8).mark(0) is Mark.ROUNDED
    assert undone(view) == before


def test_the_last_row_can_go_and_one_can_come_to_an_empty_sheet(view: SheetView) -> None:
    before = view.sheet.review.table.rows
    view.selectAll()
    press(view, Key.Key_Minus, CTRL)
    assert view.sheet.rowCount() == 0
    for name in ("copy", "paste", "clear", "fill_down", "fill_right", "delete", "duplicate"):
        action(view, name).trigger()
    action(view, "insert_below").trigger()
    assert view.sheet.rowCount() == 1
    assert undone(view) == before


def test_undo_selects_what_came_back(view: SheetView) -> None:
    select(view, range(2, 4), SKU)
    press(view, Key.Key_Delete)
    view.go_to(0, PO_COLUMN)
    view.sheet.undo_stack.undo()
    assert view.areas() == [Area(range(2, 4), (SKU,))]


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        ((0, SKU), Key.Key_Down, (5, SKU)),
        ((0, REASON), Key.Key_Down, (2, REASON)),
        ((2, REASON), Key.Key_Up, (0, REASON)),
        ((5, SKU), Key.Key_Up, (0, SKU)),
        ((0, LINE), Key.Key_Right, (0, 6)),
        ((0, LINE), Key.Key_Left, (0, 0)),
    ],
)
def test_ctrl_and_an_arrow_jump_to_the_edge(
    view: SheetView, start: tuple[int, int], key: Key, end: tuple[int, int]
) -> None:
    view.go_to(*start)
    press(view, key, CTRL)
    assert here(view) == end


def test_with_shift_the_jump_extends_the_selection(view: SheetView) -> None:
    view.go_to(1, SKU)
    press(view, Key.Key_Down, CTRL | SHIFT)
    assert view.areas() == [Area(range(1, 6), (SKU,))]
    press(view, Key.Key_Right, SHIFT)
    assert view.areas() == [Area(range(1, 6), (SKU, QUANTITY))]
    press(view, Key.Key_Up, CTRL | SHIFT)
    assert view.areas() == [Area(range(2), (SKU, QUANTITY))]


def test_shift_and_arrows_grow_and_shrink_the_selection(view: SheetView) -> None:
    view.go_to(1, SKU)
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Left):
        press(view, key, SHIFT)
    assert view.areas() == [Area(range(1, 4), (LINE, SKU))]
    press(view, Key.Key_Up, SHIFT)
    assert view.areas() == [Area(range(1, 3), (LINE, SKU))]
    view.go_to(0, PO_COLUMN)
    press(view, Key.Key_Up, SHIFT)
    assert view.areas() == [Area(range(1), (PO_COLUMN,))]


def test_shift_space_selects_the_row(view: SheetView) -> None:
    view.go_to(1, SKU)
    press(view, Key.Key_Space, SHIFT)
    assert view.areas() == [Area(range(1, 2), tuple(view.visible_columns()))]


def test_a_filter_keeps_the_place_where_one_was(view: SheetView) -> None:
    view.go_to(2, SKU)
    view.setColumnWidth(SKU, 222)
    view.sheet.choose(lambda: [[2, 3, 4]])
    assert here(view) == (1, SKU)
    assert view.columnWidth(SKU) == 222
    view.sheet.choose(list)
    assert not view.currentIndex().isValid()


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
def test_the_menu_key_offers_what_can_be_done(view: SheetView, qtbot: QtBot) -> None:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(view, event)
    qtbot.waitUntil(view.menu.isVisible)
    names = [action.objectName() for action in view.menu.actions() if action.objectName()]
    assert names[0] == "reason"
    assert "paste" in names
    view.menu.close()


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
def test_a_right_click_means_the_cell_it_is_on_or_all_that_is_selected(
    view: SheetView, qtbot: QtBot
) -> None:
    def right_click(row: int) -> None:
        where = view.visualRect(view.sheet.index(row, SKU)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=where)
        mouse = QContextMenuEvent.Reason.Mouse
        shown_at = view.viewport().mapToGlobal(where)
        QApplication.sendEvent(view.viewport(), QContextMenuEvent(mouse, where, shown_at))
        qtbot.waitUntil(view.menu.isVisible)
        view.menu.close()

    view.select_area(Area(range(1, 3), (SKU,)))
    right_click(2)
    assert view.areas() == [Area(range(1, 3), (SKU,))]
    right_click(4)
    assert view.areas() == [Area(range(4, 5), (SKU,))]


def test_a_double_click_edits(view: SheetView) -> None:
    where = view.visualRect(view.sheet.index(1, SKU)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert editor(view).text() == "NW-CUP"
    assert not editor(view).hasSelectedText()


def test_a_po_of_15_digits_is_seen_whole(view: SheetView) -> None:
    """What a person confirms must not end in three dots."""
    digits = view.fontMetrics().horizontalAdvance("129114917081421")
    assert view.columnWidth(PO_COLUMN) >= digits + 10


def left_out(view: SheetView) -> list[int]:
    review = view.sheet.review
    return [row.id for row in review.table.rows if review.draft(row.id).left_out]


def test_rows_are_left_out_and_taken_back_in_by_key_and_menu(view: SheetView) -> None:
    before = view.sheet.review.table.rows
    select(view, range(1, 4), PO_COLUMN, SKU)
    press(view, Key.Key_X, CTRL | SHIFT)
    assert left_out(view) == [2, 3, 4]
    assert view.sheet.undo_stack.undoText() == "leaving out 3 rows"
    select(view, range(2), SKU)
    action(view, "leave_out").trigger()
    assert left_out(view) == [1, 2, 3, 4]
    press(view, Key.Key_X, CTRL | SHIFT)
    assert left_out(view) == [3, 4]
    assert view.sheet.undo_stack.undoText() == "taking 2 rows back in"
    assert undone(view) == before


def test_the_state_of_a_row_is_a_tick_that_can_be_taken_away(view: SheetView) -> None:
    view.go_to(0, STATE)
    press(view, Key.Key_Space)
    assert left_out(view) == [1]
    spoken = view.sheet.index(0, STATE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "row 2, State, Left out, note: Left out by you: nothing is sent for it."
    place = view.visualRect(view.sheet.index(0, STATE)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert left_out(view) == []


def test_what_is_shipped_is_grey_and_not_marked_as_a_mistake(view: SheetView) -> None:
    """It can't be mended; the note and the problems tell that it is not cancelled."""
    view.sheet.add_looks({PO: order(order_line("1", sku="NW-MUG", Shipped=1))})
    colours = view.itemDelegate().colours  # type: ignore[attr-defined]
    assert view.sheet.cell_level(view.sheet.shown[0], view.sheet.columns[LINE]) is Level.ERROR
    assert ground(view, 0, LINE) == colours.ground
    assert ground(view, 1, REASON) == colours.error_ground
    assert "Already shipped" in str(view.sheet.index(0, NOTE).data())
    assert view.sheet.index(0, STATE).data() == "Too late"


def ground(view: SheetView, row: int, column: int) -> QColor:
    """Return the colour of a cell near its lower left corner."""
    corner = view.visualRect(view.sheet.index(row, column)).bottomLeft()
    return view.viewport().grab().toImage().pixelColor(corner + QPoint(2, -3))


def test_f2_does_nothing_where_nothing_can_be_typed(view: SheetView) -> None:
    view.go_to(0, STATE)
    press(view, Key.Key_F2)
    assert view.hasFocus()


def test_nothing_is_pasted_where_nothing_was_ever_copied(
    view: SheetView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QClipboard, "mimeData", lambda *_args: None)
    before = view.sheet.review.table.rows
    press(view, Key.Key_V, CTRL)
    leave_plain_text()
    assert view.sheet.review.table.rows == before


@pytest.mark.parametrize("language", OWN_NAMES)
def test_every_state_fits_its_column(view: SheetView, language: str) -> None:
    speak(Tongue(language))
    view.sheet.say_again()
    view.layout_of_columns.follow()
    room = view.columnWidth(STATE) - StateDelegate.indent - MARGIN
    assert all(view.fontMetrics().horizontalAdvance(state_word(each)) <= room for each in RowState)
