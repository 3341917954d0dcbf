"""The template: right columns as text, reasons to pick from, and nothing to send by mistake."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cancel_desk.sheet.columns import NEEDED, match_columns
from cancel_desk.sheet.opening import open_table
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import RawSheet
from cancel_desk.sheet.template import TEMPLATE_COLUMNS, write_template
from cancel_desk.texts.sheet_notes import reading_notes

REASONS = [
    ("CODE_A", "Out of stock, sadly", "Counts against you."),
    ("CODE_B", "=Customer asked", "Does not count."),
]


@pytest.mark.parametrize("name", ["template.xlsx", "template.csv"])
def test_a_template_has_all_columns_and_an_example_that_is_left_out(
    tmp_path: Path, read_here: Callable[..., RawSheet], name: str
) -> None:
    write_template(tmp_path / name, REASONS)
    sheet = read_here(tmp_path / name)
    assert (
        sheet.headers == TEMPLATE_COLUMNS == ("PO#", "Line#", "SKU", "Qty", "Cancel Reason", "Note")
    )
    assert set(match_columns(sheet.headers).columns) == set(NEEDED)
    assert sheet.facts.example_rows == (2,)
    assert any("example (row 2) was left out" in note for note in reading_notes(sheet))
    with pytest.raises(SheetError) as caught:
        open_table(sheet)
    assert caught.value.problem is SheetProblem.NO_ROWS


def test_cells_to_fill_in_are_text_and_reasons_are_offered(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, REASONS)
    book = load_workbook(path)
    page = book["Po Details"]
    assert {page.column_dimensions[letter].number_format for letter in "ABCEF"} == {"@"}
    assert {page[f"{letter}{row}"].number_format for letter in "ABCEF" for row in (1, 2)} == {"@"}
    _, choice = page.data_validations.dataValidation
    assert str(choice.sqref) == "E2:E10000"
    sheet, _, cells = choice.formula1.partition("!")
    assert sheet == "'About'"
    first, last = cells.replace("$", "").split(":")
    offered = [cell.value for [cell] in book["About"][f"{first}:{last}"]]
    assert offered == [label for _, label, _ in REASONS]
    told = {cell.value for row in book["About"].iter_rows() for cell in row}
    assert {"CODE_A", "Counts against you.", *TEMPLATE_COLUMNS} <= told


def test_only_whole_units_may_be_typed_and_no_macros_are_inside(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, REASONS)
    page = load_workbook(path)["Po Details"]
    units = page.data_validations.dataValidation[0]
    assert str(units.sqref) == "D2:D10000"
    assert page.column_dimensions["D"].number_format == "0"  # a rule for numbers fails on text
    assert (units.type, units.operator, units.formula1, units.formula2, units.allow_blank) == (
        "whole",
        "between",
        "1",
        "99999",
        True,
    )
    assert units.showErrorMessage
    assert not [name for name in zipfile.ZipFile(path).namelist() if "vba" in name.casefold()]


@pytest.mark.parametrize("name", ["template.xlsx", "template.csv"])
def test_what_is_typed_below_or_over_the_example_is_read(
    tmp_path: Path, read_here: Callable[..., RawSheet], name: str
) -> None:
    path = tmp_path / name
    write_template(path, REASONS)
    mine = ["129114917403021", "1", "", 2, "Out of stock, sadly", ""]
    if path.suffix == ".csv":
        path.write_text(path.read_text("utf-8-sig") + ",".join(map(str, mine)) + "\n", "utf-8-sig")
    else:
        book = load_workbook(path)
        book["Po Details"].append(mine)
        book.save(path)
    table = open_table(read_here(path))
    assert [(row.number, row.cells[0], row.cells[3]) for row in table.rows] == [
        (3, "129114917403021", "2")
    ]


def test_an_order_typed_over_the_example_is_no_example(
    tmp_path: Path, read_here: Callable[..., RawSheet]
) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, REASONS)
    book = load_workbook(path)
    book["Po Details"]["A2"] = "109007446257350"
    book.save(path)
    assert [row.number for row in open_table(read_here(path)).rows] == [2]


def test_the_example_could_not_be_sent_where_it_is_not_known(tmp_path: Path) -> None:
    write_template(tmp_path / "template.csv", REASONS)
    example = (tmp_path / "template.csv").read_text("utf-8-sig").splitlines()[1]
    assert example.startswith("EXAMPLE 1")  # the blank makes no order number of it


def test_without_reasons_none_are_offered(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, [])
    rules = load_workbook(path)["Po Details"].data_validations.dataValidation
    assert [rule.type for rule in rules] == ["whole"]
