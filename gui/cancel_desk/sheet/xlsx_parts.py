"""The parts inside an XLSX file: which part holds which sheet, how far it reaches, what is faulty.

Parts are streamed and searched, not parsed, so that neither a huge nor a far-reaching sheet costs
memory. It finds what python-calamine shows as blank: error cells, and formulas without a result;
numbers that are shown with leading zeros; and hidden rows and columns.
"""

import html
import io
import posixpath
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO, NamedTuple
from xml.parsers import expat

from cancel_desk.sheet.cell_text import cell_text
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.part_facts import PartFacts, column_letters
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import Mark
from cancel_desk.sheet.unpacking import ZIP_ERRORS
from cancel_desk.sheet.xlsx_unplaced import scan_unplaced
from cancel_desk.sheet.xml_elements import elements

__all__ = ["column_letters", "scan_part", "sheet_parts", "zero_styles"]

_CHUNK = 1 << 20
_LONGEST_CELL = 4 << 20  # bytes of XML; a cell's 32,767 characters take at most a tenth of it
_TAIL = 64 * 1024
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ZEROS = re.compile(r"(0{2,32})(?:;@|;.*)?")
_SPLIT_TEXT = re.compile(rb">[^<]*[^<\s]<!--|-->[^<]*[^<\s]<")
_ROOT = re.compile(rb"<(?:([A-Za-z][\w.-]*):)?worksheet\b")


def sheet_parts(data: bytes) -> dict[str, str]:
    """Return the name of the part that holds each sheet of an XLSX file, in the file's order.

    A file whose contents can't be followed gives an empty dict; its reader will say why.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}
        book = next(name for name in names if name.endswith("workbook.xml"))
        folder = posixpath.dirname(book)
        rels = names.get(f"{folder}/_rels/{posixpath.basename(book)}.rels")
        try:
            sheets = list(elements(archive.read(names[book]), "sheet"))
            links = list(elements(archive.read(rels), "Relationship")) if rels else []
        except (*ZIP_ERRORS, expat.ExpatError):
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


def scan_part(
    data: bytes, part: str, limits: Limits, *, zeros: Mapping[int, int] | None = None
) -> PartFacts:
    """Stream one part of a workbook; SheetError if it reaches beyond the limits or is damaged.

    ``zeros`` are the styles that show a number with leading zeros, see :func:`zero_styles`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            try:
                with archive.open(part) as stream:
                    return _scan(stream, limits, zeros or {})
            except _NoPlace:
                with archive.open(part) as stream:
                    return scan_unplaced(stream, limits)
    except (*ZIP_ERRORS, expat.ExpatError) as error:
        raise SheetError(SheetProblem.DAMAGED) from error


