"""What a person needs who does not see the window, or has no mouse: names, and a focus one sees."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

_PARTS_OF_QT = ("qt_", "QtPrivate")
"""How the names of fields and frames begin that Qt makes inside of its own widgets."""


def controls(widget: QWidget) -> Iterator[QWidget]:
    """Give what can be seen and reached by Tab in a widget or dialog."""
    for each in (widget, *widget.findChildren(QWidget)):
        inside_of_qt = each.objectName().startswith(_PARTS_OF_QT)
        reached = bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if reached and each.isVisible() and not inside_of_qt and each.focusProxy() is None:
            yield each


def spoken_name(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def assert_named(widget: QWidget) -> None:
    """Hold that every control is called something, in words and not by a sign alone."""
    for each in controls(widget):
        name = spoken_name(each)
        assert any(map(str.isalpha, name)), (type(each).__name__, each.parent(), name)
