"""Result sheets: the person's columns untouched, the results behind them, nothing that runs."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cancel_desk.sheet.choice import GUESS
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.opening import open_table
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.result_rows import RESULT_COLUMNS, ResultRow
from cancel_desk.sheet.result_sheet import check_fits, write_results
from cancel_desk.sheet.rows import FileKind, RawSheet, Row
from cancel_desk.sheet.safe_text import csv_text, xlsx_text
from cancel_desk.sheet.workbook import read_workbook
from cancel_desk.texts.sheet import sheet_sentence
from result_sheets import KINDS, result, sheet

ReadHere = Callable[..., RawSheet]
HEADERS = ("PO#", "Note")
NASTY = (
    "=1+1",
    "@SUM(A1)",
    "+1",
    "-cmd",
    "#N/A",
    "0012",
    "1.29E+14",
    " kept ",
    "two\nlines",
    "tab\there",
    "cr\rlf\r\n",
    "bell\x07",
    "_x0041_",
    "_x005F_",
    'quote"s, and; more',
    "http://example.com/",
    "naïve ½ 注文 🎈",
)


def test_the_columns_of_a_workbook(tmp_path: Path, read_here: ReadHere) -> None:
    path = tmp_path / "results.xlsx"
    rows = [result("129114917403021", text) for text in NASTY]
    write_results(path, sheet(HEADERS, rows))
    read = read_here(path)
    assert read.headers == (*HEADERS, *RESULT_COLUMNS)
    assert read.headers[2:] == (
        "Result",
        "What it means",
        "Walmart's words",
        "Units cancelled",
        "Time",
        "Correlation ID",
    )
    assert [row.cells for row in read.rows] == [row.texts for row in rows]
    assert all(not row.marks for row in read.rows)


def test_ids_are_seen_whole_and_all_columns_print_on_one_page(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    rows = [result("129114917403021", "x" * 200, "")] * 3
    write_results(path, sheet(("PO#", "Note", "A long name of a column"), rows))
    book = load_workbook(path)
    page = book.worksheets[0]
    widths = [page.column_dimensions[at].width for at in "ABC"]
    assert widths[0] >= len("129114917403021") + 2
    assert widths[1] < 35
    assert widths[2] > len("A long name of a column")
    assert page.print_title_rows == "$1:$1"
    each: Any
    for each in book.worksheets:
        assert on_paper(each) == ("landscape", 1, 0)


def on_paper(page: Any) -> tuple[str, int, int]:
    """Return how a page is printed: on how many sheets of paper across and down; 0 for any."""
    assert page.sheet_properties.pageSetUpPr.fitToPage
    setup = page.page_setup
    across = 1 if setup.fitToWidth is None else setup.fitToWidth
    return setup.orientation, across, setup.fitToHeight


def test_very_many_columns_print_on_pages_that_can_be_read(tmp_path: Path) -> None:
    """On one page, the 44 columns of an export of Walmart's were a few millimetres high."""
    path = tmp_path / "out.xlsx"
    write_results(
        path, sheet(tuple(f"Column {at:02}" for at in range(44)), [result(*["x"] * 44)] * 3)
    )
    rows, summary = load_workbook(path).worksheets
    assert on_paper(rows) == ("landscape", 2, 0)
    assert on_paper(summary) == ("landscape", 1, 0)


def test_no_line_of_the_summary_lies_over_another(tmp_path: Path) -> None:
    """Where a cell is wrapped, its row would have to be higher, which not all programs see to."""
    path = tmp_path / "out.xlsx"
    write_results(path, sheet(("PO#",), [result("1")]))
    page = load_workbook(path)["Summary"]
    cells = [cell for row in page.iter_rows() for cell in row]
    assert not any(cell.alignment.wrap_text for cell in cells)
    numbers = [cell for cell in cells if isinstance(cell.value, int)]
    assert {cell.alignment.horizontal for cell in numbers} == {"left"}  # below their names


