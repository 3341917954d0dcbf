"""The language of the window: which one is wanted, and Qt's own words in it."""

import os
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QSettings, QTranslator

from cancel_desk.language import OWN_NAMES, WISH, Tongue, speak, tongue_of

LANGUAGE_KEY: Final = "language"
"""The setting that holds the code of the language the person chose; "" for the system's."""

_QTS_OWN: Final = "qt's own words"


def wanted_in_window(settings: QSettings) -> Tongue:
    """Return the language the person chose, else the system's, with the region of the system."""
    chosen = str(settings.value(LANGUAGE_KEY, ""))
    system = system_tongue()
    return system._replace(language=chosen) if chosen in OWN_NAMES else system


def system_tongue() -> Tongue:
    """Return the language of the system."""
    system = QLocale.system()
    wish = os.environ.get(WISH, "")
    return tongue_of([wish, *system.uiLanguages()], region_of=system.name())


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
