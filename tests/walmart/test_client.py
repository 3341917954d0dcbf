"""The client against replies of every kind, one attempt at a time."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import responses

from cancel_desk.walmart.client import CancelReply, WalmartClient
from cancel_desk.walmart.endpoint import Endpoint
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind, GivenUp
from cancel_desk.walmart.orders import CancelLine, parse_order
from cancel_desk.walmart.pace import FIRST_READS, MARGIN
from cancel_desk.walmart.token import Credentials

BASE = "https://marketplace.walmartapis.com"
ORDERS = BASE + "/v3/orders"
PO = "109007446257350"
LINES = [CancelLine("1", "SELLER_CANCEL_OUT_OF_STOCK", 1)]
START = datetime(2026, 6, 1, 2, tzinfo=timezone(timedelta(hours=2)))


def order(purchase_order_id: str = PO) -> dict[str, Any]:
    return {
        "purchaseOrderId": purchase_order_id,
        "orderLines": {
            "orderLine": [
                {
                    "lineNumber": "1",
                    "orderLineQuantity": {"amount": "1"},
                    "orderLineStatuses": {
                        "orderLineStatus": [
                            {"status": "Cancelled", "statusQuantity": {"amount": "1"}}
                        ]
                    },
                }
            ]
        },
    }


class Slept(list[float]):
    """What was slept, in seconds."""


@pytest.fixture
def slept() -> Slept:
    return Slept()


@pytest.fixture
def net() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as mock:
        mock.post(BASE + "/v3/token", json={"access_token": "marked-token", "expires_in": 900})
        yield mock


@pytest.fixture
def client(slept: Slept) -> Iterator[WalmartClient]:
    client = WalmartClient(
        Endpoint(BASE),
        Credentials("my-id", "my-secret"),
        clock=lambda: sum(slept),
        wall=lambda: sum(slept),
        sleep=slept.append,
    )
    yield client
    client.close()


def cancel(client: WalmartClient) -> CancelReply:
    client.cancel_pace.reserve()
    return client.cancel(PO, LINES, correlation_id="id-1")


def cancel_fails(client: WalmartClient) -> CallFailed:
    with pytest.raises(CallFailed) as caught:
        cancel(client)
    assert caught.value.correlation_id
    assert "marked-token" not in str(caught.value)
    return caught.value


def answer(
    net: responses.RequestsMock, status: int = 200, body: object = None, **more: Any
) -> None:
    text = body if isinstance(body, bytes | str | Exception) else json.dumps(body)
    net.post(f"{ORDERS}/{PO}/cancel", status=status, body=text, **more)


def test_a_cancel_is_sent_once_as_walmart_asks(
    net: responses.RequestsMock, client: WalmartClient
) -> None:
    answer(net, body={"order": order()})
    assert cancel(client) == CancelReply(parse_order(order()), "", 200, "id-1")
    request = net.calls[1].request
    assert request.headers["WM_SEC.ACCESS_TOKEN"] == "marked-token"
    assert request.headers["WM_QOS.CORRELATION_ID"] == "id-1"
    assert request.headers["Content-Type"] == "application/json"
    assert "Authorization" not in request.headers
    told = json.loads(request.body or b"")
    assert told["orderCancellation"]["orderLines"]["orderLine"][0]["lineNumber"] == "1"


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (202, "", ""),
        (202, '"Your request was accepted"', "Your request was accepted"),
        (202, "accepted", ""),
        (202, "{}", ""),
        (204, "", ""),
        (200, "", ""),
        (200, " \n", ""),
        (200, {"errors": {"error": {"code": "E", "description": "Not line 2"}}}, "Not line 2"),
        (200, {"error": [{"code": "E"}]}, ""),
    ],
)
def test_a_reply_without_an_order(
    status: int,
    body: object,
    words: str,
    net: responses.RequestsMock,
    client: WalmartClient,
) -> None:
    answer(net, status, body)
    assert cancel(client) == CancelReply(None, words, status, "id-1")


def test_an_order_beside_errors(net: responses.RequestsMock, client: WalmartClient) -> None:
    answer(net, body={"order": order(), "errors": [{"code": "E", "message": "Only line 1"}]})
    assert cancel(client) == CancelReply(parse_order(order()), "Only line 1", 200, "id-1")


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ("<html><title>Hi</title></html>", Cause.UNREADABLE),
        ('{"order": {"purchaseOrd', Cause.UNREADABLE),
        ("{}", Cause.UNREADABLE),
        ("[]", Cause.UNREADABLE),
        ('"accepted"', Cause.UNREADABLE),
        ({"order": {}}, Cause.UNREADABLE),
        ({"order": order("109007446257351")}, Cause.OTHER_ORDER),
        (order("1"), Cause.OTHER_ORDER),
    ],
)
def test_a_200_that_proves_nothing_is_unknown(
    body: object, cause: Cause, net: responses.RequestsMock, client: WalmartClient
) -> None:
    answer(net, body=body)
    failure = cancel_fails(client)
    assert (failure.kind, failure.cause, failure.status) == (FailureKind.UNKNOWN, cause, 200)
    assert failure.correlation_id == "id-1"


@pytest.mark.parametrize("label", ["application/json", "text/html", "image/png", "no such; x"])
def test_what_a_body_says_counts_whatever_its_content_type(
    label: str, net: responses.RequestsMock, client: WalmartClient
) -> None:
    """An order proves what it shows, and a page proves nothing, also where it is called JSON."""
    where = f"{ORDERS}/{PO}/cancel"
    net.post(where, body=json.dumps({"order": order()}), content_type=label)
    assert cancel(client).order == parse_order(order())
    net.post(where, body="<html><title>Hi</title></html>", content_type=label)
    failure = cancel_fails(client)
    assert (failure.kind, failure.cause) == (FailureKind.UNKNOWN, Cause.UNREADABLE)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, FailureKind.REFUSED),
        (403, FailureKind.FORBIDDEN),
        (404, FailureKind.NOT_FOUND),
        (423, FailureKind.UNKNOWN),
        (429, FailureKind.THROTTLED),
        (500, FailureKind.UNKNOWN),
        (520, FailureKind.UNKNOWN),
        (302, FailureKind.UNKNOWN),
    ],
)
def test_a_failed_cancel_is_never_repeated(
    status: int,
    kind: FailureKind,
    net: responses.RequestsMock,
    client: WalmartClient,
    slept: Slept,
) -> None:
    answer(net, status, {"errors": {"error": [{"code": "C.X", "description": "Because"}]}})
    failure = cancel_fails(client)
    assert (failure.kind, failure.status) == (kind, status)
    assert status == 302 or (failure.code, failure.words) == ("C.X", "Because")
    assert (len(net.calls), slept) == (2, [])
    assert failure.retry_after == (60.0 if status == 429 else None)


def test_a_lost_reply_is_unknown(net: responses.RequestsMock, client: WalmartClient) -> None:
    answer(net, body=ConnectionResetError(104))
    assert cancel_fails(client).kind is FailureKind.UNKNOWN


def test_a_token_in_walmarts_words_is_hidden(
    net: responses.RequestsMock, client: WalmartClient
) -> None:
    answer(net, 400, {"error": {"description": "Token marked-token is odd"}})
    assert cancel_fails(client).words == "Token [hidden] is odd"


@pytest.mark.parametrize(
    ("status", "code"), [(401, "UNAUTHORIZED.GMP_GATEWAY_API"), (400, "INVALID_TOKEN.X")]
)
def test_a_refused_token_is_left_to_the_caller(
    status: int, code: str, net: responses.RequestsMock, client: WalmartClient
) -> None:
    answer(net, status, {"error": [{"code": code}]})
    failure = cancel_fails(client)
    assert (failure.kind, failure.cause) == (FailureKind.UNSENT, Cause.UNAUTHORIZED)
    assert len(net.calls) == 2
    net.replace(responses.POST, BASE + "/v3/token", json={"access_token": "two"})
    client.refresh_token()
    client.refresh_token()
    assert len(net.calls) == 3, "the new one is good and kept"
    cancel_fails(client)
    assert net.calls[-1].request.headers["WM_SEC.ACCESS_TOKEN"] == "two"


def test_refused_credentials_send_nothing(
    net: responses.RequestsMock, client: WalmartClient
) -> None:
    net.replace(responses.POST, BASE + "/v3/token", status=400, body="")
    assert cancel_fails(client).kind is FailureKind.CREDENTIALS
    assert len(net.calls) == 1


def test_the_pace_learns_from_every_reply(
    net: responses.RequestsMock, client: WalmartClient
) -> None:
    answer(net, body={"order": order()}, headers={"X-Current-Token-Count": "1"})
    cancel(client)
    assert client.cancel_pace.reserve().seconds == 0
    assert client.cancel_pace.reserve().seconds > 1


def test_a_cancel_that_was_not_sent_gives_its_slot_back(
    net: responses.RequestsMock, client: WalmartClient
) -> None:
    net.replace(responses.POST, BASE + "/v3/token", status=500, body="")
    for _ in range(20):
        cancel_fails(client)
    assert client.cancel_pace.seconds_until_next == 0


def test_a_cancel_that_may_have_been_sent_keeps_its_slot(
    net: responses.RequestsMock, client: WalmartClient
) -> None:
    answer(net, body=ConnectionResetError(104))
    for _ in range(5):
        cancel_fails(client)
    assert client.cancel_pace.seconds_until_next > 1


def test_a_body_that_no_plan_makes_is_not_sent(client: WalmartClient) -> None:
    with pytest.raises(ValueError, match="amount"):
        client.cancel(PO, [CancelLine("1", "R", 0)], correlation_id="id-1")


def test_an_odd_order_number_stays_in_its_place(
    net: responses.RequestsMock, client: WalmartClient
) -> None:
    net.get(f"{ORDERS}/..%2Ftoken%3Fx", json=order("../token?x"))
    assert client.order("../token?x").purchase_order_id == "../token?x"


def test_an_order_is_read(net: responses.RequestsMock, client: WalmartClient) -> None:
    net.get(f"{ORDERS}/{PO}", json={"order": order()})
    assert client.order(PO) == parse_order(order())
    client.order(PO)
    ids = [call.request.headers["WM_QOS.CORRELATION_ID"] for call in net.calls]
    assert len(set(ids)) == 3


@pytest.mark.parametrize("status", [500, 503, 429, 423])
def test_a_read_is_repeated(
    status: int, net: responses.RequestsMock, client: WalmartClient, slept: Slept
) -> None:
    net.get(f"{ORDERS}/{PO}", status=status, headers={"Retry-After": "4"})
    net.get(f"{ORDERS}/{PO}", body=ConnectionResetError(104))
    net.get(f"{ORDERS}/{PO}", json=order())
    assert client.order(PO).purchase_order_id == PO
    assert slept == [4.0, 2.0]


def test_a_read_is_given_up_in_the_end(
    net: responses.RequestsMock, client: WalmartClient, slept: Slept
) -> None:
    net.get(f"{ORDERS}/{PO}", status=503, headers={"Retry-After": "9999"})
    with pytest.raises(CallFailed) as caught:
        client.order(PO)
    assert (caught.value.kind, len(net.calls)) == (FailureKind.UNKNOWN, 4)
    assert slept == [60.0, 60.0]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, FailureKind.NOT_FOUND),
        (400, FailureKind.REFUSED),
        (403, FailureKind.FORBIDDEN),
        (302, FailureKind.UNKNOWN),
    ],
)
def test_what_repeating_cannot_help(
    status: int,
    kind: FailureKind,
    net: responses.RequestsMock,
    client: WalmartClient,
    slept: Slept,
) -> None:
    net.get(f"{ORDERS}/{PO}", status=status)
    with pytest.raises(CallFailed) as caught:
        client.order(PO)
    assert (caught.value.kind, slept) == (kind, [])


def test_a_read_gets_a_new_token_once(
    net: responses.RequestsMock, client: WalmartClient, slept: Slept
) -> None:
    net.get(f"{ORDERS}/{PO}", status=401)
    with pytest.raises(CallFailed) as caught:
        client.order(PO)
    assert caught.value.cause is Cause.UNAUTHORIZED
    assert [call.request.method for call in net.calls] == ["POST", "GET", "POST", "GET"]
    assert slept == []


@pytest.mark.parametrize("body", ["<html>", "{}", '{"order": {}}'])
def test_a_read_that_cannot_be_read(
    body: str, net: responses.RequestsMock, client: WalmartClient
) -> None:
    net.get(f"{ORDERS}/{PO}", body=body)
    with pytest.raises(CallFailed) as caught:
        client.order(PO)
    assert (caught.value.kind, caught.value.cause) == (FailureKind.UNKNOWN, Cause.UNREADABLE)


def test_a_read_of_another_order_is_not_believed(
    net: responses.RequestsMock, client: WalmartClient
) -> None:
    net.get(f"{ORDERS}/{PO}", json=order("1"))
    with pytest.raises(CallFailed) as caught:
        client.order(PO)
    assert caught.value.cause is Cause.OTHER_ORDER


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"is_valid": True, "scopes": {"orders": "full_access"}}, (True, "full_access")),
        ({"is_valid": "TRUE", "scopes": {"orders": "view_only"}}, (True, "view_only")),
        ({"is_valid": False}, (False, "")),
        ([], (False, "")),
    ],
)
def test_token_detail(
    body: object,
    expected: tuple[bool, str],
    net: responses.RequestsMock,
    client: WalmartClient,
) -> None:
    net.get(BASE + "/v3/token/detail", json=body)
    detail = client.token_detail()
    assert (detail.is_valid, detail.orders_scope) == expected


def page(*orders: str, cursor: str | None = None) -> dict[str, Any]:
    elements = {"order": [order(each) for each in orders]}
    return {"list": {"meta": {"nextCursor": cursor}, "elements": elements}}


def test_orders_come_page_by_page_with_the_cursor_as_it_is(
    net: responses.RequestsMock, client: WalmartClient
) -> None:
    cursor = "?limit=200&soIndex=31&x=%2B1"
    net.get(ORDERS, json=page("1", "2", cursor=cursor))
    net.get(ORDERS, json=page("3", cursor="limit=200&soIndex=32"))
    net.get(ORDERS, json=page("4"))
    found = client.orders(
        created_start=START,
        created_end=datetime(2026, 7, 1, tzinfo=UTC),
        status="Created",
        ship_node_type="SellerFulfilled",
    )
    assert [each.purchase_order_id for each in found] == ["1", "2", "3", "4"]
    asked = [str(call.request.url) for call in net.calls][1:]
    assert asked[0] == (
        f"{ORDERS}?createdStartDate=2026-06-01T00%3A00%3A00Z&createdEndDate=2026-07-01T00%3A00%3A00Z"
        "&status=Created&shipNodeType=SellerFulfilled&limit=200"
    )
    assert asked[1:] == [ORDERS + cursor, f"{ORDERS}?limit=200&soIndex=32"]


def test_no_orders_is_no_failure(net: responses.RequestsMock, client: WalmartClient) -> None:
    net.get(ORDERS, status=404, json={"errors": {"error": {"code": "CONTENT_NOT_FOUND.X"}}})
    assert list(client.orders(created_start=START, purchase_order_id="5")) == []


@pytest.mark.parametrize(
    "body",
    [
        "<html>",
        "[]",
        json.dumps({"list": {"elements": {"order": {}}}}),
        json.dumps({"list": {"errors": [{"description": "Try later"}]}}),
    ],
)
def test_a_page_that_cannot_be_read(
    body: str, net: responses.RequestsMock, client: WalmartClient
) -> None:
    net.get(ORDERS, body=body)
    with pytest.raises(CallFailed) as caught:
        list(client.orders(created_start=START))
    assert caught.value.cause is Cause.UNREADABLE


def test_a_cursor_that_leads_in_a_circle_ends(
    net: responses.RequestsMock, client: WalmartClient
) -> None:
    net.get(ORDERS, json=page("1", cursor="?a=1"))
    with pytest.raises(CallFailed) as caught:
        list(client.orders(created_start=START))
    assert caught.value.cause is Cause.UNREADABLE


def test_other_failures_of_a_page_are_told(
    net: responses.RequestsMock, client: WalmartClient
) -> None:
    net.get(ORDERS, status=400)
    with pytest.raises(CallFailed) as caught:
        list(client.orders(created_start=START))
    assert caught.value.kind is FailureKind.REFUSED


def test_readings_have_an_allowance_of_their_own(
    net: responses.RequestsMock, client: WalmartClient, slept: Slept
) -> None:
    net.get(f"{ORDERS}/{PO}", json=order())
    for _ in range(FIRST_READS):
        client.order(PO)
    assert slept == []
    assert client.cancel_pace.seconds_until_next == 0
    client.order(PO)
    assert list(slept) == [pytest.approx(60 / 5000 / MARGIN)]


def test_readings_learn_from_the_headers_of_readings(
    net: responses.RequestsMock, client: WalmartClient, slept: Slept
) -> None:
    net.get(f"{ORDERS}/{PO}", json=order(), headers={"X-Current-Token-Count": "0"})
    client.order(PO)
    client.order(PO)
    assert list(slept) == [pytest.approx(60 / 5000 / MARGIN)]
    assert client.cancel_pace.seconds_until_next == 0


def test_a_reading_refused_for_the_pace_holds_the_other_readings(
    net: responses.RequestsMock, client: WalmartClient, slept: Slept
) -> None:
    net.get(f"{ORDERS}/1", status=429, headers={"Retry-After": "7"})
    net.get(f"{ORDERS}/{PO}", json=order())
    with pytest.raises(GivenUp):
        client.order("1", wait=lambda _seconds: False)
    client.order(PO)
    assert slept == [7.0]
    assert client.cancel_pace.seconds_until_next == 0


def test_who_does_not_want_to_wait_is_told_at_once(
    net: responses.RequestsMock, client: WalmartClient, slept: Slept
) -> None:
    net.get(f"{ORDERS}/{PO}", status=503)
    asked: list[float] = []

    def stop(seconds: float) -> bool:
        asked.append(seconds)
        return False

    with pytest.raises(GivenUp):
        client.order(PO, wait=stop)
    client.read_pace.hold(30)
    before = len(net.calls)
    with pytest.raises(GivenUp):
        client.order(PO, wait=stop)
    assert (asked, slept, len(net.calls)) == ([0.5, 30.0], [], before)
