"""A store, a server and a caller that knows nothing of the program's own client."""

from __future__ import annotations

import base64
import http.client
import json
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from cancel_desk.practice.bucket import Limits
from cancel_desk.practice.catalogue import ROLES
from cancel_desk.practice.server import PracticeServer
from cancel_desk.practice.store import PracticeStore
from cancel_desk.practice.tokens import CLIENT_ID, CLIENT_SECRET
from patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from cancel_desk.practice.orders import Order

OOS = "SELLER_CANCEL_OUT_OF_STOCK"
BASIC = "Basic " + base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
# 23 November 2026, noon UTC.
NOON = 1_795_435_200.0


class Clock:
    """Time that moves only when told."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


class Answer(NamedTuple):
    """One reply as it came over the wire."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def order(self) -> Any:
        """The order of a reply that went well."""
        assert self.status == 200, self.body
        return self.json["order"]

    def line(self, number: str) -> Any:
        """One line of that order."""
        lines = self.order["orderLines"]["orderLine"]
        return next(line for line in lines if line["lineNumber"] == number)

    def statuses(self, number: str) -> dict[str, str]:
        """Amount by status of one line."""
        rows = self.line(number)["orderLineStatuses"]["orderLineStatus"]
        return {row["status"]: row["statusQuantity"]["amount"] for row in rows}

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The errors of a reply in the shape of the Orders API."""
        errors: list[dict[str, Any]] = self.json["errors"]["error"]
        return errors

    @property
    def gateway_code(self) -> str:
        """The code of a reply in the shape of the gateway."""
        code: str = self.json["error"][0]["code"]
        return code


class Caller:
    """Sends calls one after the other over one connection."""

    def __init__(self, server: PracticeServer) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        self.access = ""

    def headers(self, **changed: str | None) -> dict[str, str]:
        """All headers a business call needs; None leaves one out."""
        headers: dict[str, str | None] = {
            "WM_SVC.NAME": "Walmart Marketplace",
            "WM_QOS.CORRELATION_ID": str(uuid.uuid4()),
            "WM_SEC.ACCESS_TOKEN": self.access,
            "Accept": "application/json",
            "Content-Type": "application/json",
        }
        names = {name.replace(".", "_").replace("-", "_").upper(): name for name in headers}
        headers.update({names.get(key.upper(), key): value for key, value in changed.items()})
        return {name: value for name, value in headers.items() if value is not None}

    def send(
        self, method: str, path: str, body: bytes | None = None, /, **headers: str | None
    ) -> Answer:
        """One call, whatever it is."""
        self.connection.request(method, path, body, self.headers(**headers))
        with self.connection.getresponse() as reply:
            return Answer(reply.status, reply.headers, reply.read())

    def token(
        self, body: bytes = b"grant_type=client_credentials", /, **headers: str | None
    ) -> Answer:
        """One token call."""
        given: dict[str, str | None] = {
            "Authorization": BASIC,
            "content_type": "application/x-www-form-urlencoded",
            "wm_sec_access_token": None,
        }
        return self.send("POST", "/v3/token", body, **given | headers)

    def sign_in(self) -> None:
        """Gets the token for the calls to come."""
        self.access = self.token().json["access_token"]

    def get(self, path: str, **headers: str | None) -> Answer:
        """One reading call below /v3."""
        return self.send("GET", f"/v3{path}", **headers)

    def order(self, purchase_order_id: str) -> Answer:
        """One order."""
        return self.get(f"/orders/{purchase_order_id}")

    def cancel(self, purchase_order_id: str, *lines: tuple[str, int], reason: str = OOS) -> Answer:
        """Cancels so many units of those lines."""
        body = cancel_body(*lines, reason=reason)
        return self.post(purchase_order_id, body)

    def post(self, purchase_order_id: str, body: Any, **headers: str | None) -> Answer:
        """One cancel call with any body."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.send("POST", f"/v3/orders/{purchase_order_id}/cancel", data, **headers)


def cancel_body(*lines: tuple[str, int], reason: str = OOS) -> dict[str, Any]:
    """A body as Walmart's schema has it."""
    return {
        "orderCancellation": {
            "orderLines": {
                "orderLine": [
                    {
                        "lineNumber": number,
                        "orderLineStatuses": {
                            "orderLineStatus": [
                                {
                                    "status": "Cancelled",
                                    "cancellationReason": reason,
                                    "statusQuantity": {
                                        "unitOfMeasurement": "EACH",
                                        "amount": str(units),
                                    },
                                }
                            ]
                        },
                    }
                    for number, units in lines
                ]
            }
        }
    }


@contextmanager
def opened(store: PracticeStore) -> Iterator[Caller]:
    """A signed-in caller of a server for that store."""
    with PracticeServer(store) as server:
        caller = Caller(server)
        caller.sign_in()
        try:
            yield caller
        finally:
            caller.connection.close()


@pytest.fixture
def clock() -> Clock:
    """Noon on 23 November 2026."""
    return Clock()


@pytest.fixture
def store(clock: Clock) -> PracticeStore:
    """A store with the usual stock that takes calls as fast as they come."""
    return PracticeStore(clock=clock, limits=Limits(cancel=1e6, read=1e6))


@pytest.fixture
def caller(store: PracticeStore) -> Iterator[Caller]:
    """A signed-in caller of that store."""
    with opened(store) as each:
        yield each


@pytest.fixture
def open_store() -> Callable[[PracticeStore], AbstractContextManager[Caller]]:
    """Opens any other store."""
    return opened


@pytest.fixture
def named(store: PracticeStore) -> Callable[[str], Order]:
    """The order of the usual stock with a role."""
    return lambda role: store.orders()[ROLES[role]]


@pytest.fixture
def body() -> Callable[..., dict[str, Any]]:
    """Makes cancel bodies."""
    return cancel_body
