"""Workbooks: the sheet that is chosen, typed cells as text, faulty cells, far-reaching sheets."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from cancel_desk.sheet.cell_text import cell_text
from cancel_desk.sheet.choice import GUESS
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.reading import read_sheet
from cancel_desk.sheet.rows import FileKind, Mark, RawSheet
from cancel_desk.sheet.workbook import read_workbook
from sheet.files.ods import ods_rows, ods_workbook

ReadHere = Callable[..., RawSheet]
ProblemOf = Callable[..., SheetError]
WriteXlsx = Callable[..., Path]
WriteBook = Callable[..., Path]


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER = f'<row r="1">{text_cell("A1", "PO#")}{text_cell("B1", "Qty")}</row>'


def with_header(row: str, number: int = 2) -> str:
    return f'{HEADER}<row r="{number}">{row}</row>'


@pytest.fixture
def write_book(tmp_path: Path) -> WriteBook:
    """Write a workbook with openpyxl: sheets by name, each a list of rows."""

    def write(sheets: dict[str, list[list[Any]]], name: str = "orders.xlsx") -> Path:
        book = Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            page = book.create_sheet(title)
            for row in rows:
                page.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return write


ROWS = [["PO#", "Qty"], ["129114917403021", 1]]


def test_the_order_sheet_is_preferred(write_book: WriteBook, read_here: ReadHere) -> None:
    headers = [["PO#", "Qty"], ["", 1]]
    path = write_book({"Notes": headers, "PO details ": headers})
    assert read_here(path).source.sheet == "PO details "


def test_the_only_sheet_with_rows_is_taken(write_book: WriteBook, read_here: ReadHere) -> None:
    assert read_here(write_book({"Empty": [], "Orders": ROWS})).source.sheet == "Orders"


def test_several_sheets_with_rows_are_asked_about(
    write_book: WriteBook, read_here: ReadHere, problem_of: ProblemOf
) -> None:
    path = write_book({"Po Details": ROWS, "To cancel": ROWS})
    assert problem_of(path).params == {"names": ["Po Details", "To cancel"]}
    path = write_book({"May": ROWS, "Empty": [], "June": ROWS})
    error = problem_of(path)
    assert error.problem is SheetProblem.SEVERAL_SHEETS
    assert error.params == {"names": ["May", "June"]}
    assert read_here(path, sheet="June").source.sheet == "June"
    assert read_here(path, sheet=" june").source.sheet == "June"


def test_a_sheet_that_is_not_there(write_book: WriteBook, problem_of: ProblemOf) -> None:
    error = problem_of(write_book({"May": ROWS, "June": ROWS}), sheet="July")
    assert error.problem is SheetProblem.NO_SUCH_SHEET
    assert error.params == {"sheet": "July", "names": ["May", "June"]}


def test_hidden_sheets_are_read_only_by_name(write_xlsx: WriteXlsx, read_here: ReadHere) -> None:
    cells = with_header('<c r="A2"><v>1</v></c>')
    path = write_xlsx({"Po Details": cells, "Shown": cells}, hidden=frozenset({"Po Details"}))
    assert read_here(path).source.sheet == "Shown"
    assert read_here(path, sheet="Po Details").source.sheet == "Po Details"


@pytest.mark.parametrize("sheets", [{"A": []}, {"A": [], "B": []}])
def test_workbooks_without_rows_are_empty(
    write_book: WriteBook, problem_of: ProblemOf, sheets: dict[str, list[list[Any]]]
) -> None:
    assert problem_of(write_book(sheets)).problem is SheetProblem.EMPTY_FILE


def test_titles_above_the_header_are_left_out(write_book: WriteBook, read_here: ReadHere) -> None:
    rows = [["Status", "All"], [], ["PO#", "Line#", "Status"], ["1", "2", "Shipped"]]
    sheet = read_here(write_book({"A": rows}))
    assert (sheet.source.header_row, sheet.headers) == (3, ("PO#", "Line#", "Status"))
    assert [(row.number, row.cells) for row in sheet.rows] == [(4, ("1", "2", "Shipped"))]


def test_without_a_known_name_the_first_row_is_the_header(
    write_book: WriteBook, read_here: ReadHere
) -> None:
    sheet = read_here(write_book({"A": [[], ["x", "y"], [1, 2]]}))
    assert (sheet.source.header_row, sheet.headers, len(sheet.rows)) == (2, ("x", "y"), 1)


def test_row_numbers_and_columns_keep_their_places(
    write_xlsx: WriteXlsx, read_here: ReadHere
) -> None:
    cells = (
        f'<row r="4">{text_cell("C4", "PO#")}{text_cell("E4", "Qty")}</row>'
        f'<row r="9">{text_cell("C9", "17")}{text_cell("E9", "2")}</row>'
    )
    sheet = read_here(write_xlsx(cells))
    assert (sheet.source.header_row, sheet.headers) == (4, ("", "", "PO#", "", "Qty"))
    assert [(row.number, row.cells) for row in sheet.rows] == [(9, ("", "", "17", "", "2"))]


@pytest.mark.parametrize(
    ("xml", "text", "mark"),
    [
        ('<c r="A2"><v>129114917403021</v></c>', "129114917403021", None),
        ('<c r="A2"><v>1.29114917403021E+14</v></c>', "129114917403021", None),
        ('<c r="A2"><v>3.0</v></c>', "3", None),
        ('<c r="A2"><v>-7</v></c>', "-7", None),
        ('<c r="A2"><v>19.99</v></c>', "19.99", None),
        ('<c r="A2"><v>0.30000000000000004</v></c>', "0.3", None),
        ('<c r="A2"><v>0.0000001</v></c>', "0.0000001", None),
        ('<c r="A2"><v>1291149174030210</v></c>', "1291149174030210", Mark.ROUNDED),
        ('<c r="A2"><v>1.2345678901234568E+18</v></c>', "1234567890123456800", Mark.ROUNDED),
        ('<c r="A2" t="b"><v>1</v></c>', "TRUE", None),
        ('<c r="A2" t="b"><v>0</v></c>', "FALSE", None),
        ('<c r="A2" t="d"><v>2024-03-05T00:00:00</v></c>', "2024-03-05 00:00:00", Mark.DATE),
        (text_cell("A2", "000123456789012"), "000123456789012", None),
        (text_cell("A2", "1.08E+14"), "1.08E+14", None),
        (text_cell("A2", "NULL"), "NULL", None),
        ('<c r="A2" t="e"><v>#N/A</v></c>', "#N/A", Mark.ERROR),
        ('<c r="A2" t="e"><f>VLOOKUP(1,2)</f><v>#REF!</v></c>', "#REF!", Mark.ERROR),
        ('<c r="A2" t="e"><v>#SPILL!</v></c>', "#SPILL!", Mark.ERROR),
        ('<c r="A2" s="0" t="e" vm="1"><v>#VALUE!</v></c>', "#VALUE!", Mark.ERROR),
        ('<c r="A2" t="e"></c>', "#VALUE!", Mark.ERROR),
        ('<c r="A2"><f>1+1</f></c>', "", Mark.NO_VALUE),
        ('<c r="A2"><f>1+1</f><v/></c>', "", Mark.NO_VALUE),
        ('<c r="A2"><f>1+1</f><v></v></c>', "", Mark.NO_VALUE),
        ('<c r="A2"><f t="shared" si="0"/></c>', "", Mark.NO_VALUE),
        ('<c r="A2"><f>1+1</f><v>2</v></c>', "2", None),
        ('<c r="A2" t="str"><f>"x"</f><v>x</v></c>', "x", None),
        ('<c r="A2" t="str"><f>""</f><v></v></c>', "", None),
    ],
)
def test_each_kind_of_cell(
    write_xlsx: WriteXlsx, read_here: ReadHere, xml: str, text: str, mark: Mark | None
) -> None:
    row = read_here(write_xlsx(with_header(xml + text_cell("B2", "5")))).rows[0]
    assert row.cells == (text, "5")
    assert row.marks == (((0, mark),) if mark else ())


def test_dates_times_and_durations_are_marked(write_book: WriteBook, read_here: ReadHere) -> None:
    values = [
        dt.datetime(2024, 3, 5, 10, 30),  # noqa: DTZ001 - cells know no time zone
        dt.date(2024, 3, 5),
        dt.time(10, 30),
        dt.timedelta(hours=30),
    ]
    row = read_here(write_book({"A": [["PO#", "b", "c", "d"], values]})).rows[0]
    assert row.cells[:3] == ("2024-03-05 10:30:00", "2024-03-05", "10:30:00")
    assert row.marks == tuple((at, Mark.DATE) for at in range(4))


def test_faulty_cells_outside_what_the_reader_sees(
    write_xlsx: WriteXlsx, read_here: ReadHere
) -> None:
    cells = (
        '<row r="1"><c r="A1"><f>NOW()</f></c></row>'
        f'<row r="2">{text_cell("A2", "PO#")}</row>'
        '<row r="3"><c r="C3" t="e"><v>#N/A</v></c></row>'
        '<row r="5"><c r="B5"><f>A1</f></c></row>'
        '<row r="7"><c r="A7"><f>A1</f></c></row>'
    )
    sheet = read_here(write_xlsx(cells))
    assert sheet.headers == ("PO#", "", "")
    assert [(row.number, row.cells, row.marks) for row in sheet.rows] == [
        (3, ("", "", "#N/A"), ((2, Mark.ERROR),)),
        (5, ("", "", ""), ((1, Mark.NO_VALUE),)),
        (7, ("", "", ""), ((0, Mark.NO_VALUE),)),
    ]


def test_a_sheet_calamine_refuses_keeps_its_other_cells(
    write_xlsx: WriteXlsx, read_here: ReadHere
) -> None:
    lying = '<dimension ref="A1"/>'
    sheet_xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{lying}<sheetData>{HEADER}"
        '<row r="2"><c r="A2"><v>129114917403021</v></c>'
        '<c r="B2" t="e"><v>#SPILL!</v></c></row>'
        f'<row r="5">{text_cell("A5", "0012")}<c r="B5"><v>2</v></c></row>'
        "</sheetData></worksheet>"
    )
    for name in ("orders.xlsx", "orders.xls"):
        sheet = read_here(write_xlsx(sheet_xml, name=name))
        assert [(row.number, row.cells) for row in sheet.rows] == [
            (2, ("129114917403021", "#SPILL!")),
            (5, ("0012", "2")),
        ]
        assert sheet.rows[0].marks == ((1, Mark.ERROR),)


def test_a_forgotten_cell_far_outside_is_named(
    write_xlsx: WriteXlsx, problem_of: ProblemOf
) -> None:
    error = problem_of(write_xlsx(with_header('<c r="XFD1048576"><v>1</v></c>', 1_048_576)))
    assert error.problem is SheetProblem.FAR_CORNER
    assert error.params == {"row": 1_048_576, "column": "XFD"}


def test_styled_but_empty_cells_far_outside_do_no_harm(
    write_xlsx: WriteXlsx, read_here: ReadHere
) -> None:
    cells = with_header('<c r="A2"><v>17</v></c><c r="XFD2" s="0"/>')
    cells += '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert [row.cells for row in read_here(write_xlsx(cells)).rows] == [("17", "")]


def test_a_cell_in_the_last_row_alone_is_read(write_xlsx: WriteXlsx, read_here: ReadHere) -> None:
    cells = with_header('<c r="A1048576"><v>17</v></c>', 1_048_576)
    sheet = read_here(write_xlsx(cells))
    assert [(row.number, row.cells) for row in sheet.rows] == [(1_048_576, ("17", ""))]


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        (Limits(rows=1), SheetProblem.TOO_MANY_ROWS),
        (Limits(columns=1), SheetProblem.TOO_MANY_COLUMNS),
        (Limits(area=5), SheetProblem.FAR_CORNER),
        (Limits(cell_length=3), SheetProblem.CELL_TOO_LONG),
        (Limits(uncompressed=200), SheetProblem.TOO_BIG),
    ],
)
def test_each_limit_has_its_own_error(
    write_book: WriteBook, problem_of: ProblemOf, limits: Limits, problem: SheetProblem
) -> None:
    path = write_book({"A": [["PO#", "Qty"], ["1", "2"], ["3", "4444"]]})
    assert problem_of(path, limits=limits).problem is problem


def test_a_giant_cell_is_refused_before_it_is_read(
    write_xlsx: WriteXlsx, problem_of: ProblemOf
) -> None:
    path = write_xlsx(with_header(text_cell("A2", "x" * 6_000_000)))
    assert problem_of(path).problem is SheetProblem.CELL_TOO_LONG


@pytest.mark.parametrize(
    "replaced",
    [
        {"xl/workbook.xml": "<workbook"},
        {"xl/_rels/workbook.xml.rels": "<Relationships"},
        {"xl/_rels/workbook.xml.rels": None},
        {"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row r='1'><c r='A1'"},
        {"_rels/.rels": None, "xl/workbook.xml": None, "workbook.xml": "<x/>"},
    ],
)
def test_broken_parts_are_damage(
    write_xlsx: WriteXlsx, tmp_path: Path, problem_of: ProblemOf, replaced: dict[str, str | None]
) -> None:
    path = write_xlsx(with_header('<c r="A2"><v>1</v></c>'))
    with zipfile.ZipFile(path) as archive:
        entries: dict[str, Any] = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {**entries, **replaced}.items():
            if data is not None:
                archive.writestr(name, data)
    assert problem_of(path).problem is SheetProblem.DAMAGED


def write_ods(path: Path, sheets: dict[str, float | None]) -> Path:
    """Write an OpenDocument sheet, each with a PO# column and one number in it, if any."""
    xml = {name: ods_rows([["PO#"], [number]]) if number else "" for name, number in sheets.items()}
    path.write_bytes(ods_workbook(xml))
    return path


