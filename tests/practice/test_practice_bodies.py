"""The shapes of error bodies, and of orders."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from cancel_desk.practice.bodies import SHAPES, ApiError, ErrorItem, Shape, error_body
from cancel_desk.practice.orders import Status, order_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from cancel_desk.practice.orders import Order
    from cancel_desk.practice.store import PracticeStore

ERROR = ApiError(
    400, ErrorItem("CODE.GMP_ORDER_API", "Bad <line> & more", "amount"), ErrorItem("TWO", "second")
)


def shaped(shape: Shape) -> Any:
    return json.loads(error_body(ERROR, shape).data)


def test_every_shape_has_its_function() -> None:
    assert set(SHAPES) == set(Shape)
    assert error_body(ERROR) == error_body(ERROR, Shape.ORDERS)


def test_the_shapes_in_json() -> None:
    full = ERROR.items[0].fields()
    assert set(full) == {
        *("code", "field", "description", "info", "severity", "category"),
        *("causes", "errorIdentifiers"),
    }
    assert shaped(Shape.ORDERS)["errors"]["error"] == [full, ERROR.items[1].fields()]
    assert shaped(Shape.ORDERS_SINGLE) == {"errors": {"error": full}}
    assert shaped(Shape.GATEWAY)["error"][0] == full
    assert shaped(Shape.GATEWAY_SINGLE) == {"error": full}
    assert shaped(Shape.PUBLISHED)["errors"][1] == {
        "code": "TWO",
        "message": "second",
        "category": "DATA",
        "severity": "ERROR",
        "field": "",
    }
    assert shaped(Shape.OAUTH) == {
        "error": "invalid_client",
        "error_description": "Bad <line> & more",
    }
    assert shaped(Shape.PROBLEM) == {
        "type": "about:blank",
        "title": "CODE.GMP_ORDER_API",
        "status": 400,
        "detail": "Bad <line> & more",
    }
    assert error_body(ERROR, Shape.PROBLEM).content_type == "application/problem+json"
    server_error = ApiError(500, ErrorItem("X", "x"))
    assert json.loads(error_body(server_error, Shape.OAUTH).data)["error"] == "server_error"


@pytest.mark.parametrize("shape", [Shape.XML, Shape.XML_WRAPPER])
def test_the_shapes_in_xml(shape: Shape) -> None:
    body = error_body(ERROR, shape)
    assert body.content_type == "application/xml"
    root = ET.fromstring(body.data)  # noqa: S314 - our own text
    texts = [element.text for element in root.iter("{http://walmart.com/}description")]
    assert texts == ["Bad <line> & more", "second"]
    assert ("_InternalGMPErrorWrapper" in root.tag) is (shape is Shape.XML_WRAPPER)


def test_the_shapes_without_data() -> None:
    assert error_body(ERROR, Shape.EMPTY) == ("", b"")
    assert error_body(ERROR, Shape.HTML).content_type == "text/html"


def test_orders_carry_all_that_walmart_s_do(store: PracticeStore) -> None:
    seen: set[Status] = set()
    for order in store.orders():
        content = order_json(order)
        assert re.fullmatch(r"\d{13}|\d{15}", content["purchaseOrderId"])
        assert isinstance(content["orderDate"], int)
        assert content["customerEmailId"].endswith("@relay.example.com")
        assert content["shipNode"]["type"] in {"SellerFulfilled", "WFSFulfilled"}
        address = content["shippingInfo"]["postalAddress"]
        assert {"name", "address1", "city", "state", "postalCode", "country"} <= set(address)
        assert re.fullmatch(r"\d{3}55501\d\d", content["shippingInfo"]["phone"])
        for line in content["orderLines"]["orderLine"]:
            rows = line["orderLineStatuses"]["orderLineStatus"]
            amounts = [row["statusQuantity"]["amount"] for row in rows]
            assert all(isinstance(amount, str) for amount in amounts)
            assert str(sum(map(int, amounts))) == line["orderLineQuantity"]["amount"]
            assert line["item"]["sku"].startswith("NW-")
            for row in rows:
                seen.add(Status(row["status"]))
                assert ("trackingInfo" in row) is (row["status"] in {"Shipped", "Delivered"})
                assert "cancellationReason" not in row
    assert seen == set(Status)


def test_the_ship_date_goes_once_nothing_is_open(named: Callable[[str], Order]) -> None:
    assert "estimatedShipDate" in order_json(named("one line shipped"))["shippingInfo"]
    assert "estimatedShipDate" not in order_json(named("all shipped"))["shippingInfo"]


def test_intent_to_cancel_is_text_on_the_line(named: Callable[[str], Order]) -> None:
    lines = order_json(named("intent on one of two"))["orderLines"]["orderLine"]
    assert [line.get("intentToCancel") for line in lines] == [None, "TRUE"]


def test_line_numbers_may_have_gaps(named: Callable[[str], Order]) -> None:
    lines = order_json(named("gap in the lines"))["orderLines"]["orderLine"]
    assert [line["lineNumber"] for line in lines] == ["1", "5"]
