"""Changing the language while the window is open: whatever is under way in it goes on."""

from PySide6.QtCore import QObject, QSettings, Slot
from PySide6.QtWidgets import QWidget

from cancel_desk.language import spoken_tongue
from cancel_desk.ui.spoken_language import (
    LANGUAGE_KEY,
    speak_in_window,
    system_tongue,
    wanted_in_window,
)
from cancel_desk.ui.telling_again import Shown, TellingAgain, names_of_keys
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
        self._first = Shown(spoken_tongue(), {})
        window.header.language_chosen.connect(self.choose)
        self._offer()

    @Slot(str)
    def choose(self, code: str) -> None:
        """Speak a language from now on; "" is that of the system."""
        self._settings.setValue(LANGUAGE_KEY, code)
        roots = self._roots()
        before = Shown(spoken_tongue(), names_of_keys(roots))
        if before.tongue == self._first.tongue:
            self._first.keys.update(before.keys)
        speak_in_window(wanted_in_window(self._settings))
        if spoken_tongue() != before.tongue:
            telling = TellingAgain(self._first, before)
            telling.tell(roots)
            telling.tell_steps(self._window.pages.review.undo_stack)
            self._window.guide.say_again()
            self._window.journey.say_again()
        self._offer()

    def _roots(self) -> list[QWidget]:
        guide = self._window.guide.window
        return [self._window] if guide is None else [self._window, guide]

    def _offer(self) -> None:
        chosen = str(self._settings.value(LANGUAGE_KEY, ""))
        self._window.header.show_languages(chosen, system_tongue().language)
