"""Notes on a reading, and the sentences for what is found, expanded and picked."""

import pytest

from cancel_desk.sheet.pasted import NumberKind
from cancel_desk.sheet.rows import FileKind, MergedRange, RawSheet, Row, SheetFacts, Source
from cancel_desk.texts.sheet_notes import (
    number_kind_words,
    reading_notes,
)

PO = "129114917403021"


def raw(facts: SheetFacts, *, header_row: int = 1) -> RawSheet:
    source = Source("orders.xlsx", FileKind.XLSX, "May", header_row)
    rows = (Row(1, 2, (PO, "1")), Row(2, 3, ("", "2")), Row(3, 5, ("", "3")), Row(4, 6, ("", "")))
    return RawSheet(source, ("PO#", "Line#"), rows, facts)


def test_an_ordinary_sheet_needs_no_notes() -> None:
    assert reading_notes(raw(SheetFacts(sheets=("May",)))) == ()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (SheetFacts(unpacked="a/b.csv"), "zip archive: “a/b.csv”"),
        (SheetFacts(hidden_sheets=("Old", "Older")), "not read: “Old”, “Older”"),
        (SheetFacts(hidden_rows=(3,)), "1 row is hidden in your file (row 3)"),
        (SheetFacts(hidden_rows=tuple(range(2, 12))), "rows 2, 3, 4, 5, 6, 7, 8, 9 and 2 more"),
        (SheetFacts(merged=(MergedRange(2, 0, 3, 0),)), "merged over several rows"),
        (SheetFacts(rows_above=(1, 3)), "2 rows above the column names were left out (rows 1, 3)"),
    ],
)
def test_each_fact_is_told(facts: SheetFacts, words: str) -> None:
    [note] = reading_notes(raw(facts))
    assert words in note


def test_merged_titles_are_no_matter_and_no_header_is_told() -> None:
    [note] = reading_notes(raw(SheetFacts(merged=(MergedRange(1, 0, 1, 4),)), header_row=0))
    assert "no column names" in note


def test_every_kind_has_its_words() -> None:
    assert len({number_kind_words(kind) for kind in NumberKind}) == len(NumberKind)
