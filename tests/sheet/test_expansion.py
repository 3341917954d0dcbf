"""Rows that name SKUs or customer orders, expanded to the order lines they stand for."""

from collections.abc import Mapping, Sequence

import pytest

from cancel_desk.checks.issues import Code
from cancel_desk.checks.review import Review
from cancel_desk.sheet.columns import Column, match_columns
from cancel_desk.sheet.expansion import (
    NOT_EXPANDED,
    ExpandBy,
    Expansion,
    Lookup,
    expand_rows,
)
from cancel_desk.sheet.opening import open_table
from cancel_desk.sheet.rows import FileKind, Mark, RawSheet, Row, SheetFacts, Source
from cancel_desk.texts.issues import issue_sentence
from cancel_desk.texts.sheet_notes import lookup_notes
from sheet.stores import line, order

SKU, CUSTOMER = Lookup(ExpandBy.SKU, 0), Lookup(ExpandBy.CUSTOMER_ORDER, 0)
ORDERS = (
    order("1000000000001", line("1", "A", ordered=3, Shipped=1), line("2", "B"), customer="C1"),
    order("1000000000002", line("1", "A"), line("2", "A", Cancelled=1), customer="C2", day=9),
    order("1000000000003", line("1", "b"), customer="C1"),
    order("1000000000004", line("1", "A"), customer="C4", wfs=True),
)


def raw(
    headers: Sequence[str],
    *rows: Sequence[str],
    marks: Mapping[int, Mark] | None = None,
    hidden: tuple[int, ...] = (),
) -> RawSheet:
    """Return a sheet whose first row is number 2; ``marks`` are on first cells, by number."""
    source = Source("skus.csv", FileKind.TEXT, None, 1, "utf-8", ",")
    made = tuple(
        Row(
            at,
            at + 1,
            tuple(cells),
            tuple((0, mark) for mark in [(marks or {}).get(at + 1)] if mark),
        )
        for at, cells in enumerate(rows, start=1)
    )
    return RawSheet(source, tuple(headers), made, SheetFacts(hidden_rows=hidden))


def expanded(
    sheet: RawSheet, lookup: Lookup, *, fixed: Mapping[Column, str] | None = None
) -> Expansion:
    return expand_rows(
        sheet, lookup, ORDERS, columns=match_columns(sheet.headers).columns, fixed=fixed
    )


def lines(found: Expansion) -> list[tuple[str, ...]]:
    """Return file row, purchase order, line, SKU and quantity as the table finds them."""
    table = open_table(found.sheet, columns=found.columns)
    wanted = (Column.PO, Column.LINE, Column.SKU, Column.QUANTITY)
    return [
        (str(row.number), *(table.text(row, column) for column in wanted)) for row in table.rows
    ]


def test_skus_become_all_their_open_lines() -> None:
    found = expanded(raw(["Item", "Note"], ["a", "x"], ["B", "y"]), SKU)
    assert lines(found) == [
        ("2", "1000000000001", "1", "A", "2"),
        ("2", "1000000000002", "1", "A", "1"),
        ("3", "1000000000001", "2", "B", "1"),
        ("3", "1000000000003", "1", "b", "1"),
    ]
    assert [row.cells[:2] for row in found.sheet.rows] == [("a", "x")] * 2 + [("B", "y")] * 2
    assert found.came_from == {1: 1, 2: 1, 3: 2, 4: 2}
    assert (found.left, found.expanded) == ((), 2)


def test_the_result_can_be_joined_to_the_rows_of_the_file() -> None:
    found = expanded(raw(["SKU", "Note"], ["a", "x"], ["?", "y"]), SKU)
    assert found.sheet.headers == (
        *("SKU (file)", "Note"),
        *("Row in file", "PO#", "Line#", "SKU", "Qty"),
    )
    assert [row.cells[:3] for row in found.sheet.rows] == [
        ("a", "x", "2"),
        ("a", "x", "2"),
        ("?", "y", "3"),
    ]


def test_customer_orders_become_their_open_lines() -> None:
    found = expanded(raw(["Order#", "SKU"], ["C1", ""], ["'C2", ""]), CUSTOMER)
    assert [row[1:3] for row in lines(found)] == [
        ("1000000000001", "1"),
        ("1000000000001", "2"),
        ("1000000000003", "1"),
        ("1000000000002", "1"),
    ]


