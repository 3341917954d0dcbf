"""Looking at a file before a reader does: what it is, and whether it is safe to read."""

import re
import zipfile
from pathlib import Path

from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import FileKind

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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
# Stream names in an OLE file's directory are UTF-16.
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_XLS_STREAM = re.compile(
    b"(?:%b|%b)\x00\x00" % tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
)


def file_kind(path: Path, limits: Limits) -> FileKind:
    """Tell what a file is by its first bytes, whatever its name says.

    Raises SheetError for what can't be opened or is no sheet: a folder, an empty, encrypted,
    oversized, foreign or cut-off file.
    """
    start = _first_bytes(path)
    if not start:
        raise SheetError(SheetProblem.EMPTY_FILE)
    if start.startswith(_ZIP):
        return _zip_kind(path, limits)
    if path.stat().st_size > limits.uncompressed:
        raise SheetError(SheetProblem.TOO_BIG, limit=limits.uncompressed)
    if start.startswith(_OLE):
        return _ole_kind(path)
    if start.startswith(_OTHER_FILES):
        raise SheetError(SheetProblem.NOT_A_SHEET)
    return FileKind.TEXT


def _first_bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise SheetError(SheetProblem.NOT_A_SHEET)  # a device or pipe might never end
        with path.open("rb") as file:
            return file.read(64)
    except FileNotFoundError as error:
        raise SheetError(SheetProblem.MISSING_FILE) from error
    except (IsADirectoryError, PermissionError) as error:
        # Windows says of a folder that it may not be read.
        folder = path.is_dir()
        problem = SheetProblem.IS_FOLDER if folder else SheetProblem.NO_PERMISSION
        raise SheetError(problem) from error
    except OSError as error:
        raise SheetError(SheetProblem.CANT_OPEN, detail=error.strerror or str(error)) from error


def _zip_kind(path: Path, limits: Limits) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise SheetError(SheetProblem.DAMAGED) from error
    if sum(entry.file_size for entry in entries) > limits.uncompressed:
        raise SheetError(SheetProblem.TOO_BIG, limit=limits.uncompressed)
    if any(entry.flag_bits & 1 for entry in entries):
        raise SheetError(SheetProblem.PROTECTED)
    names = {entry.filename.replace("\\", "/").casefold() for entry in entries}
    if any(name.endswith("xl/workbook.bin") for name in names):
        return FileKind.XLSB
    if any(name.endswith("workbook.xml") for name in names):
        return FileKind.XLSX
    if "content.xml" in names and "meta-inf/manifest.xml" in names:
        return FileKind.ODS
    raise SheetError(SheetProblem.NOT_A_SHEET)


def _ole_kind(path: Path) -> FileKind:
    data = path.read_bytes()
    if _ENCRYPTED_PACKAGE in data:
        raise SheetError(SheetProblem.PROTECTED)
    if _XLS_STREAM.search(data):
        return FileKind.XLS
    raise SheetError(SheetProblem.NOT_A_SHEET)
