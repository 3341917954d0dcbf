"""Result sheets that are opened again: known by their mark, or else by their columns."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cancel_desk.language import in_every_language
from cancel_desk.sheet.headed import ReadRow, find_header
from cancel_desk.sheet.result_mark import read_mark, recognise, what_is_left
from cancel_desk.sheet.result_rows import RESULT_COLUMNS, ResultMark
from cancel_desk.sheet.result_sheet import write_results
from cancel_desk.sheet.rows import FileKind, Mark, RawSheet, Row, SheetFacts, Source
from result_sheets import KINDS, result, sheet

ReadHere = Callable[..., RawSheet]
HEADERS = ("PO#", "Result", "Note")
MARK = ResultMark("2026-11-21-103800-ab12", only_left=True)
DONE = ("Cancelled", "Already cancelled")


def written(path: Path, mark: ResultMark = MARK) -> Path:
    rows = [result(str(at), "mine", "x", kind=kind) for at, kind in enumerate(KINDS)]
    write_results(path, sheet(HEADERS, rows, mark=mark))
    return path


def test_a_workbook_names_its_run(tmp_path: Path, read_here: ReadHere) -> None:
    raw = read_here(written(tmp_path / "results.xlsx"))
    found = recognise(raw)
    assert found is not None
    assert (found.run, found.only_left) == (MARK.run, True)
    assert found.columns["Result"] == 3
    assert found.columns["Correlation ID"] == 8


def test_the_mark_survives_saving_in_another_program(tmp_path: Path, read_here: ReadHere) -> None:
    path = written(tmp_path / "results.xlsx", ResultMark("run-1"))
    load_workbook(path).save(path)
    found = recognise(read_here(path))
    assert found is not None
    assert (found.run, found.only_left) == ("run-1", False)


def test_without_a_mark_the_columns_tell(tmp_path: Path, read_here: ReadHere) -> None:
    found = recognise(read_here(written(tmp_path / "results.csv")))
    assert found is not None
    assert found.run == ""
    assert found.columns["Result"] == 3


def sheet_of(*headers: str, rows: tuple[Row, ...] = ()) -> RawSheet:
    return RawSheet(Source("f.csv", FileKind.TEXT, None, 1), headers, rows)


def test_the_columns_of_former_versions_are_known() -> None:
    raw = sheet_of(
        "PO#", "Result", "Reason text", "Walmart's words", "Correlation ID", "Time (UTC)"
    )
    found = recognise(raw)
    assert found is not None
    assert found.columns == {
        "Result": 1,
        "What it means": 2,
        "Walmart's words": 3,
        "Correlation ID": 4,
        "Time": 5,
    }


def test_a_sheet_with_a_result_column_of_its_own_is_none() -> None:
    assert recognise(sheet_of("PO#", "Result", "What it means")) is None
    assert recognise(sheet_of("PO#", "Line#")) is None


def test_what_is_left_are_the_rows_not_done_without_our_columns(
    tmp_path: Path, read_here: ReadHere
) -> None:
    raw = read_here(written(tmp_path / "results.xlsx"))
    found = recognise(raw)
    assert found is not None
    left = what_is_left(raw, found, done=DONE)
    assert left.headers == HEADERS
    assert [row.cells for row in left.rows] == [(at, "mine", "x") for at in "1234"]
    assert [row.number for row in left.rows] == [3, 4, 5, 6]
    assert left.source.former == MARK.run
    assert recognise(left) is None


def test_marks_of_cells_move_with_them_and_changed_words_stay_to_be_done() -> None:
    rows = (
        Row(1, 2, ("Refused", "why", "no", "12"), ((3, Mark.ROUNDED), (1, Mark.ERROR))),
        Row(2, 3, (" CANCELLED ", "why", "no", "13")),
        Row(3, 4, ("cancelled by me", "why", "no", "14")),
    )
    raw = sheet_of("Result", "What it means", "Walmart's words", "PO#", rows=rows)
    found = recognise(raw)
    assert found is not None
    raw = replace(raw, facts=SheetFacts(hidden_columns=(1, 3)))
    left = what_is_left(raw, found, done=DONE)
    assert left.facts.hidden_columns == (0,)
    assert [(row.cells, row.marks) for row in left.rows] == [
        (("12",), ((0, Mark.ROUNDED),)),
        (("14",), ()),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"<broken",
        b"<Properties/>",
        b"<p><property name='Cancel Desk run'><v>../../x</v></property></p>",
        b"<p><property name='Other'><v>run-1</v></property></p>",
    ],
)
def test_a_part_that_is_no_mark_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("docProps/custom.xml", content)
    assert read_mark(path.read_bytes()) is None
    assert read_mark(content) is None


def test_the_header_of_a_result_sheet_is_known_in_every_language() -> None:
    """Above it stands a title with more names of columns than the header itself has."""
    title = ReadRow(1, ["PO#", "Line#", "SKU", "Qty"], [])
    for at in range(len(sorted(in_every_language("Result")))):
        ours = [sorted(in_every_language(name))[at] for name in RESULT_COLUMNS[:3]]
        header = ReadRow(3, ["My number", *ours], [])
        below = ReadRow(4, ["129114917403021", "", "", ""], [])
        found = find_header(iter([title, header, below]), results=True)
        assert (found.header, found.above, found.sure) == (header, (1,), True)
    assert find_header(iter([title, header, below])).header == title
