"""OLE files, the container of old and of encrypted workbooks: the streams inside."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cancel_desk.sheet.problems import SheetError, SheetProblem

OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole_streams(data: bytes) -> frozenset[str]:
    """Return the names of the streams at the top, in lower case; SheetError if it is damaged."""
    with _opened(data) as file:
        return frozenset(path[0].casefold() for path in file.listdir() if len(path) == 1)


def ole_stream(data: bytes, name: str) -> bytes:
    """Return the bytes of a stream; its name's case does not matter."""
    with _opened(data) as file:
        content: bytes = file.openstream(name).read()
        return content


def with_stream(data: bytes, name: str, content: bytes) -> bytes:
    """Return an OLE file with other bytes in a stream, as many as it had; SheetError."""
    import olefile

    file = io.BytesIO(data)
    try:
        with olefile.OleFileIO(file, write_mode=True) as ole:
            ole.write_stream(name, content)
            return file.getvalue()
    except (OSError, IndexError, ValueError, TypeError, AttributeError) as error:
        raise SheetError(SheetProblem.DAMAGED) from error


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            yield file
    except (OSError, IndexError, ValueError, TypeError, AttributeError) as error:
        raise SheetError(SheetProblem.DAMAGED) from error
