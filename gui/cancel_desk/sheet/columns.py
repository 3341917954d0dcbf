"""The columns Cancel Desk knows, as data, and matching them to a file's header names."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """A column the program understands; everything else is the person's own."""

    PO = "po"
    LINE = "line"
    SKU = "sku"
    QUANTITY = "quantity"
    REASON = "reason"
    STATUS = "status"
    FULFILLMENT = "fulfillment"


NEEDED = (Column.PO, Column.LINE, Column.SKU, Column.QUANTITY, Column.REASON)
"""The columns the grid always shows, whether the file has them or not."""

# Header names as Seller Center, Walmart's reports and other tools write them.
# A bare "order id" or "order number" is missing on purpose: it may be the customer's order.
_NAMES: Mapping[Column, tuple[str, ...]] = {
    Column.PO: (
        "po#",
        "po",
        "po number",
        "po no",
        "po id",
        "ponum",
        "purchase order",
        "purchase order #",
        "purchase order number",
        "purchase order id",
        "purchaseorderid",
        "walmart po",
        "walmart po number",
    ),
    Column.LINE: (
        "line#",
        "line",
        "line number",
        "line no",
        "line id",
        "linenumber",
        "po line",
        "po line number",
        "purchase order line #",
        "order line",
        "order line id",
        "order line number",
    ),
    Column.SKU: ("sku", "seller sku", "item sku", "partner item id", "merchant sku"),
    Column.QUANTITY: (
        "qty to cancel",
        "quantity to cancel",
        "cancel qty",
        "cancel quantity",
        "qty",
        "quantity",
        "units",
        "item quantity",
    ),
    Column.REASON: (
        "cancel reason",
        "cancellation reason",
        "cancelreason",
        "cancellationreason",
        "reason for cancel",
        "reason for cancellation",
        "reason code",
        "reason",
    ),
    Column.STATUS: ("status", "order status", "line status"),
    Column.FULFILLMENT: ("fulfillment entity", "fulfillment", "fulfilled by"),
}


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """Which header holds which column, and the columns for which several headers fit.

    ``columns`` gives the index of the header; ``doubtful`` gives the indexes that fit equally.
    """

    columns: Mapping[Column, int]
    doubtful: Mapping[Column, tuple[int, ...]]


def plain_header(header: str) -> str:
    """Return a header name with case, punctuation, accents' forms and extra blanks folded."""
    text = unicodedata.normalize("NFKC", header).casefold().replace("#", " # ")
    return " ".join(re.sub(r"[^\w#]+|_", " ", text).split())


def match_columns(headers: Sequence[str]) -> ColumnMatch:
    """Match header names to columns by name, never by position.

    Where several headers fit one column, all are reported as doubtful and none is taken.
    """
    plain = [plain_header(header) for header in headers]
    columns: dict[Column, int] = {}
    doubtful: dict[Column, tuple[int, ...]] = {}
    for column, names in _NAMES.items():
        known = {plain_header(name) for name in names}
        found = tuple(at for at, header in enumerate(plain) if header in known)
        if len(found) == 1:
            columns[column] = found[0]
        elif found:
            doubtful[column] = found
    return ColumnMatch(columns, doubtful)
