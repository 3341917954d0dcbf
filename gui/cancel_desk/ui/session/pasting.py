"""From what is on the clipboard to rows: a range of cells, or order numbers in free text."""

from dataclasses import dataclass

from cancel_desk.language import gettext as _
from cancel_desk.sheet.columns import Column, match_columns
from cancel_desk.sheet.matching import column_questions
from cancel_desk.sheet.pasted import (
    NumberKind,
    pick_order_numbers,
    sheet_from_clipboard,
    sheet_of_numbers,
)
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import RawSheet
from cancel_desk.texts.sheet import shortened_list
from cancel_desk.ui.session.sheet_look import NothingToOpen


@dataclass(frozen=True, slots=True)
class Pasted:
    """The rows, and the numbers that were not taken because the text calls them otherwise."""

    raw: RawSheet
    left_out: tuple[str, ...] = ()


def pasted_rows(text: str, html: str | None) -> Pasted:
    """Return the rows of a copied range, or one for each order number in a text.

    NothingToOpen if there are none, SheetError if there are too many.
    """
    if not text.strip():
        raise NothingToOpen(
            _(
                "There is nothing to paste. Copy the rows in your spreadsheet, or a text with "
                "purchase order numbers, and paste again."
            )
        )
    raw = _range(text, html)
    if raw is not None and raw.rows and _holds_orders(raw, whole="\t" in text):
        return Pasted(raw)
    one_column = raw is not None and len(raw.headers) == 1
    if raw is not None and one_column:  # its cells may hold digits that the plain text lacks
        text = "\n".join([*raw.headers, *(row.cells[0] for row in raw.rows)])
    found = pick_order_numbers(text)
    taken = [number for number in found if number.kind is NumberKind.PURCHASE_ORDER]
    left_out = tuple(number.text for number in found if number not in taken)
    if not taken:
        raise NothingToOpen(_no_numbers(left_out))
    return Pasted(sheet_of_numbers(taken), left_out)


def left_out_sentence(numbers: tuple[str, ...]) -> str:
    """Say which numbers of a text were not taken."""
    return _(
        "Not taken, because your text calls them customer orders or something else: {numbers}."
    ).format(numbers=shortened_list(numbers))


def _range(text: str, html: str | None) -> RawSheet | None:
    """Return the cells on the clipboard; None where the text is none."""
    try:
        return sheet_from_clipboard(text, html)
    except SheetError as error:
        if error.problem in _LIMITS:
            raise
        return None


_LIMITS = (
    SheetProblem.TOO_MANY_ROWS,
    SheetProblem.TOO_MANY_COLUMNS,
    SheetProblem.CELL_TOO_LONG,
    SheetProblem.TOO_BIG,
)


def _holds_orders(raw: RawSheet, *, whole: bool) -> bool:
    """Tell whether cells are orders: by a name, or in a ``whole`` range also by their values.

    A name for SKUs or other order numbers counts too: what they stand for can be asked.
    """
    match = match_columns(raw.headers)
    if {Column.PO, Column.SKU} & {*match.columns, *match.doubtful} or Column.PO in match.possible:
        return True
    asked = {question.column: question.at for question in column_questions(raw)}
    return whole and asked[Column.PO] is not None


def _no_numbers(left_out: tuple[str, ...]) -> str:
    if left_out:
        return _(
            "No purchase order number was found in what you copied; {numbers} is called a "
            "customer order or something else there. Nothing was opened. Copy the purchase order "
            "numbers, which have 13 to 15 digits, and paste again."
        ).format(numbers=shortened_list(left_out))
    return _(
        "No purchase order number was found in what you copied. Nothing was opened. Copy rows "
        "with purchase order numbers, which have 13 to 15 digits, and paste again."
    )
