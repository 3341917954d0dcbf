"""After the language was changed, the window says what one says that was opened in it."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from cancel_desk.desk import Desk
from cancel_desk.folders import Folders
from cancel_desk.language import OWN_NAMES, Tongue, all_said, restyling, said_again
from cancel_desk.language.retelling import Retelling
from cancel_desk.runs.patience import Patience
from cancel_desk.runs.results import Result
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.opening import make_window
from cancel_desk.ui.spoken_language import LANGUAGE_KEY, speak_in_window
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from ui.fast_store import FastConnections
from ui.hands import click
from ui.person import LONG, Hands
from ui.window_texts import texts_on

Texts = Counter[tuple[str, str]]
Look = Callable[[str], None]


@pytest.fixture(autouse=True)
def english_after(qtbot: QtBot) -> Iterator[None]:
    yield
    speak_in_window(Tongue("en", "US"))


@pytest.fixture(autouse=True)
def documents() -> None:
    """Where results usually go: no doubt about it is told, with a place named in one language."""
    (Path.home() / "Documents").mkdir(parents=True)


class Walk:
    """A person on their way through all of the program, who looks at it at every turn."""

    def __init__(self, folder: Path, language: str, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        folders = Folders(folder)
        folders.create()
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        settings.setValue(LANGUAGE_KEY, language)
        settings.sync()
        patience = Patience(looks=(0.0, 0.01), last_looks=(0.0,), reconnects=(0.0, 0.0))
        self.window = make_window(Desk(folders, FastConnections(folders), patience=patience))
        qtbot.addWidget(self.window)
        self.window.resize(1280, 760)
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


@pytest.fixture(scope="module")
def fresh() -> dict[str, dict[str, Texts]]:
    """What windows say that were opened in a language, by that and by where it was."""
    return {}


def opened_in(
    language: str, fresh: dict[str, dict[str, Texts]], folder: Path, qtbot: QtBot
) -> dict[str, Texts]:
    if language not in fresh:
        walk = Walk(folder / f"opened in {language}", language, qtbot)
        seen: dict[str, Texts] = {}
        walk.go(lambda place: seen.update({place: walk.texts()}))
        fresh[language] = seen
    return fresh[language]


@pytest.mark.parametrize("first", OWN_NAMES)
def test_a_changed_window_is_as_one_opened_in_the_language(
    first: str, fresh: dict[str, dict[str, Texts]], tmp_path: Path, qtbot: QtBot
) -> None:
    wanted = {each: opened_in(each, fresh, tmp_path, qtbot) for each in OWN_NAMES}
    walk = Walk(tmp_path / "changed", first, qtbot)
    wrong: list[tuple[str, ...]] = []

    def change(place: str) -> None:
        for language in (*(each for each in OWN_NAMES if each != first), first):
            walk.speak(language)
            seen = walk.texts()
            for sign, more, less in (
                ("-", wanted[language][place], seen),
                ("+", seen, wanted[language][place]),
            ):
                wrong.extend((language, place, sign, *text) for text in more - less)

    walk.go(change)
    assert not wrong


@pytest.mark.parametrize("language", ["es", "zh_CN"])
def test_nothing_english_is_left_while_a_run_is_sent(
    hands: Hands, window: MainWindow, language: str
) -> None:
    hands.try_practice()
    hands.send()
    click(hands.pages.send.pause)
    window.header.language_chosen.emit(language)
    english = Retelling(all_said("en"), said_again, restyled=restyling(Tongue("en", "US")).restyled)
    theirs = {*hands.pages.review.model.review.table.headers}
    shown = [
        (kind, text)
        for kind, text in texts_on(window)
        # The sheet holds words of the person's own; it is looked at in the test above.
        if not kind.endswith(" cell") and text not in theirs
    ]
    assert not [each for each in shown if english.retold(each[1]) != each[1]]
    click(hands.pages.send.pause)
    hands.wait_for(Step.RESULTS)
    assert hands.pages.results.chips[Result.CANCELLED].text().endswith("16")
