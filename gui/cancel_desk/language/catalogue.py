"""The language that is spoken at present: its catalogue of sentences, and its conventions."""

from __future__ import annotations

from gettext import GNUTranslations, NullTranslations
from typing import TYPE_CHECKING, NamedTuple

from cancel_desk.language.conventions import Conventions
from cancel_desk.language.tongues import OWN_NAMES, Tongue
from cancel_desk.resources import resource

if TYPE_CHECKING:
    from datetime import date, datetime


class _Spoken(NamedTuple):
    tongue: Tongue
    sentences: NullTranslations
    conventions: Conventions


def _catalogue(language: str) -> NullTranslations:
    try:
        with resource(f"locale/{language}/LC_MESSAGES/cancel-desk.mo").open("rb") as file:
            return GNUTranslations(file)
    except FileNotFoundError:  # an incomplete installation: English is better than nothing
        return NullTranslations()


class Language:
    """Finds sentences in the language spoken; English until another is chosen.

    It may be changed at any time and from any thread: whoever makes a sentence meanwhile gets it
    in the one language or the other. The catalogue is read once for each change, for the library's
    own functions look for its file at every sentence.
    """

    def __init__(self) -> None:
        self._catalogues = {"en": NullTranslations()}  # that of the sources
        self._now = self._spoken(Tongue("en"))

    def speak(self, tongue: Tongue) -> None:
        """Speak another language from now on."""
        if tongue != self._now.tongue:
            self._now = self._spoken(tongue)

    def _spoken(self, tongue: Tongue) -> _Spoken:
        return _Spoken(tongue, self._sentences(tongue.language), Conventions(tongue))

    def _sentences(self, language: str) -> NullTranslations:
        if language not in self._catalogues:
            self._catalogues[language] = _catalogue(language)
        return self._catalogues[language]

    def spoken_tongue(self) -> Tongue:
        """Return the language spoken."""
        return self._now.tongue

    def gettext(self, message: str) -> str:
        """Return a sentence in the language spoken."""
        return self._now.sentences.gettext(message)

    def in_every_language(self, message: str) -> frozenset[str]:
        """Return a sentence in all languages: what any of them wrote into a file is known again."""
        return frozenset(self._sentences(each).gettext(message) for each in OWN_NAMES)

    def sentences_of(self, language: str) -> dict[str, str]:
        """Return every sentence without plural forms, by what it is in the sources."""
        known: dict[object, str] = {}
        for each in OWN_NAMES:
            # The library has no other way to tell what a catalogue holds.
            known |= getattr(self._sentences(each), "_catalog", {})
        said = self._sentences(language).gettext
        return {each: said(each) for each in known if isinstance(each, str) and each}

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the form of a sentence that fits the number."""
        return self._now.sentences.ngettext(one, many, number)

    def grouped(self, number: float) -> str:
        """Return a number with its thousands parted."""
        return self._now.conventions.grouped(number)

    def decimal(self, number: float) -> str:
        """Return a number with decimals, if it has any."""
        return self._now.conventions.decimal(number)

    def day(self, moment: date) -> str:
        """Return a day."""
        return self._now.conventions.day(moment)

    def read_day(self, text: str) -> date | None:
        """Return the day that is written as :meth:`day` does; None for any other text."""
        return self._now.conventions.read_day(text)

    def weekday(self, moment: date) -> str:
        """Return the name of the day of the week."""
        return self._now.conventions.weekday(moment)

    def month(self, moment: date) -> str:
        """Return a month with its year."""
        return self._now.conventions.month(moment)

    def clock(self, moment: datetime, *, seconds: bool = False) -> str:
        """Return a time of day; ``moment`` is in the person's own zone."""
        return self._now.conventions.clock(moment, seconds=seconds)

    def moment(self, moment: datetime) -> str:
        """Return a day with the time; ``moment`` is in the person's own zone."""
        return self._now.conventions.moment(moment)
