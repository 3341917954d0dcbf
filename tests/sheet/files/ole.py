"""OLE files, the container of .xls and of encrypted workbooks."""

import struct
from collections.abc import Mapping


def ole_file(streams: Mapping[str, bytes]) -> bytes:
    """Return an OLE compound file, the container of .xls and of encrypted workbooks.

    A short stream is filled up with zeros, as Excel does it.
    """
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    fat = [0xFFFFFFFD, end]  # the table itself, and the directory
    entries = [_ole_entry("Root Entry", 5, child=1, start=end, size=0)]
    content = b""
    for at, (name, stream) in enumerate(streams.items(), start=1):
        data = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
        start, sectors, size = len(fat), len(data) // 512, max(4096, len(stream))
        fat += [*range(start + 1, start + sectors), end]
        right = at + 1 if at < len(streams) else free
        entries.append(_ole_entry(name, 2, right=right, start=start, size=size))
        content += data
    header = struct.pack(
        "<8s16x5H6x9I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        1,
        0,
        4096,
        end,
        0,
        end,
        0,
    ) + struct.pack("<109I", 0, *[free] * 108)
    table = struct.pack("<128I", *fat, *[free] * (128 - len(fat)))
    return header + table + b"".join(entries).ljust(512, b"\0") + content


def _ole_entry(
    name: str, kind: int, *, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIQ", text, len(text), kind, 1, 0xFFFFFFFF, right, child, start, size
    )
