"""A stand-in for Walmart, for tests only, written from its published contract and nothing else.

``python tests/standin/walmart.py --orders 200 --log FILE`` runs it in a process of its own and
prints its address.
"""

import argparse
import random
import secrets
import signal
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[1]))

from standin import contract
from standin.bucket import Bucket, Spelling
from standin.contract import Asked, Request
from standin.faults import CANCEL_FAULTS, THROTTLED, Counted, Fault, Plan, no_faults, seeded
from standin.ledger import Ledger
from standin.orders import Looks, Order, OrderBook, Refusal, make_orders
from standin.replies import Reply, cut_short, good, html, refused, truncated

CLIENT_ID = "stand-in-client"
CLIENT_SECRET = "stand-in-secret"


@dataclass(frozen=True, slots=True)
class Manners:
    """How the stand-in behaves beside its faults; times in seconds.

    ``latency``: before every reply. ``slow``: the same for the fault SLOW. ``late``: until a late
    cancel is applied. ``lag``: the most until a reading shows a cancel. ``capacity`` and
    ``per_minute``: the token bucket of cancel calls. ``retry_after``: as sent with a 429.
    """

    looks: Looks = field(default_factory=Looks)
    latency: float = 0.0
    slow: float = 0.1
    late: float = 0.2
    lag: float = 0.0
    capacity: int = 1_000_000
    per_minute: float = 1_000_000.0
    spelling: Spelling = Spelling.PRODUCTION
    retry_after: str = "0"


class Dropped(Exception):  # noqa: N818 - it reads as what happened
    """The connection ends without a reply; ``reset`` tells how."""

    def __init__(self, *, reset: bool = False) -> None:
        super().__init__("reset" if reset else "closed")
        self.reset = reset


