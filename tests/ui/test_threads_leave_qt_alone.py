"""Nothing of Qt is used off the window's thread, but for signals that tell of an end.

A thread in Qt keeps the interpreter to itself, and may wait there for a lock of Qt's while the
window's thread holds that and waits for the interpreter: then both wait for ever.
"""

import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
import shiboken6
from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from cancel_desk.ui.dialogs.history_dialog import HistoryDialog
from cancel_desk.ui.dialogs.month_dialog import MonthDialog
from cancel_desk.ui.session.background import Background
from ui.hands import type_text
from ui.person import LONG, Find, Hands

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFTED = CONTROL | Qt.KeyboardModifier.ShiftModifier


class Watch:
    """Notes what threads that begin from now on call of Qt, and which of them called anything."""

    def __init__(self) -> None:
        self.calls: set[str] = set()
        self.threads: set[str] = set()

    def note(self, frame: FrameType, event: str, called: object) -> None:
        """Be told of each call; see sys.setprofile."""
        if event == "c_call":
            self.threads.add(threading.current_thread().name)
            if _is_of_qt(called):
                self.calls.add(f"{called} in {frame.f_code.co_qualname}")


def _is_of_qt(called: object) -> bool:
    owner = getattr(called, "__self__", None)
    if isinstance(owner, SignalInstance):
        return getattr(called, "__name__", "") != "emit"
    kind = owner if isinstance(owner, type) else type(owner)
    return issubclass(kind, shiboken6.Object) or kind.__module__.startswith("PySide6")


@pytest.fixture
def watch() -> Iterator[Watch]:
    made, before = Watch(), threading.getprofile()
    threading.setprofile(made.note)
    yield made
    threading.setprofile(before)


def test_what_a_thread_does_with_qt_is_noticed(watch: Watch, qtbot: QtBot) -> None:
    background = Background()
    done: list[str] = []
    # Of all there is in Qt, a colour is what locks nothing.
    background.start(lambda: QColor("red").name(), done.append, lambda _error: None)
    qtbot.waitUntil(lambda: bool(done))
    background.close()
    assert any("method name of PySide6.QtGui.QColor" in call for call in watch.calls)


def test_no_thread_uses_qt_from_the_file_to_its_results(
    watch: Watch, hands: Hands, dialog: Find, qtbot: QtBot, tmp_path: Path
) -> None:
    hands.go_through()
    for key, keys, name in (
        (Qt.Key.Key_S, CONTROL, "out.xlsx"),
        (Qt.Key.Key_S, SHIFTED, "left.csv"),
        (Qt.Key.Key_P, CONTROL, "out.pdf"),
        (Qt.Key.Key_P, CONTROL, "out.html"),
    ):
        hands.press_in_front(key, keys)
        hands.save_as(tmp_path / name)
        qtbot.waitUntil(lambda: not hands.session.background.busy, timeout=LONG)
    hands.window.past_runs.open()
    history: HistoryDialog = dialog(HistoryDialog)
    qtbot.waitUntil(lambda: history.runs.rowCount() == 1, timeout=LONG)
    type_text(history.search, "nowhere")
    qtbot.waitUntil(lambda: history.runs.rowCount() == 0, timeout=LONG)
    history.reject()
    hands.window.header.numbers_chosen.emit()
    month: MonthDialog = dialog(MonthDialog)
    qtbot.waitUntil(lambda: month.totals.text() != "Counting…", timeout=LONG)
    month.reject()
    assert "background" in watch.threads
    assert watch.calls == set()
