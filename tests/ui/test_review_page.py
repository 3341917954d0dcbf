"""The review page as a person uses it."""

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton
from pytestqt.qtbot import QtBot

from builders import HEADERS, OTHER_PO, PO, order, order_line, table
from cancel_desk.checks.issues import Code, Level
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.checks.review import Review
from cancel_desk.checks.value_fixes import ValueFixBook
from cancel_desk.sheet.rows import Mark, Row
from cancel_desk.ui import in_turns
from cancel_desk.ui.dialogs.fix_dialog import FixDialog
from cancel_desk.ui.dialogs.value_fixes_dialog import ValueFixesDialog
from cancel_desk.ui.grid import row_order
from cancel_desk.ui.grid.findings import Group
from cancel_desk.ui.grid.row_filter import Show
from cancel_desk.ui.pages.review_page import ReviewPage
from ui.grid.conftest import MARKS, NOTE, PO_COLUMN, REASON, ROWS, SKU, STATE, WALMART
from ui.hands import button_in, click, press, sees, type_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SOURCE = "out-of-stock-nov.xlsx · sheet “Orders”"
MISSING = Group(Level.ERROR, Code.REASON_MISSING)
LEFT_OUT = Group(Level.INFO, Code.LEFT_OUT)


def sheet(*rows: tuple[str, ...]) -> Review:
    return Review(table(*(rows or ROWS), headers=(*HEADERS, "Customer"), marks=MARKS), "US")


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[Review], ReviewPage]:
    def show(review: Review) -> ReviewPage:
        page = ReviewPage()
        qtbot.addWidget(page)
        page.resize(1280, 720)
        page.show_review(review, SOURCE)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        page.view.setFocus()
        qtbot.waitUntil(page.view.hasFocus)
        return page

    return show


@pytest.fixture
def page(show: Callable[[Review], ReviewPage]) -> ReviewPage:
    return show(sheet())


def rows_of(page: ReviewPage) -> tuple[Row, ...]:
    return page.model.review.table.rows


def shown(page: ReviewPage) -> list[int]:
    return list(page.model.shown)


def left_out(page: ReviewPage) -> list[int]:
    return [row.id for row in rows_of(page) if page.model.review.draft(row.id).left_out]


def here(page: ReviewPage) -> tuple[int, int]:
    index = page.view.currentIndex()
    return page.model.shown[index.row()], index.column()


def labels(page: ReviewPage) -> list[str]:
    chips = page.filters.chips.values()
    return [chip.text().strip() for chip in chips if not chip.isHidden()]


def test_before_a_sheet_is_opened_nothing_can_be_sent(qtbot: QtBot) -> None:
    page = ReviewPage()
    qtbot.addWidget(page)
    assert not page.footer.send.isEnabled()
    assert not page.has_edits()
    assert page.problems.summary.text() == "Nothing to fix."


def test_counts_stand_on_chips_buttons_and_cards(page: ReviewPage) -> None:
    assert labels(page) == ["All 6", "Ready 2", "Errors 4", "Warnings 0"]
    assert page.footer.send.text() == "Review and send 2 lines…"
    assert "4 rows with errors are left out" in page.problems.summary.text()
    assert [group.code for group in page.problems.cards] == [
        *(Code.CELL_DAMAGED, Code.REASON_MISSING, Code.REASON_UNKNOWN, Code.SAME_LINE_TWICE)
    ]
    assert page.footer.where.text() == SOURCE
    assert page.extras.text() == "+ 1 column"


def test_nothing_needs_scrolling_sideways_in_a_window_of_usual_width(page: ReviewPage) -> None:
    assert page.width() == 1280
    assert page.view.horizontalScrollBar().maximum() == 0
    note = page.model.index(5, NOTE)
    cell = page.view.visualRect(note)
    assert page.view.viewport().rect().contains(cell)
    assert page.view.fontMetrics().horizontalAdvance(str(note.data())) > cell.width()
    assert "Excel keeps 15 digits" in str(note.data(Qt.ItemDataRole.ToolTipRole))
    page.resize(1500, 720)
    assert page.view.visualRect(note).width() > cell.width()
    assert page.view.horizontalScrollBar().maximum() == 0


