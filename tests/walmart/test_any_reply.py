"""Whatever a server answers: a reply, or a failure with a class; never anything else."""

import json
import math
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cancel_desk.walmart.client import WalmartClient
from cancel_desk.walmart.endpoint import Endpoint
from cancel_desk.walmart.failures import CallFailed, FailureKind
from cancel_desk.walmart.orders import CancelLine
from cancel_desk.walmart.token import Credentials
from cancel_desk.walmart.transport import Call, Reply, Transport

PO = "1577914061094"
ENDPOINT = Endpoint("https://store.invalid")
GOOD_TOKEN = Reply(200, {}, b'{"access_token": "tok", "expires_in": 900}')


class Answering(Transport):
    """Gives a token when asked for one, and the same answer to everything else."""

    def __init__(self, reply: Reply, token: Reply = GOOD_TOKEN) -> None:
        super().__init__(ENDPOINT)
        self._reply = reply
        self._token = token
        self.calls: list[Call] = []

    def send(self, call: Call) -> Reply:
        self.calls.append(call)
        return self._token if call.target == "/v3/token" else self._reply


def client(transport: Transport) -> WalmartClient:
    """Return a client whose sleeping takes no time but by its own clocks."""
    slept = [0.0]
    return WalmartClient(
        ENDPOINT,
        Credentials("id", "secret"),
        transport=transport,
        clock=lambda: math.fsum(slept),
        wall=lambda: 1_781_189_740.0 + math.fsum(slept),
        sleep=slept.append,
    )


_TEXT = st.text(max_size=12)
_SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | _TEXT | st.just(PO)
_KEYS = st.sampled_from(
    [
        "order",
        "purchaseOrderId",
        "orderLines",
        "orderLine",
        "lineNumber",
        "orderLineStatuses",
        "orderLineStatus",
        "statusQuantity",
        "amount",
        "status",
        "errors",
        "error",
        "code",
        "description",
        "access_token",
        "expires_in",
    ]
)
_JSON: st.SearchStrategy[Any] = st.recursive(
    _SCALAR,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS | _TEXT, inner, max_size=5),
    max_leaves=20,
)
_BODY = st.binary(max_size=40) | _JSON.map(lambda value: json.dumps(value).encode())
_HEADERS: st.SearchStrategy[Mapping[str, str]] = st.dictionaries(
    st.sampled_from(
        [
            "x-current-token-count",
            "x-next-replenishment-time",
            "x-next-replenish-time",
            "retry-after",
            "date",
            "content-type",
        ]
    ),
    _TEXT | st.integers().map(str) | st.floats().map(str),
    max_size=4,
)
_REPLY = st.builds(Reply, st.integers(100, 299) | st.integers(400, 699), _HEADERS, _BODY)


def failure_of(ask: Callable[[], object]) -> CallFailed | None:
    try:
        ask()
    except CallFailed as failure:
        return failure
    return None


@given(_REPLY)
def test_a_cancel_is_asked_once_and_judged(reply: Reply) -> None:
    """And only a 2xx can pass for taken; a pace that was learned can be waited for."""
    transport = Answering(reply)
    shop = client(transport)
    shop.cancel_pace.reserve()
    failure = failure_of(lambda: shop.cancel(PO, [CancelLine("1", "R", 1)], correlation_id="id"))
    assert [call.target for call in transport.calls].count(f"/v3/orders/{PO}/cancel") == 1
    if failure is None:
        assert 200 <= reply.status < 300
    else:
        assert failure.kind is not FailureKind.CREDENTIALS
        assert 0 <= (failure.retry_after or 0.0) <= 300
    assert 0 <= shop.cancel_pace.seconds_until_next < 400
    assert 0 <= shop.cancel_pace.reserve().seconds < 400


@given(_REPLY)
def test_an_order_is_read_or_it_is_not(reply: Reply) -> None:
    shop = client(Answering(reply))
    found: list[str] = []
    failure = failure_of(lambda: found.append(shop.order(PO).purchase_order_id))
    assert (failure is None) == (found == [PO])
    assert 0 <= shop.read_pace.seconds_until_next < 400


@given(_REPLY)
def test_a_token_call_never_leaves_the_cancel_in_doubt(token: Reply) -> None:
    transport = Answering(Reply(500, {}, b""), token)
    shop = client(transport)
    failure = failure_of(lambda: shop.cancel(PO, [CancelLine("1", "R", 1)], correlation_id="id"))
    sent = any(call.target.endswith("/cancel") for call in transport.calls)
    assert failure is not None
    assert sent == (failure.kind is FailureKind.UNKNOWN)
