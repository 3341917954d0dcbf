"""What a person needs who does not see the window, or has no mouse: names, and a focus one sees."""

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QMargins, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import QWidget

from cancel_desk.ui.widgets.theme import contrast

_PARTS_OF_QT = ("qt_", "QtPrivate")
"""How the names of fields and frames begin that Qt makes inside of its own widgets."""
_STRIKES = 3.0
"""The contrast that WCAG asks of what is no text."""
_RING = 30
"""So many pixels at least: more than a cursor that blinks in an empty field."""


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


def assert_focus_is_seen(window: QWidget) -> None:
    """Hold that each control looks another way while it has the keyboard, so that it strikes."""
    for each in controls(window):
        if each.isEnabled():
            changed = _changed_by_focus(each)
            assert changed >= _RING, (type(each).__name__, spoken_name(each), changed)


def _changed_by_focus(control: QWidget) -> int:
    """Count the pixels in and around a control that focus changes by a contrast of 3 or more."""
    window = control.window()
    window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # as the Tab key does
    control.setFocus(Qt.FocusReason.TabFocusReason)
    assert control.hasFocus(), spoken_name(control)
    place = QRect(control.mapTo(window, QPoint(0, 0)), control.size())
    place = place.marginsAdded(QMargins(2, 2, 2, 2)) & window.rect()
    focused = _pixels(window, place)
    control.clearFocus()
    pairs = Counter(zip(_pixels(window, place), focused, strict=True))
    return sum(
        count
        for (before, after), count in pairs.items()
        if before != after and contrast(QColor(before), QColor(after)) >= _STRIKES
    )


def _pixels(window: QWidget, place: QRect) -> list[int]:
    image = window.grab(place).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return memoryview(image.constBits()).cast("I").tolist()