def test_chips_choose_rows_and_an_edited_row_stays(page: ReviewPage) -> None:
    click(page.filters.chips[Show.ERRORS])
    assert shown(page) == [2, 3, 5, 6]
    page.model.setData(page.model.index(0, REASON), "oos")
    assert shown(page) == [2, 3, 5, 6]
    assert labels(page)[2] == "Errors 3"
    click(page.filters.chips[Show.READY])
    assert shown(page) == [1, 2, 4]
    click(page.filters.chips[Show.WARNINGS])
    assert shown(page) == []
    click(page.filters.chips[Show.ALL])
    assert len(shown(page)) == 6


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("nw-c", [2, 4, 5]),
        ("out of stock", [1, 4, 5, 6]),
        ("reason is missing", [2]),
        ("Flo", [6]),
        ("1796277091147", [3]),
        ("nowhere", []),
    ],
)
def test_search_looks_at_cells_reasons_and_notes(
    page: ReviewPage, words: str, found: list[int]
) -> None:
    press(page.view, Key.Key_F, CTRL | SHIFT)
    field = QApplication.focusWidget()
    assert field is page.filters.search
    type_text(page.filters.search, words)
    assert shown(page) == found
    press(page.filters.search, Key.Key_Escape)
    assert len(shown(page)) == 6
    assert page.view.hasFocus()


def test_a_problem_shows_its_rows_and_again_all(page: ReviewPage) -> None:
    card = page.problems.cards[MISSING]
    click(card.title)
    assert shown(page) == [2]
    assert here(page) == (2, REASON)
    assert card.title.isChecked()
    click(page.filters.group_chip)
    assert len(shown(page)) == 6
    click(card.title)
    click(card.title)
    assert len(shown(page)) == 6
    assert not card.title.isChecked()
    assert page.filters.chips[Show.ALL].isChecked()


def offered(page: ReviewPage) -> FixDialog:
    """Return what is shown before a fix is done."""
    return next(each for each in page.findChildren(FixDialog) if each.isVisible())


def do_fix(page: ReviewPage, button: QAbstractButton) -> None:
    click(button)
    click(offered(page).apply)


def test_a_fix_is_shown_before_it_is_done(page: ReviewPage, qtbot: QtBot) -> None:
    before = rows_of(page)
    click(button_in(page.problems, "Keep the first of each"))
    dialog = offered(page)
    assert rows_of(page) == before
    assert dialog.extent.text() == "1 cell in 1 row changes. Undo takes it back."
    shown = [dialog.changes.index(0, column).data() for column in range(5)]
    assert shown == [
        "6",
        "1796277091000",
        "Left out because",
        "blank",
        "Same line as row 5: it is asked for once, with that one. See there what comes of it.",
    ]
    assert dialog.apply.text() == "Keep the first of each"
    qtbot.waitUntil(dialog.apply.hasFocus)
    press(dialog, Key.Key_Escape)
    assert rows_of(page) == before
    assert not page.undo_stack.canUndo()
    qtbot.waitUntil(lambda: page.window().focusWidget() is page.view)


def test_a_change_of_the_sheet_calls_the_fix_off(page: ReviewPage) -> None:
    click(button_in(page.problems, "Keep the first of each"))
    dialog = offered(page)
    page.model.setData(page.model.index(3, SKU), "NW-HAT")
    assert not dialog.isVisible()
    assert left_out(page) == []


def test_reasons_are_shown_in_plain_words_before_they_are_set(page: ReviewPage) -> None:
    unknown = page.problems.cards[Group(Level.ERROR, Code.REASON_UNKNOWN)]
    button = button_in(unknown, "Set reason for 1 row")
    assert isinstance(button, QPushButton)
    button.menu().actions()[0].trigger()
    dialog = offered(page)
    assert [dialog.changes.index(0, column).data() for column in (2, 3, 4)] == [
        "Reason",
        "NO_INVENTORY",
        "Out of stock",
    ]
    spoken = dialog.changes.index(0, 4).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Then: Out of stock"
    assert dialog.changes.index(0, 4).data(Qt.ItemDataRole.ToolTipRole) == "Out of stock"