def test_the_summary_is_the_second_page(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_results(path, sheet(HEADERS, [result("17", "x")]))
    book = load_workbook(path)
    assert book.sheetnames == ["Po Details", "Summary"]
    page = book["Summary"]
    lines = [tuple(cell for cell in row if cell is not None) for row in page.values]
    assert lines == [
        ("Title",),
        (),
        ("Store", "=Mine"),
        ("Badge", "LIVE"),
        (),
        ("By result", "Rows", "Units"),
        *((kind.title(), at, 2 * at) for at, kind in enumerate(KINDS)),
        (),
        ("By reason", "Lines", "Units"),
        ("Out of stock", 3, 4),
        (),
        ("Left out",),
        ("Row", "Order", "Why"),
        ("7", "0129114917403021", "It was shipped."),
    ]
    chart = page._charts[0]  # type: ignore[attr-defined]
    assert chart.series[0].val.numRef.f == "'Summary'!$B$7:$B$12"
    assert chart.series[0].cat.strRef.f == "'Summary'!$A$7:$A$12"


def test_every_cell_but_the_units_is_text_and_results_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    rows = [
        result("=1+1", text, kind=kind) for text, kind in zip(NASTY, [*KINDS, "odd"], strict=False)
    ]
    write_results(path, sheet(HEADERS, rows))
    page = load_workbook(path)["Po Details"]
    texts = [cell for row in page.iter_rows() for cell in row if cell.column != 6 or cell.row == 1]
    assert {cell.data_type for cell in texts} == {"s"}
    formats = {cell.number_format for cell in texts if cell.column != 3}
    assert formats == {"@"}
    assert [page.cell(row=at, column=6).value for at in range(2, len(rows) + 2)] == [2] * len(rows)
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == f"A1:H{len(rows) + 1}"
    assert all(cell.font.b for cell in page[1])
    told = [page.cell(row=at, column=3) for at in range(2, len(rows) + 2)]
    colours = [cell.fill.fgColor.rgb for cell in told]
    assert len(set(colours[:6])) == 6
    assert colours[6] == page["A2"].fill.fgColor.rgb
    icons = [cell.number_format for cell in told]
    assert len(set(icons[:6])) == 6
    assert all(icon.endswith('"@') and len(icon) == 5 for icon in icons[:6])


def test_a_result_sheet_opens_again_as_a_sheet(tmp_path: Path, read_here: ReadHere) -> None:
    for name in ("results.xlsx", "results.csv"):
        path = tmp_path / name
        write_results(path, sheet(HEADERS, [result("17", "x")]))
        table = open_table(read_here(path))
        assert [table.headers[at] for at in table.columns.values() if at < 8] == ["PO#"]


def test_the_columns_of_a_text_file(tmp_path: Path, read_here: ReadHere) -> None:
    path = tmp_path / "results.CSV"
    write_results(path, sheet(HEADERS, [result("0129114917403021", text) for text in NASTY]))
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfPO#,Note,Result,")
    lines = list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True)))
    assert lines[0] == [*HEADERS, *RESULT_COLUMNS]
    assert data.count(b"\r\n") >= len(lines)
    for line, text in zip(lines[1:], NASTY, strict=True):
        assert line[0] == "0129114917403021"
        assert line[1].removeprefix("'") == text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("+cmd", "'+cmd"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("\x01=1", "'\x01=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("-5", "-5"),
        ("+1.25", "+1.25"),
        ("-1,5", "-1,5"),
        ("-5\n=1+1", "'-5\n=1+1"),
        ("0012", "0012"),
        ("Y12613640", "Y12613640"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_only_what_could_run_gets_an_apostrophe(text: str, safe: str) -> None:
    assert csv_text(text) == safe


@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}", fullmatch=True))
def test_ids_stay_the_same_text_in_both_formats(text: str) -> None:
    assert csv_text(text) == text
    assert xlsx_text(text) == text


@settings(deadline=None)  # the first one waits for the libraries
@given(text=st.text(max_size=20))
@example(text="\ud800")
@example(text="_x0041_ _xd800_ __x0041_ _x005F_x0041_")
@example(text="\r\n\t\x0b\x1f\x7f\x85")
@example(text=" \u3000\n")
@example(text="\ufffe\uffff")
@example(text="<r>bold</r>")
@example(text="<r>&lt;_x003C_</r>")
@example(text="_x0041_x0042_")
def test_any_text_can_be_written_and_comes_back(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    write_results(path, sheet(("PO#", "Text"), [result("17", text)]))
    _, read, _ = read_workbook(path.read_bytes(), FileKind.XLSX, GUESS, Limits())
    [_, row] = read
    # No reader makes characters of escapes for what is no character.
    if not any("\ud800" <= letter <= "\udfff" or letter in "\ufffe\uffff" for letter in text):
        assert row.cells[1] == text
    write_results(path.with_suffix(".csv"), sheet(("PO#", "Text"), [result("17", text)]))


def problem_of(path: Path, headers: tuple[str, ...], *cells: str) -> SheetError:
    with pytest.raises(SheetError) as caught:
        write_results(path, sheet(headers, [result("17", "x"), result(*cells)]))
    with pytest.raises(SheetError) as told_before:
        check_fits(path, headers, [Row(1, 2, ("17", "x")), Row(2, 3, cells)])
    assert told_before.value.params == caught.value.params
    return caught.value


@pytest.mark.parametrize("long", ["x" * 32_768, "🎈" * 16_384])
def test_a_text_too_long_for_a_cell_is_said_and_a_text_file_takes_it(
    tmp_path: Path, long: str
) -> None:
    error = problem_of(tmp_path / "results.xlsx", HEADERS, "17", long)
    assert error.problem is SheetProblem.OUTPUT_CELL_TOO_LONG
    assert error.params["row"] == 3
    assert ".csv" in sheet_sentence(error)
    assert list(tmp_path.iterdir()) == []
    path = tmp_path / "results.csv"
    write_results(path, sheet(HEADERS, [result("17", long)]))
    check_fits(path, HEADERS, [Row(1, 2, ("17", long))])
    assert long in path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("text", ["x" * 32_767, "🎈" * 16_383, "\x07" * 32_767])
def test_the_longest_text_of_a_cell_comes_back_whole(tmp_path: Path, text: str) -> None:
    path = tmp_path / "results.xlsx"
    write_results(path, sheet(HEADERS, [result("17", text)]))
    _, read, _ = read_workbook(path.read_bytes(), FileKind.XLSX, GUESS, Limits())
    assert [row.cells[1] for row in read][1] == text


def test_too_many_columns_for_a_workbook_are_said(tmp_path: Path) -> None:
    headers = tuple(f"c{at}" for at in range(16_379))
    error = problem_of(tmp_path / "results.xlsx", headers, *headers)
    assert error.problem is SheetProblem.OUTPUT_TOO_MANY_COLUMNS
    assert "16,385 columns" in sheet_sentence(error)
    assert ".csv" in sheet_sentence(error)


def test_too_many_rows_for_a_workbook_are_said_before_any_is_written(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    rows = repeat(result("17", "x"), 1_048_576)
    with pytest.raises(SheetError) as caught:
        write_results(path, replace(sheet(HEADERS, []), rows=rows, count=1_048_576))
    assert caught.value.problem is SheetProblem.OUTPUT_TOO_MANY_ROWS
    assert "1,048,577 rows" in sheet_sentence(caught.value)
    assert ".csv" in sheet_sentence(caught.value)
    assert next(rows)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["results.csv", "results.xlsx"])
def test_a_failing_source_of_rows_leaves_the_former_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path, temporary = tmp_path / name, tmp_path / "temporary"
    path.write_text("former")
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))

    def rows() -> Iterator[ResultRow]:
        yield result("17", "x")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_results(path, replace(sheet(HEADERS, []), rows=rows(), count=2))
    assert path.read_text() == "former"
    assert sorted(tmp_path.iterdir()) == sorted([path, temporary])
    assert list(temporary.iterdir()) == []


def test_other_kinds_of_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetError) as caught:
        write_results(tmp_path / "results.pdf", sheet(HEADERS, []))
    assert caught.value.problem is SheetProblem.OUTPUT_WRONG_KIND
    assert ".csv or .xlsx" in sheet_sentence(caught.value)
