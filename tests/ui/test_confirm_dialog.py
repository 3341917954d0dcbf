"""The last look before anything is sent."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from builders import OTHER_PO, PO, order, order_line, table
from cancel_desk.checks.plan import Plan, Store
from cancel_desk.checks.reasons import REASONS
from cancel_desk.checks.review import Review
from cancel_desk.texts.reasons import reason_consequence
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog, confirm_label, left_out_words
from cancel_desk.ui.dialogs.hold_bar import HoldBar
from ui.hands import click, press, type_text

Open = Callable[[Plan, Review], ConfirmDialog]
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


@pytest.fixture(autouse=True)
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def opened(settings: QSettings, qtbot: QtBot) -> Open:
    def open_dialog(plan: Plan, review: Review) -> ConfirmDialog:
        dialog = ConfirmDialog(plan, review, settings, orders_a_minute=57)
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    return open_dialog


def words(dialog: ConfirmDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_it_says_everything_that_will_happen(review: Review, opened: Open) -> None:
    dialog = opened(review.plan(LIVE), review)
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


def test_rows_left_out_are_named_with_why(review: Review, opened: Open) -> None:
    dialog = opened(review.plan(LIVE), review)
    lines = dialog.left_out.toPlainText().splitlines()
    assert lines[0].startswith("Row 4: ")
    assert lines[1] == "Row 5: The reason is missing. Pick one."


def test_a_row_whose_order_was_not_looked_at_is_named_too() -> None:
    review = Review(table((PO, "1", "", "3", "OOS")), "US")
    left_out = review.plan(LIVE).left_out
    assert left_out_words(left_out, review).startswith("Row 2: ")
    assert left_out_words(left_out, review).strip().endswith(".")


def test_nothing_is_left_out_unsaid(opened: Open) -> None:
    review = review_of((PO, "1", "", "3", "OOS"))
    dialog = opened(review.plan(LIVE), review)
    assert "left out" not in words(dialog)


def test_a_click_confirms_and_enter_alone_does_not(
    review: Review, opened: Open, qtbot: QtBot
) -> None:
    dialog = opened(review.plan(LIVE), review)
    press(dialog.options.hold, Qt.Key.Key_Space)
    with qtbot.assertNotEmitted(dialog.accepted):
        press(dialog, Qt.Key.Key_Return)
    with qtbot.waitSignal(dialog.accepted):
        click(dialog.send)


def test_back_and_esc_send_nothing(review: Review, opened: Open, qtbot: QtBot) -> None:
    dialog = opened(review.plan(LIVE), review)
    with qtbot.waitSignal(dialog.rejected), qtbot.assertNotEmitted(dialog.accepted):
        click(dialog.back)
    again = opened(review.plan(LIVE), review)
    with qtbot.waitSignal(again.rejected), qtbot.assertNotEmitted(again.accepted):
        press(again, Qt.Key.Key_Escape)


def large(environment: str) -> tuple[Plan, Review]:
    review = review_of(*((f"{1796277000000 + at}", "1", "", "1", "OOS") for at in range(51)))
    return review.plan(replace(LIVE, environment=environment)), review


def test_a_large_live_run_asks_for_its_number(opened: Open) -> None:
    dialog = opened(*large("LIVE"))
    assert not dialog.send.isEnabled()
    type_text(dialog.typed, "5")
    assert not dialog.send.isEnabled()
    type_text(dialog.typed, "1")
    assert dialog.send.isEnabled()


@pytest.mark.parametrize(
    ("typed", "agreed"),
    [
        ("\N{FULLWIDTH DIGIT FIVE}\N{FULLWIDTH DIGIT ONE}", True),
        (" 51 ", True),
        ("5 1", False),
        ("-51", False),
        ("5,1", False),
        ("51 no", False),
        ("051", True),
    ],
)
def test_the_number_may_be_typed_in_wide_signs_and_with_nothing_else(
    opened: Open, typed: str, *, agreed: bool
) -> None:
    dialog = opened(*large("LIVE"))
    wide = QInputMethodEvent()
    wide.setCommitString(typed)
    QApplication.sendEvent(dialog.typed, wide)
    assert dialog.typed.text() == typed
    assert dialog.send.isEnabled() is agreed


@pytest.mark.parametrize("environment", ["SANDBOX", "PRACTICE"])
def test_others_do_not(environment: str, opened: Open) -> None:
    dialog = opened(*large(environment))
    assert dialog.send.isEnabled()
    assert dialog.typed.parent() is None


def test_large_numbers_are_grouped() -> None:
    plan, _review = large("LIVE")
    many = replace(plan, requests=plan.requests * 30)
    assert confirm_label(many) == "Cancel 1,530 lines at Nord & Wind (LIVE)"


def test_no_words_are_cut_off(review: Review, opened: Open, qtbot: QtBot) -> None:
    dialog = opened(review.plan(LIVE), review)
    qtbot.waitUntil(dialog.isVisible)
    for label in dialog.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_what_to_think_of_is_said_before_it_is_sent(opened: Open) -> None:
    review = review_of((PO, "1", "", "3", "customer asked"))
    dialog = opened(review.plan(LIVE), review)
    assert dialog.warnings.toPlainText().startswith("Row 2: The order shows no cancel request")


def test_what_it_does_to_the_cancellation_rate_is_said(review: Review, opened: Open) -> None:
    dialog = opened(review.plan(LIVE), review)
    assert "1 line counts towards your cancellation rate" in words(dialog)


class Clock:
    """A clock that a test sets; the timers of Qt go on as they do."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Both clocks of the countdown."""
    clock = Clock()
    monkeypatch.setattr(
        "cancel_desk.ui.dialogs.confirm_dialog.HoldBar",
        partial(HoldBar, clock=clock, boot_clock=clock),
    )
    return clock


