"""The sample sheet, against the store it is for."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from cancel_desk.practice.catalogue import many_orders, sample_orders
from cancel_desk.practice.orders import ShipNode, Status
from cancel_desk.practice.rules import REASONS
from cancel_desk.practice.sample import (
    HEADER,
    SAMPLE,
    Mistake,
    SheetRow,
    clean_rows,
    sample_rows,
    write_sample,
    write_sheet,
)
from cancel_desk.practice.store import PracticeStore

if TYPE_CHECKING:
    from pathlib import Path

    from cancel_desk.practice.orders import Order, OrderLine

DAY = date(2026, 11, 23)


def read(path: Path) -> list[SheetRow]:
    """The sheet as text by header; every filled cell must be text."""
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Po Details"]
    header, *rows = book.worksheets[0].iter_rows()
    names = [cell.value for cell in header]
    assert names == list(HEADER)
    for row in rows:
        assert {cell.data_type for cell in row if cell.value is not None} == {"s"}
        assert {cell.number_format for cell in row if cell.value is not None} == {"@"}
    return [
        {str(name): str(cell.value) for name, cell in zip(names, row, strict=True) if cell.value}
        for row in rows
    ]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[SheetRow]:
    path = tmp_path_factory.mktemp("sample") / "sample.xlsx"
    write_sample(path)
    return read(path)


@pytest.fixture(scope="module")
def orders() -> dict[str, Order]:
    return {order.purchase_order_id: order for order in PracticeStore().orders()}


def found(orders: dict[str, Order], row: SheetRow) -> OrderLine:
    line = orders[row["PO#"]].line(row["Line#"])
    assert line is not None
    assert line.sku == row["SKU"]
    return line


def wrong(rows: list[SheetRow], mistake: Mistake) -> SheetRow:
    (row,) = [row for row, plan in zip(rows, SAMPLE, strict=True) if plan.mistake is mistake]
    return row


def test_the_rows_are_those_of_the_plan(rows: list[SheetRow]) -> None:
    assert len(rows) == len(SAMPLE) == 25
    filled = [{name: text for name, text in row.items() if text} for row in sample_rows()]
    assert rows == filled
    assert HEADER[:3] == ("PO#", "Order#", "Order Date")
    assert HEADER[-1] == "Cancel Reason"
    assert len(HEADER) == 38


def test_the_right_rows_can_be_cancelled(rows: list[SheetRow], orders: dict[str, Order]) -> None:
    right = [row for row, plan in zip(rows, SAMPLE, strict=True) if plan.mistake is None]
    assert len(right) == 15
    for row in right:
        line = found(orders, row)
        assert 1 <= int(row["Qty"]) <= line.open
        assert orders[row["PO#"]].ship_node is ShipNode.SELLER
        assert row["Order#"] == orders[row["PO#"]].customer_order_id
        if row["Cancel Reason"] in {"Customer asked", "CUSTOMER_REQUESTED_SELLER_TO_CANCEL"}:
            assert line.intent_to_cancel
    said = {row["Cancel Reason"] for row in right}
    assert said & REASONS
    assert {"Out of stock", "OOS", "Pricing error"} <= said


def test_each_mistake_is_there_once(rows: list[SheetRow], orders: dict[str, Order]) -> None:
    mistakes = Counter(plan.mistake for plan in SAMPLE if plan.mistake)
    assert mistakes == dict.fromkeys(Mistake, 1)
    assert "Cancel Reason" not in wrong(rows, Mistake.REASON_MISSING)
    assert wrong(rows, Mistake.REASON_UNKNOWN)["Cancel Reason"] == "NO_INVENTORY"
    assert not found(orders, wrong(rows, Mistake.NOT_ASKED)).intent_to_cancel
    twice = wrong(rows, Mistake.SAME_LINE_TWICE)
    assert rows.count(twice) == 2
    damaged = wrong(rows, Mistake.NUMBER_DAMAGED)
    assert damaged["PO#"] == "1.79628E+12"
    (real,) = [each for each in orders.values() if each.customer_order_id == damaged["Order#"]]
    assert f"{float(real.purchase_order_id):.5E}" == damaged["PO#"]
    assert found(orders, wrong(rows, Mistake.SHIPPED)).units_in(Status.SHIPPED) == 1
    assert found(orders, wrong(rows, Mistake.CANCELLED)).units_in(Status.CANCELLED) == 1
    many = wrong(rows, Mistake.TOO_MANY)
    assert int(many["Qty"]) > found(orders, many).open > 0
    wfs = wrong(rows, Mistake.WFS)
    assert orders[wfs["PO#"]].ship_node is ShipNode.WFS
    assert wfs["Fulfillment Entity"] == "WFSFulfilled"
    assert wrong(rows, Mistake.UNKNOWN_ORDER)["PO#"] not in orders


def test_the_sample_is_the_same_each_time(tmp_path: Path) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_sample(first)
    write_sample(second)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(io.BytesIO(first.read_bytes())) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2026, 11, 23, 0, 0, 0)}
        assert parts.read("docProps/core.xml").count(b"2026-11-23T00:00:00Z") == 2


def test_the_buyers_are_made_up(rows: list[SheetRow]) -> None:
    for row in rows:
        assert row["Customer Phone Number"][3:8] == "55501"
        assert row["Customer Name"]
        assert row["Ship to Address 1"] in row["Customer Shipping Address"]
        assert len(row["UPC"]) == 12
        assert row["UPC"][0] == "2"


def test_a_sheet_of_any_size(tmp_path: Path) -> None:
    stock = many_orders(50, lines=(1, 4), units=(1, 5))(3, DAY)
    rows = clean_rows(stock, reason="OOS")
    assert len(rows) == sum(len(order.lines) for order in stock)
    path = tmp_path / "many.xlsx"
    write_sheet(path, rows)
    for given, row in zip(read(path), rows, strict=True):
        assert given["PO#"] == row["PO#"]
        assert given["Cancel Reason"] == "OOS"
    units = {(row["PO#"], row["Line#"]): int(row["Qty"]) for row in rows}
    assert units == {
        (order.purchase_order_id, line.number): line.quantity
        for order in stock
        for line in order.lines
    }


def test_clean_rows_leave_out_what_is_closed() -> None:
    rows = clean_rows(sample_orders(7, DAY))
    assert all(int(row["Qty"]) > 0 for row in rows)
    assert "Delivered" not in {row["Status"] for row in rows}


def test_many_orders_have_numbers_of_their_own() -> None:
    stock = many_orders(20_000, lines=(1, 1))(5, DAY)
    assert len({order.purchase_order_id for order in stock}) == 20_000
    assert {len(order.purchase_order_id) for order in stock} == {13, 15}
    long = many_orders(1, lines=(30, 30))(5, DAY)[0]
    assert [line.number for line in long.lines] == [str(number) for number in range(1, 31)]
