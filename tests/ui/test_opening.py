"""The window as it opens: seen first, then completed."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QFileOpenEvent, QPalette
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from cancel_desk.desk import Desk, open_desk
from cancel_desk.ui.app import run
from cancel_desk.ui.application import Application
from cancel_desk.ui.dialogs.welcome_dialog import WelcomeDialog
from cancel_desk.ui.opening import furnish, make_frame, show_frame
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.widgets.theme import colours, contrast
from cancel_desk.ui.window import MainWindow


def windows() -> list[MainWindow]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]


def test_a_window_is_painted_before_there_is_a_desk(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    painted: list[bool] = []

    def make() -> Desk:
        (window,) = windows()
        image = window.grab().toImage()
        painted.append(window.isVisible() and image.pixelColor(4, 4) != image.pixelColor(4, 300))
        return desk

    def use() -> int:
        (window,) = windows()
        qtbot.waitUntil(window.pages.imports.choose.isVisible)
        qtbot.waitUntil(lambda: not window.session.background.busy)
        window.close()
        return 0

    monkeypatch.setattr(QApplication, "exec", staticmethod(use))
    assert run(make, desk.folders.root, None) == 0
    assert painted == [True]


def test_a_file_that_is_handed_over_meanwhile_is_opened(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, qapp: Application
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("PO#,Line#,Qty,Reason\n1796277093636,1,1,oos\n")

    def make() -> Desk:
        QApplication.sendEvent(qapp, QFileOpenEvent(str(path)))
        return desk

    def use() -> int:
        (window,) = windows()
        qtbot.waitUntil(lambda: window.journey.step is Step.REVIEW)
        assert window.session.source == path
        qtbot.waitUntil(lambda: not window.session.background.busy)
        window.close()
        return 0

    monkeypatch.setattr(QApplication, "exec", staticmethod(use))
    assert run(make, desk.folders.root, None) == 0


@pytest.mark.parametrize(("base", "text"), [("#ffffff", "#000000"), ("#1e1f22", "#e6e6e6")])
def test_its_words_can_be_read_before_it_is_complete(
    base: str, text: str, tmp_path: Path, qtbot: QtBot
) -> None:
    before = QPalette(QApplication.palette())
    palette = QPalette(before)
    palette.setColor(QPalette.ColorRole.Base, QColor(base))
    palette.setColor(QPalette.ColorRole.Text, QColor(text))
    QApplication.setPalette(palette)
    try:
        window = make_frame(tmp_path)
        qtbot.addWidget(window)
        show_frame(window)
        image = window.grab().toImage()
        found = {image.pixelColor(x, y).name() for x in range(16, 120) for y in range(10, 44)}
        theme = colours(palette)
        assert {theme.card.name(), theme.text.name()} <= found
        assert contrast(theme.text, theme.card) >= 4.5
    finally:
        QApplication.setPalette(before)


def test_a_window_nobody_can_see_does_not_wait_for_its_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = make_frame(tmp_path)
    qtbot.addWidget(window)
    monkeypatch.setattr(window, "show", lambda: None)
    show_frame(window)
    assert not window.isVisible()


def test_one_that_is_closed_at_once_begins_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(MainWindow, "showEvent", lambda self, _event: self.close())

    def make() -> Desk:
        raise AssertionError("nobody wants it any more")

    assert run(make, tmp_path, None) == 0


def test_it_lies_where_it_lay(desk: Desk, qtbot: QtBot) -> None:
    first = make_frame(desk.folders.root)
    qtbot.addWidget(first)
    furnish(first, desk)
    first.resize(800, 560)
    first.show()
    first.begin(None)
    qtbot.waitUntil(lambda: not first.session.background.busy)
    first.close()
    again = make_frame(desk.folders.root)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (800, 560)


@pytest.mark.skipif(sys.platform == "win32", reason="a folder under a file is made there")
def test_a_state_folder_that_cant_be_made_is_told_in_the_window(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], qtbot: QtBot
) -> None:
    taken = tmp_path / "a file"
    taken.write_text("in the way")
    root = taken / "state"
    told: list[str] = []

    def read_and_close() -> None:
        (window,) = windows()
        (box,) = window.findChildren(QMessageBox)
        assert box.text() == "There is no place for the records"
        told.append(box.informativeText())
        box.close()

    def make() -> Desk:
        QTimer.singleShot(0, read_and_close)
        return open_desk(root, {})

    assert run(make, root, None) == 2
    assert told[0] == capsys.readouterr().err.strip()
    assert str(root) in told[0]
    assert "sends nothing without them" in told[0]


@pytest.mark.parametrize("with_file", [False, True])
def test_the_first_start_welcomes_unless_a_file_is_opened(
    with_file: bool, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("PO#,Line#,Qty,Reason\n1796277093636,1,1,oos\n")
    welcomed: list[bool] = []

    def use() -> int:
        (window,) = windows()
        step = Step.REVIEW if with_file else Step.IMPORT
        qtbot.waitUntil(lambda: window.journey.step is step)
        qtbot.waitUntil(lambda: not window.session.background.busy)
        welcomed.append(any(each.isVisible() for each in window.findChildren(WelcomeDialog)))
        window.close()
        return 0

    monkeypatch.setattr(QApplication, "exec", staticmethod(use))
    assert run(lambda: desk, desk.folders.root, path if with_file else None) == 0
    assert welcomed == [not with_file]
