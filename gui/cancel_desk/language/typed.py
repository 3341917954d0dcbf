"""Answers as people type them: with the wide signs of a Chinese keyboard, or without accents."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""The wide forms of letters, digits and signs, and of the blank."""
_NUMBER = re.compile(r"[0-9]+|[0-9]{1,3}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*")


def typed_number(text: str) -> int | None:
    """Return a whole number as it was typed, its thousands parted or not; None for all else.

    It confirms what can't be undone, so nothing is guessed: a sign too many is no number.
    """
    plain = text.translate(_WIDE).strip()
    return int(re.sub("[., ]", "", plain)) if _NUMBER.fullmatch(plain) else None


def is_one_of(text: str, words: Iterable[str]) -> bool:
    """Tell whether one of the words was typed, in small letters or large, with accents or not."""
    return _plain(text) in set(map(_plain, words))


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.translate(_WIDE).strip().casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
