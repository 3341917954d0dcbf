"""The welcome: at the first start alone, in nobody's way, and gone through by keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cancel_desk.desk import Desk
from cancel_desk.ui.dialogs.account_dialog import AccountDialog
from cancel_desk.ui.dialogs.welcome_dialog import WelcomeDialog
from cancel_desk.ui.opening import make_window
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from ui.hands import click, drag, press
from ui.person import Find, Hands

Key = Qt.Key


@pytest.fixture
def welcome(window: MainWindow, dialog: Find, qtbot: QtBot) -> WelcomeDialog:
    window.welcoming.greet()
    found: WelcomeDialog = dialog(WelcomeDialog)
    qtbot.waitUntil(found.isActiveWindow)
    return found


def welcomes(window: MainWindow) -> bool:
    return any(each.isVisible() for each in window.findChildren(WelcomeDialog))


def test_once_closed_it_never_comes_again(
    welcome: WelcomeDialog, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    assert not welcome.isModal()
    press(welcome, Key.Key_Escape)
    qtbot.waitUntil(lambda: not welcomes(window))
    window.welcoming.greet()
    assert not welcomes(window)
    again = make_window(desk)
    qtbot.addWidget(again)
    again.welcoming.greet()
    assert not welcomes(again)
    again.session.close()


def test_who_had_the_window_open_before_is_not_welcomed(window: MainWindow) -> None:
    window.settings.setValue("geometry", window.saveGeometry())
    window.welcoming.greet()
    assert not welcomes(window)


def test_the_menu_has_it_again(window: MainWindow, dialog: Find) -> None:
    window.settings.setValue("welcomed", True)
    (entry,) = (
        each for each in window.header.help_button.menu().actions() if each.text() == "Welcome"
    )
    entry.trigger()
    assert dialog(WelcomeDialog).isVisible()
    assert welcomes(window)


def test_it_is_gone_through_by_keys_and_ends_in_the_practice_store(
    welcome: WelcomeDialog, window: MainWindow, hands: Hands, qtbot: QtBot
) -> None:
    assert welcome.place.text() == "Step 1 of 3"
    press(QApplication.focusWidget() or welcome, Key.Key_Return)
    qtbot.waitUntil(lambda: welcome.place.text() == "Step 2 of 3")
    press(welcome, Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert welcome.place.text() == "Step 3 of 3"
    press(welcome, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(welcome.practice.hasFocus)
    press(welcome.practice, Key.Key_Space)
    hands.wait_for(Step.REVIEW)
    assert not welcomes(window)
    assert window.settings.contains("welcomed")


def test_its_last_step_leads_to_keys_and_to_a_store(
    welcome: WelcomeDialog, window: MainWindow, dialog: Find, qtbot: QtBot
) -> None:
    click(welcome.next)
    click(welcome.next)
    assert not welcome.next.isVisible()
    click(welcome.keys)
    assert window.guide.window is not None
    assert window.guide.window.browser.page == "keys"
    press(welcome, Key.Key_F1)
    assert window.guide.window.browser.page == "first-run"
    click(welcome.add)
    account: AccountDialog = dialog(AccountDialog)
    account.reject()
    assert not welcomes(window)
    window.guide.close()


def test_a_sheet_that_is_opened_closes_it(
    welcome: WelcomeDialog, window: MainWindow, hands: Hands, tmp_path: Path
) -> None:
    sheet = tmp_path / "orders.csv"
    sheet.write_text("PO#,Line#,Qty,Reason\n1796277093636,1,1,oos\n")
    window.take(sheet)
    hands.wait_for(Step.REVIEW)
    assert not welcomes(window)


def test_a_sheet_dropped_on_it_is_opened(
    welcome: WelcomeDialog, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    paths = [tmp_path / "orders.csv", tmp_path / "more.csv"]
    for path in paths:
        path.write_text("PO#,Line#,Qty,Reason\n1796277093636,1,1,oos\n")
    assert not drag(welcome, paths, drop=True)
    assert drag(welcome, paths[:1], drop=True)
    qtbot.waitUntil(lambda: window.journey.step is Step.REVIEW)
    assert window.session.source == paths[0]
    assert not welcomes(window)
