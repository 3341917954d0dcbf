"""Workbooks saved with a password: telling that they are, and opening them with it."""

import io
import struct

from cancel_desk.sheet.ole import OLE_START, ole_stream, ole_streams, with_stream
from cancel_desk.sheet.problems import SheetError, SheetProblem

# Excel locks a sheet against changes with this password, and opens it without asking.
_EXCELS_OWN = "VelvetSweatshop"
_FILEPASS = 0x2F
_HEAD = struct.Struct("<HH")  # of a record: its kind, and how many bytes follow
# Names of streams are UTF-16. This one is enough, even where the file is cut off behind it.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def unlocked(data: bytes, password: str | None) -> bytes:
    """Return the bytes of a workbook without its password; other files as they are.

    Raises SheetError if a password is needed and none was given, or it is not the right one.
    """
    if not data.startswith(OLE_START) or not is_locked(data):
        return data
    try:
        return _opened(data, password or _EXCELS_OWN)
    except SheetError as error:
        if not password:
            raise SheetError(SheetProblem.PROTECTED) from error
        raise


def is_locked(data: bytes) -> bool:
    """Tell whether an OLE file is a workbook that only opens with a password."""
    if _ENCRYPTED in data:
        return True
    streams = ole_streams(data)
    book = next((name for name in ("workbook", "book") if name in streams), None)
    return book is not None and _has_filepass(ole_stream(data, book))


def _has_filepass(stream: bytes) -> bool:
    """Look at the first records; the one that names the encryption follows the beginning."""
    at = 0
    for _ in range(10):
        if at + 4 > len(stream):
            return False
        kind = int.from_bytes(stream[at : at + 2], "little")
        if kind == _FILEPASS:
            return True
        at += 4 + int.from_bytes(stream[at + 2 : at + 4], "little")
    return False


def _opened(data: bytes, password: str) -> bytes:
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

    out = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(_in_whole_records(data)))
        verified = {"verify_password": True} if file.format == "ooxml" else {}  # others always do
        try:
            file.load_key(password=password, **verified)
        except InvalidKeyError as error:
            raise SheetError(SheetProblem.WRONG_PASSWORD) from error
        file.decrypt(out)
    except (DecryptionError, NotImplementedError) as error:
        raise SheetError(SheetProblem.SEALED) from error
    except SheetError:
        raise
    except Exception as error:
        raise SheetError(SheetProblem.DAMAGED) from error
    return out.getvalue()


def _in_whole_records(data: bytes) -> bytes:
    """Return an old workbook whose filled-up end reads as one record; other files as they are.

    Excel fills a short book up with zeros, which msoffcrypto takes for records; where they don't
    come out even, it fails. No reader looks behind the last record of the last sheet.
    """
    book = next((name for name in ("workbook", "book") if name in ole_streams(data)), None)
    if book is None:
        return data
    stream = ole_stream(data, book)
    end = _end_of_records(stream)
    left = len(stream) - end - _HEAD.size
    if left < 0 or any(stream[end:]):
        return data
    return with_stream(data, book, stream[:end] + _HEAD.pack(0, left) + bytes(left))


def _end_of_records(stream: bytes) -> int:
    """Return where the zeros behind the last record begin."""
    at = 0
    while at + _HEAD.size <= len(stream):
        kind, size = _HEAD.unpack_from(stream, at)
        if not (kind or size):
            break
        at += _HEAD.size + size
    return at
