"""The replies of the stand-in as bytes: bodies, the many shapes of errors, and broken ones."""

import json
import random
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NamedTuple


class Reply(NamedTuple):
    """A reply as it goes out; ``length`` is what Content-Length says where that is a lie."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: Mapping[str, str] = {}
    length: int | None = None

    def with_headers(self, headers: Mapping[str, str]) -> "Reply":
        """Return the reply with more headers."""
        return self._replace(headers={**self.headers, **headers})

    def raw(self, correlation_id: str) -> bytes:
        """Return the whole reply; Walmart gives the correlation id back."""
        try:
            phrase = HTTPStatus(self.status).phrase
        except ValueError:
            phrase = "Unknown"
        head = [
            f"HTTP/1.1 {self.status} {phrase}",
            f"Content-Type: {self.content_type}",
            f"Content-Length: {len(self.body) if self.length is None else self.length}",
            f"WM_QOS.CORRELATION_ID: {correlation_id}",
            *(f"{name}: {value}" for name, value in self.headers.items()),
        ]
        return "\r\n".join([*head, "", ""]).encode("latin-1") + self.body


def good(body: Mapping[str, Any] | str, status: int = 200) -> Reply:
    """Return a JSON reply."""
    return Reply(status, json.dumps(body).encode())


def html(status: int = 200) -> Reply:
    """Return the page of an edge server."""
    page = b"<HTML><HEAD><TITLE>Error</TITLE></HEAD><BODY>Reference #18.2f3c</BODY></HTML>"
    return Reply(status, page, "text/html")


def truncated(reply: Reply) -> Reply:
    """Return a reply whose JSON ends in the middle."""
    return reply._replace(body=reply.body[: len(reply.body) * 2 // 3])


def cut_short(reply: Reply) -> Reply:
    """Return a reply that has fewer bytes than it promises."""
    return reply._replace(body=reply.body[: len(reply.body) // 2], length=len(reply.body))


def refused(status: int, code: str, words: str, *, seed: str) -> Reply:
    """Return an error in one of the shapes seen in the wild, chosen by ``seed``."""
    error = {
        "code": code,
        "field": "data",
        "description": words,
        "info": "Request content is invalid.",
        "severity": "ERROR",
        "category": "DATA",
        "causes": [],
        "errorIdentifiers": {"entry": []},
    }
    flat = {"code": code, "message": words, "category": "DATA", "severity": "ERROR", "field": "x"}
    shapes: list[dict[str, Any]] = [
        {"errors": {"error": [error]}},
        {"errors": {"error": error}},
        {"error": [error]},
        {"error": error},
        {"errors": [flat]},
        {"error": code, "error_description": words},
    ]
    chance = random.Random(seed)
    pick = chance.randrange(len(shapes) + 3)
    if pick < len(shapes):
        return good(shapes[pick], status)
    if pick == len(shapes):
        xml = (
            f"<errors><error><code>{code}</code><description>{words}</description></error></errors>"
        )
        return Reply(status, xml.encode(), "application/xml")
    if pick == len(shapes) + 1:
        problem = {"type": "about:blank", "title": code, "status": status, "detail": words}
        return good(problem, status)._replace(content_type="application/problem+json")
    return Reply(status, b"") if chance.random() < 0.5 else html(status)
