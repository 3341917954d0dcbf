"""The window speaks the language that was chosen, and Qt with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QSettings
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from cancel_desk.desk import Desk
from cancel_desk.language import Tongue
from cancel_desk.ui.opening import make_window
from cancel_desk.ui.spoken_language import LANGUAGE_KEY, speak_in_window, wanted_in_window


@pytest.fixture(autouse=True)
def english_after(qtbot: QtBot) -> Iterator[None]:
    yield
    speak_in_window(Tongue("en", "US"))


@pytest.mark.parametrize(
    ("language", "button", "cancel"),
    [
        ("en", "Choose a file…", "Cancel"),
        ("es", "Elegir un archivo…", "Cancelar"),
        ("zh_CN", "选择文件…", "取消"),
    ],
)
def test_the_window_opens_in_the_language_that_was_chosen(
    desk: Desk, qtbot: QtBot, language: str, button: str, cancel: str
) -> None:
    path = str(desk.folders.root / "window.ini")
    settings = QSettings(path, QSettings.Format.IniFormat)
    settings.setValue(LANGUAGE_KEY, language)
    settings.sync()
    window = make_window(desk)
    qtbot.addWidget(window)
    assert window.pages.imports.choose.text() == button
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    text = box.button(QDialogButtonBox.StandardButton.Cancel).text()
    assert text.replace("&", "").partition("(")[0] == cancel
    assert QLocale().name().startswith(language[:2])
    window.session.close()


def test_what_is_no_language_of_ours_is_not_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue(LANGUAGE_KEY, "tlh")
    monkeypatch.setenv("CANCEL_DESK_LANGUAGE", "zh_CN")
    assert wanted_in_window(settings).language == "zh_CN"
