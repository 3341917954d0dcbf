"""A person at the window, on their way through the four steps."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from ui.accessible import assert_named
from ui.hands import button_in, click, press

Find = Callable[[type[Any]], Any]
LONG = 20_000


class Hands:
    """A person at the window."""

    def __init__(self, window: MainWindow, dialog: Find, qtbot: QtBot) -> None:
        self.window = window
        self.session = window.session
        self.pages = window.pages
        self._dialog = dialog
        self._qtbot = qtbot

    def wait_for(self, step: Step) -> None:
        journey = self.window.journey
        self._qtbot.waitUntil(lambda: journey.step is step, timeout=LONG)
        assert_named(self.window)

    def try_practice(self) -> None:
        click(self.pages.imports.practice)
        self.wait_for(Step.REVIEW)

    def ask_to_send(self) -> ConfirmDialog:
        click(button_in(self.pages.review, "Review and send"))
        dialog: ConfirmDialog = self._dialog(ConfirmDialog)
        return dialog

    def send(self) -> None:
        click(self.ask_to_send().send)
        self.wait_for(Step.SEND)

    def go_through(self) -> None:
        self.try_practice()
        self.send()
        self.wait_for(Step.RESULTS)

    def save_as(self, path: Path) -> None:
        dialog: QFileDialog = self._dialog(QFileDialog)
        dialog.fileSelected.emit(str(path))
        dialog.reject()
        self._qtbot.waitUntil(path.exists, timeout=LONG)

    def press_in_front(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        """Press the keys of a shortcut in the window, in front as a person has it."""
        self.window.activateWindow()
        self._qtbot.waitUntil(self.window.isActiveWindow, timeout=LONG)
        press(self.pages.of(self.window.journey.step), key, modifiers)

    def answer(self, label: str) -> None:
        box: QMessageBox = self._dialog(QMessageBox)
        click(button_in(box, label))

    def said(self) -> str:
        self._qtbot.waitUntil(self.window.notice.isVisible, timeout=LONG)
        return self.window.notice.sentence.text()
