"""The HTTP server: connections, stopping, speed."""

from __future__ import annotations

import http.client
import socket
import threading
from typing import TYPE_CHECKING

import pytest

from cancel_desk.practice.bucket import Limits
from cancel_desk.practice.catalogue import many_orders
from cancel_desk.practice.faults import Endpoint, Fault, Faults, Planned
from cancel_desk.practice.journal import Tally
from cancel_desk.practice.server import PracticeServer
from cancel_desk.practice.store import PracticeStore
from patience import PATIENCE, until

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from cancel_desk.practice.orders import Order
    from practice.conftest import Answer, Caller


def raw(server: PracticeServer, request: bytes) -> bytes:
    """What comes back for those bytes until the server closes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def test_it_listens_on_loopback_only(store: PracticeStore) -> None:
    with PracticeServer(store) as server:
        assert server.address == f"http://127.0.0.1:{server.port}"
        assert server.port > 0
        with pytest.raises(RuntimeError, match="already open"):
            server.start()


def test_a_port_that_is_taken(store: PracticeStore) -> None:
    with PracticeServer(store) as server, pytest.raises(OSError, match="in use"):
        PracticeServer(store, port=server.port).start()


def test_it_can_be_opened_again_on_the_same_port(store: PracticeStore) -> None:
    server = PracticeServer(store)
    with server:
        address = server.address
    server.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
    with server:
        assert server.address == address


def test_stopping_ends_idle_and_slow_connections(store: PracticeStore) -> None:
    before = set(threading.enumerate())
    asked = b"GET /v3/orders HTTP/1.1\r\nHost: x\r\nWM_SVC.NAME: x\r\nWM_QOS.CORRELATION_ID: 1\r\n"
    asked += b"Accept: application/json\r\nWM_SEC.ACCESS_TOKEN: " + store.tokens.issue().encode()
    store.faults = Faults(slow_seconds=3600)
    store.script([Fault.SLOW], endpoint=Endpoint.ORDERS)
    with PracticeServer(store) as server:
        idle = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
        idle.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert idle.recv(65536).startswith(b"HTTP/1.1 404 ")
        slow = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
        slow.sendall(asked + b"\r\n\r\n")
        until(lambda: bool(store.journal.calls(Endpoint.ORDERS)), "the slow call")
        stopping = threading.Thread(target=server.stop, daemon=True)
        stopping.start()
        stopping.join(PATIENCE)
        assert not stopping.is_alive()
    assert store.journal.calls(Endpoint.ORDERS)[0].fault is Fault.SLOW
    with idle, slow:
        assert idle.recv(1) == b""
        assert slow.recv(1) in {b"", b"H"}
    assert set(threading.enumerate()) == before


def test_one_connection_serves_many_calls(caller: Caller) -> None:
    caller.get("/orders")
    first = caller.connection.sock
    assert all(caller.get("/orders").status == 200 for _ in range(5))
    assert caller.connection.sock is first


def test_a_reply_is_sent_in_one_piece(
    caller: Caller, store: PracticeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One in two pieces takes 40 ms: the second waits until the first was acknowledged."""
    pieces: list[int] = []

    def note(connection: socket.socket, data: bytes) -> None:
        pieces.append(connection.getsockname()[1])
        sendall(connection, data)

    sendall = socket.socket.sendall
    monkeypatch.setattr(socket.socket, "sendall", note)
    assert caller.order(store.orders()[0].purchase_order_id).status == 200
    assert pieces.count(caller.connection.port) == 1
    assert caller.connection.sock.getsockname()[1] in pieces


def test_several_callers_at_once(
    open_store: Callable[[PracticeStore], AbstractContextManager[Caller]],
) -> None:
    store = PracticeStore(stock=many_orders(60, lines=(1, 1)), limits=Limits(1e6, 1e6))
    orders = store.orders()
    with open_store(store) as first, open_store(store) as second:
        answers: list[Answer] = []

        def work(caller: Caller) -> None:
            answers.extend(
                caller.cancel(each.purchase_order_id, ("1", each.lines[0].open)) for each in orders
            )

        threads = [threading.Thread(target=work, args=(each,)) for each in (first, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(answer.status for answer in answers) == [200] * 60 + [400] * 60
    assert set(store.tallies().values()) <= {Tally(1, 1), Tally(2, 1), Tally(3, 1)}
    assert len(store.tallies()) == 60
    assert sum(call.applied for call in store.journal.calls()) == 60


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (b"Content-Length: 9999999", 413),
        (b"Content-Length: 99999999999999999999", 413),
        (b"Content-Length: -1", 411),
        (b"Content-Length: x", 411),
        (b"Transfer-Encoding: chunked", 411),
    ],
)
def test_bodies_it_does_not_read(store: PracticeStore, header: bytes, status: int) -> None:
    with PracticeServer(store) as server:
        reply = raw(server, b"POST /v3/token HTTP/1.1\r\nHost: x\r\n" + header + b"\r\n\r\n")
    assert reply.startswith(b"HTTP/1.1 %d " % status)
    assert b"\r\nConnection: close\r\n" in reply


def test_an_odd_header_does_not_get_into_the_reply(store: PracticeStore) -> None:
    with PracticeServer(store) as server:
        reply = raw(
            server,
            b"GET /v3/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            b"WM_QOS.CORRELATION_ID: a\r\n Set-Cookie: b\r\n\r\n",
        )
    assert reply.startswith(b"HTTP/1.1 400 ")
    assert b"Set-Cookie" not in reply


def test_a_status_of_walmart_s_own(caller: Caller, store: PracticeStore) -> None:
    store.script([Planned(Fault.ERROR_BEFORE, status=520)])
    answer = caller.cancel(store.orders()[0].purchase_order_id, ("1", 1))
    assert answer.status == 520
    assert answer.headers["Content-Length"] == str(len(answer.body))


def test_a_caller_that_resets_is_no_news(
    store: PracticeStore, capfd: pytest.CaptureFixture[str]
) -> None:
    with PracticeServer(store) as server:
        for _ in range(5):
            connection = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
            linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            connection.sendall(b"GET /v3/orders HTTP/1.1\r\n")
            connection.close()
    assert capfd.readouterr() == ("", "")


def test_a_bug_is_news(
    store: PracticeStore, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> tuple[Order, ...]:
        raise ZeroDivisionError

    monkeypatch.setattr(store, "shown_orders", broken)
    with PracticeServer(store) as server:
        http_connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        token = store.tokens.issue()
        headers = {
            "WM_SVC.NAME": "x",
            "WM_QOS.CORRELATION_ID": "1",
            "WM_SEC.ACCESS_TOKEN": token,
            "Accept": "application/json",
        }
        http_connection.request("GET", "/v3/orders", headers=headers)
        with pytest.raises(http.client.RemoteDisconnected):
            http_connection.getresponse()
        http_connection.close()
    assert "ZeroDivisionError" in capfd.readouterr().err
