"""The parts inside an XLSX file: which part holds which sheet, how far it reaches, what is faulty.

Parts are streamed and searched, not parsed, so that neither a huge nor a far-reaching sheet costs
memory. It finds what python-calamine shows as blank: error cells, and formulas without a result.
"""

import html
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple
from xml.parsers import expat

from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import Mark

_CHUNK = 1 << 20
_LONGEST_CELL = 4 << 20  # bytes of XML; a cell's 32,767 characters take at most a tenth of it
_TAIL = 64 * 1024
_ROOT = re.compile(rb"<(?:([A-Za-z][\w.-]*):)?worksheet\b")

Faults = dict[int, dict[int, tuple[str, Mark]]]
"""By row number (from 1) and column index (from 0): the text to show, and its mark."""


@dataclass(slots=True)
class PartFacts:
    """What a sheet's part holds: the last row and the widest column with content, and faults."""

    last_row: int = 0
    widest: int = 0
    faults: Faults = field(default_factory=dict)


def sheet_parts(path: Path) -> dict[str, str]:
    """Return the name of the part that holds each sheet of an XLSX file, in the file's order.

    A file whose contents can't be followed gives an empty dict; its reader will say why.
    """
    with zipfile.ZipFile(path) as archive:
        names = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}
        book = next(name for name in names if name.endswith("workbook.xml"))
        folder = posixpath.dirname(book)
        rels = names.get(f"{folder}/_rels/{posixpath.basename(book)}.rels")
        try:
            sheets = list(_elements(archive.read(names[book]), "sheet"))
            links = list(_elements(archive.read(rels), "Relationship")) if rels else []
        except (expat.ExpatError, zipfile.BadZipFile):
            return {}
    targets = {
        link.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
        for link in links
    }
    parts = {
        sheet.get("name", ""): targets.get(sheet.get("id", ""), "/").lstrip("/").casefold()
        for sheet in sheets
    }
    return {sheet: names[part] for sheet, part in parts.items() if part in names}


def scan_part(path: Path, part: str, limits: Limits) -> PartFacts:
    """Stream one part of a workbook; SheetError if it reaches beyond the limits or is damaged."""
    facts = PartFacts()
    try:
        with zipfile.ZipFile(path) as archive, archive.open(part) as stream:
            for cells, patterns in _whole_cells(stream, facts):
                _note(cells, patterns, facts)
                _hold(facts, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise SheetError(SheetProblem.DAMAGED) from error
    return facts


def column_letters(width: int) -> str:
    """Return the letters of the column that is the ``width``-th: 1 is A, 27 is AA."""
    letters = ""
    while width:
        width, rest = divmod(width - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class _Patterns(NamedTuple):
    """What to look for, with the prefix that the file's elements carry."""

    openings: tuple[bytes, bytes]
    end: bytes
    column: re.Pattern[bytes]
    place: re.Pattern[bytes]
    suspect: re.Pattern[bytes]
    cell: re.Pattern[bytes]
    value: re.Pattern[bytes]
    formula: re.Pattern[bytes]


def _patterns(start: bytes) -> _Patterns:
    root = _ROOT.search(start)
    prefix = re.escape(root[1]) + b":" if root and root[1] else b""
    filled = rb"<%bc\s[^>]*?\br=[\"']([A-Z]{1,3})%b[\"'][^>/]*>"
    return _Patterns(
        openings=(b"<%bc " % prefix, b"<%brow " % prefix),
        end=b"</%bsheetData" % prefix,
        column=re.compile(filled % (prefix, rb"[0-9]{1,7}")),
        place=re.compile(filled % (prefix, rb"([0-9]{1,7})")),
        suspect=re.compile(rb"\bt=[\"']e[\"']|<%bf[\s>/]" % prefix),
        cell=re.compile(rb"<%bc\s([^>]*[^>/])>(.*?)</%bc\s*>" % (prefix, prefix), re.DOTALL),
        value=re.compile(rb"<%bv(?:\s[^>]*)?(?:/>|>([^<]*)</)" % prefix),
        formula=re.compile(rb"<%bf[\s>/]" % prefix),
    )


_TYPE = re.compile(rb"\bt=[\"'](\w+)[\"']")
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")


def _whole_cells(stream: IO[bytes], facts: PartFacts) -> Iterator[tuple[bytes, _Patterns]]:
    """Cut the stream into pieces that begin and end between cells."""
    held = stream.read(_CHUNK)
    patterns = _patterns(held[:_TAIL])
    while (end := held.find(patterns.end)) < 0 and (chunk := stream.read(_CHUNK)):
        held += chunk
        cut = max(map(held.rfind, patterns.openings))
        if cut < 0:
            cut = max(held.rfind(b"<"), 0)
        if len(held) - cut > _LONGEST_CELL:
            raise SheetError(SheetProblem.CELL_TOO_LONG, row=facts.last_row, limit=_LONGEST_CELL)
        yield held[:cut], patterns
        held = held[cut:]
    # What follows the rows (links, merged cells, formats) may be long and holds no cells.
    yield (held if end < 0 else held[:end]), patterns


def _note(piece: bytes, patterns: _Patterns, facts: PartFacts) -> None:
    columns = set(patterns.column.findall(piece))
    if not columns:
        return
    facts.widest = max(facts.widest, *map(_column_number, columns))
    facts.last_row = max(facts.last_row, _last_row(piece, patterns))
    if patterns.suspect.search(piece):
        for cell in patterns.cell.finditer(piece):
            _note_fault(cell[1], cell[2], patterns, facts.faults)


def _last_row(piece: bytes, patterns: _Patterns) -> int:
    """Return the row of the last cell with content; rows ascend, so it is sought at the end."""
    tail = patterns.place.findall(piece, max(0, len(piece) - _TAIL))
    return int((tail or patterns.place.findall(piece))[-1][1])


def _note_fault(attributes: bytes, body: bytes, patterns: _Patterns, faults: Faults) -> None:
    place = _PLACE.search(attributes)
    if place is None:
        return
    kind = _TYPE.search(attributes)
    value = patterns.value.search(body)
    text = html.unescape((value[1] or b"").decode("utf-8", "replace")) if value else ""
    if kind and kind[1] == b"e":
        fault = (text or "#VALUE!", Mark.ERROR)
    # An empty value of type "str" is a result: the formula gave an empty text.
    elif not text and patterns.formula.search(body) and not (value and kind and kind[1] == b"str"):
        fault = ("", Mark.NO_VALUE)
    else:
        return
    faults.setdefault(int(place[2]), {})[_column_number(place[1]) - 1] = fault


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _hold(facts: PartFacts, limits: Limits) -> None:
    if facts.last_row * facts.widest > limits.area:
        column = column_letters(facts.widest)
        raise SheetError(SheetProblem.FAR_CORNER, row=facts.last_row, column=column)
    if facts.widest > limits.columns:
        raise SheetError(SheetProblem.TOO_MANY_COLUMNS, limit=limits.columns)


def _elements(xml: bytes, name: str) -> Iterator[Mapping[str, str]]:
    """Return the attributes of all elements with this name, by names without namespaces."""
    found: list[Mapping[str, str]] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(" ")[2] == name:
            found.append({key.rpartition(" ")[2]: text for key, text in attributes.items()})

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.Parse(xml, True)  # noqa: FBT003 - takes no keywords
    return iter(found)
