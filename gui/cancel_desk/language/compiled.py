"""Reading whole catalogues as they are compiled: the library gives single sentences only."""

import struct
from collections.abc import Iterator
from typing import Final

_MAGIC: Final = 0x950412DE
_HEAD: Final = struct.Struct("<5I")
_ENTRY: Final = struct.Struct("<2I")


def read_forms(data: bytes) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return all sentences, by their forms in the sources, with their forms in the language.

    Of several forms in the sources the first is for one. "" gives none.
    """
    if not data:
        return {}
    magic, _version, number, sources, forms = _HEAD.unpack_from(data)
    if magic != _MAGIC:
        raise ValueError("not a compiled catalogue")
    pairs = zip(_texts(data, sources, number), _texts(data, forms, number), strict=True)
    return {source: said for source, said in pairs if source != ("",)}


def _texts(data: bytes, table: int, number: int) -> Iterator[tuple[str, ...]]:
    for at in range(number):
        length, begin = _ENTRY.unpack_from(data, table + at * _ENTRY.size)
        yield tuple(data[begin : begin + length].decode().split("\0"))