def zero_styles(data: bytes) -> dict[int, int]:
    """Return the styles whose numbers are shown with leading zeros, and to how many digits.

    Such a number is stored without its zeros, but the zeros are what the person sees.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.casefold(): name for name in archive.namelist()}
            part = names.get("xl/styles.xml")
            xml = archive.read(part) if part else b""
        if b"00" not in xml:
            return {}
        formats = {
            one.get("numFmtId", ""): len(match[1])
            for one in elements(xml, "numFmt")
            if (match := _ZEROS.fullmatch(one.get("formatCode", "")))
        }
        cells = xml[xml.find(b"<cellXfs") :]  # the styles of cells follow those they are made of
        used = re.findall(rb"<xf\b[^>]*\bnumFmtId=[\"'](\d+)", cells[: cells.find(b"</cellXfs")])
    except (*ZIP_ERRORS, expat.ExpatError):
        return {}
    return {at: formats[one.decode()] for at, one in enumerate(used) if one.decode() in formats}


class _NoPlace(Exception):  # noqa: N818 - no error: the file leaves out what it may leave out
    """A cell does not say where it stands, so that all must be counted."""


def _scan(stream: IO[bytes], limits: Limits, zeros: Mapping[int, int]) -> PartFacts:
    facts = PartFacts()
    rows = last = 0
    for cells, patterns in _whole_cells(stream, facts):
        rows += cells.count(patterns.openings[1])
        last = max(last, _last_number(cells, patterns, unknown=sys.maxsize))
        # Two rows of one number, or a number in two pieces: readers would drop one of them.
        # A single sign is sought many times as fast as several.
        split = b"!" in cells and b"<!--" in cells and _SPLIT_TEXT.search(cells)
        if rows > last or split:
            raise SheetError(SheetProblem.DAMAGED)
        _note(cells, patterns, facts, zeros)
        facts.hold(limits)
    return facts


def _last_number(cells: bytes, patterns: "_Patterns", *, unknown: int) -> int:
    """Return the number of the last row that begins here, 0 if none does."""
    at = cells.rfind(patterns.openings[1])
    if at < 0:
        return 0
    number = patterns.row.match(cells, at)
    return int(number[1]) if number else unknown


class _Patterns(NamedTuple):
    """What to look for, with the prefix that the file's elements carry."""

    prefix: bytes
    openings: tuple[bytes, bytes]
    end: bytes
    column: re.Pattern[bytes]
    place: re.Pattern[bytes]
    opening: re.Pattern[bytes]
    unplaced: re.Pattern[bytes]
    row: re.Pattern[bytes]
    hidden: re.Pattern[bytes]
    sized: re.Pattern[bytes]
    cell: re.Pattern[bytes]
    value: re.Pattern[bytes]
    formula: re.Pattern[bytes]

    def may_be_faulty(self, piece: bytes) -> bool:
        """Tell whether there may be error cells or formulas; the fastest way to see that none is.

        A pattern finds sooner than a plain search what begins with a sign as common as this.
        """
        return (
            b't="e"' in piece
            or (b"'" in piece and b"t='e'" in piece)
            or self.opening.search(piece) is not None
        )

    def all_within(self, width: int, piece: bytes) -> bool:
        """Tell whether every cell, as most programs write it, is in the first columns.

        This is seen several times as fast as what the columns are.
        """
        if not 0 < width <= len(_LETTERS):
            return False
        beyond = rb'<%bc\s(?!r="[A-%c][0-9])' % (self.prefix, _LETTERS[width - 1])
        return re.search(beyond, piece) is None


def _patterns(start: bytes) -> _Patterns:
    root = _ROOT.search(start)
    prefix = re.escape(root[1]) + b":" if root and root[1] else b""
    filled = rb"<%bc\s[^>]*?\br=[\"']([A-Z]{1,3})%b[\"'][^>/]*>"
    return _Patterns(
        prefix=prefix,
        openings=(b"<%bc " % prefix, b"<%brow " % prefix),
        end=b"</%bsheetData" % prefix,
        column=re.compile(filled % (prefix, rb"[0-9]{1,7}")),
        place=re.compile(filled % (prefix, rb"([0-9]{1,7})")),
        opening=re.compile(b"<%bf" % prefix),
        unplaced=re.compile(rb"<%bc(?:\s(?![^>]*\br=)[^>]*)?>" % prefix),
        row=re.compile(rb"<%brow\s[^>]*?\br=[\"'](\d{1,7})[\"']" % prefix),
        hidden=re.compile(
            rb"<%brow\s(?=[^>]*\b(?:hidden=[\"'](?:1|true)|ht=[\"']0(?:\.0*)?)[\"'])"
            rb"[^>]*\br=[\"'](\d{1,7})[\"']" % prefix
        ),
        sized=re.compile(rb"<%bcol\s([^>]*)>" % prefix),
        cell=re.compile(rb"<%bc\s([^>]*[^>/])>(.*?)</%bc\s*>" % (prefix, prefix), re.DOTALL),
        value=re.compile(rb"<%bv(?:\s[^>]*)?(?:/>|>([^<]*)</)" % prefix),
        formula=re.compile(rb"<%bf[\s>/]" % prefix),
    )


