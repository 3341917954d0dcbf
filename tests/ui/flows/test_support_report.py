"""A report for support: read first, then saved where the person says, and nowhere else."""

import zipfile
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from cancel_desk.accounts.variables import CLIENT_SECRET
from cancel_desk.desk import Desk
from cancel_desk.ui.dialogs.report_dialog import ReportDialog
from cancel_desk.ui.window import MainWindow
from ui.hands import click
from ui.person import Find

LONG = 10_000


def choose_report(window: MainWindow) -> None:
    """Choose it in the menu, as a person does."""
    menu = window.header.help_button.menu()
    (action,) = [each for each in menu.actions() if each.text().startswith("Save a report")]
    assert isinstance(action, QAction)
    action.trigger()


def save_as(dialog: Find, path: Path) -> None:
    asking: QFileDialog = dialog(QFileDialog)
    asking.fileSelected.emit(str(path))
    asking.done(0)


def test_a_report_is_shown_first_and_saved_as_shown(
    window: MainWindow,
    desk: Desk,
    dialog: Find,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(desk.connections, "_environ", {CLIENT_SECRET: "hush-hush"})
    window.session.settings.setValue("note", "hush-hush")
    window.session.settings.sync()
    choose_report(window)
    reading: ReportDialog = dialog(ReportDialog)
    text = reading.text.toPlainText()
    assert "--- about.txt ---\nCancel Desk: " in text
    assert "note=[hidden]" in text
    assert "hush-hush" not in text
    click(reading.save)
    path = tmp_path / "report.zip"
    save_as(dialog, path)
    qtbot.waitUntil(window.notice.isVisible, timeout=LONG)
    assert window.notice.sentence.text().startswith(f"Saved as {path}.")
    with zipfile.ZipFile(path) as saved:
        for name in saved.namelist():
            assert saved.read(name).decode().rstrip() in text


def test_a_report_that_is_not_wanted_is_not_saved(window: MainWindow, dialog: Find) -> None:
    choose_report(window)
    reading: ReportDialog = dialog(ReportDialog)
    click(reading.cancel)
    assert not any(each.isVisible() for each in window.findChildren(QFileDialog))
    assert not window.notice.isVisible()


def test_no_file_is_replaced_by_a_report(
    window: MainWindow, dialog: Find, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "report.zip"
    path.write_text("mine")
    choose_report(window)
    click(dialog(ReportDialog).save)
    save_as(dialog, path)
    qtbot.waitUntil(window.notice.isVisible, timeout=LONG)
    assert "is there already. Choose another name." in window.notice.sentence.text()
    assert path.read_text() == "mine"
    save_as(dialog, tmp_path / "other.zip")
    qtbot.waitUntil(lambda: "Saved as" in window.notice.sentence.text(), timeout=LONG)
    assert zipfile.is_zipfile(tmp_path / "other.zip")


def test_a_report_that_cant_be_saved_is_said_so(
    window: MainWindow, dialog: Find, tmp_path: Path, qtbot: QtBot
) -> None:
    choose_report(window)
    click(dialog(ReportDialog).save)
    save_as(dialog, tmp_path / "gone" / "report.zip")
    qtbot.waitUntil(window.notice.isVisible, timeout=LONG)
    assert "This computer refused it" in window.notice.sentence.text()
