"""The window speaks the language that was chosen, and Qt with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cancel_desk.desk import Desk
from cancel_desk.language import Tongue, grouped
from cancel_desk.ui.opening import make_window
from cancel_desk.ui.spoken_language import LANGUAGE_KEY, speak_in_window, wanted_in_window
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from sentences import sentences_of
from ui.hands import click, press, type_text
from ui.person import Hands


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


def test_a_region_named_for_the_program_decides_how_numbers_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    monkeypatch.setenv("CANCEL_DESK_LANGUAGE", "es_MX")
    assert wanted_in_window(settings) == Tongue("es", "MX")
    speak_in_window(wanted_in_window(settings))
    assert grouped(1_234) == "1,234"
    monkeypatch.setenv("CANCEL_DESK_LANGUAGE", "es_ES")
    settings.setValue(LANGUAGE_KEY, "zh_CN")
    assert wanted_in_window(settings) == Tongue("zh_CN", "ES")


def texts_of(window: MainWindow) -> set[str]:
    """Return what can be read on the window and in its menus, shown or not."""
    found: set[str] = set()
    for widget in window.findChildren(QWidget):
        found |= {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
        if isinstance(widget, QLabel | QAbstractButton):
            found.add(widget.text())
        elif isinstance(widget, QLineEdit):
            found.add(widget.placeholderText())
    for action in window.findChildren(QAction):
        found |= {action.text(), action.toolTip()}
    for table in window.findChildren(QAbstractItemView):
        model = table.model()
        for at in range(model.columnCount() if model is not None else 0):
            found.add(str(model.headerData(at, Qt.Orientation.Horizontal)))
    theirs = {column.title for column in window.pages.review.model.columns if column.extra}
    return {text.replace("&&", "&") for text in found - theirs}


def english_in(texts: set[str], language: str) -> set[str]:
    """Return the texts that are an English sentence which the language says otherwise."""
    said = sentences_of(language)
    return {text for text in texts if text in said and said[text] != text}


@pytest.mark.parametrize("language", ["es", "zh_CN"])
def test_every_text_changes_and_the_work_goes_on(
    hands: Hands, window: MainWindow, language: str
) -> None:
    hands.try_practice()
    review = window.pages.review
    rows, steps = len(review.model.shown), review.undo_stack.count()
    view = review.view
    view.select_rows(0, 0)
    view.editing.delete_rows([0])
    before = texts_of(window)
    window.header.language_chosen.emit(language)
    assert not english_in(texts_of(window), language)
    tips = {action.toolTip() for action in window.findChildren(QAction)}
    assert "Next problem" not in tips
    assert review.undo_stack.count() == steps + 1
    assert len(review.model.shown) == rows - 1
    window.header.language_chosen.emit("en")
    assert english_in(before, language) <= texts_of(window)
    review.undo.trigger()
    assert len(review.model.shown) == rows


def test_what_is_being_typed_stays_when_the_language_changes(
    hands: Hands, window: MainWindow
) -> None:
    hands.try_practice()
    view, model = window.pages.review.view, window.pages.review.model
    for name, typed in (("SKU", "NW-HALF"), ("Reason", "cust")):
        column = next(at for at, each in enumerate(model.columns) if each.title == name)
        view.go_to(3, column)
        press(view, Qt.Key.Key_F2)
        field = next(each for each in view.findChildren(QLineEdit) if each.hasFocus())
        field.selectAll()
        type_text(field, typed)
        window.header.language_chosen.emit("es")
        assert field.text() == typed
        assert field.hasFocus()
        window.header.language_chosen.emit("en")
        model.refresh()  # as when Walmart's answers come
        assert field.text() == typed
        press(field, Qt.Key.Key_Return)
    sku = next(at for at, each in enumerate(model.columns) if each.title == "SKU")
    assert model.index(3, sku).data(Qt.ItemDataRole.EditRole) == "NW-HALF"


def test_a_run_goes_on_while_the_language_changes(hands: Hands, window: MainWindow) -> None:
    hands.try_practice()
    hands.send()
    window.header.language_chosen.emit("es")
    said = "Cancelando 16 líneas en 11 pedidos de Practice store (PRACTICE)"
    assert window.pages.send.headline.text() == said
    assert not english_in(texts_of(window), "es")
    hands.wait_for(Step.RESULTS)
    assert not english_in(texts_of(window), "es")
    assert window.session.settings.value(LANGUAGE_KEY) == "es"
    window.header.language_chosen.emit("")
    assert window.pages.results.ways.start_over.text() == "Start over"


def test_what_is_copied_for_walmart_stays_english(hands: Hands) -> None:
    hands.go_through()
    hands.window.header.language_chosen.emit("es")
    results = hands.pages.results
    results.table.selectRow(0)
    assert results.details.why.text().startswith("Cancelada.")
    click(results.details.copy)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Purchase order: 1796277093636 line 1\nResult: Cancelled\n")
