"""Which language the system asks for, as far as that can be told without a window."""

import sys
from collections.abc import Mapping

from cancel_desk.language.tongues import Tongue, tongue_of

WISH = "CANCEL_DESK_LANGUAGE"
"""The environment variable that names a language for this program alone."""


def wanted_tongue(environ: Mapping[str, str]) -> Tongue:
    """Return the language wished for by the environment, else that of the system, else English."""
    wish = environ.get(WISH, "")
    if sys.platform == "win32":  # pragma: no cover - told by Windows alone
        names, region_of = _windows_names()
    else:
        names, region_of = _posix_names(environ)
    return tongue_of([wish, *names], region_of=wish if "_" in wish else region_of)


def _posix_names(environ: Mapping[str, str]) -> tuple[list[str], str]:
    """Return the names in the order that gettext looks at them, and the one for numbers."""
    told = [environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    spoken = next(filter(None, told), "C")
    plain = spoken.partition(".")[0] in {"C", "POSIX"}  # then LANGUAGE doesn't count
    listed = [] if plain else environ.get("LANGUAGE", "").split(":")
    numbers = [environ.get(name, "") for name in ("LC_ALL", "LC_NUMERIC", "LANG")]
    return [*listed, spoken], next(filter(None, numbers), "")


if sys.platform == "win32":  # pragma: no cover - told by Windows alone

    def _windows_names() -> tuple[list[str], str]:
        import ctypes
        import locale

        kernel = ctypes.windll.kernel32
        spoken = locale.windows_locale.get(kernel.GetUserDefaultUILanguage(), "")
        return [spoken], locale.windows_locale.get(kernel.GetUserDefaultLCID(), "")