_TYPE = re.compile(rb"\bt=[\"'](\w+)[\"']")
_STYLE = re.compile(rb"\bs=[\"'](\d{1,5})[\"']")
_SIZE = re.compile(rb"\b(min|max|width|hidden)\s*=\s*[\"']([0-9.]+|true)[\"']")
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
            if patterns.unplaced.search(held):
                raise _NoPlace
            raise SheetError(SheetProblem.CELL_TOO_LONG, row=facts.last_row, limit=_LONGEST_CELL)
        yield held[:cut], patterns
        held = held[cut:]
    # What follows the rows (links, merged cells, formats) may be long and holds no cells.
    yield (held if end < 0 else held[:end]), patterns


def _note(piece: bytes, patterns: _Patterns, facts: PartFacts, zeros: Mapping[int, int]) -> None:
    if patterns.unplaced.search(piece, 0, _TAIL):  # a program places all of its cells, or none
        raise _NoPlace
    _note_hidden(piece, patterns, facts)
    if patterns.all_within(facts.widest, piece):
        widest = facts.widest
    else:
        widest = max(map(_column_number, set(patterns.column.findall(piece))), default=0)
    last_row = _last_row(piece, patterns)
    if not last_row:
        return
    facts.reach(last_row, widest)
    if patterns.may_be_faulty(piece):
        for cell in patterns.cell.finditer(piece):
            _note_fault(cell[1], cell[2], patterns, facts)
    if zeros:
        for cell in patterns.cell.finditer(piece):
            _note_zeros(cell[1], cell[2], patterns, facts, zeros)


def _note_hidden(piece: bytes, patterns: _Patterns, facts: PartFacts) -> None:
    if not facts.last_row:  # columns are described before the first row
        for columns in patterns.sized.finditer(piece):
            _note_columns(dict(_SIZE.findall(columns[1])), facts)
    if any(sign in piece for sign in (b"hidden=", b'ht="0', b"ht='0")):
        for row in patterns.hidden.finditer(piece):
            facts.hide(int(row[1]))


def _note_columns(given: Mapping[bytes, bytes], facts: PartFacts) -> None:
    if given.get(b"hidden") in {b"1", b"true"} or not given.get(b"width", b"1").strip(b"0."):
        first, last = given.get(b"min", b""), given.get(b"max", b"")
        if first.isdigit() and last.isdigit() and int(first):
            facts.hide_columns(int(first), int(last))


def _last_row(piece: bytes, patterns: _Patterns) -> int:
    """Return the row of the last cell with content, 0 if there is none.

    Rows ascend, so it is sought at the end.
    """
    places = patterns.place.findall(piece, max(0, len(piece) - _TAIL))
    places = places or patterns.place.findall(piece)
    return int(places[-1][1]) if places else 0


def _note_fault(attributes: bytes, body: bytes, patterns: _Patterns, facts: PartFacts) -> None:
    place = _PLACE.search(attributes)
    if place is None:
        raise _NoPlace
    kind = _TYPE.search(attributes)
    value = patterns.value.search(body)
    text = html.unescape((value[1] or b"").decode("utf-8", "replace")) if value else ""
    row, column = int(place[2]), _column_number(place[1])
    if kind and kind[1] == b"e":
        facts.fault(row, column, text or "#VALUE!", Mark.ERROR)
    # An empty value of type "str" is a result: the formula gave an empty text.
    elif not text and patterns.formula.search(body) and not (value and kind and kind[1] == b"str"):
        facts.fault(row, column, "", Mark.NO_VALUE)


def _note_zeros(
    attributes: bytes,
    body: bytes,
    patterns: _Patterns,
    facts: PartFacts,
    zeros: Mapping[int, int],
) -> None:
    style, place = _STYLE.search(attributes), _PLACE.search(attributes)
    digits = zeros.get(int(style[1])) if style else None
    kind = _TYPE.search(attributes)
    value = patterns.value.search(body)
    if digits is None or place is None or value is None or (kind and kind[1] != b"n"):
        return
    try:
        text, mark = cell_text(float(value[1] or b"x"))
    except ValueError:
        return
    if mark is None and text.isdigit() and len(text) < digits:
        facts.fault(int(place[2]), _column_number(place[1]), text.zfill(digits), None)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
