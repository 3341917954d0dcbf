"""What one attempt gives on a wire that misbehaves, and whether it can have been received."""

import gc
import gzip
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cancel_desk import __version__
from cancel_desk.walmart.endpoint import Endpoint
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind
from cancel_desk.walmart.transport import Call, Timeouts, Transport
from patience import PATIENCE, until
from walmart.certificates import Certificate

from .conftest import Script, Serve, answer

Connect = Callable[..., Transport]
POST = Call("POST", "/v3/orders/1/cancel", "id-1", {"WM_SEC.ACCESS_TOKEN": "tok"}, b"{}")
GET = Call("GET", "/v3/orders?a=b%2Bc&d=1,2|3", "id-2", {})


@pytest.fixture
def connect() -> Iterator[Connect]:
    opened: list[Transport] = []

    def to(
        address: str, *, max_bytes: int = 100_000, read: float = PATIENCE, **more: str
    ) -> Transport:
        timeouts = Timeouts(connect=PATIENCE, read=read, whole=PATIENCE)
        endpoint = Endpoint(address, market=more.get("market", "US"), sandbox="sandbox" in more)
        opened.append(Transport(endpoint, timeouts=timeouts, max_bytes=max_bytes))
        return opened[-1]

    yield to
    for transport in opened:
        transport.close()


def failure_of(transport: Transport, call: Call = POST) -> CallFailed:
    with pytest.raises(CallFailed) as caught:
        transport.send(call)
    assert caught.value.correlation_id == call.correlation_id
    assert caught.value.__context__ is None, "it would hold the request, and with it the keys"
    return caught.value


def outcome(failure: CallFailed) -> tuple[FailureKind, Cause]:
    return failure.kind, failure.cause


def test_a_reply_comes_back_whole(serve: Serve, connect: Connect) -> None:
    server = serve(answer(b'{"a": 1}', headers=("X-Current-Token-Count: 7",)))
    reply = connect(server.address).send(POST)
    assert (reply.status, reply.body) == (200, b'{"a": 1}')
    assert reply.headers["x-current-token-count"] == "7"
    head = server.requests[0].decode()
    assert head.startswith("POST /v3/orders/1/cancel HTTP/1.1")
    for line in (
        f"User-Agent: CancelDesk/{__version__}",
        "WM_SVC.NAME: Walmart Marketplace",
        "WM_QOS.CORRELATION_ID: id-1",
        "WM_SEC.ACCESS_TOKEN: tok",
        "Accept: application/json",
    ):
        assert line in head
    assert "WM_MARKET" not in head
    assert "WM_SANDBOX" not in head
    assert "Authorization" not in head


def test_other_markets_and_the_sandbox_have_their_headers(serve: Serve, connect: Connect) -> None:
    server = serve(answer())
    connect(server.address, market="CA", sandbox="yes").send(GET)
    head = server.requests[0].decode()
    assert "WM_MARKET: ca" in head
    assert "WM_GLOBAL_VERSION: 3.1" in head
    assert "WM_SANDBOX: v2" in head


def test_the_target_is_not_encoded_a_second_time(serve: Serve, connect: Connect) -> None:
    server = serve(answer())
    connect(server.address).send(Call("GET", "/v3/orders?x=%2B%7E&y=a%3D=", "i", {}))
    assert server.requests[0].startswith(b"GET /v3/orders?x=%2B%7E&y=a%3D= ")


def test_an_error_status_is_a_reply(serve: Serve, connect: Connect) -> None:
    server = serve(answer(b"no", status="503 Busy"))
    assert connect(server.address).send(GET).status == 503


def test_gzip_is_unpacked(serve: Serve, connect: Connect) -> None:
    server = serve(answer(gzip.compress(b"{}" * 50), headers=("Content-Encoding: gzip",)))
    assert connect(server.address).send(GET).body == b"{}" * 50


def test_chunks_are_joined(serve: Serve, connect: Connect) -> None:
    def chunked(connection: socket.socket) -> None:
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")

    server = serve(chunked)
    transport = connect(server.address)
    assert transport.send(GET).body == b"abcde"
    assert transport.send(GET).body == b"abcde"
    assert server.connections == 1


