"""The last look before anything is sent."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from builders import PO, order, order_line, table
from cancel_desk.checks.plan import Plan, Store
from cancel_desk.checks.review import Review
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog, confirm_label, left_out_words
from ui.hands import click, press, type_text

LIVE = Store("Nord & Wind", "US", "LIVE", "https://example.com")


def review_of(*rows: tuple[str, ...]) -> Review:
    review = Review(table(*rows), "US")
    review.add_looks(
        {
            po: order(order_line("1", ordered=3), order_line("2"), po=po)
            for po in review.orders_wanted()
        }
    )
    return review


@pytest.fixture
def review() -> Review:
    return review_of(
        (PO, "1", "", "3", "OOS"),
        (PO, "2", "", "1", "fraud"),
        (PO, "9", "", "1", "OOS"),
        ("1796277091147", "1", "", "1", ""),
    )


def opened(plan: Plan, review: Review, qtbot: QtBot) -> ConfirmDialog:
    dialog = ConfirmDialog(plan, review, orders_a_minute=57)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def words(dialog: ConfirmDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_it_says_everything_that_will_happen(review: Review, qtbot: QtBot) -> None:
    dialog = opened(review.plan(LIVE), review, qtbot)
    said = words(dialog)
    assert "2 lines in 1 order will be cancelled, 4 units in all." in said
    assert "LIVE" in said
    assert "Nord & Wind · US" in said
    assert "Out of stock: 1 line" in said
    assert "Walmart sets the item out of stock in that warehouse" in said
    assert "Only for confirmed fraud" in said
    assert "Cancels can't be undone." in said
    assert dialog.send.text() == "Cancel 2 lines at Nord && Wind (LIVE)"
    assert dialog.send.shortcut().toString() == "Ctrl+Return"


def test_rows_left_out_are_named_with_why(review: Review, qtbot: QtBot) -> None:
    dialog = opened(review.plan(LIVE), review, qtbot)
    lines = dialog.left_out.toPlainText().splitlines()
    assert lines[0].startswith("Row 4: ")
    assert lines[1] == "Row 5: The reason is missing. Pick one."


def test_a_row_whose_order_was_not_looked_at_is_named_too() -> None:
    review = Review(table((PO, "1", "", "3", "OOS")), "US")
    left_out = review.plan(LIVE).left_out
    assert left_out_words(left_out, review).startswith("Row 2: ")
    assert left_out_words(left_out, review).strip().endswith(".")


def test_nothing_is_left_out_unsaid(qtbot: QtBot) -> None:
    review = review_of((PO, "1", "", "3", "OOS"))
    dialog = opened(review.plan(LIVE), review, qtbot)
    assert "left out" not in words(dialog)


def test_a_click_confirms_and_enter_alone_does_not(review: Review, qtbot: QtBot) -> None:
    dialog = opened(review.plan(LIVE), review, qtbot)
    with qtbot.assertNotEmitted(dialog.accepted):
        press(dialog, Qt.Key.Key_Return)
    with qtbot.waitSignal(dialog.accepted):
        click(dialog.send)


def test_back_and_esc_send_nothing(review: Review, qtbot: QtBot) -> None:
    dialog = opened(review.plan(LIVE), review, qtbot)
    with qtbot.waitSignal(dialog.rejected), qtbot.assertNotEmitted(dialog.accepted):
        click(dialog.back)
    again = opened(review.plan(LIVE), review, qtbot)
    with qtbot.waitSignal(again.rejected), qtbot.assertNotEmitted(again.accepted):
        press(again, Qt.Key.Key_Escape)


def large(environment: str) -> tuple[Plan, Review]:
    review = review_of(*((f"{1796277000000 + at}", "1", "", "1", "OOS") for at in range(51)))
    return review.plan(replace(LIVE, environment=environment)), review


def test_a_large_live_run_asks_for_its_number(qtbot: QtBot) -> None:
    dialog = opened(*large("LIVE"), qtbot)
    assert not dialog.send.isEnabled()
    type_text(dialog.typed, "5")
    assert not dialog.send.isEnabled()
    type_text(dialog.typed, "1")
    assert dialog.send.isEnabled()


@pytest.mark.parametrize("environment", ["SANDBOX", "PRACTICE"])
def test_others_do_not(environment: str, qtbot: QtBot) -> None:
    dialog = opened(*large(environment), qtbot)
    assert dialog.send.isEnabled()
    assert dialog.typed.parent() is None


def test_large_numbers_are_grouped() -> None:
    plan, _review = large("LIVE")
    many = replace(plan, requests=plan.requests * 30)
    assert confirm_label(many) == "Cancel 1,530 lines at Nord & Wind (LIVE)"


def test_no_words_are_cut_off(review: Review, qtbot: QtBot) -> None:
    dialog = opened(review.plan(LIVE), review, qtbot)
    qtbot.waitUntil(dialog.isVisible)
    for label in dialog.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_what_to_think_of_is_said_before_it_is_sent(qtbot: QtBot) -> None:
    review = review_of((PO, "1", "", "3", "customer asked"))
    dialog = opened(review.plan(LIVE), review, qtbot)
    assert dialog.warnings.toPlainText().startswith("Row 2: The order shows no cancel request")


def test_what_it_does_to_the_cancellation_rate_is_said(review: Review, qtbot: QtBot) -> None:
    dialog = opened(review.plan(LIVE), review, qtbot)
    assert "1 line counts towards your cancellation rate" in words(dialog)
