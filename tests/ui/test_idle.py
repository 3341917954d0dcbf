"""Nothing wakes the processor while nothing happens."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cancel_desk.ui.dialogs.history_dialog import HistoryDialog
from cancel_desk.ui.dialogs.welcome_dialog import WelcomeDialog
from cancel_desk.ui.garbage import BETWEEN_LOOKS_MS, GarbageCollection
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from ui.hands import click, press
from ui.person import LONG, Find, Hands


@pytest.fixture(autouse=True)
def steady_cursor() -> Iterator[None]:
    """Have the text cursor of a field stand still; it blinks as the system wants it."""
    before = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(before)


def running() -> list[tuple[str, int]]:
    """Return every timer that runs in the window's thread: whose it is, and its milliseconds."""
    dispatcher = QAbstractEventDispatcher.instance()
    tops: list[QObject] = [*QApplication.topLevelWidgets()]
    everything = [each for top in tops for each in (top, *top.findChildren(QObject))]
    return [
        (type(each).__name__, timer.interval)
        for each in set(everything)
        for timer in dispatcher.registeredTimers(each)
    ]


def test_no_timer_runs_on_any_page_or_after_a_hold(
    window: MainWindow, dialog: Find, qtbot: QtBot
) -> None:
    hands = Hands(window, dialog, qtbot)

    def comes_to_rest() -> None:
        qtbot.waitUntil(lambda: not window.session.background.busy and not running(), timeout=LONG)

    comes_to_rest()
    window.welcoming.greet()
    assert dialog(WelcomeDialog).isVisible()
    comes_to_rest()
    press(dialog(WelcomeDialog), Qt.Key.Key_Escape)
    hands.try_practice()
    comes_to_rest()
    confirm = hands.ask_to_send()
    press(confirm.options.hold, Qt.Key.Key_Space)
    click(confirm.send)
    assert running()
    qtbot.waitUntil(confirm.hold.undo.hasFocus, timeout=LONG)
    click(confirm.hold.undo)
    comes_to_rest()
    hands.send()
    hands.wait_for(Step.RESULTS)
    comes_to_rest()
    assert window.pages.results.isVisible()
    window.header.history_chosen.emit()
    assert dialog(HistoryDialog).isVisible()
    comes_to_rest()


def test_only_garbage_is_looked_for_now_and_then(qtbot: QtBot) -> None:
    collection = GarbageCollection()
    dispatcher = QAbstractEventDispatcher.instance()
    timers = [
        timer.interval
        for each in collection.findChildren(QObject)
        for timer in dispatcher.registeredTimers(each)
    ]
    assert timers == [BETWEEN_LOOKS_MS]
    assert BETWEEN_LOOKS_MS >= 1000
