"""A sheet inside a plain zip archive, as downloads often are."""

import io
import zipfile
import zlib
from typing import NamedTuple

from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem

ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    KeyError,
    ValueError,
    RuntimeError,  # NotImplementedError among them
)
"""All that reading a damaged archive may end with."""

_OFFICE_ENTRIES = ("[content_types].xml", "mimetype", "content.xml", "xl/", "word/", "ppt/")
_NUMBERS_ENTRY = "index/document.iwa"
_LEFT_BY_MACS = ("__macosx/", ".ds_store")


class TakenOut(NamedTuple):
    """The bytes to read, and the name of the file they were taken out of the archive by."""

    data: bytes
    name: str | None


def taken_out(data: bytes, limits: Limits) -> TakenOut:
    """Take the only file out of a zip archive; a workbook, which is one too, stays as it is.

    Raises SheetError if the archive holds several files, or more than the limits allow.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            return _only_file(archive, entries, data, limits)
    except ZIP_ERRORS as error:
        raise SheetError(SheetProblem.DAMAGED) from error


def _only_file(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], data: bytes, limits: Limits
) -> TakenOut:
    names = [entry.filename.replace("\\", "/").casefold() for entry in entries]
    if any(_NUMBERS_ENTRY in name for name in names):
        raise SheetError(SheetProblem.NUMBERS_FILE)
    if sum(entry.file_size for entry in entries) > limits.uncompressed:
        raise SheetError(SheetProblem.TOO_BIG, limit=limits.uncompressed)
    if any(entry.flag_bits & 1 for entry in entries):
        raise SheetError(SheetProblem.SEALED)
    if any(name.startswith(_OFFICE_ENTRIES) or "workbook." in name for name in names):
        return TakenOut(data, None)
    files = [entry for entry, name in zip(entries, names, strict=True) if not _left_by_mac(name)]
    if not files:
        raise SheetError(SheetProblem.EMPTY_FILE)
    if len(files) > 1:
        raise SheetError(SheetProblem.ARCHIVE, names=[entry.filename for entry in files])
    return TakenOut(archive.read(files[0]), files[0].filename)


def _left_by_mac(name: str) -> bool:
    return name.startswith(_LEFT_BY_MACS) or name.endswith(_LEFT_BY_MACS[1])
