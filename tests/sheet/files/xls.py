"""Old workbooks, record by record."""

import struct


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
