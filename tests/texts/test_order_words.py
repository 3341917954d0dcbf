"""What Walmart says about a row, in the words of the grid."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from builders import PO, order, order_line, table
from cancel_desk.checks.live import Look, NotRead
from cancel_desk.checks.review import Review
from cancel_desk.texts.orders import walmart_details, walmart_says
from cancel_desk.walmart.orders import OrderLine


def said(look: Look, *, line: str = "1") -> str:
    review = Review(table((PO, line, "", "", "oos")), "US")
    return walmart_says(review.draft(1), look)


@pytest.mark.parametrize(
    ("by_status", "words"),
    [
        ({"Acknowledged": 2}, "Acknowledged · 2 open"),
        ({"Created": 2}, "Created · 2 open"),
        ({}, "Open · 2 open"),
        ({"Picking": 2}, "Picking · 2 open"),
        ({"Shipped": 1, "Acknowledged": 1}, "Acknowledged · 1 open, 1 shipped"),
        ({"Shipped": 2}, "Shipped"),
        ({"Delivered": 2}, "Delivered"),
        ({"Cancelled": 2}, "Cancelled"),
        ({"Refund": 2}, "Refunded"),
        ({"Shipped": 1, "Cancelled": 1}, "1 shipped, 1 cancelled"),
    ],
)
def test_a_line_by_its_units(by_status: dict[str, int], words: str) -> None:
    assert said(order(OrderLine("1", "", "", 2, by_status))) == words


def test_the_customers_wish_is_told_while_something_is_open() -> None:
    assert said(order(order_line("1", intent=True, Created=1))) == (
        "Created · 1 open · customer asked to cancel"
    )
    assert said(order(order_line("1", intent=True, Shipped=1))) == "Shipped"


def test_a_line_of_nothing() -> None:
    assert said(order(order_line("1", ordered=0))) == "Nothing open"


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (None, "No such order"),
        (NotRead("The line was busy."), "Could not be read"),
        (order(order_line("1"), node="WFSFulfilled"), "Shipped by Walmart (WFS)"),
        (order(order_line("2")), "No line 1"),
    ],
)
def test_orders_that_give_no_line(look: Look, words: str) -> None:
    assert said(look) == words


def test_a_whole_order_by_its_lines() -> None:
    one, two = order_line("1", Created=1), order_line("2", Created=1)
    assert said(order(one), line="all") == "Created · 1 line open"
    assert said(order(one, two), line="all") == "Created · 2 lines open"
    assert said(order(one, order_line("2", Acknowledged=1)), line="all") == "2 lines open"
    assert said(order(one, order_line("2", Shipped=1)), line="all") == "1 of 2 lines open"
    assert said(order(order_line("1", Shipped=1)), line="all") == "Shipped"
    closed = order(order_line("1", Shipped=1), order_line("2", Cancelled=1))
    assert said(closed, line="all") == "No line open"


def details(look: Look, *, line: str = "1") -> list[str]:
    review = Review(table((PO, line, "", "", "oos")), "US")
    return walmart_details(review.draft(1), look)


def test_the_details_tell_units_wish_date_and_who_ships() -> None:
    line = order_line("1", ordered=4, sku="A", intent=True, Created=1, Shipped=2, Cancelled=1)
    known = replace(order(line), ship_by=datetime(2026, 12, 4, 5, tzinfo=UTC))
    assert details(known) == [
        "Line 1 (A): 4 ordered, 1 open, 2 shipped, 1 cancelled.",
        "The customer asked to cancel.",
        "Ship by Dec 4, 2026, 5:00 AM (UTC).",
        "You ship this order.",
    ]


def test_the_details_of_a_whole_order_name_its_lines_up_to_ten() -> None:
    known = order(order_line("1", intent=True), order_line("2"), node="WFSFulfilled")
    assert details(known, line="all") == [
        "Line 1 (?): 1 ordered, 1 open, 0 shipped, 0 cancelled.",
        "Line 2 (?): 1 ordered, 1 open, 0 shipped, 0 cancelled.",
        "The customer asked to cancel line 1.",
        "Walmart ships this order itself (WFS), so it can't be cancelled here.",
    ]
    long = details(order(*(order_line(str(at)) for at in range(1, 13))), line="all")
    assert long[9:12] == [
        "Line 10 (?): 1 ordered, 1 open, 0 shipped, 0 cancelled.",
        "… and 2 lines more.",
        "The customer did not ask to cancel.",
    ]


def test_what_could_not_be_read_or_found_has_its_own_details() -> None:
    assert details(NotRead("The line was busy.")) == ["The line was busy."]
    assert details(None) == []
    assert details(order(order_line("2"), order_line("3")))[0] == "The order has the lines 2, 3."
