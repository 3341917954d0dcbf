"""The access tokens a practice store gives out, and whom it gives them to."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
import threading
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

CLIENT_ID = "practice-client-id"
CLIENT_SECRET = "practice-client-secret"  # noqa: S105 - it opens nothing but the practice store
TOKEN_SECONDS = 900


class Issued(NamedTuple):
    """When a token was issued and when it expires, epoch seconds."""

    issued_at: float
    expires_at: float


class Tokens:
    """Tokens that hold for 900 seconds; safe to use from several threads."""

    def __init__(self, *, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._issued: dict[str, Issued] = {}

    def issue(self) -> str:
        """A new token."""
        now = self._clock()
        token = secrets.token_urlsafe(48)
        with self._lock:
            self._issued = {
                key: each for key, each in self._issued.items() if each.expires_at > now
            }
            self._issued[token] = Issued(now, now + TOKEN_SECONDS)
        return token

    def find(self, token: str) -> Issued | None:
        """When a token that still holds was issued, or None."""
        with self._lock:
            issued = self._issued.get(token)
        return issued if issued is not None and self._clock() < issued.expires_at else None

    def expire_all(self) -> None:
        """Makes every token given out so far worthless."""
        with self._lock:
            self._issued.clear()


def credentials_accepted(authorization: str) -> bool:
    """Whether a Basic authorization header holds the practice store's client id and secret."""
    scheme, _, encoded = authorization.partition(" ")
    try:
        given = base64.b64decode(encoded.strip(), validate=True)
    except (binascii.Error, ValueError):
        return False
    expected = f"{CLIENT_ID}:{CLIENT_SECRET}".encode()
    return scheme.lower() == "basic" and hmac.compare_digest(given, expected)
