"""Searching a binary workbook (.xlsb) for what its reader shows as blank, record by record."""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat

from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.part_facts import ERROR_TEXTS, PartFacts
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import Mark
from cancel_desk.sheet.unpacking import ZIP_ERRORS
from cancel_desk.sheet.xml_elements import elements

# Record numbers of the XLSB format.
_ROW, _BLANK, _ERROR, _FORMULA_ERROR, _LAST_CELL, _COLUMNS, _SHEET = 0, 1, 3, 11, 11, 60, 156
_HIDDEN, _HIDDEN_COLUMNS = 0x10, 0x01
_BOOK = "xl/workbook.bin"


class _Record(NamedTuple):
    kind: int
    data: bytes


def xlsb_facts(data: bytes, sheet: str, limits: Limits) -> PartFacts:
    """Return the extent, faulty cells and what is hidden of a sheet; none if it isn't found."""
    facts = PartFacts()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = _parts(archive).get(sheet)
            stream = archive.read(part) if part else b""
    except (*ZIP_ERRORS, expat.ExpatError) as error:
        raise SheetError(SheetProblem.DAMAGED) from error
    row = 0
    for kind, body in _records(stream):
        if kind == _ROW and len(body) >= 12:
            row = int.from_bytes(body[:4], "little") + 1
            if body[11] & _HIDDEN:
                facts.hide(row)
        elif kind == _COLUMNS and len(body) >= 18 and body[16] & _HIDDEN_COLUMNS:
            first, last = (int.from_bytes(body[at : at + 4], "little") + 1 for at in (0, 4))
            facts.hide_columns(first, last)
        elif _BLANK < kind <= _LAST_CELL and len(body) >= 8:
            column = int.from_bytes(body[:4], "little") + 1
            facts.reach(row, column)
            facts.hold(limits)
            if kind in {_ERROR, _FORMULA_ERROR} and len(body) >= 9:
                facts.fault(row, column, ERROR_TEXTS.get(body[8], "#VALUE!"), Mark.ERROR)
    return facts


def _records(stream: bytes) -> Iterator[_Record]:
    """Yield the records; number and size are written in groups of seven bits, lowest first."""
    at = 0
    while at < len(stream):
        kind = stream[at]
        at += 1
        if kind & 0x80 and at < len(stream):
            kind = (kind & 0x7F) | (stream[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < len(stream):
            size |= (stream[at] & 0x7F) << shift
            shift += 7
            at += 1
            if not stream[at - 1] & 0x80 or shift == 28:
                break
        yield _Record(kind, stream[at : at + size])
        at += size


def _parts(archive: zipfile.ZipFile) -> Mapping[str, str]:
    names = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}
    links = {
        link.get("Id", ""): posixpath.normpath(posixpath.join("/xl", link.get("Target", "")))
        for link in elements(archive.read(names["xl/_rels/workbook.bin.rels"]), "Relationship")
    }
    parts: dict[str, str] = {}
    for kind, body in _records(archive.read(names[_BOOK])):
        if kind == _SHEET:
            link, at = _wide_text(body, 8)
            name, _ = _wide_text(body, at)
            part = links.get(link, "/").lstrip("/").casefold()
            if part in names:
                parts[name] = names[part]
    return parts


def _wide_text(body: bytes, at: int) -> tuple[str, int]:
    end = at + 4 + 2 * int.from_bytes(body[at : at + 4], "little")
    return body[at + 4 : end].decode("utf-16-le", "replace"), end
