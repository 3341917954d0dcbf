"""A proxy as companies have them: it may want a login, and may read what goes through it."""

import base64
import contextlib
import socket
import ssl
import threading
from types import TracebackType
from typing import Self

from patience import PATIENCE


class Gateway:
    """Answers CONNECT, ends TLS itself with its own certificate, and passes on to a local port.

    ``login`` is the user:password it wants. ``heads`` are the CONNECT requests; ``passed`` counts
    the tunnels in which TLS was agreed on.
    """

    def __init__(self, tls: ssl.SSLContext, target: int, *, login: str = "") -> None:
        self._tls = tls
        self._target = target
        self._login = login
        self.heads: list[str] = []
        self.passed = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self._listener.getsockname()[1]
        return port

    def __enter__(self) -> Self:
        """Serve from now on."""
        self._threads[0].start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Serve no more."""
        for each in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)
        for each in (self._listener, *self._open):
            each.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _address = self._listener.accept()
                self._start(self._serve, client)

    def _start(self, work: object, *args: socket.socket) -> None:
        self._open.extend(args)
        thread = threading.Thread(target=work, args=args)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _serve(self, client: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            more = client.recv(4096)
            if not more:
                return
            head += more
        self.heads.append(head.decode())
        wanted = "Basic " + base64.b64encode(self._login.encode()).decode()
        if self._login and f"Proxy-Authorization: {wanted}" not in self.heads[-1]:
            client.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
            client.close()
            return
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with contextlib.suppress(OSError):
            inside = self._tls.wrap_socket(client, server_side=True)
            self.passed += 1
            store = socket.create_connection(("127.0.0.1", self._target))
            self._start(_pass_on, store, inside)
            _pass_on(inside, store)


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_RDWR)
