"""Walmart's rules for cancelling."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from cancel_desk.practice.journal import Tally
from cancel_desk.practice.rules import REASONS, AskedLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from cancel_desk.practice.orders import Order
    from cancel_desk.practice.store import PracticeStore
    from practice.conftest import Caller

CONTENT = "INVALID_REQUEST_CONTENT.GMP_ORDER_API"
MISSING = object()


def test_a_whole_line(caller: Caller, store: PracticeStore, named: Callable[[str], Order]) -> None:
    po = named("three units").purchase_order_id
    before = caller.order(po).order
    answer = caller.cancel(po, ("1", 3))
    assert answer.statuses("1") == {"Cancelled": "3"}
    assert answer.order["customerOrderId"] == before["customerOrderId"]
    assert caller.order(po).statuses("1") == {"Cancelled": "3"}
    assert store.tally(po, "1") == Tally(3, 1)
    call = store.journal.calls()[-2]
    assert call.asked == (AskedLine("1", 3, "SELLER_CANCEL_OUT_OF_STOCK"),)
    assert call.applied
    assert call.status == 200
    assert store.journal.broken_rules() == ()


def test_part_of_a_line_becomes_a_second_row(
    caller: Caller, store: PracticeStore, named: Callable[[str], Order]
) -> None:
    po = named("part of three").purchase_order_id
    assert caller.cancel(po, ("1", 1)).statuses("1") == {"Acknowledged": "2", "Cancelled": "1"}
    assert caller.cancel(po, ("1", 2)).statuses("1") == {"Cancelled": "3"}
    assert store.tallies() == {(po, "1"): Tally(3, 2)}


def test_the_open_part_of_a_part_shipped_line(
    caller: Caller, named: Callable[[str], Order]
) -> None:
    po = named("part shipped").purchase_order_id
    assert caller.cancel(po, ("1", 1)).statuses("1") == {"Shipped": "2", "Cancelled": "1"}


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_the_five_reasons(caller: Caller, named: Callable[[str], Order], reason: str) -> None:
    order = named("one line").purchase_order_id
    assert caller.cancel(order, ("1", 1), reason=reason).statuses("1") == {"Cancelled": "1"}


@pytest.mark.parametrize(
    ("role", "line", "units", "text"),
    [
        ("one line shipped", "3", 1, "The Line: 3 of PO: {po} is in SHIPPED status"),
        ("delivered", "1", 1, "is in DELIVERED status"),
        ("already cancelled", "1", 1, "is in CANCELLED status"),
        ("refunded", "1", 1, "is in REFUND status"),
        ("two lines", "9", 1, "The Line: 9 of PO: {po} does not exist"),
        ("three units", "1", 4, "Qty more than allowed"),
        ("part shipped", "1", 2, "Qty more than allowed"),
        ("part cancelled", "1", 3, "Qty more than allowed"),
        ("shipped by Walmart", "1", 1, "The PO: {po} is fulfilled by WFS"),
    ],
)
def test_lines_that_stay_as_they_are(
    caller: Caller,
    store: PracticeStore,
    named: Callable[[str], Order],
    role: str,
    line: str,
    units: int,
    text: str,
) -> None:
    order = named(role)
    answer = caller.cancel(order.purchase_order_id, (line, units))
    assert answer.status == 400
    assert answer.errors[0]["code"] == CONTENT
    assert answer.errors[0]["severity"] == "ERROR"
    assert text.format(po=order.purchase_order_id) in answer.errors[0]["description"]
    assert store.order(order.purchase_order_id) == order
    assert store.tallies() == {}
    assert not store.journal.calls()[-1].applied
    assert store.journal.broken_rules() == ()


def test_one_bad_line_refuses_the_whole_call(
    caller: Caller, store: PracticeStore, named: Callable[[str], Order]
) -> None:
    order = named("one line shipped")
    answer = caller.cancel(order.purchase_order_id, ("1", 1), ("2", 5), ("3", 1))
    assert answer.status == 400
    assert [error["field"] for error in answer.errors] == ["amount", "lineNumber"]
    assert store.order(order.purchase_order_id) == order


def test_a_line_is_cancelled_once(
    caller: Caller, store: PracticeStore, named: Callable[[str], Order]
) -> None:
    po = named("two lines").purchase_order_id
    assert caller.cancel(po, ("1", 1), ("2", 2)).status == 200
    again = caller.cancel(po, ("2", 2))
    assert again.status == 400
    assert "is in CANCELLED status" in again.errors[0]["description"]
    assert store.tallies() == {(po, "1"): Tally(1, 1), (po, "2"): Tally(2, 1)}


def test_an_unknown_order(caller: Caller) -> None:
    for answer in (caller.order("999"), caller.cancel("999", ("1", 1))):
        assert answer.status == 404
        assert answer.errors[0]["code"] == "CONTENT_NOT_FOUND.GMP_ORDER_API"


LINE = ("orderCancellation", "orderLines", "orderLine", 0)
STATUS = (*LINE, "orderLineStatuses", "orderLineStatus", 0)
QUANTITY = (*STATUS, "statusQuantity")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("orderCancellation",), MISSING),
        (("orderCancellation", "orderLines"), MISSING),
        (("orderCancellation", "orderLines", "orderLine"), MISSING),
        (("orderCancellation", "orderLines", "orderLine"), []),
        (("orderCancellation", "orderLines", "orderLine"), {"lineNumber": "1"}),
        (LINE, "1"),
        ((*LINE, "lineNumber"), MISSING),
        ((*LINE, "lineNumber"), 1),
        ((*LINE, "lineNumber"), ""),
        ((*LINE, "orderLineStatuses"), MISSING),
        ((*LINE, "orderLineStatuses", "orderLineStatus"), MISSING),
        ((*LINE, "orderLineStatuses", "orderLineStatus"), [{}, {}]),
        ((*STATUS, "status"), MISSING),
        ((*STATUS, "status"), "Canceled"),
        ((*STATUS, "status"), "Shipped"),
        ((*STATUS, "cancellationReason"), MISSING),
        ((*STATUS, "cancellationReason"), "CUSTOMER_CHANGED_MIND"),
        ((*STATUS, "cancellationReason"), "CANCEL_BY_SELLER"),
        ((*STATUS, "statusQuantity"), MISSING),
        ((*QUANTITY, "unitOfMeasurement"), MISSING),
        ((*QUANTITY, "unitOfMeasurement"), "PIECE"),
        ((*QUANTITY, "amount"), MISSING),
        ((*QUANTITY, "amount"), 1),
        ((*QUANTITY, "amount"), "0"),
        ((*QUANTITY, "amount"), "-1"),
        ((*QUANTITY, "amount"), "1.0"),
        ((*QUANTITY, "amount"), "²"),
    ],
)
def test_the_schema_of_the_body(
    caller: Caller,
    store: PracticeStore,
    named: Callable[[str], Order],
    body: Callable[..., dict[str, Any]],
    path: tuple[str | int, ...],
    value: object,
) -> None:
    order = named("one line")
    content: Any = copy.deepcopy(body(("1", 1)))
    place = content
    for step in path[:-1]:
        place = place[step]
    if value is MISSING:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    answer = caller.post(order.purchase_order_id, content)
    assert answer.status == 400
    assert answer.errors[0]["code"] == CONTENT
    assert answer.errors[0]["field"] in {*map(str, path), "orderLine"}
    assert store.order(order.purchase_order_id) == order
    assert [call.broken_rule for call in store.journal.broken_rules()] == [CONTENT]
    assert store.journal.broken_rules()[0].asked == ()


def test_ea_is_a_unit_too(
    caller: Caller, named: Callable[[str], Order], body: Callable[..., Any]
) -> None:
    content = body(("1", 1))
    line = content["orderCancellation"]["orderLines"]["orderLine"][0]
    status = line["orderLineStatuses"]["orderLineStatus"][0]
    status["statusQuantity"]["unitOfMeasurement"] = "EA"
    assert caller.post(named("one line").purchase_order_id, content).status == 200


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[]", b'"x"', b"null"])
def test_a_body_that_is_no_object(
    caller: Caller, named: Callable[[str], Order], data: bytes
) -> None:
    answer = caller.post(named("one line").purchase_order_id, data)
    assert answer.status == 400
    assert answer.errors[0]["code"].endswith("REQUEST_CONTENT.GMP_ORDER_API")


def test_a_line_named_twice_is_refused(caller: Caller, named: Callable[[str], Order]) -> None:
    answer = caller.cancel(named("three units").purchase_order_id, ("1", 1), ("1", 1))
    assert answer.status == 400
    assert answer.errors[0]["field"] == "lineNumber"


def test_a_hundred_lines_and_no_more(caller: Caller, named: Callable[[str], Order]) -> None:
    po = named("one line").purchase_order_id
    hundred = caller.cancel(po, *((str(number), 1) for number in range(1, 101)))
    assert len(hundred.errors) == 99
    more = caller.cancel(po, *((str(number), 1) for number in range(1, 102)))
    assert [error["field"] for error in more.errors] == ["orderLine"]
    assert "101 order lines" in more.errors[0]["description"]


def test_a_line_knows_what_is_open(named: Callable[[str], Order]) -> None:
    line = named("part cancelled").lines[0]
    assert line.open == 2
    changed = line.cancel(1, at=5)
    assert [(row.status.value, row.units) for row in changed.statuses] == [
        ("Acknowledged", 1),
        ("Cancelled", 2),
    ]
    assert sum(row.units for row in changed.statuses) == line.quantity
    assert changed.status_date == 5
    for units in (0, 3):
        with pytest.raises(ValueError, match="open units"):
            line.cancel(units, at=5)
