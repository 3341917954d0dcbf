"""What is wrong with a row, as stable codes; the sentences are made in texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cancel_desk.sheet.columns import Column


class Level(StrEnum):
    """How much an issue matters: only an error keeps its row from being sent."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(StrEnum):
    """Every kind of issue; stable words that scripts may rely on."""

    PO_MISSING = "po_missing"
    NO_LINE_FOUND = "no_line_found"
    CELL_MERGED = "cell_merged"
    PO_MALFORMED = "po_malformed"
    PO_UNUSUAL_LENGTH = "po_unusual_length"
    CELL_DAMAGED = "cell_damaged"
    CELL_REPAIRED = "cell_repaired"
    LINE_MISSING = "line_missing"
    LINE_MALFORMED = "line_malformed"
    QUANTITY_MALFORMED = "quantity_malformed"
    QUANTITY_BLANK = "quantity_blank"
    QUANTITY_FOR_WHOLE_ORDER = "quantity_for_whole_order"
    REASON_MISSING = "reason_missing"
    REASON_UNKNOWN = "reason_unknown"
    SAME_LINE_TWICE = "same_line_twice"
    SAME_LINE_DIFFERENTLY = "same_line_differently"
    LINE_AND_WHOLE_ORDER = "line_and_whole_order"
    ROW_HIDDEN = "row_hidden"
    SHEET_SAYS_NO = "sheet_says_no"
    LEFT_OUT = "left_out"
    SHEET_SAYS_CLOSED = "sheet_says_closed"
    SHEET_SAYS_WFS = "sheet_says_wfs"
    WHOLE_ORDER = "whole_order"
    ORDER_NOT_FOUND = "order_not_found"
    ORDER_NOT_READ = "order_not_read"
    NOT_CHECKED = "not_checked"
    LINE_NOT_FOUND = "line_not_found"
    SKU_DISAGREES = "sku_disagrees"
    OTHER_SKUS_IN_ORDER = "other_skus_in_order"
    ALREADY_CANCELLED = "already_cancelled"
    ALREADY_SHIPPED = "already_shipped"
    NOTHING_OPEN = "nothing_open"
    MORE_THAN_OPEN = "more_than_open"
    PART_ALREADY_CANCELLED = "part_already_cancelled"
    SENT_EARLIER = "sent_earlier"
    SENT_WITHOUT_ANSWER = "sent_without_answer"
    SENT_UNSETTLED = "sent_unsettled"
    ORDER_PARTLY_CLOSED = "order_partly_closed"
    FULFILLED_BY_WALMART = "fulfilled_by_walmart"
    NO_CANCEL_REQUEST = "no_cancel_request"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to know about one row, on the cell of ``column`` (None: the row as a whole).

    ``params`` are the words the sentence needs, as text.
    """

    row_id: int
    column: Column | None
    level: Level
    code: Code
    params: Mapping[str, str] = field(default_factory=dict)
