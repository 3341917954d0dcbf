"""Looking for a newer version: only when the person wants to, and only in the browser."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices
from pytestqt.qtbot import QtBot

from cancel_desk import __version__
from cancel_desk.desk import Desk
from cancel_desk.ui.dialogs.updates_dialog import UpdatesDialog
from cancel_desk.ui.flows.update_check import LOOKED_KEY, REMIND_KEY
from cancel_desk.ui.opening import make_window
from cancel_desk.ui.window import MainWindow
from ui.hands import click, press
from ui.person import Find

PAGE = "https://releases.example/cancel-desk"
REMINDER = "It is a month since you looked"


class Browser(QObject):
    """Stands for the person's browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser(qtbot: QtBot) -> Iterator[Browser]:
    made = Browser()
    QDesktopServices.setUrlHandler("https", made, "open")  # type: ignore[arg-type]
    yield made
    QDesktopServices.unsetUrlHandler("https")


@pytest.fixture
def released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this copy come from a release."""
    (tmp_path / "release-page.txt").write_text(f"{PAGE}\n", encoding="utf-8")
    monkeypatch.setattr("cancel_desk.releases.resource", lambda name: tmp_path / name)


def check_for_updates(window: MainWindow, dialog: Find) -> UpdatesDialog:
    """Choose it in the menu, as a person does."""
    actions = window.header.help_button.menu().actions()
    (action,) = [each for each in actions if each.text().startswith("Check for updates")]
    assert isinstance(action, QAction)
    action.trigger()
    shown: UpdatesDialog = dialog(UpdatesDialog)
    return shown


@pytest.mark.usefixtures("released")
def test_the_release_page_opens_when_it_is_asked_for(
    window: MainWindow, dialog: Find, browser: Browser
) -> None:
    asked = check_for_updates(window, dialog)
    assert asked.version.text() == f"This is Cancel Desk {__version__}."
    assert PAGE in asked.words.text()
    assert browser.opened == []
    press(asked, Qt.Key.Key_Return)
    assert browser.opened == [PAGE]
    assert not asked.isVisible()


@pytest.mark.usefixtures("released")
def test_closing_opens_nothing(window: MainWindow, dialog: Find, browser: Browser) -> None:
    click(check_for_updates(window, dialog).close_button)
    assert browser.opened == []


@pytest.mark.usefixtures("released")
def test_a_browser_that_does_not_open_is_told_of_with_the_address(
    window: MainWindow, dialog: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    click(check_for_updates(window, dialog).open_page)
    assert window.notice.isVisible()
    assert PAGE in window.notice.sentence.text()


def test_a_copy_that_nobody_released_says_so_and_offers_no_page(
    window: MainWindow, dialog: Find
) -> None:
    asked = check_for_updates(window, dialog)
    assert "does not come from a release" in asked.words.text()
    assert not asked.open_page.isVisible()
    assert not asked.remind.isVisible()


@pytest.mark.usefixtures("released")
def test_nothing_is_checked_or_said_until_it_is_switched_on(
    window: MainWindow, desk: Desk, qtbot: QtBot, browser: Browser
) -> None:
    window.session.settings.setValue(LOOKED_KEY, days_ago(400))
    again = opened_again(window, desk, qtbot)
    assert REMINDER not in again.notice.sentence.text()
    assert browser.opened == []


def days_ago(days: int) -> str:
    return (datetime.now(UTC).date() - timedelta(days=days)).isoformat()


def opened_again(window: MainWindow, desk: Desk, qtbot: QtBot) -> MainWindow:
    """Close the program and open it once more; the new window is gone with the test."""
    window.session.settings.sync()
    again = make_window(desk)
    qtbot.addWidget(again)
    again.begin(None)
    qtbot.waitUntil(lambda: not again.session.background.busy)
    again.session.close()
    return again


@pytest.mark.usefixtures("released")
def test_the_reminder_comes_once_a_month_and_opens_nothing_by_itself(
    window: MainWindow, dialog: Find, desk: Desk, qtbot: QtBot, browser: Browser
) -> None:
    asked = check_for_updates(window, dialog)
    assert not asked.remind.isChecked()
    asked.remind.click()
    click(asked.close_button)
    settings = window.session.settings
    assert REMINDER not in opened_again(window, desk, qtbot).notice.sentence.text()

    settings.setValue(LOOKED_KEY, days_ago(29))
    assert REMINDER not in opened_again(window, desk, qtbot).notice.sentence.text()
    settings.setValue(LOOKED_KEY, days_ago(30))
    assert REMINDER in opened_again(window, desk, qtbot).notice.sentence.text()
    assert REMINDER not in opened_again(window, desk, qtbot).notice.sentence.text()
    assert browser.opened == []


@pytest.mark.usefixtures("released")
def test_the_reminder_is_switched_off_again(
    window: MainWindow, dialog: Find, desk: Desk, qtbot: QtBot
) -> None:
    window.session.settings.setValue(REMIND_KEY, "true")
    asked = check_for_updates(window, dialog)
    assert asked.remind.isChecked()
    asked.remind.click()
    click(asked.close_button)
    window.session.settings.setValue(LOOKED_KEY, "no day at all")
    assert REMINDER not in opened_again(window, desk, qtbot).notice.sentence.text()


def test_no_reminder_without_a_page(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    window.session.settings.setValue(REMIND_KEY, "true")
    assert REMINDER not in opened_again(window, desk, qtbot).notice.sentence.text()
