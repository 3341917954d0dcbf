"""The order list: filters, dates, paging."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

from cancel_desk.practice.bucket import Limits
from cancel_desk.practice.catalogue import many_orders
from cancel_desk.practice.faults import Faults
from cancel_desk.practice.orders import ShipNode
from cancel_desk.practice.store import PracticeStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from cancel_desk.practice.orders import Order
    from practice.conftest import Answer, Caller, Clock


def ids(answer: Answer) -> list[str]:
    return [order["purchaseOrderId"] for order in answer.json["list"]["elements"]["order"]]


def pages(caller: Caller, query: str) -> list[Answer]:
    """All pages, each cursor appended as it came."""
    answers = [caller.get(f"/orders{query}")]
    while cursor := answers[-1].json["list"]["meta"].get("nextCursor"):
        answers.append(caller.get(f"/orders{cursor}"))
    return answers


def test_the_seller_s_orders_of_the_week(caller: Caller, store: PracticeStore) -> None:
    answer = caller.get("/orders")
    own = {each.purchase_order_id for each in store.orders() if each.ship_node is ShipNode.SELLER}
    assert set(ids(answer)) == own
    assert answer.json["list"]["meta"] == {"totalCount": len(own), "limit": 100}
    wfs = ids(caller.get("/orders?shipNodeType=WFSFulfilled"))
    assert len(wfs) == 2
    assert own.isdisjoint(wfs)


@pytest.mark.parametrize("limit", [1, 7, 10, 34, 35, 200])
def test_paging_gives_each_order_once(caller: Caller, limit: int) -> None:
    everything = ids(caller.get("/orders?limit=200"))
    answers = pages(caller, f"?limit={limit}")
    assert [each for answer in answers for each in ids(answer)] == everything
    assert all(len(ids(answer)) == limit for answer in answers[:-1])
    assert all(answer.json["list"]["meta"]["totalCount"] == len(everything) for answer in answers)
    for answer in answers[:-1]:
        cursor = answer.json["list"]["meta"]["nextCursor"]
        assert cursor.startswith("?")
        assert parse_qs(cursor[1:])["hasMoreElements"] == ["true"]


def test_cancelling_between_pages_hides_nothing(caller: Caller, store: PracticeStore) -> None:
    expected = ids(caller.get("/orders?status=Created&limit=200"))
    answer = caller.get("/orders?status=Created&limit=3")
    seen = ids(answer)
    while cursor := answer.json["list"]["meta"].get("nextCursor"):
        order = store.order(seen[-1])
        lines = [(line.number, line.open) for line in order.lines if line.open]
        assert caller.cancel(order.purchase_order_id, *lines).status == 200
        answer = caller.get(f"/orders{cursor}")
        seen += ids(answer)
    assert seen == expected


def test_a_hundred_by_default(
    clock: Clock, open_store: Callable[[PracticeStore], AbstractContextManager[Caller]]
) -> None:
    store = PracticeStore(stock=many_orders(450), clock=clock, limits=Limits(cancel=1e6, read=1e6))
    with open_store(store) as caller:
        assert [len(ids(answer)) for answer in pages(caller, "")] == [100, 100, 100, 100, 50]
        assert [len(ids(answer)) for answer in pages(caller, "?limit=200")] == [200, 200, 50]


def test_each_filter(caller: Caller, named: Callable[[str], Order], store: PracticeStore) -> None:
    first, second = named("customer order, first"), named("customer order, second")
    assert first.customer_order_id == second.customer_order_id
    both = ids(caller.get(f"/orders?customerOrderId={first.customer_order_id}"))
    assert set(both) == {first.purchase_order_id, second.purchase_order_id}
    one = caller.get(f"/orders?purchaseOrderId={first.purchase_order_id}&limit=1")
    assert ids(one) == [first.purchase_order_id]
    sku = first.lines[0].sku
    skus = {
        each.purchase_order_id
        for each in store.orders()
        if each.ship_node is ShipNode.SELLER and any(line.sku == sku for line in each.lines)
    }
    assert set(ids(caller.get(f"/orders?sku={sku}"))) == skus
    delivered = ids(caller.get("/orders?status=Delivered"))
    assert delivered == [named("delivered").purchase_order_id]
    shipped = ids(caller.get("/orders?status=Shipped"))
    assert named("part shipped").purchase_order_id in shipped


@pytest.mark.parametrize(
    "query",
    [
        "sku=NW-NOTHING",
        "purchaseOrderId=1",
        "shipNodeType=3PLFulfilled",
        "createdStartDate=2027-01-01",
        "createdEndDate=2026-01-01T00:00:00Z",
    ],
)
def test_no_match_is_a_404(caller: Caller, query: str) -> None:
    answer = caller.get(f"/orders?{query}")
    assert answer.status == 404
    assert answer.errors[0]["code"] == "CONTENT_NOT_FOUND.GMP_ORDER_API"


def test_old_orders_need_a_date(caller: Caller, clock: Clock, store: PracticeStore) -> None:
    clock.now += 8 * 86_400
    caller.sign_in()
    assert caller.get("/orders").status == 404
    assert len(ids(caller.get("/orders?createdStartDate=2026-11-01"))) == 35


@pytest.mark.parametrize(
    ("start", "end", "moment"),
    [
        ("createdStartDate", "createdEndDate", lambda order: order.order_date),
        ("fromExpectedShipDate", "toExpectedShipDate", lambda order: order.ship_by),
        ("lastModifiedStartDate", "lastModifiedEndDate", lambda order: order.modified),
    ],
)
def test_dates_divide_the_orders(
    caller: Caller,
    named: Callable[[str], Order],
    start: str,
    end: str,
    moment: Callable[[Order], int],
) -> None:
    from datetime import UTC, datetime

    everything = set(ids(caller.get("/orders?createdStartDate=2026-11-01")))
    order = named("three units")
    at = datetime.fromtimestamp(moment(order) // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    late = set(ids(caller.get(f"/orders?{start}={at}")))
    early = set(ids(caller.get(f"/orders?{end}={at}")))
    assert late | early == everything
    assert order.purchase_order_id in late & early
    assert late != everything
    assert early != everything


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=ten",
        "limit=-1",
        "status=Canceled",
        "status=Refund",
        "shipNodeType=Mine",
        "createdStartDate=2026-11-20T10:00:00.000Z",
        "createdStartDate=20.11.2026",
        "createdStartDate=2026-13-40",
        "createdEndDate=",
        "limit=10&limit=20",
        "hasMoreElements=true",
        "hasMoreElements=true&soIndex=x&poIndex=1",
    ],
)
def test_what_a_query_may_not_hold(caller: Caller, query: str) -> None:
    answer = caller.get(f"/orders?{query}")
    assert answer.status == 400
    assert answer.errors[0]["code"] == "INVALID_REQUEST.GMP_ORDER_API"


def test_a_cursor_taken_apart_is_refused(caller: Caller) -> None:
    cursor: str = caller.get("/orders?limit=5").json["list"]["meta"]["nextCursor"]
    assert caller.get(f"/orders{cursor}").status == 200
    assert caller.get(f"/orders{cursor}&limit=5").status == 400
    assert caller.get(f"/orders{cursor.replace('hasMoreElements=true&', '')}").status == 400


def test_lists_of_one_can_arrive_bare(
    caller: Caller, store: PracticeStore, named: Callable[[str], Order]
) -> None:
    store.faults = Faults(single_objects=True)
    po = named("one line").purchase_order_id
    line: Any = caller.order(po).order["orderLines"]["orderLine"]
    assert line["lineNumber"] == "1"
    assert line["orderLineStatuses"]["orderLineStatus"]["status"] == "Created"
    found = caller.get(f"/orders?purchaseOrderId={po}").json
    assert found["list"]["elements"]["order"]["purchaseOrderId"] == po
    two = caller.order(named("two lines").purchase_order_id).order
    assert len(two["orderLines"]["orderLine"]) == 2
