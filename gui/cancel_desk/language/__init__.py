"""The language of every sentence, and how numbers and times are written in it.

A process speaks one language at a time, in every thread: that of the person before it. It is the
one thing that all rooms share without being handed it, as a sentence may be made anywhere.
"""

from cancel_desk.language.catalogue import Language
from cancel_desk.language.system import WISH, wanted_tongue
from cancel_desk.language.tongues import OWN_NAMES, Tongue, known_language, tongue_of

__all__ = [
    "OWN_NAMES",
    "WISH",
    "Tongue",
    "all_said",
    "clock",
    "day",
    "decimal",
    "gettext",
    "gettext_noop",
    "grouped",
    "in_every_language",
    "known_language",
    "moment",
    "month",
    "ngettext",
    "pgettext",
    "read_day",
    "restyling",
    "said_again",
    "speak",
    "spoken_tongue",
    "tongue_of",
    "wanted_tongue",
    "weekday",
]

_LANGUAGE = Language()

speak = _LANGUAGE.speak
spoken_tongue = _LANGUAGE.spoken_tongue
gettext = _LANGUAGE.gettext
ngettext = _LANGUAGE.ngettext
pgettext = _LANGUAGE.pgettext
in_every_language = _LANGUAGE.in_every_language
all_said = _LANGUAGE.all_said
said_again = _LANGUAGE.said_again
restyling = _LANGUAGE.restyling
grouped = _LANGUAGE.grouped
decimal = _LANGUAGE.decimal
day = _LANGUAGE.day
read_day = _LANGUAGE.read_day
weekday = _LANGUAGE.weekday
month = _LANGUAGE.month
clock = _LANGUAGE.clock
moment = _LANGUAGE.moment


def gettext_noop(message: str) -> str:
    """Return a sentence as it is, so that catalogues have it; it is looked up where it is used."""
    return message
