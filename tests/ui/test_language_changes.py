"""After the language was changed, the window says what one says that was opened in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cancel_desk.language import OWN_NAMES, Tongue, all_said, restyling, said_again
from cancel_desk.language.retelling import Retelling
from cancel_desk.runs.results import Result
from cancel_desk.ui.spoken_language import speak_in_window
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from ui.hands import click
from ui.person import Hands
from ui.walk import Texts, Walk
from ui.window_texts import texts_on


@pytest.fixture(autouse=True)
def english_after(qtbot: QtBot) -> Iterator[None]:
    yield
    speak_in_window(Tongue("en", "US"))


@pytest.fixture(autouse=True)
def documents() -> None:
    """Where results usually go: no doubt about it is told, with a place named in one language."""
    (Path.home() / "Documents").mkdir(parents=True)


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
