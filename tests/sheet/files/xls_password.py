"""Old workbooks sealed with a password as Excel 97 to 2003 did it (MS-XLS 2.2.10, MS-OFFCRYPTO)."""

import struct
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial
from hashlib import new

# What the format asks for, secure or not.
md5 = partial(new, "md5")
sha1 = partial(new, "sha1")
_BLOCK = 1024  # bytes of the stream that share a key
_FILEPASS, _BOF, _BOUNDSHEET = 0x2F, 0x809, 0x85
_SALT = bytes(range(16))
_VERIFIER = bytes(range(100, 116))


class Sealing(StrEnum):
    """The two ways that Excel seals such a file."""

    RC4 = "rc4"  # 40 bits, Excel 97 and 2000
    CRYPTO_API = "crypto_api"  # 128 bits, Excel 2002 and later


def sealed_workbook(stream: bytes, password: str, sealing: Sealing) -> bytes:
    """Return the stream of a workbook with every record but the first of each part sealed."""
    key_of = _rc4_key if sealing is Sealing.RC4 else _crypto_api_key
    records = list(_records(stream))
    kind, start = records[0]
    filepass = _filepass(password, sealing)
    grown = 4 + len(filepass)
    whole = [(kind, start), (_FILEPASS, filepass), *records[1:]]
    sealed, at = b"", 0
    for kind, plain in whole:
        head = struct.pack("<HH", kind, len(plain))
        data = _moved(plain, grown) if kind == _BOUNDSHEET else plain
        kept = len(data) if kind in {_BOF, _FILEPASS} else 4 if kind == _BOUNDSHEET else 0
        hidden = _sealed(data[kept:], at + 4 + kept, lambda block: key_of(password, block))
        sealed += head + data[:kept] + hidden
        at += 4 + len(data)
    return sealed


def _moved(boundsheet: bytes, grown: int) -> bytes:
    """Return the record that says where a sheet begins: so many bytes later."""
    [place] = struct.unpack("<I", boundsheet[:4])
    return struct.pack("<I", place + grown) + boundsheet[4:]


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(stream):
        kind, size = struct.unpack("<HH", stream[at : at + 4])
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _sealed(data: bytes, at: int, key_of: Callable[[int], bytes]) -> bytes:
    """Return bytes that stand at a place of the stream as the key of their blocks makes them."""
    made = bytearray()
    for place, byte in enumerate(data, start=at):
        block, within = divmod(place, _BLOCK)
        if not made or within == 0:
            key = _keystream(key_of(block), _BLOCK)
        made.append(byte ^ key[within])
    return bytes(made)


def _filepass(password: str, sealing: Sealing) -> bytes:
    if sealing is Sealing.RC4:
        key = _keystream(_rc4_key(password, 0), 32)
        sealed = _xor(_VERIFIER + md5(_VERIFIER).digest(), key)
        return struct.pack("<HHH", 1, 1, 1) + _SALT + sealed
    key = _keystream(_crypto_api_key(password, 0), 36)
    sealed = _xor(_VERIFIER + sha1(_VERIFIER).digest(), key)
    provider = "Microsoft Enhanced Cryptographic Provider v1.0\0".encode("utf-16-le")
    header = struct.pack("<8I", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0) + provider
    verifier = struct.pack("<I", 16) + _SALT + sealed[:16] + struct.pack("<I", 20) + sealed[16:]
    return struct.pack("<HHHII", 1, 4, 2, 4, len(header)) + header + verifier


def _rc4_key(password: str, block: int) -> bytes:
    first = md5(password.encode("utf-16-le")).digest()[:5]
    second = md5((first + _SALT) * 16).digest()[:5]
    return md5(second + struct.pack("<I", block)).digest()


def _crypto_api_key(password: str, block: int) -> bytes:
    first = sha1(_SALT + password.encode("utf-16-le")).digest()
    return sha1(first + struct.pack("<I", block)).digest()[:16]


def _keystream(key: bytes, length: int) -> bytes:
    """Return the beginning of the bytes that RC4 makes of a key."""
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    made = bytearray()
    i = j = 0
    for _ in range(length):
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        made.append(state[(state[i] + state[j]) % 256])
    return bytes(made)


def _xor(data: bytes, key: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(data, key, strict=True))
