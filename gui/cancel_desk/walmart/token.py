"""The access token: fetched once for all threads, renewed early, dropped when refused."""

import base64
import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from cancel_desk.walmart.elapsed import Clocks, Elapsed
from cancel_desk.walmart.error_bodies import read_words
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind, classify_token_status
from cancel_desk.walmart.limit_headers import retry_after, wait_after_429
from cancel_desk.walmart.loose_json import UnreadableReply, as_mapping, as_text, as_units, decode
from cancel_desk.walmart.transport import Call, Reply, Transport

_EARLY = 60.0  # seconds before its end at which a token is renewed
_LIFE = 900  # seconds, where the reply doesn't say


@dataclass(frozen=True, slots=True)
class Credentials:
    """A client id and secret from Walmart's developer portal. Shows neither when printed."""

    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)

    @property
    def seller(self) -> str:
        """What tells these keys' seller from others; the client id can't be learned from it."""
        return hashlib.sha256(f"seller {self.client_id}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Token:
    text: str = field(repr=False)
    asked: Elapsed
    life: float  # seconds


class TokenSource:
    """Gives the token that is good now. Any thread may ask; one fetch is made at a time."""

    def __init__(
        self,
        transport: Transport,
        credentials: Credentials,
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._transport = transport
        self._credentials = credentials
        self._clocks = Clocks(clock, wall)
        self._lock = threading.Lock()
        self._token: _Token | None = None

    def token(self) -> str:
        """Return a token with life left in it, fetching one if need be.

        Raises CallFailed: CREDENTIALS if they are refused, else never UNKNOWN, because the call
        that needed the token has not been made.
        """
        with self._lock:
            if self._token is None or self._token.asked.seconds >= self._token.life:
                self._token = None
                self._token = self._fetch()
            return self._token.text

    def invalidate(self, token: str) -> None:
        """Drop this token; one that another thread has fetched meanwhile stays."""
        with self._lock:
            if self._token is not None and self._token.text == token:
                self._token = None

    def _fetch(self) -> _Token:
        correlation_id = str(uuid4())
        asked = self._clocks.start()
        try:
            reply = self._transport.send(self._call(correlation_id))
        except CallFailed as failure:
            raise CallFailed(
                FailureKind.UNSENT,
                failure.cause,
                status=failure.status,
                correlation_id=correlation_id,
            ) from None
        if reply.status != 200:
            raise self._refusal(reply, correlation_id)
        try:
            told = as_mapping(decode(reply.body), "reply")
            text = as_text(told.get("access_token"), "access_token")
            life = as_units(told.get("expires_in", _LIFE), "expires_in")
        except UnreadableReply:
            raise CallFailed(
                FailureKind.UNSENT,
                Cause.NOT_WALMART,
                status=reply.status,
                correlation_id=correlation_id,
            ) from None
        return _Token(text, asked, life - min(_EARLY, life / 2))

    def _call(self, correlation_id: str) -> Call:
        pair = f"{self._credentials.client_id}:{self._credentials.client_secret}"
        return Call(
            "POST",
            "/v3/token",
            correlation_id,
            {
                "Authorization": "Basic " + base64.b64encode(pair.encode()).decode(),
                "Content-Type": "application/x-www-form-urlencoded",
            },
            b"grant_type=client_credentials",
        )

    def _refusal(self, reply: Reply, correlation_id: str) -> CallFailed:
        kind, cause = classify_token_status(reply.status)
        words = read_words(reply.body)
        hint = wait_after_429 if kind is FailureKind.THROTTLED else retry_after
        return CallFailed(
            kind,
            cause,
            status=reply.status,
            code=words.code,
            words=words.text,
            correlation_id=correlation_id,
            retry_after=hint(reply.headers, now=self._clocks.wall()),
        )