def test_a_sku_or_line_beside_a_customer_order_narrows_it() -> None:
    sheet = raw(["Order#", "SKU", "Line#"], ["C1", "b", ""], ["C1", "", "01"], ["C2", "", "all"])
    assert [row[1:4] for row in lines(expanded(sheet, CUSTOMER))] == [
        ("1000000000001", "2", "B"),
        ("1000000000003", "1", "b"),
        ("1000000000001", "1", "A"),
        ("1000000000002", "1", "A"),
    ]


def test_a_quantity_counts_where_one_line_is_left() -> None:
    sheet = raw(["Order#", "SKU", "Qty"], ["C1", "A", "1"], ["C1", "B", "1"], ["C2", "", ""])
    found = expanded(sheet, CUSTOMER)
    assert [row[4] for row in lines(found)] == ["1", "", "1"]
    assert [row.mark(4) for row in found.left] == [Mark.WHICH_LINE]


def test_a_quantity_for_all_rows_counts_the_same_way() -> None:
    found = expanded(raw(["SKU"], ["A"]), SKU, fixed={Column.QUANTITY: "1"})
    assert [row.mark(2) for row in found.left] == [Mark.WHICH_LINE]


@pytest.mark.parametrize("by", ExpandBy)
def test_rows_nothing_is_found_for_stay_in_their_places_and_say_why(by: ExpandBy) -> None:
    key = {ExpandBy.SKU: "A", ExpandBy.CUSTOMER_ORDER: "C2"}[by]
    sheet = raw(
        ["Key", "Qty"],
        *([key, ""], [key, ""], ["X", ""], ["", ""], [key, ""], [key, "2"], ["1E5", ""]),
        marks={8: Mark.ROUNDED},
        hidden=(6,),
    )
    found = expanded(sheet, Lookup(by, 0))
    po = found.columns[Column.PO]
    left = {row.number: row.mark(po) for row in found.left}
    assert left == {
        3: Mark.NAMED_BEFORE,
        4: Mark.NOTHING_OPEN,
        5: Mark.NOT_NAMED,
        6: Mark.HIDDEN,
        7: Mark.NAMED_BEFORE,
        8: Mark.NAME_DAMAGED,
    }
    assert sorted({row.number or 0 for row in found.sheet.rows}) == [2, 3, 4, 5, 6, 7, 8]
    numbers = [row.number or 0 for row in found.sheet.rows]
    assert numbers == sorted(numbers)
    review = Review(open_table(found.sheet, columns=found.columns), "US")
    for row in found.left:
        codes = {issue.code for issue in review.issues(row.id)}
        assert Code.NO_LINE_FOUND in codes
        assert not codes & {Code.PO_MISSING, Code.LINE_MISSING, Code.QUANTITY_BLANK}
    notes = lookup_notes(found, "Northwind")
    assert "For 6 rows no order line was found (rows 3, 4, 5, 6, 7, 8)" in notes[1]


def test_every_why_has_its_own_sentence() -> None:
    sheet = raw(["SKU"], ["A"])
    found = expanded(sheet, SKU)
    review = Review(open_table(found.sheet, columns=found.columns), "US")
    [issue] = [each for each in review.issues(1) if each.code is Code.REASON_MISSING]
    told = {
        issue_sentence(
            type(issue)(1, Column.PO, issue.level, Code.NO_LINE_FOUND, {"why": why.value})
        )
        for why in NOT_EXPANDED
    }
    assert len(told) == len(NOT_EXPANDED)


def test_what_was_found_is_told() -> None:
    found = expanded(raw(["SKU"], ["A"]), SKU)
    [note] = lookup_notes(found, "Northwind")
    assert note.startswith("1 row of your sheet came to 2 open order lines of Northwind.")


def test_a_number_typed_over_a_row_without_lines_is_an_ordinary_one() -> None:
    found = expanded(raw(["SKU"], ["X"]), SKU)
    table = open_table(found.sheet, columns=found.columns)
    at = table.columns[Column.PO]
    row = table.rows[0].with_cell(at, "1796277083022")
    table.replace_rows([row])
    assert Code.NO_LINE_FOUND not in {each.code for each in Review(table, "US").issues(row.id)}
