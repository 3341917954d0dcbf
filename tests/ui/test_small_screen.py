"""All of it is there on a screen of 1024 by 640, in every language."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cancel_desk.desk import Desk
from cancel_desk.language import OWN_NAMES, WISH
from cancel_desk.ui.dialogs.account_dialog import AccountDialog
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.dialogs.history_dialog import HistoryDialog
from cancel_desk.ui.dialogs.month_dialog import MonthDialog
from cancel_desk.ui.dialogs.welcome_dialog import WelcomeDialog
from cancel_desk.ui.opening import make_window
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from ui.hands import click
from ui.person import LONG

WIDE, HIGH = 1024, 640


@pytest.fixture(params=OWN_NAMES)
def small(
    request: pytest.FixtureRequest, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """Return a window of that size, in a language."""
    monkeypatch.setenv(WISH, request.param)
    window = make_window(desk)
    qtbot.addWidget(window, before_close_func=lambda _window: window.leave())
    window.resize(WIDE, HIGH)
    window.show()
    window.begin(None)
    return window


def cut_off(shown: QWidget) -> list[str]:
    """Return the words of buttons and labels that have less room than they need, or lie outside."""
    found = []
    for part in shown.findChildren(QWidget):
        if not part.isVisible() or not isinstance(part, QAbstractButton | QLabel):
            continue
        flows = isinstance(part, QLabel) and part.wordWrap()
        right = part.mapTo(shown, QPoint(part.width(), 0)).x()
        if part.text() and not flows and part.width() < part.minimumSizeHint().width():
            found.append(part.text())
        elif right > shown.width():
            found.append(f"outside: {part.text()}")
    return found


def test_every_page_and_dialog_fits(small: MainWindow, qtbot: QtBot) -> None:
    def is_whole(shown: QWidget) -> None:
        qtbot.waitUntil(lambda: not small.session.background.busy, timeout=LONG)
        qtbot.waitUntil(lambda: not cut_off(shown), timeout=LONG)
        assert shown.width() <= WIDE

    def fits(shown: QWidget) -> None:
        is_whole(shown)
        assert shown.height() <= HIGH

    def dialog_fits(kind: type[QWidget]) -> None:
        def shown() -> list[QWidget]:
            return [each for each in small.findChildren(kind) if each.isVisible()]

        qtbot.waitUntil(lambda: bool(shown()), timeout=LONG)
        fits(shown()[0])
        shown()[0].close()

    def comes(step: Step) -> None:
        qtbot.waitUntil(lambda: small.journey.step is step, timeout=LONG)

    fits(small)
    small.header.welcome_chosen.emit()
    dialog_fits(WelcomeDialog)
    small.header.add_account_chosen.emit()
    dialog_fits(AccountDialog)
    click(small.pages.imports.practice)
    comes(Step.REVIEW)
    fits(small)
    small.pages.review.send_requested.emit()
    qtbot.waitUntil(lambda: bool(small.findChildren(ConfirmDialog)), timeout=LONG)
    (confirm,) = small.findChildren(ConfirmDialog)
    is_whole(confirm)  # as high as the screen at most: what it holds can be scrolled
    click(confirm.send)
    comes(Step.RESULTS)
    fits(small)
    small.header.history_chosen.emit()
    dialog_fits(HistoryDialog)
    small.header.numbers_chosen.emit()
    dialog_fits(MonthDialog)