UNKNOWN = Group(Level.ERROR, Code.REASON_UNKNOWN)


def test_a_fix_of_words_is_remembered_offered_with_its_count_and_forgotten(
    show: Callable[[Review], ReviewPage], tmp_path: Path, qtbot: QtBot
) -> None:
    book = ValueFixBook(tmp_path / "fixes.json")
    page = show(sheet())
    page.offers.use_book(book)
    assert not page.problems.cards[UNKNOWN].remembered.isVisible()
    button = button_in(page.problems.cards[UNKNOWN], "Set reason for 1 row")
    assert isinstance(button, QPushButton)
    button.menu().actions()[0].trigger()
    click(offered(page).back)
    assert book.fixes("US") == ()  # nothing was fixed
    button.menu().actions()[0].trigger()
    click(offered(page).apply)
    assert [(fix.text, fix.code) for fix in book.fixes("US")] == [
        ("NO_INVENTORY", ReasonCode.OUT_OF_STOCK)
    ]
    rows = (
        (PO, "1", "", "1", "no inventory", ""),
        (PO, "2", "", "1", "No_Inventory.", ""),
        (PO, "3", "", "1", "ran dry", ""),
    )
    page.show_review(sheet(*rows), SOURCE)
    card = page.problems.cards[UNKNOWN]
    qtbot.waitUntil(card.remembered.isVisible)
    assert [row.cells[4] for row in rows_of(page)] == [row[4] for row in rows]  # only offered
    do_fix(page, button_in(card, "“NO_INVENTORY” (2 rows)\n→ Out of stock"))
    assert [row.cells[4] for row in rows_of(page)] == [ReasonCode.OUT_OF_STOCK] * 2 + ["ran dry"]
    assert page.undo.text() == "Undo reason for 2 rows"
    page.undo.trigger()
    assert [row.cells[4] for row in rows_of(page)] == [row[4] for row in rows]
    qtbot.waitUntil(lambda: sees(card, "“NO_INVENTORY”"))
    click(card.remembered.known)
    dialog = next(each for each in page.findChildren(ValueFixesDialog) if each.isVisible())
    tick = button_in(dialog, "“NO_INVENTORY” means Out of stock")
    press(tick, Key.Key_Space)
    assert not sees(card, "“NO_INVENTORY”")
    assert [fix.on for fix in book.fixes("US")] == [False]
    press(tick, Key.Key_Space)
    qtbot.waitUntil(lambda: sees(card, "“NO_INVENTORY”"))
    click(button_in(dialog, "Forget"))
    assert book.fixes("US") == ()
    assert not card.remembered.isVisible()
    click(dialog.done_button)


def test_long_words_leave_room_for_what_they_mean(tmp_path: Path, qtbot: QtBot) -> None:
    book, words = ValueFixBook(tmp_path / "fixes.json"), "out & " + 30 * "really "
    book.remember("US", [words], ReasonCode.FRAUD)
    dialog = ValueFixesDialog(book, "US")
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    forget, tick = button_in(dialog, "Forget"), button_in(dialog, "“out")
    corner = forget.mapTo(dialog, forget.rect().bottomRight())
    assert dialog.rect().contains(corner)
    assert tick.text().endswith("means Fraud, shipment stopped")
    assert words.strip() in tick.accessibleName()
    assert words.strip() in unescape(tick.toolTip())


