"""The person's own workbook as it was read, so that the result workbook can look like it."""

import io
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

from cancel_desk.sheet.content import fingerprint
from cancel_desk.sheet.result_rows import Origin, ResultSheet
from cancel_desk.sheet.unpacking import ZIP_ERRORS

_MOST_CELLS = 250_000
_LARGEST = 32 << 20  # bytes of all parts without compression


class OwnBook(NamedTuple):
    """The workbook, the page in it that the rows were read from, and its header's row.

    ``values`` is that page with what its formulas came to, ``page`` the one with the formulas.
    """

    book: Any  # its type stub lacks half of it
    page: Any
    values: Any
    header_row: int


def open_origin(sheet: ResultSheet) -> OwnBook | None:
    """Return the person's own workbook if its formatting can be taken over, else None.

    It must be an XLSX file that is as it was when it was read, and of a usual size.
    """
    origin = sheet.origin
    if origin is None or sheet.count * len(sheet.all_headers) > _MOST_CELLS:
        return None
    data = _unchanged(origin)
    if data is None:
        return None
    try:
        book = _loaded(data, values=False)
        if origin.sheet not in book.sheetnames:
            return None
        page = book[origin.sheet]
        values = _loaded(data, values=True)[origin.sheet] if _calculates(page) else page
    except Exception:  # noqa: BLE001 - what it can't read is many things; results go before looks
        return None
    return OwnBook(book, page, values, origin.header_row)


def _loaded(data: bytes, *, values: bool) -> Any:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data), keep_links=False, data_only=values)


def _calculates(page: Any) -> bool:
    return any(cell.data_type == "f" for row in page.iter_rows() for cell in row)


def _unchanged(origin: Origin) -> bytes | None:
    """Return the bytes of the file if it is still the one that was read, and not too large."""
    try:
        data = Path(origin.path).read_bytes()
        if fingerprint(data) != origin.fingerprint:
            return None
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (OSError, ValueError, *ZIP_ERRORS):
        return None
    return data if unpacked <= _LARGEST else None
