"""A way through all of the program, to look at it at every turn."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from cancel_desk.desk import Desk
from cancel_desk.folders import Folders
from cancel_desk.runs.patience import Patience
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.opening import make_window
from cancel_desk.ui.spoken_language import LANGUAGE_KEY
from cancel_desk.ui.widgets.steps import Step
from ui.fast_store import FastConnections
from ui.hands import click
from ui.person import LONG
from ui.window_texts import texts_on

Texts = Counter[tuple[str, str]]
Look = Callable[[str], None]


class Walk:
    """A person on their way through all of the program, who looks at it at every turn."""

    def __init__(
        self, folder: Path, language: str, qtbot: QtBot, *, size: tuple[int, int] = (1280, 760)
    ) -> None:
        self._qtbot = qtbot
        folders = Folders(folder)
        folders.create()
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        settings.setValue(LANGUAGE_KEY, language)
        settings.sync()
        patience = Patience(looks=(0.0, 0.01), last_looks=(0.0,), reconnects=(0.0, 0.0))
        self.window = make_window(Desk(folders, FastConnections(folders), patience=patience))
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        self.window.begin(None)
        self.rest()

    def rest(self) -> None:
        """Wait until nothing is under way."""
        session = self.window.session
        self._qtbot.waitUntil(lambda: not session.background.busy, timeout=LONG)

    def texts(self) -> Texts:
        """Return what can be read now."""
        self.rest()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        guide = self.window.guide.window
        return texts_on(self.window, *([guide] if guide else []))

    def speak(self, language: str) -> None:
        """Choose another language in the menu."""
        self.window.header.language_chosen.emit(language)

    @contextmanager
    def _dialog(self) -> Iterator[QDialog]:
        def opened() -> list[QDialog]:
            return [each for each in self.window.findChildren(QDialog) if each.isVisible()]

        self._qtbot.waitUntil(lambda: bool(opened()), timeout=LONG)
        dialog = opened()[0]
        yield dialog
        if dialog.isVisible():
            dialog.reject()
        self._qtbot.waitUntil(lambda: not opened(), timeout=LONG)

    def _wait_for(self, step: Step) -> None:
        self._qtbot.waitUntil(lambda: self.window.journey.step is step, timeout=LONG)

    def go(self, look: Look) -> None:
        """Go from the first page to the results, and close."""
        header, pages = self.window.header, self.window.pages
        look("import")
        header.welcome_chosen.emit()
        with self._dialog():
            look("welcome")
        click(pages.imports.practice)
        self._wait_for(Step.REVIEW)
        self._qtbot.waitUntil(lambda: not pages.review.footer.checking, timeout=LONG)
        look("review")
        self._edit(look)
        click(pages.review.footer.send)
        with self._dialog() as dialog:
            assert isinstance(dialog, ConfirmDialog)
            look("confirm")
            click(dialog.send)
        self._wait_for(Step.RESULTS)
        look("results")
        header.guide_chosen.emit()
        look("guide")
        self.window.session.close()
        self.window.close()

    def _edit(self, look: Look) -> None:
        review = self.window.pages.review
        review.view.select_rows(0, 0)
        review.view.editing.delete_rows([0])
        review.view.select_rows(0, 1)
        review.view.editing.delete_rows([0, 1])
        look("edited")
        review.undo.trigger()
        look("one undone")
        review.undo.trigger()