def test_a_single_cell_that_is_mended_is_offered_for_its_likes(
    show: Callable[[Review], ReviewPage], tmp_path: Path, qtbot: QtBot
) -> None:
    rows = [(PO, str(line), "", "1", "NO_INVENTORY", "") for line in range(1, 4)]
    page = show(sheet(*rows))
    page.offers.use_book(ValueFixBook(tmp_path / "fixes.json"))
    type_over(page, 1, "oos")
    card = page.problems.cards[UNKNOWN]
    qtbot.waitUntil(lambda: sees(card, "“NO_INVENTORY” (2 rows)\n→ Out of stock"))
    page.model.setData(page.model.index(1, REASON), "fraud")  # one reason for another is no fix
    assert sees(card, "“NO_INVENTORY” (2 rows)\n→ Out of stock")
    assert len(ValueFixBook(tmp_path / "fixes.json").fixes("US")) == 1
    type_over(page, 2, "oos")
    qtbot.waitUntil(lambda: sees(card, "“NO_INVENTORY” (1 row)\n→ Out of stock"))
    type_over(page, 0, "oos")
    qtbot.waitUntil(lambda: UNKNOWN not in page.problems.cards)


def type_over(page: ReviewPage, row: int, text: str) -> None:
    """Type a reason into a row's field."""
    page.view.go_to(row, REASON)
    press(page.view, Key.Key_F2)
    field = QApplication.focusWidget()
    assert field is not None
    type_text(field, text)
    press(field, Key.Key_Return)


def test_a_fix_is_one_step_and_goes_back_marks_and_all(page: ReviewPage, qtbot: QtBot) -> None:
    before = rows_of(page)
    with qtbot.waitSignal(page.edited):
        do_fix(page, button_in(page.problems, "Keep the first of each"))
    assert left_out(page) == [5]
    damaged = page.problems.cards[Group(Level.ERROR, Code.CELL_DAMAGED)]
    do_fix(page, button_in(damaged, "Leave out 1 row"))
    assert left_out(page) == [5, 6]
    assert page.undo.text() == "Undo leaving out 1 row"
    press(page.view, Key.Key_Z, CTRL)
    press(page.view, Key.Key_Z, CTRL)
    assert rows_of(page) == before
    assert rows_of(page)[5].mark(0) is Mark.ROUNDED
    press(page.view, Key.Key_Y, CTRL)
    press(page.view, Key.Key_Z, CTRL | SHIFT)
    assert left_out(page) == [5, 6]


def test_rows_left_out_have_a_chip_and_come_back_in(page: ReviewPage, qtbot: QtBot) -> None:
    page.view.go_to(0, STATE)
    press(page.view, Key.Key_Space)
    assert left_out(page) == [1]
    assert labels(page) == ["All 6", "Ready 1", "Errors 4", "Warnings 0", "Left out 1"]
    assert page.footer.send.text() == "Review and send 1 line…"
    click(page.filters.chips[Show.READY])
    assert shown(page) == [4]
    click(page.filters.chips[Show.LEFT_OUT])
    assert shown(page) == [1]
    qtbot.waitUntil(page.problems.cards[LEFT_OUT].isVisible)
    do_fix(page, button_in(page.problems.cards[LEFT_OUT], "Take 1 row back in"))
    assert left_out(page) == []
    assert shown(page) == [1]
    assert labels(page)[1:2] + labels(page)[4:] == ["Ready 2", "Left out 0"]
    click(page.filters.chips[Show.ALL])
    assert labels(page) == ["All 6", "Ready 2", "Errors 4", "Warnings 0"]
    assert page.undo.text() == "Undo taking 1 row back in"


def test_a_reason_is_picked_for_all_rows_without_one(page: ReviewPage) -> None:
    button = button_in(page.problems.cards[MISSING], "Set reason for 1 row")
    assert isinstance(button, QPushButton)
    fraud = next(each for each in button.menu().actions() if each.text().startswith("Fraud"))
    assert "confirmed fraud" in fraud.toolTip()
    fraud.trigger()
    press(offered(page).apply, Key.Key_Return)
    assert rows_of(page)[1].cells[4] == ReasonCode.FRAUD
    assert MISSING not in page.problems.cards
    assert labels(page)[1] == "Ready 3"


