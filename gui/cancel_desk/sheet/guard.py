"""Looking at a file's bytes before a reader does: what it is, and whether it is safe to read."""

import re

from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.ole import OLE_START, ole_streams
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import FileKind

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
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
        from cancel_desk.sheet.zip_kind import zip_kind

        return zip_kind(data, limits)
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
