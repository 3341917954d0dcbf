"""Telling again what parts of the window say, in a language chosen while they are shown."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QMenu, QWidget

from cancel_desk.language import Tongue, all_said, restyling, said_again
from cancel_desk.language.retelling import Retelling
from cancel_desk.ui.grid.elided_label import ElidedLabel
from cancel_desk.ui.widgets.buttons import ActionButton, key_words


class Shown(NamedTuple):
    """A language in which a window was shown, and what :func:`names_of_keys` gave in it."""

    tongue: Tongue
    keys: dict[str, str]


class TellingAgain:
    """Tells texts again, from what they were at first: two sentences may be alike in between."""

    def __init__(self, first: Shown, before: Shown) -> None:
        """``first`` is the language the window was opened in, ``before`` the one until now."""
        self._at_first = before.tongue == first.tongue
        self._from_before = _retelling(before)
        self._from_first = self._from_before if self._at_first else _retelling(first)

    def tell(self, roots: Sequence[QWidget]) -> None:
        """Tell again all that windows and whatever is in them say."""
        for root in roots:
            for action in root.findChildren(QAction):
                self._tell_action(action)
            for widget in (root, *root.findChildren(QWidget)):
                self._tell_widget(widget)

    def tell_steps(self, stack: QUndoStack) -> None:
        """Tell again what the steps are that can be taken back."""
        for at in range(stack.count()):
            command = stack.command(at)
            if command is not None:
                command.setText(self._from_before.retold(command.text()))

    def _retold(self, part: QObject, what: str, text: str) -> str:
        kept = part.property(f"told {what}")
        if isinstance(kept, list) and kept[0] == text:
            source, said = kept[1], self._from_first.retold(kept[1])
        else:
            source, said = text, self._from_before.retold(text)
            if not self._at_first:
                return said
        part.setProperty(f"told {what}", [said, source])
        return said

    def _tell_action(self, action: QAction) -> None:
        shortcuts = action.shortcuts()
        # Where it has no tip of its own, Qt makes one of its text.
        tip = "" if action.toolTip() == QAction(action.text()).toolTip() else action.toolTip()
        action.setText(self._retold(action, "text", action.text()))
        action.setToolTip(self._retold(action, "tip", tip))
        action.setShortcuts(shortcuts)

    def _tell_widget(self, widget: QWidget) -> None:
        name = self._retold(widget, "name", widget.accessibleName())
        description = self._retold(widget, "description", widget.accessibleDescription())
        widget.setToolTip(self._retold(widget, "tip", widget.toolTip()))
        if widget.isWindow():
            widget.setWindowTitle(self._retold(widget, "title", widget.windowTitle()))
        match widget:
            case ElidedLabel():
                widget.show_text(self._retold(widget, "text", widget.text()))
            case QAbstractButton():
                keys = widget.shortcut()
                widget.setText(self._retold(widget, "text", widget.text()))
                widget.setShortcut(widget.keys if isinstance(widget, ActionButton) else keys)
            case QLabel():
                widget.setText(self._retold(widget, "text", widget.text()))
            case QLineEdit():
                hint = self._retold(widget, "hint", widget.placeholderText())
                widget.setPlaceholderText(hint)
            case QMenu():
                widget.setTitle(self._retold(widget, "title", widget.title()))
        widget.setAccessibleName(name)
        widget.setAccessibleDescription(description)


def names_of_keys(roots: Iterable[QWidget]) -> dict[str, str]:
    """Return every shortcut in windows in portable words, by its name on the screen."""
    portable = {
        keys.toString(QKeySequence.SequenceFormat.PortableText)
        for root in roots
        for keys in _shortcuts(root)
    }
    return {key_words(each): each for each in portable if each}


def _shortcuts(root: QWidget) -> Iterator[QKeySequence]:
    for action in root.findChildren(QAction):
        yield from action.shortcuts()
    for button in root.findChildren(ActionButton):
        yield button.keys


def _retelling(before: Shown) -> Retelling:
    return Retelling(
        all_said(before.tongue.language),
        said_again,
        restyled=restyling(before.tongue).restyled,
        names={name: key_words(portable) for name, portable in before.keys.items()},
    )
