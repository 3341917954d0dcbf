"""Sheets for the practice store: the sample with its typical mistakes, and clean ones."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from cancel_desk.practice.catalogue import ROLES, SEED, sample_orders
from cancel_desk.practice.orders import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from openpyxl.cell.cell import Cell

    from cancel_desk.practice.orders import Order, OrderLine

SHEET = "Po Details"
REASON = "Cancel Reason"
# The header row of a Seller Center order download, its own spelling kept, and the reason after it.
HEADER = (
    *("PO#", "Order#", "Order Date", "Ship By", "Delivery Date", "Customer Name"),
    *("Customer Shipping Address", "Customer Phone Number", "Ship to Address 1"),
    *("Ship to Address 2", "City", "State", "Zip", "Segment", "FLIDS", "Line#", "UPC", "Status"),
    *("Item Description", "Shipping Method", "Shipping Tier", "Shipping SLA"),
    *("Shipping Config SOurce", "Qty", "SKU", "Item Cost", "Shipping Cost", "Tax"),
    *("Update Status", "Update Qty", "Carrier", "Tracking Number", "Tracking Url"),
    *("Seller Order NO", "Fulfillment Entity", "Replacement Order"),
    *("Original Customer Order Id", REASON),
)
# The saved sample must not change with the day it is made on.
SAMPLE_DAY = date(2026, 11, 23)
STAMP = (2026, 11, 23, 0, 0, 0)

SheetRow = dict[str, str]
"""The text of each filled cell, by header."""


class Mistake(StrEnum):
    """What is wrong with a row of the sample."""

    REASON_MISSING = "reason missing"
    REASON_UNKNOWN = "reason unknown"
    NOT_ASKED = "customer did not ask"
    SAME_LINE_TWICE = "same line twice"
    NUMBER_DAMAGED = "number damaged by Excel"
    SHIPPED = "shipped"
    CANCELLED = "already cancelled"
    TOO_MANY = "more than is open"
    WFS = "shipped by Walmart"
    UNKNOWN_ORDER = "unknown order"


class SampleRow(NamedTuple):
    """One row of the sample: which line of which order, its reason, and what is wrong with it."""

    role: str
    line: int
    reason: str
    mistake: Mistake | None = None
    cells: tuple[tuple[str, str], ...] = ()
    """Cells that differ from what the store knows."""


SAMPLE = (
    SampleRow("two lines", 1, "Out of stock"),
    SampleRow("two lines", 2, "out of stock"),
    SampleRow("one line", 1, "SELLER_CANCEL_PRICING_ERROR"),
    SampleRow("three units", 1, "OOS"),
    SampleRow("part of three", 1, "Pricing error", cells=(("Qty", "1"),)),
    SampleRow("no reason", 1, "", Mistake.REASON_MISSING),
    SampleRow("unknown reason", 1, "NO_INVENTORY", Mistake.REASON_UNKNOWN),
    SampleRow("customer asked", 1, "Customer asked"),
    SampleRow("customer did not ask", 1, "CUSTOMER_REQUESTED_SELLER_TO_CANCEL", Mistake.NOT_ASKED),
    SampleRow("twice", 1, "Address not serviceable"),
    SampleRow("twice", 1, "Address not serviceable", Mistake.SAME_LINE_TWICE),
    SampleRow(
        "damaged number", 1, "Out of stock", Mistake.NUMBER_DAMAGED, (("PO#", "1.79628E+12"),)
    ),
    SampleRow("one line shipped", 1, "Out of stock"),
    SampleRow("one line shipped", 2, "Out of stock"),
    SampleRow(
        "one line shipped", 3, "Out of stock", Mistake.SHIPPED, (("Status", "Acknowledged"),)
    ),
    SampleRow("already cancelled", 1, "Out of stock", Mistake.CANCELLED, (("Status", "Created"),)),
    SampleRow("part shipped", 1, "SELLER_CANCEL_OUT_OF_STOCK", Mistake.TOO_MANY),
    SampleRow("shipped by Walmart", 1, "Out of stock", Mistake.WFS),
    SampleRow("open 1", 1, "Out of stock", Mistake.UNKNOWN_ORDER, (("PO#", "1796277999001"),)),
    SampleRow("four lines", 1, "Out of stock"),
    SampleRow("four lines", 2, "Out of stock"),
    SampleRow("four lines", 3, "Pricing error"),
    SampleRow("four lines", 4, "Out of stock"),
    SampleRow("fraud", 1, "SELLER_CANCEL_FRAUD_STOP_SHIPMENT"),
    SampleRow("gap in the lines", 2, "SELLER_CANCEL_ADDRESS_NOT_SERVICEABLE"),
)
"""The sample, row by row; the first is row 2 of the sheet."""


def sample_rows(orders: Sequence[Order] | None = None) -> tuple[SheetRow, ...]:
    """The rows of the sample sheet, for the usual stock unless other `sample_orders` are given."""
    stock = orders if orders is not None else sample_orders(SEED, SAMPLE_DAY)
    return tuple(_sample_row(stock[ROLES[row.role]], row) for row in SAMPLE)


def clean_rows(orders: Iterable[Order], *, reason: str = "Out of stock") -> tuple[SheetRow, ...]:
    """One row for every line of the orders that is open, asking for all its open units."""
    return tuple(
        line_row(order, line) | {"Qty": str(line.open), REASON: reason}
        for order in orders
        for line in order.lines
        if line.open
    )


def line_row(order: Order, line: OrderLine) -> SheetRow:
    """The row a Seller Center download has for one line."""
    buyer = order.buyer
    tax = round(line.price_cents * line.quantity * 0.08)
    return {
        "PO#": order.purchase_order_id,
        "Order#": order.customer_order_id,
        "Order Date": _day(order.order_date),
        "Ship By": _day(order.ship_by),
        "Delivery Date": _day(order.deliver_by),
        "Customer Name": buyer.name,
        "Customer Shipping Address": (
            f"{buyer.address1}, {buyer.address2}, {buyer.city}, {buyer.state} {buyer.postal_code}"
        ),
        "Customer Phone Number": buyer.phone,
        "Ship to Address 1": buyer.address1,
        "Ship to Address 2": buyer.address2,
        "City": buyer.city,
        "State": buyer.state,
        "Zip": buyer.postal_code,
        "Line#": line.number,
        "UPC": _upc(line.sku),
        "Status": _status(line),
        "Item Description": line.product,
        "Shipping Method": "Value",
        "Shipping Tier": "VALUE",
        "Qty": str(line.quantity),
        "SKU": line.sku,
        "Item Cost": f"{line.price_cents / 100:.2f}",
        "Shipping Cost": "0.00",
        "Tax": f"{tax / 100:.2f}",
        "Fulfillment Entity": order.ship_node.value,
        "Replacement Order": "No",
    }


def write_sheet(path: Path, rows: Iterable[SheetRow]) -> None:
    """Writes an .xlsx as Seller Center's download is: sheet `Po Details`, every cell text.

    The same rows give the same bytes.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    for column in range(len(HEADER)):
        sheet.column_dimensions[_letters(column)].width = 18

    def text(value: str) -> Cell:
        cell: Cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = "@"
        return cell

    sheet.append([text(name) for name in HEADER])
    for row in rows:
        sheet.append([text(row[name]) if row.get(name) else None for name in HEADER])
    written = io.BytesIO()
    book.save(written)
    path.write_bytes(_stamped(written.getvalue()))


def write_sample(path: Path) -> None:
    """Writes the sample sheet that comes with the program, for a store with the usual stock."""
    write_sheet(path, sample_rows())


def _sample_row(order: Order, row: SampleRow) -> SheetRow:
    cells = line_row(order, order.lines[row.line - 1]) | dict(row.cells)
    return cells | {REASON: row.reason}


def _status(line: OrderLine) -> str:
    statuses = [row.status for row in line.statuses]
    return next((each for each in statuses if each in OPEN), statuses[0]).value


def _day(epoch_ms: int) -> str:
    return datetime.fromtimestamp(epoch_ms / 1000, UTC).date().isoformat()


def _upc(sku: str) -> str:
    # Numbers that begin with 2 are kept for use inside a shop, so it is nobody's product.
    digits = f"2{crc32(sku.encode()):010}"
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


def _letters(column: int) -> str:
    first, second = divmod(column, 26)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + second)


def _stamped(workbook: bytes) -> bytes:
    """The workbook with one fixed date wherever the time of writing stood."""
    moment = datetime(*STAMP, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment, data)
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            # The same on every system.
            info.create_system = 0
            target.writestr(info, data)
    return result.getvalue()
