"""Result workbooks that keep the formatting of the person's own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill

from cancel_desk.sheet.result_mark import recognise
from cancel_desk.sheet.result_rows import RESULT_COLUMNS, Origin, ResultMark, ResultSheet
from cancel_desk.sheet.result_sheet import write_results
from cancel_desk.sheet.rows import RawSheet
from result_sheets import KINDS, result, sheet

ReadHere = Callable[..., RawSheet]
HEADERS = ("PO#", "Price", "Note")
NUMBERS = ("129114917403021", "129114917403022", "129114917403023")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A workbook with a title above the header, formats, widths and a second page."""
    book = Workbook()
    page: Any = book.active
    page.title = "May"
    page.append(["My orders of May"])
    page.append(list(HEADERS))
    for at, number in enumerate(NUMBERS):
        page.append([int(number), 12.5 + at, "=1+1"])
        page.cell(at + 3, 2).number_format = '"$"0.00'
    page["B4"].fill = PatternFill("solid", fgColor="FF00FF")
    page["C5"].font = Font(italic=True, color="FF0000")
    page["A2"].font = Font(bold=True, size=20)
    page.column_dimensions["A"].width = 33
    page.column_dimensions.group("B", "C", hidden=True)
    page.column_dimensions["B"].width = 21
    page.row_dimensions[4].height = 40
    book.create_sheet("Other")["A1"] = "=May!A3"
    path = tmp_path / "own.xlsx"
    book.save(path)
    return path


def results(raw: RawSheet, path: Path) -> ResultSheet:
    source = raw.source
    rows = [
        result(*row.cells, number=row.number, kind=kind)
        for row, kind in zip(raw.rows, KINDS, strict=False)
    ]
    # Sorted otherwise, one row removed, one inserted.
    changed = [rows[2], result("17", "=2+2", "new", number=None), rows[1]]
    origin = Origin(str(path), source.sheet or "", source.header_row, source.fingerprint)
    return sheet(raw.headers, changed, mark=ResultMark("run-7"), origin=origin)


def test_rows_keep_their_looks_wherever_they_stand_now(
    tmp_path: Path, own: Path, read_here: ReadHere
) -> None:
    out = tmp_path / "results.xlsx"
    write_results(out, results(read_here(own), own))
    book = load_workbook(out)
    assert book.sheetnames == ["Po Details", "Summary"]
    page = book["Po Details"]
    assert [cell.value for cell in page[1]] == [*HEADERS, *RESULT_COLUMNS]
    assert [page.cell(at, 1).value for at in (2, 3, 4)] == [NUMBERS[2], "17", NUMBERS[1]]
    assert page["A1"].font.sz == 20
    assert page["D1"].font.b is None or not page["D1"].font.b
    assert page["C2"].font.i
    assert page["C3"].font.i  # inserted below it
    assert page["B4"].fill.fgColor.rgb == "00FF00FF"
    assert page["B2"].fill.fill_type is None
    assert page.row_dimensions[4].height == 40
    assert page.column_dimensions["A"].width == 33
    assert page.column_dimensions["B"].width == 21
    assert page.column_dimensions["B"].hidden
    assert page.column_dimensions["D"].width == 18
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:I4"


def test_every_cell_but_the_units_is_text_and_results_are_told_apart(
    tmp_path: Path, own: Path, read_here: ReadHere
) -> None:
    out = tmp_path / "results.xlsx"
    write_results(out, results(read_here(own), own))
    page = load_workbook(out)["Po Details"]
    every = [cell for row in page.iter_rows() for cell in row if cell.column != 7 or cell.row == 1]
    cells = [cell for cell in every if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells if cell.column != 4 or cell.row == 1} == {"@"}
    assert page["B3"].value == "=2+2"
    assert [page.cell(at, 7).value for at in (2, 3, 4)] == [2, 2, 2]
    assert page["D2"].number_format.startswith('"')
    assert page["D2"].fill.fgColor.rgb != page["D4"].fill.fgColor.rgb


def test_it_is_the_same_text_and_mark_as_without_formatting(
    tmp_path: Path, own: Path, read_here: ReadHere
) -> None:
    made = results(read_here(own), own)
    styled, plain = tmp_path / "styled.xlsx", tmp_path / "plain.xlsx"
    write_results(styled, made)
    own.write_bytes(own.read_bytes() + b" ")
    write_results(plain, made)
    assert load_workbook(plain)["Po Details"].column_dimensions["A"].width != 33
    for page in ("Po Details", "Summary"):
        first, second = read_here(styled, sheet=page), read_here(plain, sheet=page)
        assert (first.headers, first.rows) == (second.headers, second.rows)
        found = recognise(first)
        assert found is not None
        assert found.run == "run-7"
    charts = [load_workbook(path)["Summary"]._charts[0] for path in (styled, plain)]  # type: ignore[attr-defined]
    assert len({chart.series[0].val.numRef.f for chart in charts}) == 1


@pytest.mark.parametrize("spoil", ["remove", "other", "nonsense"])
def test_without_the_file_as_it_was_the_rows_are_written_all_the_same(
    tmp_path: Path, own: Path, read_here: ReadHere, spoil: str
) -> None:
    made = results(read_here(own), own)
    if spoil == "remove":
        own.unlink()
    else:
        book = Workbook()
        book.save(own)
        if spoil == "nonsense":
            own.write_text("no workbook")
    out = tmp_path / "results.xlsx"
    write_results(out, made)
    assert [row.cells[0] for row in read_here(out).rows] == [NUMBERS[2], "17", NUMBERS[1]]


def test_a_result_sheet_of_a_result_sheet_names_the_later_run(
    tmp_path: Path, own: Path, read_here: ReadHere
) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    write_results(first, results(read_here(own), own))
    raw = read_here(first)
    rows = [result(*row.cells, number=row.number) for row in raw.rows]
    origin = Origin(str(first), "Po Details", 1, raw.source.fingerprint)
    write_results(second, sheet(raw.headers, rows, mark=ResultMark("run-8"), origin=origin))
    found = recognise(read_here(second))
    assert found is not None
    assert found.run == "run-8"
    assert load_workbook(second)["Po Details"].column_dimensions["A"].width == 33


def test_the_longest_text_of_a_cell_comes_back_whole(
    tmp_path: Path, own: Path, read_here: ReadHere
) -> None:
    raw = read_here(own)
    text = "\x07" * 32_767
    origin = Origin(str(own), "May", 2, raw.source.fingerprint)
    out = tmp_path / "results.xlsx"
    write_results(out, sheet(HEADERS, [result("17", text, "")], origin=origin))
    assert read_here(out).rows[0].cells[1] == text
    assert load_workbook(out)["Po Details"].column_dimensions["A"].width == 33
