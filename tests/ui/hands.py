"""What a person's hands do: click, press a key, type."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

NO_KEY = Qt.KeyboardModifier.NoModifier


def click(button: QAbstractButton) -> None:
    """Click a button that can be seen and used, as a person must."""
    assert button.isVisible(), button.text()
    assert button.isEnabled(), button.text()
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
    """Return the button that can be seen in a widget and whose label begins so."""
    buttons = [each for each in widget.findChildren(QAbstractButton) if each.isVisible()]
    found = [each for each in buttons if each.text().replace("&", "").startswith(label)]
    assert found, [each.text() for each in buttons]
    return found[0]
