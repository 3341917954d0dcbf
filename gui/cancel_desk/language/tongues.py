"""The languages there are, and which of them a system asks for."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

OWN_NAMES: Mapping[str, str] = {"en": "English", "es": "Español", "zh_CN": "简体中文"}
"""Every language of the program by its code, under the name its own speakers give it."""

_NAME = re.compile(r"([a-z]{2,3})(?:[-_]([A-Z][a-z]{3}))?(?:[-_]([A-Z]{2}|[0-9]{3}))?")


class Tongue(NamedTuple):
    """A language by its code, and the country or region that decides how numbers are written.

    ``region`` is "" where none is known.
    """

    language: str
    region: str = ""


def known_language(name: str) -> str | None:
    """Return the code of a language by a system's name of it, such as "es-MX"; None if not ours.

    Of Chinese only the simplified script is ours.
    """
    found = _NAME.match(name)
    if found is None:
        return None
    language, script, region = found.groups()
    if language == "zh":
        simplified = script == "Hans" or (script is None and region in {None, "CN", "SG"})
        return "zh_CN" if simplified else None
    return language if language in OWN_NAMES else None


def tongue_of(names: Iterable[str], *, region_of: str = "") -> Tongue:
    """Return the first language of ours among a system's names, English if there is none.

    ``region_of`` is the name whose region decides how numbers are written, whichever the language.
    """
    language = next(filter(None, map(known_language, names)), "en")
    found = _NAME.match(region_of)
    return Tongue(language, (found.group(3) or "") if found else "")
