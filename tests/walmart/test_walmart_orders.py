"""Orders however they are written down, and the body of a cancel call."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancel_desk.walmart.loose_json import UnreadableReply, as_text, as_units, decode
from cancel_desk.walmart.orders import (
    CancelLine,
    Order,
    cancel_body,
    parse_order,
    parse_order_list,
)

WHOLE: dict[str, Any] = {
    "purchaseOrderId": "109007446257350",
    "customerOrderId": "200001234567890",
    "customerEmailId": "buyer@example.com",
    "shipNode": {"type": "SellerFulfilled", "name": "Main"},
    "shippingInfo": {
        "phone": "5551234567",
        "estimatedShipDate": 1781189744000,
        "postalAddress": {"name": "Jane Buyer", "address1": "1 Main St"},
    },
    "orderLines": {
        "orderLine": [
            {
                "lineNumber": "1",
                "item": {"sku": "SKU-1", "productName": "Lamp"},
                "orderLineQuantity": {"unitOfMeasurement": "EACH", "amount": "5"},
                "intentToCancel": "TRUE",
                "orderLineStatuses": {
                    "orderLineStatus": [
                        {"status": "Shipped", "statusQuantity": {"amount": "1"}},
                        {"status": "Cancelled", "statusQuantity": {"amount": "1"}},
                        {"status": "Shipped", "statusQuantity": {"amount": "1"}},
                        {"status": "Acknowledged", "statusQuantity": {"amount": "2"}},
                    ]
                },
            },
            {
                "lineNumber": "3",
                "item": {"sku": "SKU-3", "productName": "Shade"},
                "orderLineQuantity": {"unitOfMeasurement": "EACH", "amount": "1"},
                "orderLineStatuses": {
                    "orderLineStatus": [
                        {"status": "Created", "statusQuantity": {"amount": "1"}},
                    ]
                },
            },
        ]
    },
}


def variant(**changes: object) -> dict[str, Any]:
    return {**copy.deepcopy(WHOLE), **changes}


def with_line(**changes: object) -> Order:
    line = {**copy.deepcopy(WHOLE["orderLines"]["orderLine"][1]), **changes}
    return parse_order({"order": variant(orderLines={"orderLine": line})})


def test_an_order_is_read() -> None:
    order = parse_order({"order": WHOLE})
    assert order.purchase_order_id == "109007446257350"
    assert order.customer_order_id == "200001234567890"
    assert order.ship_by == datetime.fromtimestamp(1781189744, UTC)
    assert order.cancellable_here
    first = order.line("1")
    assert first is not None
    assert (first.sku, first.product_name, first.intent_to_cancel) == ("SKU-1", "Lamp", True)
    assert dict(first.quantities) == {"Shipped": 2, "Cancelled": 1, "Acknowledged": 2}
    assert (first.ordered, first.shipped, first.cancelled, first.open) == (5, 2, 1, 2)
    assert order.line("2") is None
    assert not order.lines[1].intent_to_cancel


def test_nothing_about_the_buyer_is_kept() -> None:
    shown = repr(parse_order({"order": WHOLE}))
    for private in ("buyer@example.com", "5551234567", "Jane", "Main St"):
        assert private not in shown


@pytest.mark.parametrize(
    "payload",
    [
        WHOLE,
        {"order": [WHOLE]},
        variant(orderLines=WHOLE["orderLines"]["orderLine"]),
        variant(purchaseOrderId=109007446257350, customerOrderId=200001234567890.0),
        variant(shippingInfo={"estimatedShipDate": "1781189744000"}),
        variant(shippingInfo={"estimatedShipDate": "2026-06-11T14:55:44Z"}),
        variant(shippingInfo={"estimatedShipDate": "2026-06-11T14:55:44"}),
    ],
)
def test_the_same_order_in_other_clothes(payload: object) -> None:
    assert parse_order(payload) == parse_order({"order": WHOLE})


def test_a_single_object_stands_for_an_array_and_numbers_for_text() -> None:
    plain = with_line()
    status = {"status": "CREATED", "statusQuantity": {"amount": 1.0}}
    assert (
        with_line(
            lineNumber=3,
            orderLineQuantity={"amount": 1},
            orderLineStatuses={"orderLineStatus": status},
        )
        == plain
    )
    assert with_line(orderLineStatuses=[status]) == plain
    assert with_line(orderLineStatuses={"orderLineStatus": {"status": "Created"}}) == plain
    assert with_line(orderLineQuantity=None) == plain


@pytest.mark.parametrize("value", ["TRUE", "true", True, "Y", 1])
def test_intent_to_cancel(value: object) -> None:
    assert with_line(intentToCancel=value).lines[0].intent_to_cancel


@pytest.mark.parametrize("value", ["FALSE", False, "", None])
def test_no_intent_to_cancel(value: object) -> None:
    assert not with_line(intentToCancel=value).lines[0].intent_to_cancel


def test_what_may_be_missing_is_missing_quietly() -> None:
    bare = {
        "purchaseOrderId": "1",
        "orderLines": {"orderLine": {"lineNumber": "1", "orderLineQuantity": {"amount": "2"}}},
    }
    order = parse_order(bare)
    assert (order.customer_order_id, order.ship_node_type, order.ship_by) == ("", "", None)
    assert order.cancellable_here
    assert (order.lines[0].sku, order.lines[0].open) == ("", 2)
    assert parse_order({"purchaseOrderId": "1"}).lines == ()


@pytest.mark.parametrize(
    "told",
    [
        None,
        "",
        "soon",
        0,
        10**15,
        "99999999999999999",
        -5,
        "9999-12-31T23:59:59-05:00",
        "0001-01-01T00:00:00+05:00",
    ],
)
def test_an_absurd_ship_date_is_no_date(told: object) -> None:
    assert parse_order(variant(shippingInfo={"estimatedShipDate": told})).ship_by is None


def test_orders_that_walmart_ships_are_not_cancelled_here() -> None:
    assert not parse_order(variant(shipNode={"type": "WFSFulfilled"})).cancellable_here
    assert parse_order(variant(shipNode={"type": "3PLFulfilled"})).cancellable_here


def test_open_is_never_below_zero_and_counts_what_is_closed() -> None:
    rows = [
        {"status": "Delivered", "statusQuantity": {"amount": "1"}},
        {"status": "Refunded", "statusQuantity": {"amount": "1"}},
        {"status": "Canceled", "statusQuantity": {"amount": "1"}},
    ]
    line = with_line(orderLineStatuses={"orderLineStatus": rows}).lines[0]
    assert (line.shipped, line.cancelled, line.open) == (1, 1, 0)


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        "order",
        {},
        {"order": None},
        {"order": "x"},
        {"order": [WHOLE, WHOLE]},
        variant(purchaseOrderId=None),
        variant(purchaseOrderId=True),
        variant(purchaseOrderId=1.5),
        variant(purchaseOrderId=float("inf")),
        variant(orderLines={"orderLine": ["x"]}),
        variant(orderLines={"orderLine": WHOLE["orderLines"]["orderLine"] * 2}),
        variant(orderLines={"orderLine": {"lineNumber": "1"}}),
    ],
)
def test_what_is_not_an_order_is_unreadable(payload: object) -> None:
    with pytest.raises(UnreadableReply):
        parse_order(payload)


@pytest.mark.parametrize("amount", ["-1", "1.5", "one", True, [1], 10**10])
def test_an_amount_that_is_no_count_makes_the_order_unreadable(amount: object) -> None:
    with pytest.raises(UnreadableReply):
        with_line(orderLineQuantity={"amount": amount})


def test_a_status_without_quantity_among_others_is_unreadable() -> None:
    rows = [{"status": "Shipped"}, {"status": "Created", "statusQuantity": {"amount": "1"}}]
    with pytest.raises(UnreadableReply):
        with_line(orderLineStatuses={"orderLineStatus": rows})


def test_a_page_of_orders() -> None:
    payload = {
        "list": {
            "meta": {"totalCount": 1, "limit": 1, "nextCursor": "?soIndex=31&poIndex=10"},
            "elements": {"order": [WHOLE]},
        }
    }
    page = parse_order_list(payload)
    assert page.next_cursor == "?soIndex=31&poIndex=10"
    assert page.orders == (parse_order(WHOLE),)
    assert parse_order_list(payload["list"]).orders == page.orders
    assert parse_order_list({"list": {"elements": {"order": WHOLE}}}).orders == page.orders
    assert parse_order_list({"list": {"meta": {"nextCursor": None}}}) == ((), "")


KEYS = [
    "order",
    "orderLines",
    "orderLine",
    "lineNumber",
    "purchaseOrderId",
    "orderLineStatuses",
    "orderLineStatus",
    "status",
    "statusQuantity",
    "amount",
    "orderLineQuantity",
    "shipNode",
    "shippingInfo",
    "item",
    "list",
    "elements",
]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(json_values)
def test_any_json_is_an_order_or_unreadable(payload: object) -> None:
    for parse in (parse_order, parse_order_list):
        try:
            parse(payload)
        except UnreadableReply:
            continue


def test_the_cancel_body_has_every_required_field_as_text() -> None:
    lines = [CancelLine("1", "SELLER_CANCEL_OUT_OF_STOCK", 2), CancelLine("7", "OTHER", 1)]
    assert cancel_body(lines) == {
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
                                        "amount": amount,
                                    },
                                }
                            ]
                        },
                    }
                    for number, reason, amount in (
                        ("1", "SELLER_CANCEL_OUT_OF_STOCK", "2"),
                        ("7", "OTHER", "1"),
                    )
                ]
            }
        }
    }


@pytest.mark.parametrize(
    "lines", [[], [CancelLine("1", "R", 0)], [CancelLine(str(n), "R", 1) for n in range(101)]]
)
def test_a_body_that_no_plan_makes_is_refused(lines: list[CancelLine]) -> None:
    with pytest.raises(ValueError, match="cancel"):
        cancel_body(lines)


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"[" * 100_000, b"NaN", b"\xff\xfe"])
def test_what_is_not_json_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableReply):
        decode(body)


def test_texts_and_units() -> None:
    assert as_text(" 12 ", "x") == "12"
    assert as_text(None, "x", blank=True) == ""
    assert as_text("A\ud800", "x") == "A?"
    assert as_units("2.00", "x") == 2
    with pytest.raises(UnreadableReply):
        as_units("", "x")
