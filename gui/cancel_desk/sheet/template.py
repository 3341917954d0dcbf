"""The template: an empty sheet with the right columns, and a page that explains them."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cancel_desk.language import gettext as _
from cancel_desk.sheet.output import replacing
from cancel_desk.sheet.part_facts import column_letters
from cancel_desk.sheet.workbook import ORDER_SHEET

TEMPLATE_COLUMNS = ("PO#", "Line#", "SKU", "Qty", "Cancel Reason", "Note")
ABOUT_SHEET = "About"

_WIDTHS = (20.0, 9.0, 24.0, 9.0, 46.0, 36.0)
_REASON_COLUMN = TEMPLATE_COLUMNS.index("Cancel Reason") + 1
_LAST_ROW = 10_000  # as far as cells are prepared; the sheet may be longer


def write_template(path: Path, reasons: Sequence[tuple[str, str, str]]) -> None:
    """Write an empty sheet to fill in, as ``.xlsx`` or ``.csv`` by the name of the file.

    ``reasons`` are codes, labels and consequences. There is no example row, because it could be
    sent by mistake. Raises SheetError.
    """
    with replacing(path) as trial:
        if path.suffix.casefold() == ".csv":
            with trial.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerow(TEMPLATE_COLUMNS)
        else:
            _write_xlsx(trial, reasons)


def _write_xlsx(path: Path, reasons: Sequence[tuple[str, str, str]]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    page: Any = book.active
    page.title = ORDER_SHEET
    first, last = _write_about(book.create_sheet(ABOUT_SHEET), reasons)
    _write_orders(page)
    if reasons:
        _offer(page, f"'{ABOUT_SHEET}'!$A${first}:$A${last}")
    book.save(path)


def _write_orders(page: Any) -> None:
    from openpyxl.styles import Font

    for at, (name, width) in enumerate(zip(TEMPLATE_COLUMNS, _WIDTHS, strict=True), start=1):
        column = page.column_dimensions[column_letters(at)]
        column.width = width
        column.number_format = "@"  # so that a long number typed in stays what was typed
        cell = page.cell(row=1, column=at, value=name)
        cell.number_format = "@"
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"


def _offer(page: Any, labels: str) -> None:
    """Offer the reasons' labels in a list; a code may be typed as well."""
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(type="list", formula1=labels, allow_blank=True)
    choice.showErrorMessage = False
    letter = column_letters(_REASON_COLUMN)
    choice.add(f"{letter}2:{letter}{_LAST_ROW}")
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
        ("PO#", _("The purchase order number, as Seller Center shows it. Needed in every row.")),
        ("Line#", _("The number of the line in the order: 1, 2 and so on. Write “all” for all.")),
        ("SKU", _("Your own number of the item; compared with the order before anything is sent.")),
        ("Qty", _("How many units to cancel. Empty: all units of the line that are still open.")),
        ("Cancel Reason", _("One of the reasons below. Needed in every row.")),
        ("Note", _("Anything you like; it is not sent and comes back with the results.")),
    )
