"""Searching an old workbook (.xls) for what its reader shows as blank, record by record."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.ole import ole_stream, ole_streams
from cancel_desk.sheet.part_facts import ERROR_TEXTS, PartFacts
from cancel_desk.sheet.rows import Mark

# Record numbers of the BIFF8 format.
_BOF, _EOF, _SHEET, _ROW, _FORMULA, _BOOL_OR_ERROR = 0x809, 0x0A, 0x85, 0x208, 0x06, 0x205
_CELLS = frozenset({0x203, 0x27E, 0xFD, 0x204, 0xD6, _FORMULA, _BOOL_OR_ERROR})
_SEVERAL_NUMBERS, _COLUMNS = 0xBD, 0x7D
_HIDDEN, _HIDDEN_COLUMNS = 0x20, 0x01


class _Record(NamedTuple):
    kind: int
    data: bytes


def xls_facts(data: bytes, sheet: str, limits: Limits) -> PartFacts:
    """Return the extent, faulty cells and what is hidden of a sheet; none if it isn't found."""
    facts = PartFacts()
    book = "workbook" if "workbook" in ole_streams(data) else "book"
    stream = ole_stream(data, book)
    offset = next((at for name, at in _sheets(stream) if name == sheet), None)
    if offset is None:
        return facts
    depth = 0
    for kind, body in _records(stream, offset):
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            break
        if depth == 1:  # deeper ones are charts
            _note(kind, body, facts)
            facts.hold(limits)
    return facts


def _records(stream: bytes, at: int) -> Iterator[_Record]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield _Record(kind, stream[at + 4 : at + 4 + size])
        at += 4 + size


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    for kind, body in _records(stream, 0):
        if kind == _EOF:
            return
        if kind == _SHEET and len(body) >= 8:
            offset, length, wide = int.from_bytes(body[:4], "little"), body[6], body[7] & 1
            name = body[8 : 8 + length * (1 + wide)]
            yield name.decode("utf-16-le" if wide else "latin-1", "replace"), offset


def _note(kind: int, body: bytes, facts: PartFacts) -> None:
    if kind == _ROW and len(body) >= 13:
        if body[12] & _HIDDEN:
            facts.hide(int.from_bytes(body[:2], "little") + 1)
        return
    if len(body) < 6:
        return
    if kind == _COLUMNS:
        first, last = struct.unpack_from("<HH", body)
        if len(body) >= 10 and body[8] & _HIDDEN_COLUMNS:
            facts.hide_columns(first + 1, last + 1)
        return
    row, column = struct.unpack_from("<HH", body)
    if kind == _SEVERAL_NUMBERS:
        facts.reach(row + 1, int.from_bytes(body[-2:], "little") + 1)
    elif kind in _CELLS:
        facts.reach(row + 1, column + 1)
        code = _error_code(kind, body)
        if code is not None:
            text = ERROR_TEXTS.get(code, "#VALUE!")
            facts.fault(row + 1, column + 1, text, Mark.ERROR)


def _error_code(kind: int, body: bytes) -> int | None:
    if kind == _BOOL_OR_ERROR and len(body) >= 8 and body[7]:
        return body[6]
    # A formula's result that is no number has FFFF at its end and its type at its beginning.
    if kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        return body[8]
    return None
