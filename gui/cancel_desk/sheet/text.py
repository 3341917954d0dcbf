"""Text with separated values: the delimiter and the records."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice, zip_longest
from typing import NamedTuple

from cancel_desk.sheet.blocks import Block, RowStream, batches
from cancel_desk.sheet.columns import match_columns
from cancel_desk.sheet.headed import HEADER_SEARCH
from cancel_desk.sheet.problems import SheetError, SheetProblem

DELIMITERS = (",", ";", "\t", "|")

_SAMPLE = 64 * 1024
_BINARY = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f]")
_MOST_BINARY = 0.05  # of the characters; a stray one in a title makes no other file of it
_OLD_END = "\x1a"  # what programs of old write behind the last line
_SEP_LINE = re.compile(r'"?sep=([^\w\s"]|\t)"?(?:\r\n|\n|\r|\Z)', re.IGNORECASE)


class TextSheet(NamedTuple):
    """How the values are separated, and the records; blank ones have no cells."""

    delimiter: str
    rows: RowStream


_Records = list[list[str]]


def read_text(text: str, *, delimiter: str | None = None) -> TextSheet:
    """Read a text; a row's number counts records as spreadsheet programs show them.

    So a cell with line breaks in it is one row, blank lines count, and a ``sep=`` line does not.
    ``delimiter`` counts more than such a line. Raises SheetError if the file is no text, and while
    iterating, for quotes out of place.
    """
    if len(_BINARY.findall(text, 0, _SAMPLE)) > _MOST_BINARY * min(len(text), _SAMPLE):
        raise SheetError(SheetProblem.NOT_A_SHEET)
    text = text.removesuffix(_OLD_END)
    named = _SEP_LINE.match(text)
    if named:
        text, before = text[named.end() :], 1
    else:
        before = 0
    chosen = delimiter or (named[1] if named else find_delimiter(text[:_SAMPLE]))
    records = _unwrapped(_records(text, chosen, before), chosen)
    return TextSheet(chosen, RowStream(_numbered(records)))


def find_delimiter(sample: str) -> str:
    """Return the delimiter that gives known column names, else the most even rows, else a comma."""
    return max(DELIMITERS, key=lambda delimiter: _fit(sample, delimiter))


def _fit(sample: str, delimiter: str) -> tuple[int, bool, float, int]:
    """Rate a delimiter: known column names, more than one column, evenness, width."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    records = [record for record in islice(reader, 2 * HEADER_SEARCH) if any(record)]
    if not records:
        return (0, False, 0.0, 0)
    matches = [match_columns(record) for record in records[:HEADER_SEARCH]]
    known = max(len(match.columns) + len(match.doubtful) + len(match.possible) for match in matches)
    width, times = Counter(map(len, records)).most_common(1)[0]
    return (known, width > 1, times / len(records), width)


def _unwrapped(records: Iterator[_Records], delimiter: str) -> Iterator[_Records]:
    """Take whole records out of the quotes that a program put around each of them.

    Saving a column of records as CSV does that: each line is then one cell with the delimiters in
    it. Only if the first lines are all like this and give known names are they taken apart.
    """
    first = next(records, [])
    filled = [cells for cells in first[:HEADER_SEARCH] if cells]
    wrapped = filled and all(len(cells) == 1 for cells in filled) and delimiter in filled[0][0]
    if (
        wrapped
        and len(match_columns(next(csv.reader([filled[0][0]], delimiter=delimiter))).columns) > 1
    ):
        for batch in chain([first], records):
            texts = map("\n".join, batch)
            yield [next(csv.reader([text], delimiter=delimiter), []) for text in texts]
        return
    yield first
    yield from records


def _records(text: str, delimiter: str, before: int) -> Iterator[_Records]:
    """Yield the records; only from a quote out of place on are the lines of each kept at hand."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    done = 0
    try:
        for batch in batches(reader, len):
            yield batch
            done += len(batch)
    except csv.Error:
        careful = _careful(_Lines(text, before=before), delimiter)
        yield from batches(islice(careful, done, None), len)


def _numbered(records: Iterable[_Records]) -> Iterator[Block]:
    first = 1
    for batch in records:
        numbers = range(first, first + len(batch))
        yield Block(numbers, list(zip_longest(*batch, fillvalue="")), {})
        first += len(batch)


def _careful(lines: "_Lines", delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.taken.clear()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            cells = _forgiven(lines, delimiter, error)
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
        if cells is None:
            return
        yield cells


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
