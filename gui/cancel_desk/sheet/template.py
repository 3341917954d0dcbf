"""The template: an empty sheet with the right columns, and a page that explains them."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cancel_desk.language import gettext as _
from cancel_desk.language import gettext_noop
from cancel_desk.sheet.example_row import EXAMPLE_PO
from cancel_desk.sheet.output import replacing
from cancel_desk.sheet.part_facts import column_letters
from cancel_desk.sheet.workbook import ORDER_SHEET

TEMPLATE_COLUMNS = (
    gettext_noop("PO#"),
    gettext_noop("Line#"),
    gettext_noop("SKU"),
    gettext_noop("Qty"),
    gettext_noop("Cancel Reason"),
    gettext_noop("Note"),
)
ABOUT_SHEET = gettext_noop("About")

_WIDTHS = (20.0, 9.0, 24.0, 9.0, 46.0, 36.0)
_TEXT, _WHOLE = "@", "0"
_FORMATS = (_TEXT, _TEXT, _TEXT, _WHOLE, _TEXT, _TEXT)  # text stays what was typed, however long
_QUANTITY = column_letters(TEMPLATE_COLUMNS.index("Qty") + 1)
_REASON = column_letters(TEMPLATE_COLUMNS.index("Cancel Reason") + 1)
_MOST_UNITS = 99_999
_LAST_ROW = 10_000  # as far as cells are prepared; the sheet may be longer


def write_template(path: Path, reasons: Sequence[tuple[str, str, str]]) -> None:
    """Write a sheet to fill in, as ``.xlsx`` or ``.csv`` by the name of the file.

    ``reasons`` are codes, labels and consequences. The one row in it is an example, which is left
    out when the sheet is read. Raises SheetError.
    """
    example = _example(reasons)
    with replacing(path) as trial:
        if path.suffix.casefold() == ".csv":
            with trial.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows((tuple(map(_, TEMPLATE_COLUMNS)), example))
        else:
            _write_xlsx(trial, reasons, example)


def _example(reasons: Sequence[tuple[str, str, str]]) -> tuple[str, ...]:
    reason = reasons[0][1] if reasons else ""
    note = _("This row is an example and is not read. Delete it or leave it.")
    return (EXAMPLE_PO, "1", "BLUE-SHIRT-M", "2", reason, note)


def _write_xlsx(
    path: Path, reasons: Sequence[tuple[str, str, str]], example: tuple[str, ...]
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    page: Any = book.active
    page.title = ORDER_SHEET
    first, last = _write_about(book.create_sheet(_(ABOUT_SHEET)), reasons)
    _write_orders(page, example)
    _hold_to_units(page)
    if reasons:
        _offer(page, f"'{_(ABOUT_SHEET)}'!$A${first}:$A${last}")
    book.save(path)


def _write_orders(page: Any, example: tuple[str, ...]) -> None:
    from openpyxl.styles import Font

    columns = zip(map(_, TEMPLATE_COLUMNS), example, _WIDTHS, _FORMATS, strict=True)
    for at, (name, shown, width, kind) in enumerate(columns, start=1):
        column = page.column_dimensions[column_letters(at)]
        column.width = width
        column.number_format = kind
        for row, text, font in ((1, name, Font(bold=True)), (2, shown, _example_font())):
            cell = page.cell(row=row, column=at)
            cell.font = font
            cell.number_format = kind if row > 1 else _TEXT
            cell.value = int(text) if cell.number_format == _WHOLE else text
    page.freeze_panes = "A2"


def _example_font() -> Any:
    from openpyxl.styles import Font

    return Font(italic=True, color="808080")


def _hold_to_units(page: Any) -> None:
    """Have whole numbers only typed into the quantity; blank stays allowed."""
    from openpyxl.worksheet.datavalidation import DataValidation

    units = DataValidation(
        type="whole", operator="between", formula1="1", formula2=str(_MOST_UNITS), allow_blank=True
    )
    units.showErrorMessage = True
    units.errorTitle = _("Not a quantity")
    units.error = _("Type a whole number from 1, or leave the cell empty for all units.")
    units.add(f"{_QUANTITY}2:{_QUANTITY}{_LAST_ROW}")
    page.add_data_validation(units)


def _offer(page: Any, labels: str) -> None:
    """Offer the reasons' labels in a list; a code may be typed as well."""
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(type="list", formula1=labels, allow_blank=True)
    choice.showErrorMessage = False
    choice.add(f"{_REASON}2:{_REASON}{_LAST_ROW}")
    page.add_data_validation(choice)


def _write_about(page: Any, reasons: Sequence[tuple[str, str, str]]) -> tuple[int, int]:
    """Write the explanations; return the first and last row of the reasons' labels."""
    from openpyxl.styles import Alignment, Font

    columns = _explained_columns()
    heads = {1: (_("Column"), _("What to write")), len(columns) + 3: _reason_heads()}
    first = len(columns) + 4
    lines = {
        **heads,
        **dict(enumerate(columns, start=2)),
        **{first + at: (label, code, told) for at, (code, label, told) in enumerate(reasons)},
    }
    for row, texts in lines.items():
        for column, text in enumerate(texts, start=1):
            cell = page.cell(row=row, column=column, value=text)
            cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if row in heads:
                cell.font = Font(bold=True)
    for letter, width in (("A", 46.0), ("B", 60.0), ("C", 70.0)):
        page.column_dimensions[letter].width = width
    return first, first + len(reasons) - 1


def _reason_heads() -> tuple[str, str, str]:
    return _("Cancel reason"), _("Walmart's code, which may be written instead"), _("Consequence")


def _explained_columns() -> tuple[tuple[str, str], ...]:
    return (
        (
            _("PO#"),
            _("The purchase order number, as Seller Center shows it. Needed in every row."),
        ),
        (
            _("Line#"),
            _("The number of the line in the order: 1, 2 and so on. Write “all” for all."),
        ),
        (
            _("SKU"),
            _("Your own number of the item; compared with the order before anything is sent."),
        ),
        (
            _("Qty"),
            _("How many units to cancel. Empty: all units of the line that are still open."),
        ),
        (
            _("Cancel Reason"),
            _("One of the reasons below. Needed in every row."),
        ),
        (
            _("Note"),
            _("Anything you like; it is not sent and comes back with the results."),
        ),
    )
