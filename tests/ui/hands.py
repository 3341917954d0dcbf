"""What a person's hands do: click, press a key, type."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6 import __version_info__
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from patience import until

NO_KEY = Qt.KeyboardModifier.NoModifier
COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton

# Qt 6.12 takes points with fractions and warns of whole ones; before, it took only those.
WHERE: Any = QPointF(300, 300) if __version_info__ >= (6, 12) else QPoint(300, 300)


def click(button: QAbstractButton) -> None:
    """Click a button once it can be seen and used, as a person must; TimeoutError names it."""
    _until(lambda: button.isVisible() and button.isEnabled(), button.text())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    """Press a key while a widget has the keyboard."""
    QTest.keyClick(widget, key, modifiers)


def type_text(widget: QWidget, text: str) -> None:
    """Type a text into a widget."""
    QTest.keyClicks(widget, text)


def editor(_view: QWidget) -> QLineEdit:
    """Return the field that is open in a grid: it has the keyboard."""
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    return field


def sees(widget: QWidget, label: str) -> bool:
    """Tell whether a button whose label begins so can be seen in a widget."""
    return any(
        each.isVisible() and each.text().replace("&", "").startswith(label)
        for each in widget.findChildren(QAbstractButton)
    )


def button_in(widget: QWidget, label: str) -> QAbstractButton:
    """Return the button in a widget whose label begins so, once it can be seen; TimeoutError."""
    found: list[QAbstractButton] = []

    def look() -> bool:
        buttons = [each for each in widget.findChildren(QAbstractButton) if each.isVisible()]
        found[:] = [each for each in buttons if each.text().replace("&", "").startswith(label)]
        return bool(found)

    _until(look, label)
    return found[0]


def _until(true: Callable[[], bool], what: str) -> None:
    """Have the window go on until something is so."""

    def look() -> bool:
        if not true():
            QApplication.processEvents()
        return true()

    until(look, what)


def drag(target: QWidget, paths: Sequence[Path], *, drop: bool) -> bool:
    """Drag files over a window, and let go of them there; return whether it took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    entering = QDragEnterEvent(WHERE, COPY, data, LEFT, NO_KEY)
    QApplication.sendEvent(target, entering)
    if drop and entering.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(300, 300), COPY, data, LEFT, NO_KEY))
    return entering.isAccepted()
