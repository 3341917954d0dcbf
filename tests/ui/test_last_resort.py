"""An error that nobody foresaw, in a slot or a thread: said in the window, not in its words."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cancel_desk.desk import Desk
from cancel_desk.ui.last_resort import LastResort
from cancel_desk.ui.window import MainWindow
from ui.hands import click


@pytest.fixture(autouse=True)
def last_resort(window: MainWindow, desk: Desk) -> Iterator[LastResort]:
    made = LastResort(desk.folders.root, window.notice.explain)
    yield made
    made.end()


def fail() -> None:
    raise ZeroDivisionError("marked-secret")


def kept(root: Path) -> list[Path]:
    return list((root / "errors").glob("*.txt"))


def test_an_error_in_a_slot_is_told_in_the_window_and_kept_without_its_words(
    window: MainWindow, data_dir: Path, capsys: pytest.CaptureFixture[str], qtbot: QtBot
) -> None:
    button = QPushButton("x", window)
    button.clicked.connect(fail)
    button.show()
    click(button)
    qtbot.waitUntil(window.notice.isVisible)
    assert "Something went wrong inside this program" in window.notice.sentence.text()
    details = window.notice.details.toPlainText()
    assert "ZeroDivisionError" in details
    (file,) = kept(data_dir)
    said = capsys.readouterr()
    assert "marked" not in details + file.read_text() + said.out + said.err


def test_an_error_in_a_thread_is_told_too(
    window: MainWindow, data_dir: Path, capsys: pytest.CaptureFixture[str], qtbot: QtBot
) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(window.notice.isVisible)
    assert len(kept(data_dir)) == 1
    assert capsys.readouterr().err == ""


def test_an_error_that_comes_again_and_again_is_kept_once(
    window: MainWindow, data_dir: Path, qtbot: QtBot
) -> None:
    button = QPushButton("x", window)
    button.clicked.connect(fail)
    button.show()
    for _ in range(5):
        click(button)
    qtbot.waitUntil(window.notice.isVisible)
    assert len(kept(data_dir)) == 1


def test_what_is_no_error_goes_its_usual_way(
    last_resort: LastResort, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    monkeypatch.setattr(last_resort, "_before", (lambda *args: seen.append(args), None))
    stop = KeyboardInterrupt()
    sys.excepthook(KeyboardInterrupt, stop, None)
    assert seen == [(KeyboardInterrupt, stop, None)]
    monkeypatch.undo()
    threading.excepthook(threading.ExceptHookArgs((SystemExit, SystemExit(), None, None)))
    assert not window.notice.isVisible()


def test_python_has_its_own_hooks_again_afterwards(last_resort: LastResort) -> None:
    before = last_resort._before
    last_resort.end()
    assert (sys.excepthook, threading.excepthook) == before
