"""Result workbooks that keep the formatting of the person's own."""

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

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
    return sheet(raw.headers, changed, mark=ResultMark("run-7"), origin=origin, name="May")


def test_rows_keep_their_looks_wherever_they_stand_now(
    tmp_path: Path, own: Path, read_here: ReadHere
) -> None:
    out = tmp_path / "results.xlsx"
    write_results(out, results(read_here(own), own))
    book = load_workbook(out)
    assert book.sheetnames == ["May", "Summary"]
    page = book["May"]
    assert page["A1"].value == "My orders of May"
    assert [cell.value for cell in page[2]] == [*HEADERS, *RESULT_COLUMNS]
    assert [page.cell(at, 1).value for at in (3, 4, 5)] == [NUMBERS[2], "17", NUMBERS[1]]
    assert page["A2"].font.sz == 20
    assert page["D2"].font.b is None or not page["D2"].font.b
    assert page["C3"].font.i
    assert page["C4"].font.i  # inserted below it
    assert page["B5"].fill.fgColor.rgb == "00FF00FF"
    assert page["B3"].fill.fill_type is None
    assert page.row_dimensions[5].height == 40
    assert page.column_dimensions["A"].width == 33
    assert page.column_dimensions["B"].width == 21
    assert page.column_dimensions["B"].hidden
    assert page.column_dimensions["D"].width == 18
    assert page.freeze_panes == "A3"
    assert page.auto_filter.ref == "A2:I5"
    assert page.print_title_rows == "$2:$2"
    assert page.page_setup.orientation == "landscape"


def test_the_summary_is_in_the_persons_own_font(own: Path, read_here: ReadHere) -> None:
    book = load_workbook(own)
    book._fonts[0] = Font(name="Georgia", sz=12)  # type: ignore[attr-defined]
    book.save(own)
    out = own.with_name("out.xlsx")
    write_results(out, results(read_here(own), own))
    page = load_workbook(out)["Summary"]
    fonts = {(cell.font.name, cell.font.sz, bool(cell.font.b)) for row in page for cell in row}
    assert fonts == {("Georgia", 12, False), ("Georgia", 12, True), ("Georgia", 14, True)}


def test_the_bars_of_the_chart_say_their_numbers_alone(own: Path, read_here: ReadHere) -> None:
    out = own.with_name("out.xlsx")
    write_results(out, results(read_here(own), own))
    with zipfile.ZipFile(out) as book:
        chart = book.read("xl/charts/chart1.xml").decode()
    shown = dict(re.findall(r'<(?:c:)?show(\w+) val="(\w+)"', chart))
    assert {name for name, value in shown.items() if value not in {"0", "false"}} == {"Val"}
    assert {"SerName", "CatName", "LegendKey"} <= shown.keys()


def test_numbers_stay_and_all_else_is_text(tmp_path: Path, own: Path, read_here: ReadHere) -> None:
    out = tmp_path / "results.xlsx"
    write_results(out, results(read_here(own), own))
    page = load_workbook(out)["May"]
    assert [(page[at].value, page[at].number_format) for at in ("B3", "B5")] == [
        (14.5, '"$"0.00'),
        (13.5, '"$"0.00'),
    ]
    numbers = {"B3", "B5", "G3", "G4", "G5"}
    every = [cell for row in page.iter_rows(min_row=2) for cell in row if cell.value is not None]
    cells = [cell for cell in every if cell.coordinate not in numbers]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells if cell.column != 4 or cell.row == 2} == {"@"}
    assert page["B4"].value == "=2+2"
    assert [page.cell(at, 7).value for at in (3, 4, 5)] == [2, 2, 2]
    assert page["D3"].number_format.startswith('"')
    assert page["D3"].fill.fgColor.rgb != page["D5"].fill.fgColor.rgb


def test_it_is_the_same_text_and_mark_as_without_formatting(
    tmp_path: Path, own: Path, read_here: ReadHere
) -> None:
    made = results(read_here(own), own)
    styled, plain = tmp_path / "styled.xlsx", tmp_path / "plain.xlsx"
    write_results(styled, made)
    own.write_bytes(own.read_bytes() + b" ")
    write_results(plain, made)
    assert load_workbook(plain)["May"].column_dimensions["A"].width != 33
    for page in ("May", "Summary"):
        first, second = read_here(styled, sheet=page), read_here(plain, sheet=page)
        assert first.headers == second.headers
        assert [row.cells for row in first.rows] == [row.cells for row in second.rows]
        found = recognise(first)
        assert found is not None
        assert found.run == "run-7"
    charts = [load_workbook(path)["Summary"]._charts[0] for path in (styled, plain)]  # type: ignore[attr-defined]
    assert len({chart.series[0].val.numRef.f for chart in charts}) == 1


def test_it_opens_here_again_below_its_title(
    tmp_path: Path, own: Path, read_here: ReadHere
) -> None:
    out = tmp_path / "results.xlsx"
    write_results(out, results(read_here(own), own))
    raw = read_here(out)
    assert (raw.source.sheet, raw.source.header_row) == ("May", 2)
    assert raw.facts.rows_above == (1,)
    assert raw.facts.sure
    assert raw.headers == (*HEADERS, *RESULT_COLUMNS)
    assert [row.cells[:3] for row in raw.rows] == [
        (NUMBERS[2], "14.5", ""),
        ("17", "=2+2", "new"),
        (NUMBERS[1], "13.5", ""),
    ]


def rules_of(page: Any) -> list[tuple[str, list[str], str | None]]:
    return [
        (str(each.sqref), list(rule.formula), rule.dxf and rule.dxf.fill.bgColor.rgb)
        for each in page.conditional_formatting
        for rule in each.rules
    ]