def test_open_document_sheets_are_read(tmp_path: Path, read_here: ReadHere) -> None:
    sheet = read_here(write_ods(tmp_path / "a.ods", {"Empty": None, "Orders": 129114917403021.0}))
    assert (sheet.source.kind, sheet.source.sheet) == (FileKind.ODS, "Orders")
    assert [row.cells for row in sheet.rows] == [("129114917403021",)]


def test_several_open_document_sheets_are_asked_about(
    tmp_path: Path, problem_of: ProblemOf
) -> None:
    error = problem_of(write_ods(tmp_path / "a.ods", {"May": 1.0, "Empty": None, "June": 2.0}))
    assert error.params == {"names": ["May", "June"]}


@pytest.mark.parametrize("size", [100, 1200, 2000])
def test_a_broken_old_workbook_is_an_error(write_xls: Callable[..., Path], size: int) -> None:
    path = write_xls([["PO#"], ["1"]])
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(SheetError) as caught:
        read_sheet(path)  # calamine may panic, which only its process may feel
    assert caught.value.problem in {
        SheetProblem.NOT_A_SHEET,
        SheetProblem.DAMAGED,
        SheetProblem.READER_STOPPED,
    }


def test_an_old_workbook_too_wide_is_refused(
    write_xls: Callable[..., Path], problem_of: ProblemOf
) -> None:
    error = problem_of(write_xls([["PO#", "Qty", "x"]]), limits=Limits(columns=2))
    assert error.problem is SheetProblem.TOO_MANY_COLUMNS


