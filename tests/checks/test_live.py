"""Rows held against their orders."""

import pytest

from builders import HEADERS, PO, order, order_line, table
from cancel_desk.checks.drafts import read_draft
from cancel_desk.checks.issues import Code, Level
from cancel_desk.checks.live import LiveRow, Look, NotRead, Target, look_at
from cancel_desk.walmart.orders import OrderLine


def live(look: Look, *cells: str) -> LiveRow:
    made = table(cells or (PO, "1", "", "1", "OOS"), headers=HEADERS)
    return look_at(read_draft(made, made.at(0), "US"), look)


def only_code(found: LiveRow) -> Code:
    assert found.targets == ()
    assert len(found.issues) == 1
    return found.issues[0].code


def test_an_open_line_is_cancelled_as_asked() -> None:
    found = live(order(order_line(ordered=3, sku="A")), PO, "1", "a", "2", "OOS")
    assert found == LiveRow(1, (Target("1", 2, "A"),), ())


def test_a_blank_quantity_becomes_what_is_open() -> None:
    found = live(order(order_line(ordered=5, Shipped=2, Cancelled=1)), PO, "1", "", "", "OOS")
    assert found.targets == (Target("1", 2, "", 1),)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (order_line(Cancelled=1), Code.ALREADY_CANCELLED),
        (order_line(Shipped=1), Code.ALREADY_SHIPPED),
        (order_line(Delivered=1), Code.ALREADY_SHIPPED),
        (order_line(Refund=1), Code.NOTHING_OPEN),
        (order_line(ordered=2, Shipped=1, Cancelled=1), Code.NOTHING_OPEN),
    ],
)
def test_a_closed_line_says_why(line: OrderLine, code: Code) -> None:
    found = live(order(line))
    assert only_code(found) is code
    assert (found.issues[0].level is Level.ERROR) is (code is not Code.ALREADY_CANCELLED)


def test_more_than_is_open_is_refused() -> None:
    assert only_code(live(order(order_line()), PO, "1", "", "2", "OOS")) is Code.MORE_THAN_OPEN


def test_a_part_of_a_partly_cancelled_line_may_have_been_sent_before() -> None:
    line = order_line(ordered=3, Cancelled=1)
    assert only_code(live(order(line))) is Code.PART_ALREADY_CANCELLED
    # So may one that asks for exactly the rest: one of two, sent twice, is both.
    assert only_code(live(order(line), PO, "1", "", "2", "OOS")) is Code.PART_ALREADY_CANCELLED
    # And one that asks for more than is left: two of three, sent twice.
    assert only_code(live(order(line), PO, "1", "", "3", "OOS")) is Code.PART_ALREADY_CANCELLED
    assert live(order(line), PO, "1", "", "", "OOS").targets == (Target("1", 2, "", 1),)


def test_unknown_orders_and_lines_and_wfs_are_held_back() -> None:
    assert only_code(live(None)) is Code.ORDER_NOT_FOUND
    assert only_code(live(order(order_line("2")))) is Code.LINE_NOT_FOUND
    wfs = order(order_line(), node="WFSFulfilled")
    assert only_code(live(wfs)) is Code.FULFILLED_BY_WALMART


def test_line_and_sku_must_agree() -> None:
    found = live(order(order_line(sku="B")), PO, "1", "A", "1", "OOS")
    assert only_code(found) is Code.SKU_DISAGREES


def test_an_order_that_could_not_be_read_leaves_only_exact_rows() -> None:
    unread = NotRead("Walmart did not answer.")
    exact = live(unread)
    assert exact.targets == (Target("1", 1, ""),)
    assert [issue.level for issue in exact.issues] == [Level.WARNING]
    assert only_code(live(unread, PO, "1", "", "", "OOS")) is Code.ORDER_NOT_READ
    assert only_code(live(unread, PO, "all", "", "", "OOS")) is Code.ORDER_NOT_READ


def test_a_whole_order_becomes_its_open_lines() -> None:
    full = order(
        order_line("1", sku="A"),
        order_line("2", ordered=2, sku="B", Cancelled=2),
        order_line("4", ordered=3, sku="C", Shipped=1),
    )
    found = live(full, PO, "all", "", "", "OOS")
    assert found.targets == (Target("1", 1, "A"), Target("4", 2, "C"))
    assert [issue.code for issue in found.issues] == [Code.WHOLE_ORDER, Code.ORDER_PARTLY_CLOSED]
    assert found.issues[0].params == {"lines": "1 (A: 1), 4 (C: 2)"}


def test_a_whole_order_with_nothing_open_says_why() -> None:
    cancelled = order(order_line("1", Cancelled=1), order_line("2", Cancelled=1))
    assert only_code(live(cancelled, PO, "all", "", "", "OOS")) is Code.ALREADY_CANCELLED
    mixed = order(order_line("1", Cancelled=1), order_line("2", Shipped=1))
    assert only_code(live(mixed, PO, "all", "", "", "OOS")) is Code.NOTHING_OPEN


def test_a_whole_order_with_other_skus_than_named_is_held_back() -> None:
    full = order(order_line("1", sku="A"), order_line("2", sku="B"))
    assert only_code(live(full, PO, "all", "A", "", "OOS")) is Code.OTHER_SKUS_IN_ORDER


def test_customer_asked_is_warned_about_without_a_request() -> None:
    cells = (PO, "1", "", "1", "customer asked")
    without = live(order(order_line()), *cells)
    assert [(x.level, x.code) for x in without.issues] == [(Level.WARNING, Code.NO_CANCEL_REQUEST)]
    assert without.targets
    assert live(order(order_line(intent=True)), *cells).issues == ()
