"""Connections that trust what the system trusts, watch a request leave, and end in time."""

import io
import math
import ssl
import time
from collections.abc import Callable
from functools import partial
from http.client import HTTPException, HTTPResponse
from typing import Any

import requests
import truststore
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection

from cancel_desk.walmart.failures import Stage


class WatchedAdapter(HTTPAdapter):
    """Sends once, without retries, and keeps in ``stage`` how far the call at hand has come.

    ``stage`` stays UNSEEN if a connection of another make was used. ``until`` is the time by
    ``clock`` at which waiting for the reply ends, however much of it still comes in. One adapter
    serves one thread.
    """

    library_errors = (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException)

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.stage = Stage.UNSEEN
        self.until = math.inf
        self.clock = clock
        self._trust: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make connections check certificates with the system's trust store."""
        super().init_poolmanager(*args, **kwargs, ssl_context=self._trust)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """Do the same for connections through a proxy."""
        return super().proxy_manager_for(proxy, **kwargs, ssl_context=self._trust)

    def cert_verify(self, conn: Any, *_told: Any, **_named: Any) -> None:
        """Leave checking to the trust store: requests would add its own bundle here."""
        conn.cert_reqs = "CERT_REQUIRED"

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        """Return the pool, made to open connections that are watched."""
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        watched = _WatchedTls if pool.scheme == "https" else _Watched
        pool.ConnectionCls = self._opener(watched)
        return pool

    def _opener(self, watched: type["_Watched | _WatchedTls"]) -> Any:
        def open_connection(*args: Any, **kwargs: Any) -> HTTPConnection:
            connection = watched(*args, **kwargs)
            connection.adapter = self
            connection.response_class = partial(_TimedResponse, self)  # type: ignore[assignment]
            return connection

        return open_connection


class _TimedResponse(HTTPResponse):
    """A reply whose head and body both end by the adapter's time: a silence alone is no measure.

    A server that sends a byte now and then would hold a thread for as long as it likes.
    """

    def __init__(self, adapter: WatchedAdapter, sock: Any, **kwargs: Any) -> None:
        super().__init__(sock, **kwargs)
        raw: Any = self.fp.detach()
        self.fp = io.BufferedReader(_TimedReading(adapter, sock, raw))


class _TimedReading(io.RawIOBase):
    def __init__(self, adapter: WatchedAdapter, sock: Any, raw: io.RawIOBase) -> None:
        self._adapter = adapter
        self._sock = sock
        self._raw = raw
        self._silence: float = sock.gettimeout() or math.inf

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int | None:
        left = self._adapter.until - self._adapter.clock()
        if left <= 0:
            raise TimeoutError
        if math.isfinite(seconds := min(self._silence, left)):
            self._sock.settimeout(seconds)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


class _Watched(HTTPConnection):
    adapter: WatchedAdapter
    _connecting = False

    def connect(self) -> None:
        self.adapter.stage = Stage.CONNECTING
        self._connecting = True  # a proxy's CONNECT goes through `send` too
        try:
            super().connect()
        finally:
            self._connecting = False

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        if not self._connecting:
            self.adapter.stage = Stage.SENDING
        super().send(data)


class _WatchedTls(_Watched, HTTPSConnection):
    pass
