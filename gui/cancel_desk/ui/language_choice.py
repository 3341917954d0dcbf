"""Changing the language while the window is open: whatever is under way in it goes on."""

from PySide6.QtCore import QObject, QSettings, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QMenu, QWidget

from cancel_desk.language import sentences_of, spoken_tongue
from cancel_desk.language.retelling import Retelling
from cancel_desk.ui.grid.elided_label import ElidedLabel
from cancel_desk.ui.spoken_language import (
    LANGUAGE_KEY,
    speak_in_window,
    system_tongue,
    wanted_in_window,
)
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.window import MainWindow


class LanguageChoice(QObject):
    """Offers the languages in the menu, remembers the choice, and has the window speak it.

    No part of the window is made anew: sentences that are shown are told again where they stand,
    then the pages say anew what is made up of names and numbers.
    """

    def __init__(self, window: MainWindow, settings: QSettings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._first = spoken_tongue().language
        window.header.language_chosen.connect(self.choose)
        self._offer()

    @Slot(str)
    def choose(self, code: str) -> None:
        """Speak a language from now on; "" is that of the system."""
        self._settings.setValue(LANGUAGE_KEY, code)
        before = spoken_tongue().language
        speak_in_window(wanted_in_window(self._settings))
        now = spoken_tongue().language
        if now != before:
            _tell_again(self._window, _Telling(self._first, before, now))
            self._window.journey.say_again()
        self._offer()

    def _offer(self) -> None:
        chosen = str(self._settings.value(LANGUAGE_KEY, ""))
        self._window.header.show_languages(chosen, system_tongue().language)


class _Telling:
    """Tells texts again, from what they were at first: two sentences may be alike in between."""

    def __init__(self, first: str, before: str, now: str) -> None:
        self._at_first = before == first
        said = sentences_of(now)
        self.from_before = Retelling(sentences_of(before), said)
        self._from_first = Retelling(sentences_of(first), said)

    def retold(self, part: QObject, what: str, text: str) -> str:
        """Return a text of a part of the window in the new language."""
        kept = part.property(f"told {what}")
        if isinstance(kept, list) and kept[0] == text:
            source, said = kept[1], self._from_first.retold(kept[1])
        else:
            source, said = text, self.from_before.retold(text)
            if not self._at_first:
                return said
        part.setProperty(f"told {what}", [said, source])
        return said


def _tell_again(window: MainWindow, telling: _Telling) -> None:
    for action in window.findChildren(QAction):
        shortcuts = action.shortcuts()
        tip = action.toolTip() if _has_own_tip(action) else ""
        action.setText(telling.retold(action, "text", action.text()))
        action.setToolTip(telling.retold(action, "tip", tip))
        action.setShortcuts(shortcuts)
    for widget in [window, *window.findChildren(QWidget)]:
        _tell_widget(widget, telling)
    stack = window.pages.review.undo_stack
    for at in range(stack.count()):
        command = stack.command(at)
        if command is not None:
            command.setText(telling.from_before.retold(command.text()))


def _has_own_tip(action: QAction) -> bool:
    """Tell whether an action's tip is more than its text, which Qt shows where there is none."""
    text = action.text().replace("&", "").removesuffix("…")
    return action.toolTip().removesuffix("…") != text


def _tell_widget(widget: QWidget, telling: _Telling) -> None:
    name = telling.retold(widget, "name", widget.accessibleName())
    description = telling.retold(widget, "description", widget.accessibleDescription())
    widget.setToolTip(telling.retold(widget, "tip", widget.toolTip()))
    if isinstance(widget, ElidedLabel):
        widget.show_text(telling.retold(widget, "text", widget.text()))
    elif isinstance(widget, QAbstractButton):
        keys = widget.shortcut()
        widget.setText(telling.retold(widget, "text", widget.text()))
        widget.setShortcut(widget.keys if isinstance(widget, ActionButton) else keys)
    elif isinstance(widget, QLabel):
        widget.setText(telling.retold(widget, "text", widget.text()))
    elif isinstance(widget, QLineEdit):
        widget.setPlaceholderText(telling.retold(widget, "hint", widget.placeholderText()))
    elif isinstance(widget, QMenu):
        widget.setTitle(telling.retold(widget, "title", widget.title()))
    widget.setAccessibleName(name)
    widget.setAccessibleDescription(description)
