"""The practice store's door: an HTTP server on the loopback address."""

from __future__ import annotations

import contextlib
import os
import socket
import socketserver
import sys
import threading
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from cancel_desk.practice.bodies import ApiError, error_body, gateway_error
from cancel_desk.practice.gateway import Gateway, Reply, Request

if TYPE_CHECKING:
    from types import TracebackType

    from cancel_desk.practice.store import PracticeStore

HOST = "127.0.0.1"
MAX_BODY = 1 << 20
# How soon a stop is noticed.
POLL_SECONDS = 0.02
PHRASES = {status.value: status.phrase for status in HTTPStatus}


class PracticeServer:
    """Serves a store on 127.0.0.1 from its own threads; on a free port unless one is named.

    A context manager. `start` raises OSError when the port is taken.
    """

    def __init__(self, store: PracticeStore, *, port: int = 0) -> None:
        self.store = store
        self._port = port
        self._listener: _Listener | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Opens the port; calls are answered once this returns."""
        if self._listener is not None:
            raise RuntimeError("the practice store is already open")
        self._listener = _Listener(self._port, self.store)
        self._port = self._listener.server_port
        self._thread = threading.Thread(
            target=self._listener.serve_forever,
            kwargs={"poll_interval": POLL_SECONDS},
            name="practice store",
            daemon=True,
        )
        self._thread.start()

    def stop(self) -> None:
        """Ends every connection, even one that waits for a slow reply, and closes the port."""
        listener, thread = self._listener, self._thread
        if listener is None or thread is None:
            return
        self._listener = self._thread = None
        listener.shutdown()
        thread.join()
        listener.server_close()
        listener.end_connections()

    @property
    def port(self) -> int:
        """The port; the same one again when started again."""
        return self._port

    @property
    def address(self) -> str:
        """The base address, such as `http://127.0.0.1:8765`; known once started."""
        return f"http://{HOST}:{self._port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    # On Windows this option would let a second program take the same port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, port: int, store: PracticeStore) -> None:
        self.gateway = Gateway(store)
        self.store = store
        self.stopping = threading.Event()
        self._connections: dict[threading.Thread, socket.socket] = {}
        self._guard = threading.Lock()
        super().__init__((HOST, port), _Connection)

    def server_bind(self) -> None:
        # HTTPServer asks for the host's full name here, which can take seconds.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        thread = threading.Thread(
            target=self.process_request_thread,
            args=(request, client_address),
            name="practice store connection",
            daemon=True,
        )
        with self._guard:
            self._connections[thread] = request
        thread.start()

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._guard:
                self._connections.pop(threading.current_thread(), None)

    def end_connections(self) -> None:
        self.stopping.set()
        with self._guard:
            open_now = list(self._connections.items())
        for thread, connection in open_now:
            # An OSError says that the other side was quicker.
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            thread.join()

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A connection that the other side drops is part of the practice; all else is a bug.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "PracticeStore"
    sys_version = ""
    disable_nagle_algorithm = True
    server: _Listener

    def do_POST(self) -> None:
        try:
            reply = self._answer(self._body())
        except ApiError as error:
            self.close_connection = True
            reply = Reply(error.status, error_body(error), {}, 0)
        self._send(reply)

    do_GET = do_PUT = do_PATCH = do_DELETE = do_POST  # noqa: N815 - named so by http.server

    def _body(self) -> bytes:
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not (length.isascii() and length.isdigit()):
            raise gateway_error(411, "INVALID_REQUEST_HEADER", "Content-Length is required")
        if len(length) > 9 or int(length) > MAX_BODY:
            raise gateway_error(413, "INVALID_REQUEST_CONTENT", "The request is too large")
        return self.rfile.read(int(length))

    def _answer(self, body: bytes) -> Reply:
        address = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        half = self.server.store.faults.latency / 2
        self._pause(half)
        reply = self.server.gateway.answer(
            Request(self.command, address.path, address.query, headers, body)
        )
        self._pause(half + reply.delay)
        return reply

    def _pause(self, seconds: float) -> None:
        if seconds > 0:
            self.server.stopping.wait(seconds)

    def _send(self, reply: Reply) -> None:
        if reply.status is None:
            self.close_connection = True
            return
        headers = {
            "Date": formatdate(usegmt=True),
            "Server": self.server_version,
            "Content-Type": reply.body.content_type,
            "Content-Length": str(len(reply.body.data)),
            "Connection": "close" if self.close_connection else "keep-alive",
            **reply.headers,
        }
        # A header that came in folded or with odd characters must not break the reply.
        lines = [
            f"{name}: {value}" for name, value in headers.items() if value and value.isprintable()
        ]
        head = f"HTTP/1.1 {reply.status} {PHRASES.get(reply.status, 'Unknown')}"
        text = "\r\n".join([head, *lines, "", ""])
        # One write: a reply in two pieces waits 40 ms for the other side's acknowledgement.
        self.wfile.write(text.encode("latin-1", "replace") + reply.body.data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named so by http.server
        """Nothing is printed: the journal knows."""
