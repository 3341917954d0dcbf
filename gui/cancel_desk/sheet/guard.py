"""Looking at a file's bytes before a reader does: what it is, and whether it is safe to read."""

import io
import re
import zipfile

from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.ole import OLE_START, ole_streams
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import FileKind
from cancel_desk.sheet.unpacking import ZIP_ERRORS, ZIP_STARTS

_OTHER_FILES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"SQLite format 3",
    b"MZ\x90",
    b"\x7fELF",
)
_HEAD = 1024
# What Google Drive and others leave on a computer for a sheet that is kept online.
_CLOUD_LINK = re.compile(
    rb'\s*\{[^{}]{0,2000}"(?:url|doc_id|resource_key)"\s*:|\[InternetShortcut\]', re.IGNORECASE
)


def file_kind(data: bytes, limits: Limits) -> FileKind:
    """Tell what a file is by its first bytes, whatever its name says.

    Text that is a web page or XML counts as text here. Raises SheetError for what is no sheet, or
    too big: an oversized, foreign or cut-off file.
    """
    if data.startswith(ZIP_STARTS):
        return _zip_kind(data, limits)
    if len(data) > limits.uncompressed:
        raise SheetError(SheetProblem.TOO_BIG, limit=limits.uncompressed)
    if data.startswith(OLE_START):
        if ole_streams(data) & {"workbook", "book"}:
            return FileKind.XLS
        raise SheetError(SheetProblem.NOT_A_SHEET)
    if data.startswith(_OTHER_FILES):
        raise SheetError(SheetProblem.NOT_A_SHEET)
    if _CLOUD_LINK.match(data):
        raise SheetError(SheetProblem.CLOUD_LINK)
    return FileKind.TEXT


def _zip_kind(data: bytes, limits: Limits) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            kind = _office_kind(archive)
            if _declares_entities(archive):
                raise SheetError(SheetProblem.DAMAGED)
    except ZIP_ERRORS as error:
        raise SheetError(SheetProblem.DAMAGED) from error
    if sum(entry.file_size for entry in entries) > limits.uncompressed:
        raise SheetError(SheetProblem.TOO_BIG, limit=limits.uncompressed)
    if any(entry.flag_bits & 1 for entry in entries):
        raise SheetError(SheetProblem.SEALED)
    return kind


def _office_kind(archive: zipfile.ZipFile) -> FileKind:
    names = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}
    if any(name.endswith("xl/workbook.bin") for name in names):
        return FileKind.XLSB
    if any(name.endswith("workbook.xml") for name in names):
        return FileKind.XLSX
    if "content.xml" in names and "meta-inf/manifest.xml" in names:
        manifest = archive.open(names["meta-inf/manifest.xml"]).read(1 << 20)
        if b"encryption-data" in manifest:
            raise SheetError(SheetProblem.SEALED)
        return FileKind.ODS
    raise SheetError(SheetProblem.NOT_A_SHEET)


def _declares_entities(archive: zipfile.ZipFile) -> bool:
    """Tell whether a part begins as no spreadsheet program writes it, and only attackers do."""
    for entry in archive.infolist():
        if entry.filename.endswith((".xml", ".rels")) and not entry.flag_bits & 1:
            with archive.open(entry) as part:
                if b"<!DOCTYPE" in part.read(_HEAD):
                    return True
    return False