class StandIn:
    """The server and everything it remembers; a context manager that serves while inside."""

    def __init__(
        self,
        orders: list[Order],
        *,
        plan: Plan = no_faults,
        manners: Manners | None = None,
        log: Path | None = None,
        port: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``port`` 0 takes a free one; ``clock`` counts seconds for the age of tokens."""
        self.manners = manners or Manners()
        self.book = OrderBook(orders, looks=self.manners.looks, lag=self.manners.lag)
        self.ledger = Ledger(log)
        self.bucket = Bucket(
            self.manners.capacity, self.manners.per_minute, spelling=self.manners.spelling
        )
        self._faults = Counted(plan)
        self._clock = clock
        self._tokens: dict[str, float] = {}
        self._later: list[threading.Timer] = []
        self._server = _Server(("127.0.0.1", port), _bound(self))
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), name="stand-in", daemon=True
        )

    @property
    def address(self) -> str:
        """Where it is reached, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def violations(self) -> list[str]:
        """Everything any call did against the contract."""
        return self.ledger.violations

    @property
    def applied(self) -> dict[tuple[str, str], list[int]]:
        """By order and line: the units of each call that was applied."""
        return self.ledger.applied

    def __enter__(self) -> Self:
        """Serve from now on."""
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Serve no more; what was to be applied later never is."""
        for timer in self._later:
            timer.cancel()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self.ledger.close()

    def answer(self, request: Request) -> Reply:
        """Return the reply to a request; Dropped where there is none."""
        operation, po = _operation(request)
        where = f"{request.method} {request.path}"
        if not operation:
            self.ledger.violate(where, ["no such operation"])
            return refused(404, "URI_NOT_FOUND.GMP_GATEWAY_API", where, seed=where)
        self.ledger.meet(where, request.header("WM_QOS.CORRELATION_ID") or "")
        bad = self.ledger.violate(where, contract.header_faults(request, operation))
        if bad:
            return refused(400, "INVALID_REQUEST_HEADER.GMP_GATEWAY_API", where, seed=where)
        fault = self._faults.next(operation, po)
        time.sleep(self.manners.slow if fault is Fault.SLOW else self.manners.latency)
        try:
            reply = self._answer(request, operation, po, fault)
        except Dropped:
            self.ledger.call(operation, fault, 0)
            raise
        self.ledger.call(operation, fault, reply.status)
        return reply

    def _answer(self, request: Request, operation: str, po: str, fault: Fault) -> Reply:
        if operation == "token":
            return self._token(request, fault)
        token = request.header("WM_SEC.ACCESS_TOKEN") or ""
        if fault is Fault.UNAUTHORIZED:
            self._tokens.pop(token, None)
        if not self._is_valid(token, f"{request.method} {request.path}"):
            code = "UNAUTHORIZED.GMP_GATEWAY_API"
            return refused(401, code, "Unauthorized", seed=token)
        if operation == "detail":
            return good(_DETAIL)
        if operation == "list":
            # All its orders are older than anybody asks for; this is how Walmart says none.
            self.ledger.violate(f"GET {request.path}", contract.list_faults(request))
            return refused(404, "CONTENT_NOT_FOUND.GMP_ORDER_API", "No orders", seed="list")
        if operation == "get":
            return self._get(request, po, fault)
        return self._cancel(request, po, fault)

    def _is_valid(self, token: str, where: str) -> bool:
        issued = self._tokens.get(token)
        if issued is None:
            return False
        if self._clock() - issued > contract.TOKEN_SECONDS:
            self.ledger.violate(where, ["the token is older than 900 seconds"])
            return False
        return True

    def _token(self, request: Request, fault: Fault) -> Reply:
        faults = list(contract.token_faults(request, CLIENT_ID, CLIENT_SECRET))
        if self.ledger.violate("POST /v3/token", faults):
            return refused(400, "INVALID_CLIENT", "Bad client", seed="token")
        token = secrets.token_urlsafe(24)
        self._tokens[token] = self._clock()
        reply = good(
            {
                "access_token": token,
                "token_type": "Bearer",
                "expires_in": contract.TOKEN_SECONDS,
            }
        )
        return _spoiled(reply, fault, "token")

    def _get(self, request: Request, po: str, fault: Fault) -> Reply:
        self.ledger.violate(f"GET {request.path}", contract.get_faults(request))
        if fault in THROTTLED:
            return self._throttled(fault)
        body = self.book.reading(po)
        if body is None:
            return refused(404, "CONTENT_NOT_FOUND.GMP_ORDER_API", "No such order", seed=po)
        if fault is Fault.OTHER_ORDER:
            others = (each for each in self.book.orders if each != po)
            body = self.book.reading(next(others, po))
        return _spoiled(good(body or {}), fault, po)

    def _cancel(self, request: Request, po: str, fault: Fault) -> Reply:
        if not self.bucket.take():
            return _throttle_reply().with_headers(self.bucket.headers())
        if fault in THROTTLED:
            return self._throttled(fault)
        faults, asked = contract.cancel_faults(request)
        if self.ledger.violate(f"POST {request.path}", faults):
            code = "INVALID_REQUEST_CONTENT.GMP_ORDER_API"
            return refused(400, code, faults[0], seed=po)
        correlation_id = request.header("WM_QOS.CORRELATION_ID") or ""
        if fault in {Fault.APPLIED_LATE, Fault.ACCEPTED_LATE}:
            self._apply_later(po, asked, correlation_id)
        elif fault is Fault.ERRORS_INSIDE:
            code, words = "INVALID_REQUEST_CONTENT.GMP_ORDER_API", "The lines can't be cancelled"
            return good({"errors": {"error": [{"code": code, "description": words}]}})
        elif not fault.endswith("_before"):
            leave_first = fault is Fault.ONE_UNCHANGED
            done = self._apply(po, asked, correlation_id, leave_first=leave_first)
            if isinstance(done, Refusal):
                return refused(*done, seed=correlation_id)
        return _spoiled(self._cancelled(po, fault), fault, po).with_headers(self.bucket.headers())

    def _cancelled(self, po: str, fault: Fault) -> Reply:
        others = (each for each in self.book.orders if each != po)
        shown = next(others, po) if fault is Fault.OTHER_ORDER else po
        return good(self.book.reply(shown)) if shown in self.book.orders else good({})

    def _apply(
        self, po: str, asked: list[Asked], correlation_id: str, *, leave_first: bool = False
    ) -> Refusal | None:
        done = self.book.cancel(po, asked, correlation_id, leave_first=leave_first)
        if isinstance(done, Refusal):
            return done
        self.ledger.apply(po, done, correlation_id)
        return None

    def _apply_later(self, po: str, asked: list[Asked], correlation_id: str) -> None:
        timer = threading.Timer(self.manners.late, self._apply, (po, asked, correlation_id))
        timer.daemon = True
        timer.start()
        self._later.append(timer)

    def _throttled(self, fault: Fault) -> Reply:
        reply = _throttle_reply()
        if fault is Fault.THROTTLED_SECONDS:
            return reply.with_headers({"Retry-After": self.manners.retry_after})
        if fault is Fault.THROTTLED_REPLENISH:
            return reply.with_headers(self.bucket.headers(count=0, wait=0.05))
        return reply


def _throttle_reply() -> Reply:
    code = "REQUEST_THRESHOLD_VIOLATED.GMP_GATEWAY_API"
    return refused(429, code, "Too many requests", seed="throttle")


def _spoiled(reply: Reply, fault: Fault, seed: str) -> Reply:
    """Return what becomes of a good reply on its way."""
    kind = fault.removesuffix("_before").removesuffix("_after").removesuffix("_late")
    if kind in {"closed", "applied", "reset"}:
        raise Dropped(reset=kind == "reset")
    spoil = _SPOILED.get(kind)
    return spoil(reply, seed) if spoil else reply


def _failed(_reply: Reply, seed: str) -> Reply:
    status = random.Random(seed).choice((500, 502, 503, 504, 520))
    return refused(status, "SYSTEM_ERROR.GMP_GATEWAY_API", "System error", seed=seed)


_SPOILED: Mapping[str, Callable[[Reply, str], Reply]] = {
    "failed": _failed,
    "truncated": lambda reply, _: truncated(reply),
    "cut_short": lambda reply, _: cut_short(reply),
    "html": lambda *_: html(),
    "empty": lambda *_: Reply(200, b""),
    "accepted": lambda *_: good("Your request is accepted.", 202),
}
_DETAIL: dict[str, Any] = {
    "expire_at": "1560973098000",
    "issued_at": "1560972198000",
    "is_valid": True,
    "is_channel_match": True,
    "scopes": {"orders": "full_access", "item": "no_access", "reports": "view_only"},
}


def _operation(request: Request) -> tuple[str, str]:
    """Return the name of the operation and the order it is for; blank if there is none."""
    parts = request.path.strip("/").split("/")
    match request.method, parts:
        case "POST", ["v3", "token"]:
            return "token", ""
        case "GET", ["v3", "token", "detail"]:
            return "detail", ""
        case "GET", ["v3", "orders"]:
            return "list", ""
        case "GET", ["v3", "orders", po]:
            return "get", po
        case "POST", ["v3", "orders", po, "cancel"]:
            return "cancel", po
    return "", ""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away, even by being killed, is no error of the server's."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 3600
    stand_in: ClassVar[StandIn]

    def log_message(self, *_: object) -> None:
        """Keep silent."""

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:  # the client went away while it was sending
            self.close_connection = True
            return
        path, _, query = self.path.partition("?")
        request = Request(self.command, path, query, list(self.headers.items()), body)
        try:
            reply = self.stand_in.answer(request)
        except Dropped as dropped:
            self._drop(reset=dropped.reset)
            return
        correlation_id = request.header("WM_QOS.CORRELATION_ID") or ""
        self.wfile.write(reply.raw(correlation_id))
        if reply.length is not None:
            self._drop(reset=False)

    def _drop(self, *, reset: bool) -> None:
        self.close_connection = True
        if reset:
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()
        else:
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = _answer  # noqa: N815


def _bound(stand_in: StandIn) -> type[_Handler]:
    return type("_BoundHandler", (_Handler,), {"stand_in": stand_in})


def main(arguments: list[str] | None = None) -> None:
    """Serve until the process is told to end."""
    options = _options(arguments)
    manners = Manners(latency=options.latency, slow=options.slow, lag=options.lag)
    stand_in = StandIn(
        make_orders(options.orders, options.seed),
        plan=seeded(
            options.seed,
            rate=options.fault_rate,
            cancel=[fault for fault in CANCEL_FAULTS if fault not in options.without],
        ),
        manners=manners,
        log=options.log,
        port=options.port,
    )
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with stand_in:
        sys.stdout.write(f"{stand_in.address}\n")
        sys.stdout.flush()
        ended.wait()


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A stand-in for Walmart, for tests only.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--orders", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fault-rate", type=float, default=0.0)
    parser.add_argument(
        "--without", type=Fault, action="append", default=[], help="a fault of cancel to leave out"
    )
    parser.add_argument("--latency", type=float, default=0.0, help="seconds")
    parser.add_argument("--slow", type=float, default=0.1, help="seconds, for the fault of it")
    parser.add_argument("--lag", type=float, default=0.0, help="seconds")
    parser.add_argument("--log", type=Path)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
