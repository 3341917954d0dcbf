"""What kept a row from being sent keeps it back in every sheet that is made of its run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import HEADERS, OTHER_PO, PO, order, order_line, table
from cancel_desk.checks.issues import Code, Level
from cancel_desk.checks.review import Review
from cancel_desk.report.retrying import failed_rows
from cancel_desk.report.rows import is_to_do
from cancel_desk.report.writing import write_report
from cancel_desk.runs.run import Run
from cancel_desk.sheet.opening import open_table
from cancel_desk.sheet.reading import read_sheet
from cancel_desk.sheet.rows import Mark, RawSheet
from outcomes_run import STORE

ROWS = (
    ("1796277095000000", "1", "A", "1", "oos"),  # as Excel rounded it
    (PO, "2026-01-02", "A", "1", "oos"),
    (PO, "2", "A", "", "oos"),  # a blank one would mean everything open
    (PO, "3", "A", "", "oos"),
    (PO, "4", "A", "1", "oos"),  # hidden
    (OTHER_PO, "1", "A", "1", "oos"),
)
MARKS = {(0, 0): Mark.ROUNDED, (1, 1): Mark.DATE, (2, 3): Mark.NO_VALUE, (3, 3): Mark.MERGED}


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    made = table(*ROWS, headers=HEADERS, marks=MARKS, hidden=(6,))
    review = Review(made, "US")
    review.add_looks({OTHER_PO: order(order_line("1", sku="A"), po=OTHER_PO)})
    folder = tmp_path / "runs"
    folder.mkdir()
    run = Run.begin(folder, review.plan(STORE), made, facts={"account": "NW", "version": "1"})
    yield run
    run.close()


def sound(raw: RawSheet) -> list[str]:
    """Return the lines of the rows that would be sent if their orders are open."""
    opened = open_table(raw)
    review = Review(opened, "US")
    assert [row.cells[2] for row in opened.rows].count("A") == len(opened)
    return [
        review.draft(row.id).line
        for row in opened.rows
        if not review.draft(row.id).left_out and review.worst(row.id) is not Level.ERROR
    ]


def test_the_rows_held_back_are_those_that_are_not_sound(run: Run) -> None:
    held = [each for each in run.results() if each.row.left_out]
    assert len(held) == 5
    assert all(map(is_to_do, held))


@pytest.mark.parametrize("only_left", [False, True])
@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_a_result_sheet_keeps_them_back(
    run: Run, tmp_path: Path, name: str, *, only_left: bool
) -> None:
    write_report(run, tmp_path / name, only_left=only_left)
    raw = read_sheet(tmp_path / name)
    assert len(raw.rows) == len(ROWS)
    assert sound(raw) == ["1"]
    opened = open_table(raw)
    review = Review(opened, "US")
    codes = [{issue.code for issue in review.issues(row.id)} for row in opened.rows]
    assert [Code.CELL_DAMAGED in found for found in codes] == [True] * 4 + [False] * 2
    assert codes[4] == {Code.LEFT_OUT}


def test_rows_to_correct_and_try_again_are_kept_back_too(run: Run) -> None:
    raw = failed_rows(run)
    assert len(raw.rows) == 5
    assert sound(raw) == []
    review = Review(open_table(raw), "US")
    assert Code.ROW_HIDDEN in {issue.code for issue in review.issues(5)}
