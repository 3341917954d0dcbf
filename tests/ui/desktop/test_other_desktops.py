"""Windows and macOS, as far as they can be run anywhere."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cancel_desk.resources import resource
from cancel_desk.ui.desktop.desktop import Desktop, this_desktop
from cancel_desk.ui.desktop.macos import MacDesktop
from cancel_desk.ui.desktop.tray_message import TrayMessage
from cancel_desk.ui.desktop.windows import WindowsDesktop

# What Qt says of its own about a tray where there is no screen.
no_tray_here = pytest.mark.qt_log_ignore("systemTrayWindowChanged")


@pytest.fixture(autouse=True)
def icon(qapp: QApplication) -> Iterator[None]:
    """The program's icon, which the tray shows."""
    before = qapp.windowIcon()
    qapp.setWindowIcon(QIcon(str(resource("icon.svg"))))
    yield
    qapp.setWindowIcon(before)


@no_tray_here
def test_every_desktop_takes_every_call(qapp: QApplication) -> None:
    desktops: list[Desktop] = [MacDesktop(), WindowsDesktop(lambda: 1), this_desktop(lambda: 1)]
    for desktop in desktops:
        desktop.show_progress(1, 2, paused=True)
        desktop.notify("Nord (LIVE)", "done")
        desktop.clear_progress()
        desktop.let_sleep()
        desktop.close()


def test_the_dock_counts_what_is_left(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[int] = []
    monkeypatch.setattr(
        QGuiApplication, "setBadgeNumber", lambda _self, number: shown.append(number)
    )
    desktop = MacDesktop()
    desktop.show_progress(3, 10, paused=False)
    desktop.close()
    assert shown == [7, 0]


@pytest.mark.skipif(os.name != "posix", reason="a script in the place of a program")
def test_caffeinate_runs_as_long_as_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    program, said = tmp_path / "caffeinate", tmp_path / "said"
    program.write_text(f'#!/bin/sh\necho "$@" > {said}.new\nmv {said}.new {said}\nexec sleep 60\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    desktop = MacDesktop()
    desktop.keep_awake("Sending")
    desktop.keep_awake("Sending")
    running = desktop._running
    assert running is not None
    qtbot.waitUntil(said.exists)
    assert said.read_text().split() == ["-i", "-w", str(os.getpid())]
    desktop.let_sleep()
    assert running.returncode is not None
    desktop.let_sleep()


@no_tray_here
def test_the_tray_keeps_no_icon(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "cancel_desk.ui.desktop.tray_message.QSystemTrayIcon.supportsMessages", lambda: True
    )
    message = TrayMessage()
    message.show("Nord (LIVE)", "done")
    assert message._icon.isVisible()
    message._leaving.timeout.emit()
    assert not message._icon.isVisible()
    message.show("Nord (LIVE)", "done")
    message._icon.messageClicked.emit()
    assert not message._icon.isVisible()
    assert not message._leaving.isActive()
