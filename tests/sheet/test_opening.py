"""From headers to a table: columns found, asked about, or missing."""

from collections.abc import Sequence

import pytest

from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.opening import open_table
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import FileKind, RawSheet, Row, Source

SELLER_CENTER = (
    "PO#", "Order#", "Order Date", "Ship By", "Delivery Date", "Customer Name",
    "Customer Shipping Address", "Customer Phone Number", "Ship to Address 1", "Ship to Address 2",
    "City", "State", "Zip", "Segment", "FLIDS", "Line#", "UPC", "Status", "Item Description",
    "Shipping Method", "Shipping Tier", "Shipping SLA", "Shipping Config SOurce", "Qty", "SKU",
    "Item Cost", "Shipping Cost", "Tax", "Update Status", "Update Qty", "Carrier",
    "Tracking Number", "Tracking Url", "Seller Order NO", "Fulfillment Entity",
    "Replacement Order", "Original Customer Order Id", "Customer Intent To Cancel", "Cancel Reason",
)  # fmt: skip


def raw(headers: Sequence[str], *, rows: int = 1) -> RawSheet:
    source = Source("orders.csv", FileKind.TEXT, None, 1, "utf-8", ",")
    cells = tuple(f"c{at}" for at in range(len(headers)))
    return RawSheet(source, tuple(headers), tuple(Row(at + 1, at + 2, cells) for at in range(rows)))


def problem(sheet: RawSheet) -> SheetError:
    with pytest.raises(SheetError) as caught:
        open_table(sheet)
    return caught.value


def test_a_seller_center_download_is_understood() -> None:
    table = open_table(raw(SELLER_CENTER))
    named = {
        column: table.headers[at] for column, at in table.columns.items() if table.has_own(column)
    }
    assert named == {
        Column.PO: "PO#",
        Column.LINE: "Line#",
        Column.SKU: "SKU",
        Column.QUANTITY: "Qty",
        Column.REASON: "Cancel Reason",
        Column.STATUS: "Status",
        Column.FULFILLMENT: "Fulfillment Entity",
    }


def test_missing_other_columns_are_added_empty() -> None:
    table = open_table(raw(["Purchase Order Id"]))
    [row] = table.rows
    assert table.text(row, Column.PO) == "c0"
    assert table.text(row, Column.REASON) == ""
    assert not table.has_own(Column.REASON)
    assert table.headers == ("Purchase Order Id",)


@pytest.mark.parametrize("header", ["Order#", "order id", "Order Number", "OrderId"])
def test_an_order_number_is_never_taken_for_a_purchase_order(header: str) -> None:
    error = problem(raw([header, "", "Qty"]))
    assert error.problem is SheetProblem.NO_PO_COLUMN
    assert error.params == {"headers": [header, "Qty"], "order_header": header}


def test_without_any_such_column_the_headers_are_named() -> None:
    error = problem(raw(["Name", "City"]))
    assert error.params == {"headers": ["Name", "City"], "order_header": None}


def test_two_headers_for_a_needed_column_are_asked_about() -> None:
    error = problem(raw(["PO#", "Qty", "Note", "Quantity"]))
    assert error.problem is SheetProblem.DOUBTFUL_COLUMN
    assert error.params == {
        "column": Column.QUANTITY,
        "headers": ["Qty", "Quantity"],
        "places": ["B", "D"],
    }


def test_two_headers_for_a_hint_are_no_matter() -> None:
    table = open_table(raw(["PO#", "Status", "Order Status"]))
    assert Column.STATUS not in table.columns


def test_what_the_person_chose_counts() -> None:
    sheet = raw(["Order#", "Qty", "Quantity"])
    table = open_table(sheet, columns={Column.PO: 0, Column.QUANTITY: 2})
    assert (table.columns[Column.PO], table.columns[Column.QUANTITY]) == (0, 2)


def test_one_header_serves_one_column() -> None:
    table = open_table(raw(["PO#", "Line#"]), columns={Column.SKU: 1})
    assert table.columns[Column.SKU] == 1
    assert not table.has_own(Column.LINE)


def test_headers_alone_are_no_orders() -> None:
    assert problem(raw(["PO#", "Line#"], rows=0)).problem is SheetProblem.NO_ROWS
