"""Sheets made of orders: what is open, and filters."""

from datetime import date

import pytest

from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.opening import open_table
from cancel_desk.sheet.order_rows import OrderFilter, sheet_of_orders
from cancel_desk.sheet.rows import FileKind, RawSheet
from sheet.stores import line, order

ORDERS = (
    order("1000000000001", line("1", "A", ordered=3, Shipped=1), line("2", "B"), customer="C1"),
    order("1000000000002", line("1", "A"), line("2", "A", Cancelled=1), customer="C2", day=9),
    order("1000000000003", line("1", "b"), customer="C1"),
    order("1000000000004", line("1", "A"), customer="C4", wfs=True),
)


def lines(sheet: RawSheet) -> list[tuple[str, str, str, str]]:
    """Return purchase order, line, SKU and quantity as the table finds them."""
    table = open_table(sheet)
    wanted = (Column.PO, Column.LINE, Column.SKU, Column.QUANTITY)
    return [tuple(table.text(row, column) for column in wanted) for row in table.rows]  # type: ignore[misc]


def test_open_orders_become_rows_with_what_is_open() -> None:
    sheet = sheet_of_orders(ORDERS)
    assert lines(sheet) == [
        ("1000000000001", "1", "A", "2"),
        ("1000000000001", "2", "B", "1"),
        ("1000000000002", "1", "A", "1"),
        ("1000000000003", "1", "b", "1"),
    ]
    assert sheet.source.kind is FileKind.ORDERS
    assert sheet.rows[0].cells[:3] == ("1000000000001", "C1", "2026-05-05")


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (OrderFilter(statuses=frozenset({"Acknowledged"})), 4),
        (OrderFilter(statuses=frozenset({"Created"})), 0),
        (OrderFilter(skus=frozenset({"B"})), 2),
        (OrderFilter(ship_from=date(2026, 5, 9)), 1),
        (OrderFilter(ship_until=date(2026, 5, 5)), 3),
        (OrderFilter(ship_from=date(2026, 5, 6), ship_until=date(2026, 5, 8)), 0),
    ],
)
def test_filters(wanted: OrderFilter, count: int) -> None:
    assert len(sheet_of_orders(ORDERS, wanted).rows) == count


def test_an_order_without_a_date_only_passes_without_dates() -> None:
    undated = order("1", line("1", "A")).__class__("1", "", "", None, (line("1", "A"),))
    assert len(sheet_of_orders([undated]).rows) == 1
    assert not sheet_of_orders([undated], OrderFilter(ship_until=date(2030, 1, 1))).rows
