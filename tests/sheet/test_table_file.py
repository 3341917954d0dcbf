"""Small tables as files: numbers are numbers, texts stay texts, nothing runs."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.table_file import NamedTable, write_tables

TABLES = (
    NamedTable("Restock", ("SKU", "Units"), (("=1+1", 3), ("0012", 4))),
    NamedTable("By store", ("Store", "Units"), ()),
)


def test_a_workbook_has_a_page_for_each(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_tables(path, TABLES)
    book = load_workbook(path)
    assert book.sheetnames == ["Restock", "By store"]
    page = book["Restock"]
    assert list(page.values) == [("SKU", "Units"), ("=1+1", 3), ("0012", 4)]
    assert page["A2"].data_type == "s"
    assert page.freeze_panes == "A2"
    assert list(tmp_path.iterdir()) == [path]


def test_a_text_file_has_one_below_the_other(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_tables(path, TABLES)
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines == [
        ["SKU", "Units"], ["'=1+1", "3"], ["0012", "4"], [], ["Store", "Units"],
    ]  # fmt: skip


def test_other_kinds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetError) as caught:
        write_tables(tmp_path / "out.html", TABLES)
    assert caught.value.problem is SheetProblem.OUTPUT_WRONG_KIND
