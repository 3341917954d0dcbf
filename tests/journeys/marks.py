"""Marked secrets and buyers' data, and finding them again in whatever way they were written."""

import base64
import html
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

from standin.contract import Request
from standin.replies import Reply, refused
from standin.walmart import StandIn

CLIENT_ID = "marked-id-5Q8x"
CLIENT_SECRET = "marked/secret+7Zy=&"
TOKEN = "marked.token~3Kd"
E_MAIL = "marked.mail@relay.example"
PHONE = "650-555-0199"

_BUYER = {
    b"A. Customer": "Marka Buyersname",
    b"5A3C9F@relay.walmart.com": E_MAIL,
    b"6502248603": PHONE,
    b"1 Some Street": "77 Märk Street",
    b"Sunnyvale": "Marktown-on-Sea",
    b"94086": "MK9-0ZZ",
}
MARKS = (CLIENT_ID, CLIENT_SECRET, TOKEN, *_BUYER.values())


class MarkedStore(StandIn):
    """A stand-in whose buyers are marked; while it is ``shut``, it refuses every call."""

    shut = False

    def answer(self, request: Request) -> Reply:
        """Answer with the marked data; errors quote them, as careless software does."""
        if self.shut and "/orders/" in request.path:
            return refused(403, "FORBIDDEN", _quoting("No entry"), seed="an error in JSON")
        reply = super().answer(request)
        body = reply.body
        for found, mark in _BUYER.items():
            body = body.replace(found, mark.encode())
        for words in ("System error", "Too many requests", "Unauthorized"):
            body = body.replace(words.encode(), _quoting(words).encode())
        return reply._replace(body=body)


def _quoting(words: str) -> str:
    return f"{words} for {E_MAIL}, {PHONE}, Bearer {TOKEN}-1"


def found_in(content: bytes) -> list[str]:
    """Return the marks that occur in some bytes, plain or encoded; archives are looked into."""
    pieces = [content, *_members(content)]
    return [
        f"{mark} as {way}"
        for mark in MARKS
        for way, form in _forms(mark).items()
        if any(form in piece for piece in pieces)
    ]


def found_below(folders: Iterable[Path]) -> Mapping[str, list[str]]:
    """Return the marks in each file below these folders, and in its path."""
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    found = {str(path): found_in(str(path).encode() + b"\n" + path.read_bytes()) for path in paths}
    return {path: marks for path, marks in found.items() if marks}


def _members(content: bytes) -> Iterator[bytes]:
    if not content.startswith(b"PK") and b"PK\x03\x04" not in content:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                member = archive.read(name)
                yield member
                yield from _members(member)
    except zipfile.BadZipFile:
        return


def _forms(mark: str) -> dict[str, bytes]:
    raw = mark.encode()
    forms = {
        "plain text": raw,
        "UTF-16": mark.encode("utf-16-le"),
        "URL-encoded text": quote(mark, safe="").encode(),
        "form-encoded text": quote_plus(mark).encode(),
        "JSON": json.dumps(mark)[1:-1].encode(),
        "markup": html.escape(mark).encode(),
        "hex": raw.hex().encode(),
        "capital hex": raw.hex().upper().encode(),
    }
    for at in range(3):
        inside = _base64_inside(raw, at)
        forms[f"base64 from byte {at}"] = inside
        forms[f"base64 for URLs from byte {at}"] = inside.translate(bytes.maketrans(b"+/", b"-_"))
    return forms


def _base64_inside(raw: bytes, at: int) -> bytes:
    """Return the part of base64 that depends on ``raw`` alone, with ``at`` bytes before it."""
    whole = base64.b64encode(bytes(at) + raw)
    sure = (at + len(raw)) // 3 * 4
    return whole[(0, 2, 3)[at] : sure]
