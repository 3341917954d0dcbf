"""Tokens, headers and paths."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from cancel_desk.practice.faults import Endpoint, Faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from cancel_desk.practice.orders import Order
    from cancel_desk.practice.store import PracticeStore
    from practice.conftest import Caller, Clock


def basic(text: str) -> str:
    return "Basic " + base64.b64encode(text.encode()).decode()


def test_a_token_lasts_fifteen_minutes(caller: Caller, clock: Clock) -> None:
    answer = caller.token()
    assert answer.json["token_type"] == "Bearer"
    assert answer.json["expires_in"] == 900
    caller.access = answer.json["access_token"]
    clock.now += 899
    assert caller.get("/orders").status == 200
    clock.now += 1
    expired = caller.get("/orders")
    assert expired.status == 401
    assert expired.gateway_code == "UNAUTHORIZED.GMP_GATEWAY_API"


@pytest.mark.parametrize(
    "authorization",
    [basic("practice-client-id:wrong"), basic("wrong:wrong"), "Basic ???", "Bearer abc", None],
)
def test_wrong_credentials_are_refused_with_400(caller: Caller, authorization: str | None) -> None:
    answer = caller.token(Authorization=authorization)
    assert answer.status == 400
    assert "client id or secret" in answer.json["error"][0]["description"]


def test_only_client_credentials_are_granted(caller: Caller) -> None:
    answer = caller.token(b"grant_type=refresh_token")
    assert answer.status == 400
    assert answer.gateway_code == "INVALID_REQUEST_PARAM.GMP_GATEWAY_API"


@pytest.mark.parametrize("name", ["WM_SVC_NAME", "WM_QOS_CORRELATION_ID", "content_type"])
def test_the_token_call_needs_its_headers(caller: Caller, store: PracticeStore, name: str) -> None:
    answer = caller.token(**{name: None})
    assert answer.status == 400
    assert answer.gateway_code == "MISSING_REQUEST_HEADER.GMP_GATEWAY_API"
    assert "set blank or null" in answer.json["error"][0]["description"]
    assert [call.endpoint for call in store.journal.broken_rules()] == [Endpoint.TOKEN]


def test_the_token_call_wants_a_form(caller: Caller) -> None:
    assert caller.token(content_type="application/json").status == 415


def test_token_detail(caller: Caller, store: PracticeStore, clock: Clock) -> None:
    detail = caller.get("/token/detail").json
    assert detail["is_valid"] is True
    assert detail["is_channel_match"] is True
    assert detail["scopes"]["orders"] == "full_access"
    assert detail["issued_at"] == str(int(clock.now * 1000))
    assert detail["expire_at"] == str(int(clock.now * 1000) + 900_000)


def test_a_view_only_key_reads_but_does_not_cancel(
    caller: Caller, store: PracticeStore, named: Callable[[str], Order]
) -> None:
    store.faults = Faults(view_only=True)
    order = named("one line")
    assert caller.get("/token/detail").json["scopes"]["orders"] == "view_only"
    assert caller.order(order.purchase_order_id).status == 200
    refused = caller.cancel(order.purchase_order_id, ("1", 1))
    assert refused.status == 403
    assert refused.gateway_code == "FORBIDDEN.GMP_GATEWAY_API"
    assert store.order(order.purchase_order_id) == order


CALLS = ["detail", "order", "orders", "cancel"]


def call(caller: Caller, order: Order, kind: str, **headers: str | None) -> tuple[int, bytes]:
    paths = {
        "detail": "/token/detail",
        "orders": "/orders",
        "order": f"/orders/{order.purchase_order_id}",
    }
    if kind == "cancel":
        answer = caller.post(order.purchase_order_id, b"{}", **headers)
    else:
        answer = caller.get(paths[kind], **headers)
    return answer.status, answer.body


@pytest.mark.parametrize("kind", CALLS)
@pytest.mark.parametrize(
    ("header", "status", "code"),
    [
        ("WM_SEC_ACCESS_TOKEN", 401, b"UNAUTHORIZED.GMP_GATEWAY_API"),
        ("WM_QOS_CORRELATION_ID", 400, b"MISSING_REQUEST_HEADER.GMP_GATEWAY_API"),
        ("WM_SVC_NAME", 400, b"MISSING_REQUEST_HEADER.GMP_GATEWAY_API"),
    ],
)
def test_business_calls_need_their_headers(
    caller: Caller,
    store: PracticeStore,
    named: Callable[[str], Order],
    kind: str,
    header: str,
    status: int,
    code: bytes,
) -> None:
    for value in (None, "", "  "):
        given, body = call(caller, named("one line"), kind, **{header: value})
        assert given == status
        assert code in body
    assert len(store.journal.broken_rules()) == 3


@pytest.mark.parametrize("kind", ["order", "orders", "cancel"])
def test_business_calls_must_accept_json(
    caller: Caller, named: Callable[[str], Order], kind: str
) -> None:
    for accept in (None, "text/html", "*/*"):
        status, body = call(caller, named("one line"), kind, Accept=accept)
        assert status == 406
        assert body.startswith(b"<?xml")


@pytest.mark.parametrize("kind", ["detail", "cancel"])
def test_the_content_type_is_required(
    caller: Caller, named: Callable[[str], Order], kind: str
) -> None:
    assert call(caller, named("one line"), kind, content_type=None)[0] == 400


def test_a_cancel_is_json(caller: Caller, named: Callable[[str], Order]) -> None:
    order = named("one line").purchase_order_id
    assert caller.post(order, b"<x/>", content_type="application/xml").status == 415
    assert caller.post(order, b"{}", content_type="application/json; charset=utf-8").status == 400


def test_the_correlation_id_comes_back(caller: Caller, store: PracticeStore) -> None:
    answer = caller.get("/orders", wm_qos_correlation_id="abc-123")
    assert answer.headers["WM_QOS.CORRELATION_ID"] == "abc-123"
    assert store.journal.repeated_correlation_ids() == ()
    caller.get("/orders", wm_qos_correlation_id="abc-123")
    assert store.journal.repeated_correlation_ids() == ("abc-123",)


def test_a_wrong_token_is_no_broken_rule(caller: Caller, store: PracticeStore) -> None:
    store.tokens.expire_all()
    assert caller.get("/orders").status == 401
    assert store.journal.broken_rules() == ()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/v3/orders/released/x", 404),
        ("GET", "/v3/token", 405),
        ("POST", "/v3/orders", 405),
        ("PUT", "/v3/orders", 405),
        ("GET", "/v3/orders/1/cancel", 405),
    ],
)
def test_unknown_paths_and_methods(caller: Caller, method: str, path: str, status: int) -> None:
    answer = caller.send(method, path)
    assert answer.status == status
    assert answer.gateway_code in {
        "URI_NOT_FOUND.GMP_GATEWAY_API",
        "METHOD_NOT_ALLOWED.GMP_GATEWAY_API",
    }
