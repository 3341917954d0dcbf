"""Merged cells: rows that only seem to hold a text say so, and are filled when a person asks."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from cancel_desk.checks.issues import Code, Level
from cancel_desk.checks.review import Review
from cancel_desk.sheet.merged import merged_fill
from cancel_desk.sheet.opening import open_table
from cancel_desk.sheet.reading import read_sheet
from cancel_desk.sheet.rows import FileKind, MergedRange, RawSheet, Row, SheetFacts, Source

PO = "129114917403021"


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """Three lines under one merged order and reason, and one on its own."""
    book = Workbook()
    page = book.worksheets[0]
    rows = [("PO#", "Line#", "Qty", "Reason"), (PO, "1", "1", "oos"), ("", "2", "1", "")]
    for cells in [*rows, ("", "3", "1", ""), ("", "1", "1", "oos")]:
        page.append(list(cells))
    page.merge_cells("A2:A4")
    page.merge_cells("D2:D4")
    book.save(tmp_path / "merged.xlsx")
    return Review(open_table(read_sheet(tmp_path / "merged.xlsx")), "US")


def codes(review: Review) -> list[set[Code]]:
    return [
        {issue.code for issue in review.issues(row.id) if issue.level is Level.ERROR}
        for row in review.table.rows
    ]


def test_rows_below_a_merged_cell_are_no_orders_by_themselves(review: Review) -> None:
    assert codes(review) == [set(), {Code.CELL_MERGED}, {Code.CELL_MERGED}, {Code.PO_MISSING}]


def test_filling_gives_each_row_what_it_shows_and_can_be_taken_back(review: Review) -> None:
    before = review.table.rows
    undo, _ = review.apply(merged_fill(review.table, {row.id for row in before}))
    assert [row.cells[0] for row in review.table.rows] == [PO, PO, PO, ""]
    assert [row.cells[3] for row in review.table.rows] == ["oos"] * 4
    assert codes(review) == [set(), set(), set(), {Code.PO_MISSING}]
    review.apply(undo)
    assert review.table.rows == before


def test_only_the_rows_that_are_asked_for_are_filled(review: Review) -> None:
    second = review.table.rows[1].id
    review.apply(merged_fill(review.table, {second}))
    assert [row.cells[0] for row in review.table.rows] == [PO, PO, "", ""]


def test_a_merged_quantity_is_not_taken_for_all_that_is_open() -> None:
    merged = (MergedRange(2, 2, 3, 2), MergedRange(2, 3, 3, 3), MergedRange(9, 0, 12, 0))
    rows = (Row(1, 2, (PO, "1", "2", "oos")), Row(2, 3, (PO, "2", "", "")))
    source = Source("a.xlsx", FileKind.XLSX, "A", 1)
    headers = ("PO#", "Line#", "Qty", "Reason")
    sheet = RawSheet(source, headers, rows, SheetFacts(merged=merged))
    assert codes(Review(open_table(sheet), "US")) == [set(), {Code.CELL_MERGED}]


def test_what_is_merged_under_a_header_or_over_columns_is_no_matter() -> None:
    merged = (MergedRange(1, 0, 1, 3), MergedRange(2, 0, 2, 1), MergedRange(1, 1, 3, 1))
    rows = (Row(1, 2, (PO, "1", "oos")), Row(2, 3, ("", "", "oos")))
    source = Source("a.xlsx", FileKind.XLSX, "A", 1)
    sheet = RawSheet(source, ("PO#", "Line#", "Reason"), rows, SheetFacts(merged=merged))
    table = open_table(sheet)
    assert merged_fill(table, {1, 2}).cells == ()