def test_nobody_listening_is_unsent(connect: Connect) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    failure = failure_of(connect(f"http://127.0.0.1:{port}"))
    assert outcome(failure) == (FailureKind.UNSENT, Cause.NO_CONNECTION)


def test_an_unknown_host_is_unsent(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: object, **more: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    failure = failure_of(connect("https://store.invalid"))
    assert outcome(failure) == (FailureKind.UNSENT, Cause.NO_ADDRESS)


def test_a_connection_that_is_not_made_in_time_is_unsent(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*args: object, **more: object) -> None:
        raise TimeoutError

    monkeypatch.setattr("urllib3.util.connection.create_connection", late)
    failure = failure_of(connect("https://store.invalid"))
    assert outcome(failure) == (FailureKind.UNSENT, Cause.CONNECT_TIMEOUT)


def _hang_up(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def _cut_short(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{}")
    connection.shutdown(socket.SHUT_RDWR)


def _not_http(connection: socket.socket) -> None:
    connection.sendall(b"220 mail.example ESMTP\r\n")
    connection.shutdown(socket.SHUT_RDWR)


def _bad_chunk(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc")
    connection.shutdown(socket.SHUT_RDWR)


def _drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{")
    connection.recv(1)  # until the other side gives up


def _silent(connection: socket.socket) -> None:
    connection.recv(1)


@pytest.mark.parametrize(
    ("script", "cause"),
    [
        (_hang_up, Cause.CONNECTION_LOST),
        (_reset, Cause.CONNECTION_LOST),
        (_cut_short, Cause.CONNECTION_LOST),
        (_not_http, Cause.CONNECTION_LOST),
        (_bad_chunk, Cause.CONNECTION_LOST),
        (_silent, Cause.READ_TIMEOUT),
        (_drip, Cause.READ_TIMEOUT),
        (answer(b"no gzip", headers=("Content-Encoding: gzip",)), Cause.UNREADABLE),
        (answer(b"x" * 100_001), Cause.TOO_LARGE),
        (
            answer(gzip.compress(b"x" * 100_001), headers=("Content-Encoding: gzip",)),
            Cause.TOO_LARGE,
        ),
        (answer(status="302 Found", headers=("Location: https://other.example/",)), Cause.REDIRECT),
        (answer(status="304 Not Modified"), Cause.REDIRECT),
    ],
)
def test_after_the_request_went_out_it_is_unknown(
    script: Script, cause: Cause, serve: Serve, connect: Connect
) -> None:
    server = serve(script)
    transport = connect(server.address, read=0.1 if cause is Cause.READ_TIMEOUT else PATIENCE)
    assert outcome(failure_of(transport)) == (FailureKind.UNKNOWN, cause)
    until(lambda: bool(server.requests), "the request at the server")
    server.close()
    assert len(server.requests) == 1, "never repeated"


def test_a_reply_cut_in_its_headers_is_a_reply_without_a_body(
    serve: Serve, connect: Connect
) -> None:
    def cut(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Le")
        connection.shutdown(socket.SHUT_RDWR)

    assert connect(serve(cut).address).send(POST).body == b""


class Running:
    """A clock that goes a minute on at each look."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 60.0
        return self.now


_STATUS = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize("tls", [False, True])
@pytest.mark.parametrize(
    "begun", [b"", b"HTTP/1.1 2", _STATUS + b"X-A: ", _STATUS + b"Content-Length: 9000\r\n\r\n "]
)
def test_a_reply_that_drips_is_given_up(
    begun: bytes, tls: bool, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it is, in its status line, its headers or its body."""
    over = threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.sendall(begun)
        # Never silent for long: without an end to the whole it would go on like this.
        while not over.wait(0.01):
            connection.sendall(b"1")

    certificate = Certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    server = serve(drip, tls=certificate.context if tls else None)
    transport = Transport(Endpoint(server.address), clock=Running())
    assert outcome(failure_of(transport)) == (FailureKind.UNKNOWN, Cause.READ_TIMEOUT)
    over.set()
    transport.close()


def test_the_last_wait_is_only_as_long_as_the_whole_allows(serve: Serve) -> None:
    def begin(connection: socket.socket) -> None:
        connection.sendall(_STATUS)
        connection.recv(1)  # until the other side gives up

    server = serve(begin)
    transport = Transport(
        Endpoint(server.address), timeouts=Timeouts(connect=PATIENCE, read=3600.0, whole=0.2)
    )
    assert outcome(failure_of(transport)) == (FailureKind.UNKNOWN, Cause.READ_TIMEOUT)
    transport.close()


def test_each_call_has_its_own_time(serve: Serve) -> None:
    server = serve(answer())
    clock = Running()
    transport = Transport(Endpoint(server.address), timeouts=Timeouts(whole=400.0), clock=clock)
    for _ in range(5):
        assert transport.send(GET).status == 200
    assert server.connections == 1
    assert clock.now > 400.0
    transport.close()


def test_a_kept_connection_that_breaks_is_unknown(serve: Serve, connect: Connect) -> None:
    server = serve(answer(), _reset)
    transport = connect(server.address)
    transport.send(GET)
    assert outcome(failure_of(transport)) == (FailureKind.UNKNOWN, Cause.CONNECTION_LOST)
    assert (server.connections, len(server.requests)) == (1, 2)


def test_a_refusal_after_a_kept_connection_is_still_unsent(serve: Serve, connect: Connect) -> None:
    """What the last call on the same session saw must not colour this one."""
    server = serve(answer(headers=("Connection: close",)))
    transport = connect(server.address)
    transport.send(GET)
    server.close()
    assert outcome(failure_of(transport)) == (FailureKind.UNSENT, Cause.NO_CONNECTION)


def test_a_redirect_leads_nowhere(serve: Serve, connect: Connect) -> None:
    other = serve(answer())
    first = serve(answer(status="307 Moved", headers=(f"Location: {other.address}/",)))
    assert failure_of(connect(first.address)).status == 307
    assert other.requests == []


def test_an_untrusted_certificate_is_unsent(serve: Serve, connect: Connect, tmp_path: Path) -> None:
    server = serve(answer(), tls=Certificate(tmp_path).context)
    assert outcome(failure_of(connect(server.address))) == (FailureKind.UNSENT, Cause.TLS)
    assert server.requests == []


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_a_bundle_in_the_environment_is_not_trusted(
    name: str, serve: Serve, connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = Certificate(tmp_path)
    monkeypatch.setenv(name, str(certificate.path))
    server = serve(answer(), tls=certificate.context)
    assert outcome(failure_of(connect(server.address))) == (FailureKind.UNSENT, Cause.TLS)


@pytest.mark.skipif(sys.platform != "linux", reason="SSL_CERT_FILE stands for the system's store")
def test_the_system_store_is_what_is_trusted(
    serve: Serve, connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = Certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nonexistent")
    server = serve(answer(b"ok"), _hang_up, tls=certificate.context)
    transport = connect(server.address)
    assert transport.send(GET).body == b"ok"
    assert outcome(failure_of(transport)) == (FailureKind.UNKNOWN, Cause.CONNECTION_LOST)


@pytest.mark.skipif(sys.platform != "linux", reason="SSL_CERT_FILE stands for the system's store")
@pytest.mark.parametrize("days", [(-3, -1), (1, 3)])
def test_a_certificate_that_the_clock_speaks_against_is_told_apart(
    days: tuple[int, int],
    serve: Serve,
    connect: Connect,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    certificate = Certificate(tmp_path, days=days)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    server = serve(answer(), tls=certificate.context)
    failure = failure_of(connect(server.address))
    assert outcome(failure) == (FailureKind.UNSENT, Cause.CERTIFICATE_DATE)
    assert server.requests == []


def _accept_and(act: Callable[[socket.socket], None], listener: socket.socket) -> threading.Thread:
    def play() -> None:
        connection, _address = listener.accept()
        with connection:
            act(connection)

    thread = threading.Thread(target=play)
    thread.start()
    return thread


def _receive_then_close(connection: socket.socket) -> None:
    connection.recv(65536)


def _receive_then_reset(connection: socket.socket) -> None:
    connection.recv(1)
    _reset(connection)


def _speak_plainly(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


@pytest.mark.parametrize(
    ("act", "cause"),
    [
        (_receive_then_close, Cause.TLS),
        (_receive_then_reset, Cause.NO_CONNECTION),
        (_speak_plainly, Cause.TLS),
    ],
)
def test_what_breaks_in_the_handshake_is_unsent(
    act: Callable[[socket.socket], None], cause: Cause, connect: Connect
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = _accept_and(act, listener)
        port = listener.getsockname()[1]
        assert outcome(failure_of(connect(f"https://127.0.0.1:{port}"))) == (
            FailureKind.UNSENT,
            cause,
        )
        thread.join(PATIENCE)


def test_a_handshake_that_hangs_is_unsent(connect: Connect) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        transport = Transport(
            Endpoint(f"https://127.0.0.1:{listener.getsockname()[1]}"),
            timeouts=Timeouts(connect=0.1, read=0.1),
        )
        failure = failure_of(transport)
        transport.close()
    assert outcome(failure) == (FailureKind.UNSENT, Cause.CONNECT_TIMEOUT)


@pytest.mark.parametrize(
    ("script", "cause"),
    [
        (answer(status="407 Proxy Authentication Required"), Cause.PROXY_LOGIN),
        (answer(status="502 Bad Gateway"), Cause.PROXY),
        (_hang_up, Cause.PROXY),
    ],
)
def test_a_proxy_that_refuses_is_unsent(
    script: Script,
    cause: Cause,
    serve: Serve,
    connect: Connect,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    proxy = serve(script)
    monkeypatch.setenv("HTTPS_PROXY", proxy.address)
    failure = failure_of(connect("https://marketplace.invalid"))
    assert outcome(failure) == (FailureKind.UNSENT, cause)
    assert proxy.requests[0].startswith(b"CONNECT marketplace.invalid:443 ")
    assert b"tok" not in proxy.requests[0]


def test_an_interrupted_tunnel_is_unsent(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_then_close(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        connection.recv(65536)
        connection.shutdown(socket.SHUT_RDWR)

    monkeypatch.setenv("HTTPS_PROXY", serve(open_then_close).address)
    assert failure_of(connect("https://marketplace.invalid")).kind is FailureKind.UNSENT


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:1", "socks5://127.0.0.1:1", "http://[", "?"])
def test_a_proxy_that_is_not_there_is_unsent(
    proxy: str, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    failure = failure_of(connect("https://marketplace.invalid"))
    assert outcome(failure) == (FailureKind.UNSENT, Cause.PROXY)


def test_loopback_never_goes_through_a_proxy(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy, server = serve(answer()), serve(answer())
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.address)
    connect(server.address).send(GET)
    assert (len(proxy.requests), len(server.requests)) == (0, 1)


def test_netrc_and_cookies_are_not_used(
    serve: Serve, connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    server = serve(answer(headers=("Set-Cookie: edge=1; Path=/",)))
    transport = connect(server.address)
    transport.send(GET)
    transport.send(GET)
    assert b"authorization" not in server.requests[0].lower()
    assert b"cookie" not in server.requests[1].lower()


def test_each_thread_has_its_own_connection(serve: Serve, connect: Connect) -> None:
    server = serve(answer())
    transport = connect(server.address)
    meet = threading.Barrier(3)

    def twice(_number: int) -> None:
        transport.send(GET)
        meet.wait(PATIENCE)
        transport.send(GET)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(twice, range(3)))
    assert (server.connections, len(server.requests)) == (3, 6)


def test_closing_leaves_no_socket_and_a_later_call_works(serve: Serve, connect: Connect) -> None:
    server = serve(answer())
    transport = connect(server.address)
    transport.send(GET)
    transport.close()
    gc.collect()  # an open socket would warn here, and warnings fail
    assert transport.send(GET).status == 200
