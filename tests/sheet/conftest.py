"""Workbooks written by hand, for files that no ordinary program would save."""

import json
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cancel_desk.sheet.limits import DEFAULT_LIMITS, Limits
from cancel_desk.sheet.problems import SheetError
from cancel_desk.sheet.reader_process import messages
from cancel_desk.sheet.reading import ArrivingSheet
from cancel_desk.sheet.rows import RawSheet

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = f'<Relationships xmlns="{_PACKAGE}/relationships">%s</Relationships>'
_RELATIONSHIP = f'<Relationship Id="%s" Type="{_OFFICE}/%s" Target="%s"/>'

WriteXlsx = Callable[..., Path]


@pytest.fixture
def write_xls(tmp_path: Path) -> Callable[..., Path]:
    """Write an .xls file with these rows."""

    def write(
        rows: list[list[str | float]], name: str = "orders.xls", *, protected: bool = False
    ) -> Path:
        path = tmp_path / name
        path.write_bytes(ole_file({"Workbook": xls_workbook(rows, protected=protected)}))
        return path

    return write


@pytest.fixture
def write_protected(tmp_path: Path) -> Path:
    """Write what Excel makes of a workbook saved with a password: a sealed package."""
    path = tmp_path / "protected.xlsx"
    path.write_bytes(ole_file({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"?" * 5000}))
    return path


def xlsx_entries(sheets: Mapping[str, str], *, hidden: frozenset[str]) -> dict[str, str]:
    """Return the entries of an XLSX file whose sheets have these rows as XML."""
    overrides, listed, links = "", "", ""
    entries: dict[str, str] = {}
    for at, (name, rows) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"{state}/>'
        links += _RELATIONSHIP % (f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml")
        entries[f"xl/worksheets/sheet{at}.xml"] = (
            rows
            if "<worksheet" in rows or ":worksheet" in rows
            else f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        )
    overrides = (
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    )
    for at in range(1, len(sheets) + 1):
        overrides += (
            f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{overrides}</Types>',
        "_rels/.rels": _RELATIONSHIPS
        % (_RELATIONSHIP % ("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _RELATIONSHIPS % links,
        **entries,
    }


@pytest.fixture
def write_xlsx(tmp_path: Path) -> WriteXlsx:
    """Write an XLSX file from the XML of its rows, or of the rows of several sheets."""

    def write(
        rows: str | Mapping[str, str],
        *,
        name: str = "orders.xlsx",
        hidden: frozenset[str] = frozenset(),
        replaced: Mapping[str, str | None] | None = None,
    ) -> Path:
        sheets = {"Sheet1": rows} if isinstance(rows, str) else rows
        entries = xlsx_entries(sheets, hidden=hidden)
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry, text in {**entries, **(replaced or {})}.items():
                if text is not None:
                    archive.writestr(entry, text)
        return path

    return write


@pytest.fixture
def read_here() -> Callable[..., RawSheet]:
    """Read a file as the child process does, but in this one: fast, and seen by the debugger."""

    def read(path: Path, *, sheet: str | None = None, limits: Limits = DEFAULT_LIMITS) -> RawSheet:
        arriving = ArrivingSheet(str(path))
        for message in messages(path, sheet, limits):
            arriving.take(json.loads(json.dumps(message)))
        return arriving.sheet()

    return read


@pytest.fixture
def problem_of(read_here: Callable[..., RawSheet]) -> Callable[..., SheetError]:
    """Read a file that can't be read and return the error."""

    def problem(
        path: Path, *, sheet: str | None = None, limits: Limits = DEFAULT_LIMITS
    ) -> SheetError:
        with pytest.raises(SheetError) as caught:
            read_here(path, sheet=sheet, limits=limits)
        return caught.value

    return problem


def ole_file(streams: Mapping[str, bytes]) -> bytes:
    """Return an OLE compound file, the container of .xls and of encrypted workbooks."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    fat = [0xFFFFFFFD, end]  # the table itself, and the directory
    entries = [_ole_entry("Root Entry", 5, child=1, start=end, size=0)]
    content = b""
    for at, (name, stream) in enumerate(streams.items(), start=1):
        data = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
        start, sectors = len(fat), len(data) // 512
        fat += [*range(start + 1, start + sectors), end]
        right = at + 1 if at < len(streams) else free
        entries.append(_ole_entry(name, 2, right=right, start=start, size=len(data)))
        content += data
    header = struct.pack(
        "<8s16x5H6x9I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        1,
        0,
        4096,
        end,
        0,
        end,
        0,
    ) + struct.pack("<109I", 0, *[free] * 108)
    table = struct.pack("<128I", *fat, *[free] * (128 - len(fat)))
    return header + table + b"".join(entries).ljust(512, b"\0") + content


def _ole_entry(
    name: str, kind: int, *, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIQ", text, len(text), kind, 1, 0xFFFFFFFF, right, child, start, size
    )


def xls_workbook(rows: list[list[str | float]], *, protected: bool = False) -> bytes:
    """Return the stream of a BIFF8 workbook with one sheet, the content of an .xls file."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def text(value: str) -> bytes:
        return b"\0" + value.encode("latin-1")

    def start(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 1996, 0, 6))

    cells = b""
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                cells += record(0x204, place + struct.pack("<H", len(value)) + text(value))
            else:
                cells += record(0x203, place + struct.pack("<d", value))
    end = record(0x0A, b"")
    named = struct.pack("<BBB", 0, 0, 10) + text("Po Details")
    offset = len(start(5)) + 4 + 4 + len(named) + len(end)
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0)
    if protected:
        return start(5) + record(0x2F, struct.pack("<HHH", 1, 1, 1) + b"?" * 48) + end
    book = start(5) + record(0x85, struct.pack("<I", offset) + named) + end
    return book + start(0x10) + record(0x200, size) + cells + end
