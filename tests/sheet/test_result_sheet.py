"""Result sheets: the person's columns untouched, the results behind them, nothing that runs."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from cancel_desk.sheet.choice import GUESS
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.opening import open_table
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.result_sheet import RESULT_COLUMNS, ResultRow, write_results
from cancel_desk.sheet.rows import FileKind, RawSheet
from cancel_desk.sheet.safe_text import csv_text, xlsx_text
from cancel_desk.sheet.workbook import read_workbook

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


def result(*cells: str, word: str = "Cancelled") -> ResultRow:
    return ResultRow(cells, word, "It is cancelled.", "OK", "id-1", "2026-01-02 03:04:05")


def test_the_columns_of_a_workbook(tmp_path: Path, read_here: ReadHere) -> None:
    path = tmp_path / "results.xlsx"
    rows = [result("129114917403021", text) for text in NASTY]
    write_results(path, HEADERS, rows, summary=[("Store", "=Mine"), ("Lines", "17")])
    sheet = read_here(path)
    assert sheet.headers == (*HEADERS, *RESULT_COLUMNS)
    assert sheet.headers[2:] == (
        "Result",
        "Reason text",
        "Walmart's words",
        "Correlation ID",
        "Time (UTC)",
    )
    assert [row.cells for row in sheet.rows] == [(*row.cells, *row[1:]) for row in rows]
    assert all(not row.marks for row in sheet.rows)
    summary = read_here(path, sheet="Summary")
    assert [summary.headers, *(row.cells for row in summary.rows)] == [
        ("Store", "=Mine"),
        ("Lines", "17"),
    ]


def test_every_cell_of_a_workbook_is_text_and_results_are_coloured(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    words = ["Cancelled", "Refused", "Unknown", "Left out", "Not sent", "Already cancelled", "Odd"]
    rows = [result("=1+1", text, word=word) for text, word in zip(NASTY, words, strict=False)]
    write_results(path, HEADERS, rows)
    page = load_workbook(path)["Po Details"]
    cells = [cell for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == f"A1:G{len(rows) + 1}"
    assert all(cell.font.b for cell in page[1])
    colours = [page.cell(row=at, column=3).fill.fgColor.rgb for at in range(2, len(rows) + 2)]
    assert len(set(colours[:6])) == 6
    assert colours[6] == page["A2"].fill.fgColor.rgb


def test_a_result_sheet_opens_again_as_a_sheet(tmp_path: Path, read_here: ReadHere) -> None:
    for name in ("results.xlsx", "results.csv"):
        path = tmp_path / name
        write_results(path, HEADERS, [result("17", "x")], summary=[("a", "b")])
        table = open_table(read_here(path))
        assert [table.headers[at] for at in table.columns.values() if at < 7] == ["PO#"]


def test_the_columns_of_a_text_file(tmp_path: Path, read_here: ReadHere) -> None:
    path = tmp_path / "results.CSV"
    write_results(path, HEADERS, [result("0129114917403021", text) for text in NASTY])
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


@given(text=st.text(max_size=20))
@example(text="\ud800")
@example(text="_x0041_ _xd800_ __x0041_ _x005F_x0041_")
@example(text="\r\n\t\x0b\x1f\x7f\x85")
@example(text=" \u3000\n")
@example(text="\ufffe\uffff")
def test_any_text_can_be_written_and_comes_back(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    write_results(path, ("PO#", "Text"), [result("17", text)])
    _, read, _ = read_workbook(path.read_bytes(), FileKind.XLSX, GUESS, Limits())
    [_, row] = read
    # No reader makes characters of escapes for what is no character.
    if not any("\ud800" <= letter <= "\udfff" or letter in "\ufffe\uffff" for letter in text):
        assert row.cells[1] == text
    write_results(path.with_suffix(".csv"), ("PO#", "Text"), [result("17", text)])


def test_texts_too_long_for_a_cell_are_cut(tmp_path: Path, read_here: ReadHere) -> None:
    path = tmp_path / "results.xlsx"
    write_results(
        path, ("PO#", "Text"), [result("17", "x" * 40_000), result("18", "\x07" * 40_000)]
    )
    cells = [row.cells[1] for row in read_here(path).rows]
    assert cells[0] == "x" * 32_766 + "…"
    assert cells[1].startswith("\x07" * 4_000)


def test_a_failing_source_of_rows_leaves_the_former_file(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.write_text("former")

    def rows() -> list[ResultRow]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_results(path, HEADERS, (row for _ in (1,) for row in rows()))
    assert path.read_text() == "former"
    assert list(tmp_path.iterdir()) == [path]


def test_other_kinds_of_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetError) as caught:
        write_results(tmp_path / "results.pdf", HEADERS, [])
    assert caught.value.problem is SheetProblem.OUTPUT_WRONG_KIND