def test_a_held_run_counts_down_and_then_begins(
    review: Review, opened: Open, clock: Clock, qtbot: QtBot
) -> None:
    dialog = opened(review.plan(LIVE), review)
    with qtbot.assertNotEmitted(dialog.accepted):
        click(dialog.send)
        assert dialog.hold.words.text() == "Nothing is sent yet: it begins in 10 seconds."
        clock.now += 8.2
        qtbot.waitUntil(lambda: "in 2 seconds" in dialog.hold.words.text())
        assert not dialog.send.isVisible()
        clock.now += 1.0
        qtbot.waitUntil(lambda: "in 1 second." in dialog.hold.words.text())
    with qtbot.waitSignal(dialog.accepted):
        clock.now += 0.8


@pytest.mark.parametrize("way", ["undo", "esc", "shortcut"])
def test_undo_sends_nothing(
    way: str, review: Review, opened: Open, clock: Clock, qtbot: QtBot
) -> None:
    dialog = opened(review.plan(LIVE), review)
    click(dialog.send)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.hold.undo.hasFocus)
    with qtbot.waitSignal(dialog.rejected), qtbot.assertNotEmitted(dialog.accepted):
        if way == "undo":
            click(dialog.hold.undo)
        elif way == "esc":
            press(dialog, Qt.Key.Key_Escape)
        else:
            press(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert not dialog.slept
    assert not dialog.hold.counting


def test_a_computer_that_slept_meanwhile_sends_nothing(
    review: Review, opened: Open, clock: Clock, qtbot: QtBot
) -> None:
    dialog = opened(review.plan(LIVE), review)
    click(dialog.send)
    with qtbot.waitSignal(dialog.rejected), qtbot.assertNotEmitted(dialog.accepted):
        clock.now += 3600
    assert dialog.slept


def test_the_choices_are_remembered_for_each_kind_of_store(
    review: Review, opened: Open, clock: Clock, qtbot: QtBot
) -> None:
    two = review_of((PO, "1", "", "1", "OOS"), (OTHER_PO, "1", "", "1", "OOS"))
    live = opened(two.plan(LIVE), two)
    assert (live.options.first.isChecked(), live.options.hold.isChecked()) == (False, True)
    press(live.options.first, Qt.Key.Key_Space)
    press(live.options.hold, Qt.Key.Key_Space)
    click(live.send)
    assert live.first_alone
    again = opened(two.plan(LIVE), two)
    assert (again.options.first.isChecked(), again.options.hold.isChecked()) == (True, False)
    other = opened(two.plan(replace(LIVE, environment="PRACTICE")), two)
    assert (other.options.first.isChecked(), other.options.hold.isChecked()) == (False, False)


def test_one_order_can_not_be_sent_before_the_others(review: Review, opened: Open) -> None:
    dialog = opened(review.plan(LIVE), review)
    assert not dialog.options.first.isVisible()
    assert not dialog.first_alone


@pytest.mark.parametrize("market", list(REASONS))
def test_every_reason_says_whether_it_counts(market: str) -> None:
    for reason in REASONS[market]:
        said = "cancellation rate" in reason_consequence(reason.code)
        assert said == reason.counts_against_seller, reason.code


def test_it_fits_the_screen_and_its_buttons_stay_in_view(
    opened: Open, clock: Clock, qtbot: QtBot
) -> None:
    rows = [
        (f"{1796277000000 + at}", "1", "", "1", reason)
        for at, reason in enumerate([each.code for each in REASONS["US"]] * 12)
    ]
    review = review_of(*rows, (PO, "1", "", "1", ""))
    dialog = opened(review.plan(LIVE), review)
    room = dialog.screen().availableGeometry().height()
    assert dialog.typed.isVisible()
    assert dialog.height() <= room
    assert dialog.send.geometry().bottom() < dialog.height()
    type_text(dialog.typed, "60")
    click(dialog.send)
    assert dialog.height() <= room
    assert dialog.hold.geometry().bottom() < dialog.height()
