"""Text files with separated values: their characters, their delimiter, their records."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from cancel_desk.sheet.columns import match_columns
from cancel_desk.sheet.headed import HEADER_SEARCH, ReadRow
from cancel_desk.sheet.problems import SheetError, SheetProblem

DELIMITERS = (",", ";", "\t", "|")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024
_WEB_PAGE = re.compile(
    r"\s*(?:<\?xml|<!doctype|<!--|<(?:html|head|meta|style|body|table|div)\b)", re.IGNORECASE
)
_BINARY = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f]")
_SEP_LINE = re.compile(r'"?sep=([^\w\s"]|\t)"?(?:\r\n|\n|\r|\Z)', re.IGNORECASE)


class TextSheet(NamedTuple):
    """How a text file is written, and its records; blank ones have no cells."""

    encoding: str
    delimiter: str
    rows: Iterator[ReadRow]


def read_text(data: bytes) -> TextSheet:
    """Read a text file; a row's number counts records as spreadsheet programs show them.

    So a cell with line breaks in it is one row, blank lines count, and a ``sep=`` line does not.
    Raises SheetError if the file is no text, and while iterating, for quotes out of place.
    """
    text, encoding = decode(data)
    if _WEB_PAGE.match(text):
        raise SheetError(SheetProblem.WEB_PAGE)
    if _BINARY.search(text, 0, _SAMPLE):
        raise SheetError(SheetProblem.NOT_A_SHEET)
    named = _SEP_LINE.match(text)
    if named:
        rows = _records(_Lines(text[named.end() :], before=1), named[1])
        return TextSheet(encoding, named[1], rows)
    delimiter = find_delimiter(text[:_SAMPLE])
    return TextSheet(encoding, delimiter, _records(_Lines(text), delimiter))


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the encoding's name: byte order mark, UTF-16 by its NULs, UTF-8, cp1252.

    UTF-16 is looked for before UTF-8, because plain English in it is valid UTF-8 full of NULs.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], encoding), encoding
    utf16 = _utf16_by_nuls(data[:_SAMPLE])
    if utf16:
        return _decoded(data, utf16), utf16
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decoded(data, "cp1252"), "cp1252"


def find_delimiter(sample: str) -> str:
    """Return the delimiter that gives known column names, else the most even rows, else a comma."""
    return max(DELIMITERS, key=lambda delimiter: _fit(sample, delimiter))


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "cp1252" and 0 in data[:_SAMPLE]:
            raise SheetError(SheetProblem.NOT_A_SHEET) from error
        raise SheetError(SheetProblem.BAD_CHARACTERS) from error


def _utf16_by_nuls(sample: bytes) -> str | None:
    """Tell UTF-16 by the NULs that are half of each Western character; none in other texts."""
    pairs = len(sample) // 2
    even, odd = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if odd * 2 > pairs and even * 10 < odd:
        return "utf-16-le"
    if even * 2 > pairs and odd * 10 < even:
        return "utf-16-be"
    return None


def _fit(sample: str, delimiter: str) -> tuple[int, bool, float, int]:
    """Rate a delimiter: known column names, more than one column, evenness, width."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    records = [record for record in islice(reader, 2 * HEADER_SEARCH) if any(record)]
    if not records:
        return (0, False, 0.0, 0)
    matches = [match_columns(record) for record in records[:HEADER_SEARCH]]
    known = max(len(match.columns) + len(match.doubtful) for match in matches)
    width, times = Counter(map(len, records)).most_common(1)[0]
    return (known, width > 1, times / len(records), width)


def _records(lines: "_Lines", delimiter: str) -> Iterator[ReadRow]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    while True:
        lines.taken.clear()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            cells = _forgiven(lines, delimiter, error)
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
        if cells is None:
            return
        number += 1
        yield ReadRow(number, cells, [])


class _Lines:
    """The lines of a text, remembering those taken since the last clearing."""

    def __init__(self, text: str, *, before: int = 0) -> None:
        self._lines = io.StringIO(text, newline="")
        self.count = before
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.count += 1
        self.taken.append(line)
        return line


def _forgiven(lines: _Lines, delimiter: str, error: csv.Error) -> list[str]:
    """Read a record with a stray quote leniently, if that can't join digits or swallow lines.

    An inch mark in a title is worth forgiving; a quote that reaches over the following rows, or
    ``"12"34`` becoming 1234, is not.
    """
    begins = lines.count - len(lines.taken) + 1
    if len(lines.taken) > 1 or "unexpected end" in str(error):
        raise SheetError(SheetProblem.UNCLOSED_QUOTE, line=begins) from error
    [line] = lines.taken
    try:
        [cells] = csv.reader([line], delimiter=delimiter)
    except csv.Error:
        raise SheetError(
            SheetProblem.CELL_TOO_LONG, row=begins, limit=csv.field_size_limit()
        ) from (error)
    if any(cell.isdigit() and cell not in line for cell in cells):
        raise SheetError(SheetProblem.STRAY_QUOTE, line=begins) from error
    return cells