def test_rules_for_whole_columns_come_along(tmp_path: Path, own: Path, read_here: ReadHere) -> None:
    book = load_workbook(own)
    page: Any = book["May"]
    red = PatternFill(bgColor="FFFF0000")
    rule: Any = FormulaRule  # no type stubs
    cell_rule: Any = CellIsRule
    for ranges, formula in (
        ("B3:B5", "B3>13"),
        ("A3:C5", "$B3>$A$1"),
        ("A1:C1048576", "SUM($B1:C1)>1"),
        ("B3:B4", "B3>1"),  # some rows only
        ("B3:B5", "B3>Other!$A$1"),
        ("B3:B5", "B3>Least"),
        ("B3:B5", "B3>$Z$3"),
        ("B3:B5", '"unended'),
        ("H3:H5", "H3>1"),
    ):
        page.conditional_formatting.add(ranges, rule([formula], fill=red))
    page.conditional_formatting.add("B3:B100", cell_rule("lessThan", ["0"], fill=red))
    for formula, ranges in (
        ('"OOS,Fraud"', "C3:C5"),
        ("Other!$A$1:$A$9", "C3:C5"),
        ("$B$3:$B$5", "B3:C5"),
    ):
        page.add_data_validation(DataValidation("list", formula1=formula, sqref=ranges))
    book.save(own)
    out = tmp_path / "results.xlsx"
    write_results(out, results(read_here(own), own))
    page = load_workbook(out)["May"]
    assert sorted(rules_of(page)) == [
        ("A1:C5", ["SUM($B1:C1)>1"], "FFFF0000"),
        ("A3:C5", ["$B3>$A$1"], "FFFF0000"),
        ("B3:B5", ["0"], "FFFF0000"),
        ("B3:B5", ["B3>13"], "FFFF0000"),
    ]
    found = [(str(x.sqref), x.formula1) for x in page.data_validations.dataValidation]
    assert found == [("C3:C5", '"OOS,Fraud"'), ("B3:C5", "$B$3:$B$5")]


def test_a_title_comes_along_as_it_looks(tmp_path: Path, own: Path, read_here: ReadHere) -> None:
    book = load_workbook(own)
    page: Any = book["May"]
    page["A1"].font = Font(bold=True, size=24)
    page["C1"] = dt.datetime(2026, 5, 1)  # noqa: DTZ001 - a sheet knows no zone
    page["C1"].number_format = "d.m.yy"
    page["D1"] = "=A1"  # never calculated: no formula comes along
    page.merge_cells("A1:B1")
    page.row_dimensions[1].height = 50
    book.save(own)
    out = tmp_path / "results.xlsx"
    write_results(out, results(read_here(own), own))
    page = load_workbook(out)["May"]
    assert (page["A1"].font.sz, page.row_dimensions[1].height) == (24, 50)
    assert (page["C1"].value, page["C1"].number_format) == (dt.datetime(2026, 5, 1), "d.m.yy")  # noqa: DTZ001
    assert page["D1"].value is None
    assert [str(merged) for merged in page.merged_cells.ranges] == ["A1:B1"]


def test_too_much_above_the_header_stays_behind(
    tmp_path: Path, own: Path, read_here: ReadHere
) -> None:
    book = load_workbook(own)
    book["May"].insert_rows(1, 11)
    book["May"]["A1"] = "above"
    book.save(own)
    raw = read_here(own)
    assert raw.source.header_row == 13
    out = tmp_path / "results.xlsx"
    write_results(out, results(raw, own))
    page = load_workbook(out)["May"]
    assert [cell.value for cell in page[1]] == [*HEADERS, *RESULT_COLUMNS]
    assert page["A1"].font.sz == 20
    assert page.freeze_panes == "A2"


def test_what_formulas_came_to_stays_a_number(
    tmp_path: Path, own: Path, read_here: ReadHere
) -> None:
    with zipfile.ZipFile(own) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    page = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = re.sub(b"(<f>1[+]1</f>)<v ?/>", rb"\1<v>2</v>", page)
    with zipfile.ZipFile(own, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    out = tmp_path / "results.xlsx"
    made = results(read_here(own), own)
    write_results(out, made)
    assert [load_workbook(out)["May"].cell(at, 3).value for at in (3, 5)] == [2, 2]


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("May", "May"), ("Año 1 ж", "Año 1 ж"), ("", "Po Details"), ("summary ", "Po Details"),
        ("History", "Po Details"), ("a/b", "Po Details"), ("'a", "Po Details"),
        ("x" * 32, "Po Details"), ("x" * 31, "x" * 31), ("Results", "Results"),
    ],
)  # fmt: skip
def test_the_first_page_is_called_as_the_persons_own(
    tmp_path: Path, read_here: ReadHere, name: str, called: str
) -> None:
    out = tmp_path / "results.xlsx"
    write_results(out, sheet(HEADERS, [result("17", "", "")], name=name))
    assert load_workbook(out).sheetnames == [called, "Summary"]
    raw = read_here(out)
    assert (raw.source.sheet, raw.facts.sure) == (called, True)


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
    origin = Origin(str(first), "May", 2, raw.source.fingerprint)
    again = sheet(raw.headers, rows, mark=ResultMark("run-8"), origin=origin, name="May")
    write_results(second, again)
    found = recognise(read_here(second))
    assert found is not None
    assert found.run == "run-8"
    assert load_workbook(second)["May"].column_dimensions["A"].width == 33


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
