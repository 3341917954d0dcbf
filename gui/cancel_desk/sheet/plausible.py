"""How much a text looks like a language's writing: the measure for guessing encodings.

Each function returns the mean over the characters beyond ASCII: 1 is what people write, 0 is
neither here nor there, below 0 is what only a wrong reading gives.
"""

import re
from collections.abc import Callable
from itertools import islice

_FOREIGN = re.compile(r"[^\x00-\x7f]")
_MOST = 4_000
_ACCENTED = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœš")
_CAPITALS = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒŠ")
_OPENING = frozenset("\u2018\u201c«¿¡")
_CLOSING = frozenset("\u2019\u201d»…°®™")
_DASHES = frozenset("\u2013\u2014")
_SIGNS = _OPENING | _CLOSING | _DASHES | frozenset("•€£¥¢©½¼¾\u00d7÷·\u00b4ªº§±µ²³\u00a0")
_APOSTROPHE = "\u2019"
# Russian and Ukrainian letters, and the signs that stand beside them.
_LETTERS = re.compile("[\u0410-\u044f\u0401\u0451\u0456\u0457\u0454\u0491\u0406\u0407\u0404\u0490]")
_BESIDE_CYRILLIC = frozenset("№«»…\u00a0") | _DASHES | _OPENING | _CLOSING
_CONTRACTED = re.compile(r"(?:s|t|re|ll|d|m|ve)\b")
_SINGLE_WORDS = frozenset("àéóêèôÀÉ")


def western(text: str) -> float:
    """Rate a reading as a Western European language: accents stand among plain letters."""
    return _mean(text, _western)


def cyrillic(text: str) -> float:
    """Rate a reading as a language in Cyrillic letters, which do not mix with Latin ones."""
    return _mean(text, _cyrillic)


def chinese(text: str) -> float:
    """Rate a reading as Chinese by the characters that GB 2312 calls frequent."""
    return _mean(text, _chinese)


def japanese(text: str) -> float:
    """Rate a reading as Japanese: kana, and the kanji that JIS X 0208 calls frequent."""
    return _mean(text, _japanese)


def _mean(text: str, rate: Callable[[str, str, str], float]) -> float:
    """Rate each character beyond ASCII by itself, what is before it, and what follows."""
    ratings = [
        rate(
            match[0],
            text[max(0, match.start() - 2) : match.start()],
            text[match.end() : match.end() + 3],
        )
        for match in islice(_FOREIGN.finditer(text), _MOST)
    ]
    return sum(ratings) / len(ratings) if ratings else 0.0


def _western(char: str, before: str, after: str) -> float:
    last, first = before[-1:], after[:1]
    latin = (last.isascii() and last.isalpha(), first.isascii() and first.isalpha())
    if char in _SIGNS:
        return _sign(char, last, after)
    if char in _ACCENTED:
        return 1.0 if any(latin) else (0.5 if char in _SINGLE_WORDS else -0.5)
    if char in _CAPITALS:
        return -0.5 if last.islower() or not any(latin) else 1.0
    return -1.0


def _sign(char: str, last: str, after: str) -> float:
    first = after[:1]
    inside = last.isalpha() and first.isalpha()
    if char == _APOSTROPHE and inside:
        return 1.5 if _CONTRACTED.match(after) else 0.6
    if inside:
        return -0.5
    if char in _DASHES:
        return 1.2 if (last + first).isspace() or (last + first).isdigit() else 0.3
    if char in _OPENING:
        return 1.2 if not last.isalnum() and first.isalnum() else 0.0
    if char in _CLOSING:
        return 1.2 if last and not last.isspace() and not first.isalpha() else 0.0
    return 0.6


def _cyrillic(char: str, before: str, after: str) -> float:
    last, first = before[-1:], after[:1]
    if not _LETTERS.match(char):
        return 0.6 if char in _BESIDE_CYRILLIC else -1.0
    if any(near.isascii() and near.isalpha() for near in (last, first)):
        return -1.0
    if char.isupper():
        return -1.0 if last.islower() else 1.0
    return 1.0 if (last + first).strip() else 0.5


def _chinese(char: str, _before: str, _after: str) -> float:
    code = char.encode("gb18030", "replace")
    if len(code) != 2 or code[1] < 0xA1:
        return -0.7
    if 0xB0 <= code[0] <= 0xD7:
        return 1.0
    if 0xA1 <= code[0] <= 0xA3:
        return 0.8
    return 0.1 if 0xD8 <= code[0] <= 0xF7 else -0.7


def _japanese(char: str, _before: str, _after: str) -> float:
    if "\u3041" <= char <= "\u30fe":
        return 1.0
    code = char.encode("cp932", "replace")
    if len(code) != 2:
        return 0.1  # half-width kana: two bytes of another language look like two of them
    if 0x88 <= code[0] <= 0x97:
        return 0.9
    return 0.8 if code[0] in {0x81, 0x82} else 0.1
