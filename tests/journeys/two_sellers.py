"""Two sellers at Walmart's one address: who is asked is decided by the token, as it is there."""

import base64
import json
import threading
from types import TracebackType
from typing import Self

from cancel_desk.walmart.token import Credentials
from standin.contract import Request
from standin.orders import make_orders
from standin.replies import Reply, refused
from standin.walmart import CLIENT_ID, CLIENT_SECRET, StandIn, _bound, _Server

NORTH = Credentials("north-id", "north-secret")
SOUTH = Credentials("south-id", "south-secret")
NEW_NORTH = Credentials("new-north-id", "new-north-secret")
"""Keys that North got later, with a client id of their own."""
_SELLERS = {"north": NORTH, "south": SOUTH}
_KEYS = [("north", NORTH), ("north", NEW_NORTH), ("south", SOUTH)]


class TwoSellers:
    """A server for two stand-ins whose orders have the same numbers.

    ``asked`` has the path of every call but those for tokens, by seller.
    """

    def __init__(self, orders: int, *, latency: float = 0.0) -> None:
        self.stores = {name: StandIn(make_orders(orders, seed=7)) for name in _SELLERS}
        self.asked: dict[str, list[str]] = {name: [] for name in _SELLERS}
        self.strangers: list[str] = []
        self._tokens: dict[str, str] = {}
        self._revoked: set[str] = set()
        self._pause = threading.Event()
        self._latency = latency
        self._server = _Server(("127.0.0.1", 0), _bound(self))  # type: ignore[arg-type]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def address(self) -> str:
        """Where both are reached."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def cancelled(self, name: str) -> set[tuple[str, str]]:
        """Return the order lines of a seller that were cancelled."""
        return set(self.stores[name].applied)

    def revoke_tokens(self) -> None:
        """Take back every token that was given."""
        self._revoked |= set(self._tokens)

    def answer(self, request: Request) -> Reply:
        """Answer as the seller whose keys or token the request carries."""
        self._pause.wait(self._latency)
        if request.path == "/v3/token":
            return self._token(request)
        token = request.header("WM_SEC.ACCESS_TOKEN") or ""
        name = self._tokens.get(token)
        if token in self._revoked:
            return refused(401, "UNAUTHORIZED.GMP_GATEWAY_API", "Unauthorized", seed="x")
        if name is None:
            self.strangers.append(request.path)
            return refused(401, "UNAUTHORIZED.GMP_GATEWAY_API", "Unauthorized", seed="x")
        self.asked[name].append(request.path)
        return self.stores[name].answer(request)

    def _token(self, request: Request) -> Reply:
        given = request.header("Authorization") or ""
        for name, keys in _KEYS:
            if given == _basic(keys.client_id, keys.client_secret):
                reply = self.stores[name].answer(_with_keys_of_the_stand_in(request))
                self._tokens[json.loads(reply.body)["access_token"]] = name
                return reply
        self.strangers.append(request.path)
        return refused(400, "INVALID_CLIENT", "Bad client", seed="x")

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
        """Serve no more."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        for store in self.stores.values():
            store._server.server_close()


def _basic(client_id: str, client_secret: str) -> str:
    return "Basic " + base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()


def _with_keys_of_the_stand_in(request: Request) -> Request:
    headers = [pair for pair in request.headers if pair[0].casefold() != "authorization"]
    headers.append(("Authorization", _basic(CLIENT_ID, CLIENT_SECRET)))
    return Request(request.method, request.path, request.query, headers, request.body)
