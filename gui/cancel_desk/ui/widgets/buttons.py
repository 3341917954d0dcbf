"""Buttons that keep their shortcut, and say it in their tooltip."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from cancel_desk.language import gettext as _


class ActionButton(QPushButton):
    """A button with a shortcut; its label may change and may hold an ampersand."""

    def __init__(
        self,
        label: str,
        *,
        keys: str,
        tip: str,
        role: str = "plain",
        parent: QWidget | None = None,
    ) -> None:
        """``keys`` is the shortcut in Qt's portable words, ``tip`` says what the button does."""
        super().__init__(parent)
        self.keys = QKeySequence(keys)
        self.setProperty("role", role)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_tip(tip)
        self.set_label(label)

    def set_label(self, label: str) -> None:
        """Show another label; the shortcut stays. One that is only a sign is called by its tip."""
        self.setText(label.replace("&", "&&"))
        # Qt takes the shortcut of a button away with every new text.
        self.setShortcut(self.keys)
        in_words = any(map(str.isalpha, label))
        self.setAccessibleName(label if in_words else self.accessibleDescription())

    def set_tip(self, tip: str) -> None:
        """Say something else about what the button does."""
        self.setAccessibleDescription(tip)
        self.setToolTip(with_keys(tip, self.keys))


def key_words(keys: QKeySequence | str) -> str:
    """Return a shortcut in the words of this system and of the language spoken."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def with_keys(tip: str, keys: QKeySequence) -> str:
    """Return a tooltip with its shortcut."""
    shown = key_words(keys)
    return _("{tip} ({keys})").format(tip=tip, keys=shown) if shown else tip


class SignButton(QToolButton):
    """A button that shows a sign only; it is called what its action is called at the moment."""

    def __init__(self, sign: str, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        action.setIconText(sign)
        self.setDefaultAction(action)
        self.setAutoRaise(True)
        action.changed.connect(self._on_changed)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        name = self.defaultAction().text()
        self.setAccessibleName(name)
        self.setToolTip(with_keys(name, self.defaultAction().shortcut()))
