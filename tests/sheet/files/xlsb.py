"""Binary workbooks (.xlsb), record by record."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

from sheet.files.xlsx import package_relationships

_ERRORS = {"#N/A": 0x2A, "#REF!": 0x17, "#DIV/0!": 0x07}


def xlsb_workbook(
    sheets: Mapping[str, Sequence[Sequence[str | float]]],
    *,
    hidden_rows: frozenset[int] = frozenset(),
    hidden_columns: frozenset[int] = frozenset(),
) -> bytes:
    """Return a binary workbook; a text that names an error becomes an error cell.

    ``hidden_rows`` and ``hidden_columns`` count from 1 and hold in every sheet.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(len(sheets)))
        archive.writestr(
            "_rels/.rels", package_relationships([("rId1", "officeDocument", "xl/workbook.bin")])
        )
        links = [
            (f"rId{at}", "worksheet", f"worksheets/sheet{at}.bin")
            for at in range(1, len(sheets) + 1)
        ]
        archive.writestr("xl/_rels/workbook.bin.rels", package_relationships(links))
        listed = b"".join(
            _record(156, struct.pack("<II", 0, at) + _text(f"rId{at}") + _text(name))
            for at, name in enumerate(sheets, start=1)
        )
        book = _record(131) + _record(143) + listed + _record(144) + _record(132)
        archive.writestr("xl/workbook.bin", book)
        for at, rows in enumerate(sheets.values(), start=1):
            archive.writestr(
                f"xl/worksheets/sheet{at}.bin", _sheet(rows, hidden_rows, hidden_columns)
            )
    return out.getvalue()


def _sheet(
    rows: Sequence[Sequence[str | float]], hidden: frozenset[int], columns: frozenset[int]
) -> bytes:
    width = max(map(len, rows), default=1)
    extent = struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, width - 1)
    sizes = b"".join(
        _record(60, struct.pack("<IIIIH", at - 1, at - 1, 2300, 0, 1)) for at in sorted(columns)
    )
    sizes = _record(390) + sizes + _record(391) if sizes else b""
    data = b""
    for row, cells in enumerate(rows):
        flags = 0x10 if row + 1 in hidden else 0
        data += _record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, flags, 0, 0))
        data += b"".join(_cell(column, value) for column, value in enumerate(cells) if value != "")
    head = _record(129) + _record(148, extent) + sizes
    return head + _record(145) + data + _record(146) + _record(130)


def _cell(column: int, value: str | float) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, float | int):
        return _record(5, place + struct.pack("<d", value))
    if value in _ERRORS:
        return _record(3, place + struct.pack("<B", _ERRORS[value]))
    return _record(6, place + _text(value))


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, lengths = len(data), b""
    while True:
        size, low = size >> 7, size & 0x7F
        lengths += bytes([low | (0x80 if size else 0)])
        if not size:
            return head + lengths + data


def _content_types(count: int) -> str:
    kind = "application/vnd.ms-excel"
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.bin" ContentType="{kind}.worksheet"/>'
        for at in range(1, count + 1)
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.bin" ContentType="{kind}.sheet.binary.macroEnabled.main"'
        f"/>{parts}</Types>"
    )
