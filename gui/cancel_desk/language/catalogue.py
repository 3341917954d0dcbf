"""The language that is spoken at present: its catalogue of sentences, and its conventions."""

from __future__ import annotations

from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple

from cancel_desk.language.conventions import Conventions
from cancel_desk.language.tongues import OWN_NAMES, Tongue
from cancel_desk.resources import resource

if TYPE_CHECKING:
    from datetime import date, datetime

    from cancel_desk.language.retelling import Said
    from cancel_desk.language.written_again import Restyling

FILE_NAME: Final = "file name"
"""The context of what is made into the name of a file: that stays as it is once it was made."""
_CONTEXT_END: Final = "\x04"  # parts it from the word, as the library keeps both


class _Spoken(NamedTuple):
    tongue: Tongue
    sentences: NullTranslations
    conventions: Conventions


def _catalogue(language: str) -> NullTranslations:
    data = _compiled(language)
    return GNUTranslations(BytesIO(data)) if data else NullTranslations()


def _compiled(language: str) -> bytes:
    """Return the compiled catalogue of a language; nothing for English, that of the sources."""
    try:
        return resource(f"locale/{language}/LC_MESSAGES/cancel-desk.mo").read_bytes()
    except FileNotFoundError:  # for an incomplete installation, too, English is better than nothing
        return b""


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

    def pgettext(self, context: str, message: str) -> str:
        """Return a word in the language spoken; ``context`` tells it from another of its kind."""
        return self._now.sentences.pgettext(context, message)

    def in_every_language(self, message: str) -> frozenset[str]:
        """Return a sentence in all languages: what any of them wrote into a file is known again."""
        return frozenset(self._sentences(each).gettext(message) for each in OWN_NAMES)

    def all_said(self, language: str) -> list[Said]:
        """Return every sentence of the program as a language says it, without names of files."""
        from cancel_desk.language.compiled import read_forms
        from cancel_desk.language.retelling import Said

        said: dict[tuple[str, ...], tuple[str, ...]] = {}
        for each in OWN_NAMES:
            for sources, forms in read_forms(_compiled(each)).items():
                if not sources[0].startswith(FILE_NAME + _CONTEXT_END):
                    said.setdefault(sources, tuple(map(_without_context, sources)))
                    if each == language:
                        said[sources] = forms
        return [Said(sources, forms) for sources, forms in said.items()]

    def said_again(self, sources: tuple[str, ...], number: int) -> str:
        """Return a sentence, by its forms in the sources, in the language spoken."""
        one, *many = sources
        if many:
            return self._now.sentences.ngettext(one, many[0], number)
        return _without_context(self._now.sentences.gettext(one))

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the form of a sentence that fits the number."""
        return self._now.sentences.ngettext(one, many, number)

    def restyling(self, before: Tongue) -> Restyling:
        """Return what writes the numbers and times of a language as they are written now."""
        from cancel_desk.language.written_again import Restyling

        return Restyling(Conventions(before), self._now.conventions)

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


def _without_context(sources: str) -> str:
    return sources.rpartition(_CONTEXT_END)[2]
