"""Whoever goes by keys sees where they are: on every page and in the dialogs, light and dark."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.ui.dialogs.account_dialog import AccountDialog
from cancel_desk.ui.dialogs.fix_dialog import FixDialog
from cancel_desk.ui.dialogs.matching_dialog import MatchingDialog
from cancel_desk.ui.dialogs.value_fixes_dialog import ValueFixesDialog
from cancel_desk.ui.grid.column_filter import ColumnFilterDialog
from cancel_desk.ui.widgets.steps import Step
from ui.accessible import assert_focus_is_seen
from ui.hands import button_in, click, press, type_text
from ui.person import Find, Hands

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(params=[("#ffffff", "#000000"), ("#1e1f22", "#e6e6e6")], ids=["light", "dark"])
def look(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    """The colours of the system."""
    base, text = map(QColor, request.param)
    before, made = qapp.palette(), QPalette(qapp.palette())
    for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window, QPalette.ColorRole.Button):
        made.setColor(role, base)
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.ButtonText,
    ):
        made.setColor(role, text)
    qapp.setPalette(made)
    yield
    qapp.setPalette(before)


@pytest.mark.usefixtures("look")
def test_what_has_the_keyboard_is_seen(hands: Hands, dialog: Find, qtbot: QtBot) -> None:
    window, review = hands.window, hands.pages.review

    def look_at(shown: QWidget) -> None:
        shown.activateWindow()
        qtbot.waitUntil(shown.isActiveWindow)
        assert_focus_is_seen(shown)
        if isinstance(shown, QDialog):
            shown.reject()

    look_at(window)
    window.header.add_account_chosen.emit()
    look_at(dialog(AccountDialog))
    hands.try_practice()
    window.activateWindow()
    review.view.setFocus()
    qtbot.waitUntil(review.view.hasFocus)
    press(review.view, Qt.Key.Key_H, CTRL)
    type_text(review.grid.finding.text, "1")
    qtbot.waitUntil(review.grid.finding.all.isEnabled)
    look_at(window)
    review.grid.finding.leave()
    press(review.view, Qt.Key.Key_L, CTRL | SHIFT)
    look_at(dialog(ColumnFilterDialog))
    click(button_in(review.problems, "Leave out"))
    look_at(dialog(FixDialog))
    click(review.footer.change)
    look_at(dialog(MatchingDialog))
    fixes = hands.session.desk.value_fixes
    fixes.remember("US", ["oh dear"], ReasonCode.OUT_OF_STOCK)
    review.offers.refresh()
    click(button_in(review.problems, "Remembered"))
    look_at(dialog(ValueFixesDialog))
    look_at(hands.ask_to_send())
    hands.send()
    hands.wait_for(Step.RESULTS)
    look_at(window)
