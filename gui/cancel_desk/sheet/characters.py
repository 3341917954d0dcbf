"""The characters of a text file: which encoding it is written in, as far as that can be told."""

import codecs
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from cancel_desk.sheet.plausible import chinese, cyrillic, japanese, western
from cancel_desk.sheet.problems import SheetError, SheetProblem

ENCODINGS = (
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "gb18030",
    "big5",
    "cp932",
    "euc-kr",
    "cp1250",
    "cp1251",
    "cp1254",
    "mac-roman",
)
"""The encodings to choose from, by the names that Python knows them under."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024
_SAMPLE_LINES = 400
_FOREIGN_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
# The first of equals counts; Mac Roman must be clearly better, for it can read any bytes at all.
_RATED: tuple[tuple[str, Callable[[str], float], float], ...] = (
    ("cp1252", western, 0.0),
    ("gb18030", chinese, 0.0),
    ("cp932", japanese, 0.0),
    ("cp1251", cyrillic, 0.0),
    ("mac-roman", western, -0.15),
)
_WORST = 0.2  # below this nothing fits, and the usual one is as good as any
_MOST_STRAY_BYTES = 1_000


class Decoded(NamedTuple):
    """A text, its encoding, and whether that is certain (a mark at the start, or valid UTF-8)."""

    text: str
    encoding: str
    sure: bool


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Return the text of a file, in the encoding that was chosen or the one that fits.

    A byte order mark counts, then UTF-16 by its NULs, then UTF-8 if all is valid; otherwise the
    encoding whose reading looks most like a language. UTF-16 comes before UTF-8 because plain
    English in it is valid UTF-8 full of NULs. Raises SheetError if the bytes don't fit.
    """
    if encoding is not None:
        return Decoded(_chosen(data, encoding), encoding, sure=True)
    for bom, name in _BOMS:
        if data.startswith(bom):
            return Decoded(_strict(data[len(bom) :], name), name, sure=True)
    utf16 = _utf16_by_nuls(data)
    if utf16 is not None:
        return utf16
    try:
        return Decoded(data.decode("utf-8"), "utf-8", sure=True)
    except UnicodeDecodeError:
        return _rated(data)


def _chosen(data: bytes, encoding: str) -> str:
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise SheetError(SheetProblem.NO_SUCH_ENCODING, encoding=encoding) from error
    bom = next((bom for bom, name in _BOMS if name == encoding and data.startswith(bom)), b"")
    return _strict(data[len(bom) :], encoding)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SheetError(SheetProblem.BAD_CHARACTERS) from error


def _rated(data: bytes) -> Decoded:
    if 0 in data[:_SAMPLE]:
        raise SheetError(SheetProblem.NOT_A_SHEET)
    mixed = _mostly_utf8(data)
    if mixed is not None:
        return Decoded(mixed, "utf-8", sure=False)
    sample = b"\n".join(_foreign_lines(data))
    ratings = [
        (rate(text) + handicap, name)
        for name, rate, handicap in _RATED
        if (text := _or_none(sample, name)) is not None
    ]
    best = [name for rating, name in sorted(ratings, key=lambda rated: -rated[0])]
    if max(ratings, default=(0.0, ""))[0] < _WORST:
        best.insert(0, "cp1252")
    for name in best:
        text = _or_none(data, name)
        if text is not None:
            return Decoded(text, name, sure=False)
    raise SheetError(SheetProblem.BAD_CHARACTERS)


def _or_none(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _foreign_lines(data: bytes) -> Iterator[bytes]:
    for count, line in enumerate(_FOREIGN_LINE.finditer(data)):
        if count >= _SAMPLE_LINES:
            return
        yield line[0]


def _mostly_utf8(data: bytes) -> str | None:
    """Read UTF-8 with a few stray bytes of cp1252 in it, as files put together from two have.

    None if the valid sequences don't outnumber the stray bytes by far: then it is not UTF-8.
    """
    pieces: list[str] = []
    at = stray = valid = 0
    while True:
        try:
            pieces.append(data[at:].decode("utf-8"))
        except UnicodeDecodeError as error:
            good = data[at : at + error.start].decode("utf-8")
            wrong = data[at + error.start : at + error.end]
            stray += len(wrong)
            valid += sum(char > "\x7f" for char in good)
            if stray > _MOST_STRAY_BYTES or stray > 3 + valid:
                return None
            pieces += [good, wrong.decode("cp1252", "replace")]
            at += error.end
        else:
            valid += sum(char > "\x7f" for char in pieces[-1])
            return "".join(pieces) if valid > 4 * stray else None


def _utf16_by_nuls(data: bytes) -> Decoded | None:
    """Read UTF-16 that is known by its NULs: half of each Western character; other texts have none.

    Where most are Chinese, only digits and delimiters have one: then the whole must be sound.
    """
    sample = data[:_SAMPLE]
    pairs = len(sample) // 2
    nuls = {"utf-16-le": sample[1 : 2 * pairs : 2].count(0)}
    nuls["utf-16-be"] = sample[0 : 2 * pairs : 2].count(0)
    encoding = max(nuls, key=lambda name: nuls[name])
    if nuls[encoding] * 10 <= pairs or min(nuls.values()) * 10 >= nuls[encoding]:
        return None
    if nuls[encoding] * 2 > pairs:
        return Decoded(_strict(data, encoding), encoding, sure=True)
    text = _or_none(data, encoding)
    if text is None or "\0" in text or _or_none(data, "utf-8") is not None:
        return None
    return Decoded(text, encoding, sure=False)
