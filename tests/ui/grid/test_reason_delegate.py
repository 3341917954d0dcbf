"""Picking a reason: by list, by typing, by mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester

from cancel_desk.checks.reasons import REASONS, ReasonCode
from cancel_desk.ui.grid.editing import Area
from cancel_desk.ui.grid.reason_choices import fitting_choices, reason_choices
from cancel_desk.ui.grid.reason_editor import ReasonEditor
from cancel_desk.ui.grid.reason_list import CONSEQUENCE_ROLE, ReasonListModel
from cancel_desk.ui.grid.sheet_view import SheetView
from ui.grid.conftest import REASON, SKU
from ui.hands import press, type_text

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def editor() -> ReasonEditor:
    field = QApplication.focusWidget()
    assert isinstance(field, ReasonEditor)
    return field


def code(view: SheetView, row: int) -> str:
    return str(view.sheet.index(row, REASON).data(Qt.ItemDataRole.EditRole))


def left_click(view: SheetView, where: QPoint) -> None:
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)


@pytest.mark.parametrize("market", list(REASONS))
def test_every_reason_is_offered_by_name(market: str) -> None:
    assert [choice.code for choice in reason_choices(market)] == [
        reason.code for reason in REASONS[market]
    ]
    assert fitting_choices(market, "  ") == reason_choices(market)
    for choice in reason_choices(market):
        assert choice in fitting_choices(market, choice.label)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("oos", [ReasonCode.OUT_OF_STOCK]),
        ("out", [ReasonCode.OUT_OF_STOCK]),
        ("stock", [ReasonCode.OUT_OF_STOCK]),
        ("SELLER_CANCEL_FRAUD_STOP_SHIPMENT", [ReasonCode.FRAUD]),
        ("customer", [ReasonCode.CUSTOMER_REQUESTED]),
        ("no inventory", []),
        ("b", [ReasonCode.CUSTOMER_REQUESTED, ReasonCode.ADDRESS]),
    ],
)
def test_typing_narrows_the_choice(typed: str, codes: list[ReasonCode]) -> None:
    found = [choice.code for choice in fitting_choices("US", typed)]
    assert found[: len(codes)] == codes
    assert bool(found) == bool(codes)


def test_the_list_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = ReasonListModel(reason_choices("US"))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Out of stock. Wal")
    model.show_choices(())
    assert model.rowCount() == 0


@pytest.mark.parametrize("market", list(REASONS))
def test_each_reason_says_what_it_leads_to(market: str) -> None:
    model = ReasonListModel(reason_choices(market))
    for row in range(model.rowCount()):
        said = model.index(row).data(CONSEQUENCE_ROLE)
        assert said
        assert said in model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)


def test_codes_and_labels_are_both_taken_when_pasted(view: SheetView) -> None:
    pasted = ("SELLER_CANCEL_OUT_OF_STOCK", "Pricing error", "oos", "no such reason")
    QGuiApplication.clipboard().setText("\n".join(pasted) + "\n")
    view.go_to(0, REASON)
    press(view, Key.Key_V, CTRL)
    assert QApplication.activeModalWidget() is None  # undo makes a question needless
    sheet = view.sheet
    assert [code(view, row) for row in range(4)] == list(pasted)
    found = [sheet.review.draft(sheet.shown[row]).reason for row in range(4)]
    assert [reason and reason.code for reason in found] == [
        ReasonCode.OUT_OF_STOCK,
        ReasonCode.PRICING_ERROR,
        ReasonCode.OUT_OF_STOCK,
        None,
    ]
    assert sheet.index(1, REASON).data() == "Pricing error"


def test_alt_down_opens_the_list_from_any_column(view: SheetView) -> None:
    view.go_to(1, SKU)
    press(view, Key.Key_Down, ALT)
    reasons = editor().reasons
    assert reasons.isVisible()
    assert reasons.reasons.rowCount() == len(REASONS["US"])
    press(editor(), Key.Key_Down)
    press(editor(), Key.Key_Down)
    press(editor(), Key.Key_Up)
    assert editor().text() == "Out of stock"
    press(editor(), Key.Key_Return)
    assert code(view, 1) == ReasonCode.OUT_OF_STOCK
    assert view.currentIndex().row() == 2
    assert view.sheet.index(1, REASON).data() == "Out of stock"


def test_typing_picks_the_first_that_fits(view: SheetView) -> None:
    view.go_to(1, REASON)
    press(view, Key.Key_F)
    type_text(editor(), "ra")
    press(editor(), Key.Key_Tab)
    assert code(view, 1) == ReasonCode.FRAUD
    assert view.currentIndex().column() == REASON + 1


def test_words_that_fit_no_reason_stay_as_they_are(view: SheetView) -> None:
    view.go_to(1, REASON)
    press(view, Key.Key_Z)
    assert not editor().reasons.isVisible()
    press(editor(), Key.Key_Backspace)
    assert editor().reasons.isVisible()
    type_text(editor(), "zz")
    press(editor(), Key.Key_Return)
    assert code(view, 1) == "zz"


def test_esc_and_an_untouched_field_change_nothing(view: SheetView) -> None:
    view.go_to(0, REASON)
    press(view, Key.Key_F2)
    current = editor().reasons.current()
    assert current is not None
    assert current.code is ReasonCode.OUT_OF_STOCK
    press(editor(), Key.Key_Return)
    press(view, Key.Key_F2)
    press(editor(), Key.Key_Down)
    press(editor(), Key.Key_Escape)
    assert view.sheet.undo_stack.count() == 0


def test_an_emptied_field_empties_the_cell(view: SheetView) -> None:
    view.go_to(0, REASON)
    press(view, Key.Key_F2)
    press(editor(), Key.Key_Delete)
    press(editor(), Key.Key_Return)
    assert code(view, 0) == ""


def test_ctrl_enter_gives_the_reason_to_the_whole_selection(view: SheetView) -> None:
    view.select_area(Area(range(3), (REASON,)))
    press(view, Key.Key_A)
    press(editor(), Key.Key_Return, CTRL)
    assert {code(view, row) for row in range(3)} == {ReasonCode.ADDRESS}
    assert view.sheet.undo_stack.count() == 1


def test_the_arrow_of_the_current_cell_opens_the_list_and_a_click_picks(view: SheetView) -> None:
    cell = view.visualRect(view.sheet.index(1, REASON))
    left_click(view, cell.center())
    assert not isinstance(QApplication.focusWidget(), ReasonEditor)
    left_click(view, QPoint(cell.right() - 8, cell.center().y()))
    reasons = editor().reasons
    where = reasons.visualRect(reasons.reasons.index(2, 0)).center()
    QTest.mouseClick(reasons.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert code(view, 1) == ReasonCode.PRICING_ERROR
    assert not reasons.isVisible()


def test_the_picked_reason_can_be_seen(view: SheetView) -> None:
    view.go_to(1, REASON)
    press(view, Key.Key_F2)
    before = editor().reasons.grab().toImage()
    press(editor(), Key.Key_Down)
    assert editor().reasons.grab().toImage() != before


def test_the_list_stays_inside_the_window(view: SheetView) -> None:
    view.resize(700, 330)
    view.horizontalScrollBar().setValue(0)
    for row in (0, 5):
        view.go_to(row, REASON)
        press(view, Key.Key_F2)
        assert view.rect().contains(editor().reasons.geometry())
        press(editor(), Key.Key_Escape)