def test_f8_goes_round_the_problems_both_ways(page: ReviewPage) -> None:
    page.view.go_to(0, PO_COLUMN)
    places = []
    for _ in range(5):
        press(page.view, Key.Key_F8)
        places.append(here(page))
    assert places == [(2, REASON), (3, REASON), (5, 2), (6, PO_COLUMN), (2, REASON)]
    press(page.view, Key.Key_F8, SHIFT)
    assert here(page) == (6, PO_COLUMN)
    press(page.view, Key.Key_F8, SHIFT)
    assert here(page) == (5, 2)


def test_f8_tells_of_a_hidden_column_in_the_note_and_rests_without_problems(
    show: Callable[[Review], ReviewPage],
) -> None:
    rows = ((PO, "1", "", "1", "oos", "Shipped"), (PO, "2", "", "1", "oos", "Created"))
    review = Review(table(*rows, headers=(*HEADERS, "Status")), "US")
    page = show(review)
    press(page.view, Key.Key_F8)
    assert here(page) == (1, NOTE)
    click(page.extras)
    press(page.view, Key.Key_F8)
    assert here(page) == (1, NOTE + 1)
    page.model.setData(page.model.index(0, NOTE + 1), "")
    press(page.view, Key.Key_F8)
    assert here(page) == (1, NOTE + 1)


