"""A desk with a fast practice store, and a window on it."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from cancel_desk.desk import Desk
from cancel_desk.folders import Folders
from cancel_desk.runs.patience import Patience
from cancel_desk.ui.opening import make_window
from cancel_desk.ui.window import MainWindow
from patience import PATIENCE
from ui.accessible import assert_named
from ui.fast_store import FastConnections
from ui.person import Find, Hands


@pytest.fixture(autouse=True)
def collection_in_this_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect garbage between tests only, as the program collects in the window's thread only."""
    gc.disable()
    yield
    gc.unfreeze()
    if "window" in request.fixturenames:
        gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def empty_clipboard() -> Iterator[None]:
    """Leave nothing on the clipboard.

    The offscreen platform keeps it until after Python has ended, and then lets go of an object that
    Python knows. A real one does so before.
    """
    yield
    if QApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def nothing_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no time run out on a busy machine that a person's would not run out on.

    Neither is a stall of it taken for a sleep, nor is anything said of what seems to take long.
    """
    monkeypatch.setattr("cancel_desk.since_boot.ASLEEP", PATIENCE)
    monkeypatch.setattr("cancel_desk.ui.flows.journey.SLOW_MS", int(1000 * PATIENCE))
    monkeypatch.setattr("cancel_desk.ui.leaving._LONGEST_MS", int(1000 * PATIENCE))


@pytest.fixture
def connections(data_dir: Path) -> FastConnections:
    folders = Folders(data_dir)
    folders.create()
    return FastConnections(folders)


@pytest.fixture
def desk(connections: FastConnections) -> Desk:
    patience = Patience(
        looks=(0.0, 0.01),
        last_looks=(0.0,),
        reconnects=(0.0, 0.0),
        before_again=0.0,
        failures_in_a_row=3,
    )
    return Desk(connections.folders, connections, patience=patience)


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    """The program as it begins; whatever is under way ends with the test."""
    made = make_window(desk)
    made.journey.confirming._patience = int(1000 * PATIENCE)
    qtbot.addWidget(made)
    made.resize(1280, 760)
    made.show()
    made.begin(None)
    qtbot.waitUntil(lambda: not made.session.background.busy)
    yield made
    if made.session.sending is not None:
        made.session.sending.stop()
    qtbot.waitUntil(lambda: made.session.sending is None, timeout=10_000)
    made.session.close()


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> Find:
    """Wait for a dialog of a kind to open on the window, and return it.

    Whatever is done in it then: all that can be used in it has a name.
    """

    def find(kind: type[QDialog]) -> QWidget:
        def is_open() -> bool:
            return any(each.isVisible() for each in window.findChildren(kind))

        qtbot.waitUntil(is_open, timeout=10_000)
        found = next(each for each in window.findChildren(kind) if each.isVisible())
        if not isinstance(found, QFileDialog):  # made by Qt
            assert_named(found)
        return found

    return find


@pytest.fixture
def hands(window: MainWindow, dialog: Find, qtbot: QtBot) -> Hands:
    return Hands(window, dialog, qtbot)
