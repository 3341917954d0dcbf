"""A file's bytes, read once: later readers see one state of it, whatever happens to the file."""

import hashlib
import shutil
import stat
import tempfile
from pathlib import Path
from typing import NamedTuple

from cancel_desk.sheet.guard import ZIP_STARTS, file_kind
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.protection import unlocked
from cancel_desk.sheet.rows import FileKind

_LOCK_NAME = "~$"


class Content(NamedTuple):
    """What a file is, its bytes without password, and the name it had inside a zip archive.

    ``fingerprint`` is that of the file as it lies there.
    """

    kind: FileKind
    data: bytes
    unpacked: str | None
    fingerprint: str


def fingerprint(data: bytes) -> str:
    """Return what tells the bytes of a file from any others."""
    return hashlib.sha256(data).hexdigest()


def read_content(path: Path, limits: Limits, *, password: str | None = None) -> Content:
    """Read a file, open it with the password if it has one, and tell what it is.

    Raises SheetError for what can't be opened or is no sheet.
    """
    data = _bytes(path, limits)
    if not data:
        raise SheetError(SheetProblem.EMPTY_FILE)
    if path.name.startswith(_LOCK_NAME) and len(data) < 1024:
        raise SheetError(SheetProblem.LOCK_FILE)
    seal = fingerprint(data)
    unpacked: str | None = None
    if data.startswith(ZIP_STARTS):
        from cancel_desk.sheet.unpacking import taken_out

        data, unpacked = taken_out(data, limits)
    data = unlocked(data, password)
    return Content(file_kind(data, limits), data, unpacked, seal)


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise SheetError(SheetProblem.IS_FOLDER)
        if not stat.S_ISREG(status.st_mode):
            raise SheetError(SheetProblem.NOT_A_SHEET)  # a device or pipe might never end
        if status.st_size > limits.uncompressed:
            raise SheetError(SheetProblem.TOO_BIG, limit=limits.uncompressed)
        return _read_or_copy(path)
    except FileNotFoundError as error:
        raise SheetError(SheetProblem.MISSING_FILE) from error
    except PermissionError as error:
        raise SheetError(SheetProblem.NO_PERMISSION) from error
    except OSError as error:
        raise SheetError(SheetProblem.CANT_OPEN, detail=error.strerror or str(error)) from error


def _read_or_copy(path: Path) -> bytes:
    """Read a file; where a program keeps it from being opened, Windows may still copy it."""
    try:
        return path.read_bytes()
    except PermissionError:
        with tempfile.TemporaryDirectory(prefix="cancel-desk-") as folder:
            copy = shutil.copy2(path, Path(folder) / "copy")
            return Path(copy).read_bytes()
