"""Every word on a window of the smallest usual size has room, in every language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cancel_desk.language import OWN_NAMES, Tongue
from cancel_desk.ui.grid.elided_label import ElidedLabel
from cancel_desk.ui.spoken_language import speak_in_window
from ui.walk import Walk

SMALL = (1024, 640)


@pytest.fixture(autouse=True)
def english_after(qtbot: QtBot) -> Iterator[None]:
    yield
    speak_in_window(Tongue("en", "US"))


@pytest.fixture(autouse=True)
def documents() -> None:
    (Path.home() / "Documents").mkdir(parents=True)


def cut_off(window: QWidget) -> list[str]:
    """Return the texts that are shown with less room than they need."""
    shown = [each for each in window.findChildren(QWidget) if each.isVisible()]
    return [
        f"{type(each).__name__} {each.width()}x{each.height()}: {text}"
        for each in shown
        for text in _cut_off_in(each)
    ]


def _cut_off_in(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QHeaderView):
        yield from _cut_off_titles(widget)
    elif isinstance(widget, QLineEdit):
        hint = widget.placeholderText()
        if widget.fontMetrics().horizontalAdvance(hint) > widget.contentsRect().width():
            yield hint
    elif isinstance(widget, QAbstractButton) and widget.text():
        if not _fits(widget.sizeHint(), widget.size()):
            yield widget.text()
    elif isinstance(widget, QLabel) and widget.text() and not isinstance(widget, ElidedLabel):
        needed = widget.sizeHint()
        if widget.wordWrap():
            needed = QSize(0, widget.heightForWidth(widget.width()))
        if not _fits(needed, widget.size()):
            yield widget.text()


def _cut_off_titles(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    if model is None or header.orientation() is not Qt.Orientation.Horizontal:
        return
    for at in range(header.count()):
        title = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
        room = header.sectionSize(at)
        if not header.isSectionHidden(at) and header.fontMetrics().horizontalAdvance(title) > room:
            yield title


def _fits(needed: QSize, room: QSize) -> bool:
    return needed.width() <= room.width() and needed.height() <= room.height()


@pytest.mark.parametrize("language", OWN_NAMES)
def test_nothing_is_cut_off(language: str, tmp_path: Path, qtbot: QtBot) -> None:
    if language == "zh_CN" and not QFontDatabase.families(
        QFontDatabase.WritingSystem.SimplifiedChinese
    ):
        pytest.skip("this machine has no font with Chinese signs")
    walk = Walk(tmp_path, language, qtbot, size=SMALL)
    cut: dict[str, list[str]] = {}

    def look(place: str) -> None:
        QApplication.processEvents()
        guide = walk.window.guide.window
        for window in (walk.window, *([guide] if guide else [])):
            if found := cut_off(window):
                cut.setdefault(place, []).extend(found)

    walk.go(look)
    assert cut == {}


def test_what_is_cut_off_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    words = "more words than there is room for"
    label, wrapped, button = (
        QLabel(words, window),
        QLabel(words, window),
        QPushButton(words, window),
    )
    field, table = QLineEdit(window, placeholderText=words), QTableWidget(1, 1, window)
    wrapped.setWordWrap(True)
    table.setHorizontalHeaderLabels([words])
    for at, each in enumerate((label, wrapped, button, field)):
        each.setGeometry(0, 40 * at, 60, 12)
    table.setGeometry(100, 0, 300, 200)
    table.setColumnWidth(0, 60)
    window.show()
    assert len(cut_off(window)) == 5
    for each in (label, button, field):
        each.setFixedSize(350, 40)
    wrapped.setFixedSize(200, 100)
    table.setColumnWidth(0, 280)
    assert cut_off(window) == []
