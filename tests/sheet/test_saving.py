"""The sheet saved as a file: it opens again with the same rows, held back as they were."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from builders import HEADERS, OTHER_PO, PO, table
from cancel_desk.checks.issues import Code, Level
from cancel_desk.checks.review import Review
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.leaving_out import leave_out
from cancel_desk.sheet.opening import open_table
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.reading import read_sheet
from cancel_desk.sheet.rows import Mark
from cancel_desk.sheet.saving import save_table
from cancel_desk.sheet.table import Table

WHY = "hidden in the file it came from."
SUFFIXES = pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])


def saved(made: Table, path: Path) -> Table:
    save_table(path, made, hidden_why=WHY)
    return open_table(read_sheet(path))


@SUFFIXES
def test_the_same_rows_come_back(tmp_path: Path, name: str) -> None:
    headers = ("PO#", "Note", "Line#", "Zip")
    made = table(
        (PO, 'a "quoted", text', "1", "00123"),
        (OTHER_PO, "two\nlines", "002", "1E5"),
        ("000000000000000", "", "all", "-5"),
        headers=headers,
    )
    made.replace_rows([made.at(0).with_cell(made.columns[Column.REASON], "oos")])
    made.apply(leave_out(made, {2: "the customer kept it."}))
    found = saved(made, tmp_path / name)
    assert found.headers == (*headers, "Cancel Reason", "Left out because")
    assert [row.cells[:4] for row in found.rows] == [row.cells[:4] for row in made.rows]
    for column in (Column.PO, Column.LINE, Column.REASON, Column.LEFT_OUT):
        assert [found.text(row, column) for row in found.rows] == [
            made.text(row, column) for row in made.rows
        ]
    assert Review(found, "US").draft(found.at(1).id).left_out


@SUFFIXES
def test_nothing_runs_as_a_formula(tmp_path: Path, name: str) -> None:
    made = table((PO, "1", "=HYPERLINK(1)", "1", "@x"))
    found = saved(made, tmp_path / name)
    assert found.at(0).cells[2].lstrip("'") == "=HYPERLINK(1)"
    if name.endswith("xlsx"):
        page = load_workbook(tmp_path / name).active
        assert page is not None
        assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value} == {"s"}
    else:
        assert "'=HYPERLINK(1)" in (tmp_path / name).read_text("utf-8-sig")


@SUFFIXES
def test_what_was_held_back_is_held_back_again(tmp_path: Path, name: str) -> None:
    rows = (
        ("1796277095000000", "1", "A", "1", "oos"),
        (PO, "2026-01-02", "A", "1", "oos"),
        (PO, "2", "A", "", "oos"),
        (PO, "3", "A", "1", "oos"),
        (PO, "4", "A", "1", "oos"),
    )
    marks = {(0, 0): Mark.ROUNDED, (1, 1): Mark.DATE, (2, 3): Mark.NO_VALUE, (4, 2): Mark.ROUNDED}
    made = table(*rows, headers=HEADERS, marks=marks, hidden=(5,))
    before, after = Review(made, "US"), Review(saved(made, tmp_path / name), "US")
    ready = [
        [review.worst(row.id) is not Level.ERROR and not review.draft(row.id).left_out
         for row in review.table.rows]
        for review in (before, after)
    ]  # fmt: skip
    assert ready == [[False, False, False, False, True]] * 2
    codes = [[issue.code for issue in after.issues(row.id)] for row in after.table.rows]
    assert codes[:3] == [[Code.CELL_DAMAGED]] * 3
    assert codes[3] == [Code.LEFT_OUT]


def test_a_file_that_is_there_stays_if_the_new_one_can_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"before")
    monkeypatch.setattr("cancel_desk.sheet.result_sheet.EXCEL_ROWS", 1)
    with pytest.raises(SheetError) as caught:
        save_table(path, table((PO, "1", "", "1", "oos")), hidden_why=WHY)
    assert caught.value.problem is SheetProblem.OUTPUT_TOO_MANY_ROWS
    assert path.read_bytes() == b"before"
    with pytest.raises(SheetError):
        save_table(tmp_path / "out.ods", table((PO, "1", "", "1", "oos")), hidden_why=WHY)