def test_an_old_workbook_without_rows_is_empty(
    write_xls: Callable[..., Path], problem_of: ProblemOf
) -> None:
    assert problem_of(write_xls([])).problem is SheetProblem.EMPTY_FILE


def test_values_a_reader_may_give_and_no_file_has() -> None:
    assert cell_text(None) == ("", None)
    assert cell_text(float("nan")) == ("nan", Mark.ERROR)
    assert cell_text(10**15 - 1) == ("999999999999999", None)
    assert cell_text(10**15) == ("1000000000000000", Mark.ROUNDED)


# What openpyxl can write: XML's characters, without those that its readers change, and no cells
# of blanks alone.
CELLS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=10
).filter(lambda text: not text.startswith(("=", "#")) and "_x" not in text and not text.isspace())


@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_every_text_goes_through_to_the_letter(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "letters.xlsx"
    book = Workbook(write_only=True)
    page = book.create_sheet("A")
    page.append(["PO#", "Note"])
    for row in rows:
        page.append(list(row))
    book.save(path)
    _, read, _ = read_workbook(path.read_bytes(), FileKind.XLSX, GUESS, Limits())
    # Empty cells at the end of a row may be left out, and so may empty rows.
    filled = {row.number: [*row.cells, ""][:2] for row in read if row.cells}
    expected = {at: list(row) for at, row in enumerate(rows, start=2) if any(row)}
    assert filled == {1: ["PO#", "Note"]} | expected
