"""Old workbooks, record by record."""

import struct

_ERRORS = {"#N/A": 0x2A, "#REF!": 0x17, "#DIV/0!": 0x07}


def xls_workbook(
    rows: list[list[str | float]],
    *,
    protected: bool = False,
    hidden_rows: frozenset[int] = frozenset(),
    hidden_columns: frozenset[int] = frozenset(),
) -> bytes:
    """Return the stream of a BIFF8 workbook with one sheet, the content of an .xls file.

    A text that names an error becomes an error cell; ``hidden_rows`` and ``hidden_columns``
    count from 1.
    """

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def text(value: str) -> bytes:
        return b"\1" + value.encode("utf-16-le")

    def start(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 1996, 0, 6))

    cells = b"".join(
        record(0x7D, struct.pack("<HHHHHH", at - 1, at - 1, 2300, 15, 1, 0))
        for at in sorted(hidden_columns)
    )
    for row, values in enumerate(rows):
        flags = 0x20 if row + 1 in hidden_rows else 0
        cells += record(0x208, struct.pack("<HHHHHHHH", row, 0, 9, 300, 0, 0, flags, 15))
        for column, value in enumerate(values):
            place = struct.pack("<HHH", row, column, 0)
            if value == "":
                continue
            if value in _ERRORS:
                cells += record(0x205, place + struct.pack("<BB", _ERRORS[str(value)], 1))
            elif isinstance(value, str):
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