@pytest.fixture
def slow_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at a single row in each turn of the event loop."""
    monkeypatch.setattr(in_turns, "PART", 1)
    monkeypatch.setattr(row_order, "PART", 1)
    monkeypatch.setattr(in_turns, "_TURN", 0.0)


@pytest.mark.usefixtures("slow_turns")
def test_a_search_takes_many_turns_and_heeds_what_is_edited_and_typed_meanwhile(
    page: ReviewPage, qtbot: QtBot
) -> None:
    page.filters.search.setFocus()
    type_text(page.filters.search, "nw-c")
    assert page.model.rowCount() == 6
    QApplication.processEvents()
    assert page.model.is_arranging
    page.view.editing.delete_rows([0])
    type_text(page.filters.search, "u")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert page.model.index(0, SKU).data() == "NW-CUP"
    page.filters.search.setText("nw-c")
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)


@pytest.mark.usefixtures("slow_turns")
def test_a_kind_of_problem_is_gone_to_once_its_rows_are_there(
    page: ReviewPage, qtbot: QtBot
) -> None:
    click(page.problems.cards[MISSING].title)
    assert page.model.rowCount() == 6
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert here(page) == (2, REASON)


def test_f8_rests_where_no_row_is_shown(page: ReviewPage) -> None:
    page.filters.search.setText("in no row")
    assert page.model.rowCount() == 0
    press(page.view, Key.Key_F8)
    press(page.view, Key.Key_F8, SHIFT)
    assert not page.view.currentIndex().isValid()


def test_an_empty_grid_says_why(page: ReviewPage) -> None:
    before = page.view.viewport().grab().toImage()
    page.filters.search.setText("in no row")
    said = "No row fits the search and the filters above. Clear them to see all rows."
    assert page.footer.where.text() == f"{said} · {SOURCE}"
    middle = page.view.viewport().rect().center()
    picture = page.view.viewport().grab().toImage()
    line = {picture.pixelColor(middle.x() + at, middle.y()).name() for at in range(-150, 150)}
    assert len(line) > 2
    assert picture != before
    page.filters.search.clear()
    assert page.footer.where.text() == SOURCE
    page.view.editing.delete_rows(range(6))
    assert "There are no rows." in page.footer.where.text()


def test_what_walmart_says_changes_rows_and_counts(page: ReviewPage) -> None:
    looks = {
        PO: order(order_line("1", Cancelled=1), order_line("2", Created=2, ordered=2)),
        "1796277091000": order(order_line("1", sku="NW-CAP", Shipped=1), po="1796277091000"),
    }
    page.add_looks(looks)
    assert labels(page) == ["All 6", "Ready 0", "Errors 5", "Warnings 0"]
    assert page.footer.send.text() == "Nothing to send yet"
    assert not page.footer.send.isEnabled()
    assert Group(Level.ERROR, Code.ALREADY_SHIPPED) in page.problems.cards
    page.model.review.forget_looks()
    page.refresh()
    assert page.footer.send.text() == "Review and send 2 lines…"


def test_what_was_read_is_not_applied_to_a_row_that_was_edited_meanwhile(page: ReviewPage) -> None:
    page.view.go_to(0, PO_COLUMN)
    type_text(page.view, "1")
    type_text(QApplication.focusWidget() or page.view, "796277000777")
    press(QApplication.focusWidget() or page.view, Key.Key_Return)
    page.add_looks({PO: order(order_line("1", Shipped=1), order_line("2", Shipped=2))})
    edited, other = page.model.shown[0], page.model.shown[1]
    assert rows_of(page)[0].cells[0] == "1796277000777"
    assert page.model.review.live(edited) is None
    assert page.model.index(0, WALMART).data() == "—"
    assert page.model.review.look(page.model.review.draft(other).po) is not None


def test_the_check_button_starts_and_stops(page: ReviewPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.check_requested):
        press(page.view, Key.Key_F5)
    page.footer.set_checking(120, 1240)
    assert page.footer.progress.isVisible()
    assert page.footer.progress.text() == "Reading orders: 120 of 1,240"
    assert page.footer.bar.value() == 120
    with qtbot.waitSignal(page.stop_check_requested):
        click(button_in(page, "Stop checking"))
    page.footer.set_checking(0, 0)
    assert not page.footer.bar.isVisible()
    assert page.footer.check.text() == "Check with Walmart"


def test_the_send_button_only_asks(page: ReviewPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.send_requested):
        press(page.view, Key.Key_F9)


def test_the_bottom_line_tells_of_the_row_and_of_the_selection(page: ReviewPage) -> None:
    page.view.go_to(1, SKU)
    assert page.footer.where.text() == f"Row 3: The reason is missing. Pick one. · {SOURCE}"
    page.view.select_rows(0, 2)
    assert page.footer.where.text() == f"3 rows selected, 2 with errors · {SOURCE}"
    page.view.clearSelection()
    page.view.go_to(0, SKU)
    press(page.view, Key.Key_Right, SHIFT)
    assert page.footer.where.text() == SOURCE


def test_edits_are_known_until_they_are_taken_back(page: ReviewPage) -> None:
    assert not page.has_edits()
    press(page.view, Key.Key_Delete)
    assert page.has_edits()
    assert page.undo_stack.undoText() == "clearing of 1 cell"
    press(page.view, Key.Key_Z, CTRL)
    assert not page.has_edits()


def test_another_sheet_replaces_everything(page: ReviewPage) -> None:
    press(page.view, Key.Key_Delete)
    click(page.extras)
    click(page.filters.chips[Show.ERRORS])
    other = Review(table((OTHER_PO, "1", "", "1", "cancel by seller")), "CA")
    page.show_review(other, "other.csv")
    assert not page.has_edits()
    assert labels(page) == ["All 1", "Ready 1", "Errors 0", "Warnings 0"]
    assert not page.extras.isVisible()
    assert page.footer.where.text() == "other.csv"
    page.view.pick_reason()
    field = QApplication.focusWidget()
    assert field is not None
    press(field, Key.Key_Down)
    press(field, Key.Key_Return)
    assert rows_of(page)[0].cells[4] == ReasonCode.CUSTOMER_REQUESTED


def test_everything_that_can_be_used_has_a_name(page: ReviewPage) -> None:
    for chip in page.filters.chips.values():
        assert chip.accessibleName()
        assert "Ctrl+" in chip.toolTip()
    for card in page.problems.cards.values():
        assert "row" in card.title.accessibleName()
    for widget in (page.view, page.filters.search, page.footer.bar):
        assert widget.accessibleName()
