"""One HTTP attempt: sessions, TLS, proxies, time-outs and limits; every failure gets its class."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cancel_desk import __version__
from cancel_desk.walmart.endpoint import Endpoint
from cancel_desk.walmart.failures import (
    CallFailed,
    Cause,
    FailureKind,
    Stage,
    classify_exception,
)

if TYPE_CHECKING:
    import requests

    from cancel_desk.walmart.wire import WatchedAdapter

SERVICE_NAME = "Walmart Marketplace"


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: to connect, for each silence while waiting, and for the whole call.

    The whole can only be longer by the time that connecting takes.
    """

    connect: float = 10.0
    read: float = 60.0
    whole: float = 120.0


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply of any status but a redirect. ``headers`` have lower-case names.

    Shows no body when printed: that may hold a token, or the buyer's name and address.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """What to ask. ``target`` is the path and query, sent exactly as it stands.

    ``correlation_id`` is to be new for every call: Walmart's support asks for it.
    """

    method: str
    target: str
    correlation_id: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """One thread's session and the adapter that watches how far a call has come."""

    session: "requests.Session"
    adapter: "WatchedAdapter"


class _Broken(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, cause: Cause, status: int) -> None:
        super().__init__(cause)
        self.cause = cause
        self.status = status


class Transport:
    """The way to one store. Makes one attempt per call, from any thread, with a session each."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        timeouts: Timeouts | None = None,
        max_bytes: int = 32 * 1024 * 1024,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._endpoint = endpoint
        self._headers = _store_headers(endpoint)
        self._timeouts = timeouts or Timeouts()
        self._max_bytes = max_bytes
        self._clock = clock
        self._own = threading.local()
        self._lock = threading.Lock()
        self._lines: list[_Line] = []

    def send(self, call: Call) -> Reply:
        """Make exactly one attempt and return the reply.

        Raises CallFailed when no whole reply came, or a redirect: following one could carry the
        keys to somebody else.
        """
        line = self._line()
        line.adapter.stage = Stage.UNSEEN
        line.adapter.until = self._clock() + self._timeouts.whole
        try:
            return self._attempt(line, call)
        except _Broken as broken:
            kind, cause, status = FailureKind.UNKNOWN, broken.cause, broken.status
        except (OSError, ValueError, *line.adapter.library_errors) as error:
            (kind, cause), status = classify_exception(error, line.adapter.stage), None
            if cause is Cause.NO_CONNECTION and line.session.proxies:
                cause = Cause.PROXY
        # Outside of the handlers: the exception there holds the request, and that the keys.
        raise CallFailed(kind, cause, status=status, correlation_id=call.correlation_id)

    def close(self) -> None:
        """Close every thread's connections. A later call opens new ones."""
        with self._lock:
            lines, self._lines = self._lines, []
            self._own = threading.local()
        for line in lines:
            line.session.close()

    def _attempt(self, line: _Line, call: Call) -> Reply:
        import requests

        request = requests.Request(
            call.method,
            self._endpoint.base_url,
            headers={**self._headers, **call.headers, "WM_QOS.CORRELATION_ID": call.correlation_id},
            data=call.body,
        )
        prepared = line.session.prepare_request(request)
        # Set afterwards, so that a cursor is not encoded a second time.
        prepared.url = self._endpoint.base_url + call.target
        response = line.session.send(
            prepared,
            stream=True,
            allow_redirects=False,
            verify=True,
            timeout=(self._timeouts.connect, self._timeouts.read),
        )
        try:
            body = self._read(response)
        finally:
            response.close()
        if 300 <= response.status_code < 400:
            raise _Broken(Cause.REDIRECT, response.status_code)
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(response.status_code, headers, body)

    def _read(self, response: "requests.Response") -> bytes:
        """Read the body as it comes in, so that a huge one is not taken in whole."""
        body = bytearray()
        while chunk := response.raw.read1(65536, decode_content=True):
            body += chunk
            if len(body) > self._max_bytes:
                raise _Broken(Cause.TOO_LARGE, response.status_code)
        return bytes(body)

    def _line(self) -> _Line:
        own: _Line | None = getattr(self._own, "line", None)
        if own is None:
            own = self._open_line()
            with self._lock:
                self._own.line = own
                self._lines.append(own)
        return own

    def _open_line(self) -> _Line:
        from http.cookiejar import DefaultCookiePolicy

        import requests
        from requests.utils import get_environ_proxies

        from cancel_desk.walmart.wire import WatchedAdapter

        session = requests.Session()
        # No .netrc, and no REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE that would replace the trust store.
        session.trust_env = False
        if not self._endpoint.is_loopback:
            session.proxies.update(get_environ_proxies(self._endpoint.base_url))
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        adapter = WatchedAdapter(self._clock)
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        return _Line(session, adapter)


def _store_headers(endpoint: Endpoint) -> dict[str, str]:
    """Return the headers that go with every call to this store.

    Other markets than the US are served by Walmart's Global APIs, which ask for two more.
    """
    headers = {
        "User-Agent": f"CancelDesk/{__version__}",
        "Accept": "application/json",
        "WM_SVC.NAME": SERVICE_NAME,
    }
    if endpoint.market.upper() != "US":
        headers |= {"WM_MARKET": endpoint.market.lower(), "WM_GLOBAL_VERSION": "3.1"}
    if endpoint.sandbox:
        headers["WM_SANDBOX"] = "v2"
    return headers
