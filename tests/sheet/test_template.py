"""The template: right columns as text, reasons to pick from, and nothing to send by mistake."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cancel_desk.sheet.columns import NEEDED, match_columns
from cancel_desk.sheet.opening import open_table
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import RawSheet
from cancel_desk.sheet.template import TEMPLATE_COLUMNS, write_template

REASONS = [
    ("CODE_A", "Out of stock, sadly", "Counts against you."),
    ("CODE_B", "=Customer asked", "Does not count."),
]


@pytest.mark.parametrize("name", ["template.xlsx", "template.csv"])
def test_a_template_has_all_columns_and_no_rows(
    tmp_path: Path, read_here: Callable[..., RawSheet], name: str
) -> None:
    write_template(tmp_path / name, REASONS)
    sheet = read_here(tmp_path / name)
    assert (
        sheet.headers == TEMPLATE_COLUMNS == ("PO#", "Line#", "SKU", "Qty", "Cancel Reason", "Note")
    )
    assert set(match_columns(sheet.headers).columns) == set(NEEDED)
    with pytest.raises(SheetError) as caught:
        open_table(sheet)
    assert caught.value.problem is SheetProblem.NO_ROWS


def test_cells_to_fill_in_are_text_and_reasons_are_offered(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, REASONS)
    book = load_workbook(path)
    page = book["Po Details"]
    assert {page.column_dimensions[letter].number_format for letter in "ABCDEF"} == {"@"}
    [choice] = page.data_validations.dataValidation
    assert str(choice.sqref) == "E2:E10000"
    sheet, _, cells = choice.formula1.partition("!")
    assert sheet == "'About'"
    first, last = cells.replace("$", "").split(":")
    offered = [cell.value for [cell] in book["About"][f"{first}:{last}"]]
    assert offered == [label for _, label, _ in REASONS]
    told = {cell.value for row in book["About"].iter_rows() for cell in row}
    assert {"CODE_A", "Counts against you.", *TEMPLATE_COLUMNS} <= told


def test_without_reasons_none_are_offered(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, [])
    assert load_workbook(path)["Po Details"].data_validations.dataValidation == []
