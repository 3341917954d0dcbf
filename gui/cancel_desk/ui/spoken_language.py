"""The language of the window: which one is wanted, and Qt's own words in it."""

import os
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QSettings, QTranslator

from cancel_desk.language import OWN_NAMES, WISH, Tongue, speak, tongue_of

LANGUAGE_KEY: Final = "language"
"""The setting that holds the code of the language the person chose; "" for the system's."""

_QTS_OWN: Final = "qt's own words"

_KEYS: Final = {
    "es": {"Ctrl": "Ctrl", "Shift": "Mayús", "Esc": "Esc", "Return": "Intro", "Enter": "Intro núm."}
    | {"Del": "Supr", "Delete": "Supr", "Ins": "Insert", "Tab": "Tab"},
    "zh_CN": {"Enter": "小键盘回车"},
}
"""Keys as keyboards label them, where Qt spells them out or calls two the same, by language."""


class _KeyNames(QTranslator):
    """Puts names of keys before those of Qt."""

    def __init__(self, names: Mapping[str, str], parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName(_QTS_OWN)
        self._names = names

    def isEmpty(self) -> bool:
        """Tell Qt that there is something in it."""
        return False

    def translate(
        self, context: str, text: str, _about: str | None = None, _number: int = -1
    ) -> str:
        """Return the name of a key, nothing for all other words."""
        # Where it gets none, Qt asks the next.
        return self._names.get(text) if context == "QShortcut" else None  # type: ignore[return-value]


def wanted_in_window(settings: QSettings) -> Tongue:
    """Return the language the person chose, else the system's, with the region of the system."""
    chosen = str(settings.value(LANGUAGE_KEY, ""))
    system = system_tongue()
    return system._replace(language=chosen) if chosen in OWN_NAMES else system


def system_tongue() -> Tongue:
    """Return the language of the system."""
    system = QLocale.system()
    wish = os.environ.get(WISH, "")
    return tongue_of(
        [wish, *system.uiLanguages()], region_of=wish if "_" in wish else system.name()
    )


def speak_in_window(tongue: Tongue) -> None:
    """Speak a language from now on, in the words that Qt itself puts on dialogs too."""
    speak(tongue)
    language = tongue.language.partition("_")[0]
    QLocale.setDefault(QLocale("_".join(filter(None, (language, tongue.region)))))
    application = QCoreApplication.instance()
    if application is None:
        return
    for former in application.findChildren(QTranslator, _QTS_OWN):
        application.removeTranslator(former)
        former.deleteLater()
    translator = QTranslator(application)
    translator.setObjectName(_QTS_OWN)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if tongue.language != "en" and translator.load(f"qtbase_{tongue.language}", folder):
        application.installTranslator(translator)
    if tongue.language in _KEYS:
        application.installTranslator(_KeyNames(_KEYS[tongue.language], application))
