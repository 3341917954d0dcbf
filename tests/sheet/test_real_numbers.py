"""Finding real order numbers: one fit proposed, several offered, none said."""

import pytest

from builders import table
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.edits import CellText, SetCells
from cancel_desk.sheet.real_numbers import (
    Clue,
    Fit,
    NumberSearch,
    find_real_numbers,
    has_damaged_numbers,
    take_numbers,
)
from cancel_desk.sheet.rows import Mark
from cancel_desk.sheet.shown_number import shown_number
from sheet.stores import line, order

REAL = "1796277083022"
SHOWN = "1.79628E+12"


def search(*rows: list[str], orders: list[object], mark: Mark | None = None) -> list[NumberSearch]:
    marks = {(0, 0): mark} if mark else {}
    found = find_real_numbers(table(*rows, marks=marks), orders)  # type: ignore[arg-type]
    return list(found)


def numbers(found: NumberSearch) -> list[str]:
    return [candidate.po for candidate in found.candidates]


def test_the_only_order_with_these_digits_is_proposed() -> None:
    orders = [order(REAL, line("1", "A")), order("1577914061094", line("1", "A"))]
    [found] = search([SHOWN, "", "", "", ""], orders=list(orders))
    assert (found.fit, numbers(found)) == (Fit.ONE, [REAL])
    assert found.candidates[0].clues == (Clue.DIGITS,)
    assert found.text == SHOWN


@pytest.mark.parametrize(
    ("text", "po", "fits"),
    [
        ("1.79628E+12", "1796277083022", True),  # rounded up
        ("1.79627E+12", "1796277083022", True),  # or cut off
        ("1.79629E+12", "1796277083022", False),
        ("1,79628E+12", "1796277083022", True),
        ("1.8E+12", "1799999999999", True),
        ("2E+12", "1796277083022", True),
        ("1E+15", "999999999999999", True),
        ("1.79628E+12", "17962770830220", False),
        ("1291149174030210", "1291149174030217", True),
        ("1291149174030210.0", "1291149174030217", True),
        ("1291149174030210", "1291149174030257", False),
    ],
)
def test_rounded_and_cut_off_digits_both_fit(text: str, po: str, fits: bool) -> None:
    shown = shown_number(text)
    assert shown is not None
    assert (shown.least <= int(po) <= shown.greatest) is fits


@pytest.mark.parametrize("text", ["####", "2026-05-01", "#N/A", "", "1.5E+0x", "1.2345E+2"])
def test_some_damage_shows_nothing(text: str) -> None:
    assert shown_number(text) is None


def test_line_sku_and_quantity_decide_between_orders() -> None:
    orders = [
        order("1796277083022", line("1", "A"), line("2", "B", ordered=3)),
        order("1796277999999", line("2", "B")),
        order("1796281000000", line("1", "B", ordered=3)),
    ]
    [found] = search([SHOWN, "2", "b", "3", ""], orders=list(orders))
    assert (found.fit, numbers(found)) == (Fit.ONE, ["1796277083022"])
    assert found.candidates[0].clues == (Clue.DIGITS, Clue.SKU, Clue.LINE, Clue.QUANTITY)


def test_several_that_fit_are_offered_the_likeliest_first() -> None:
    orders = [
        order("1796277083021", line("1", "A", ordered=2)),
        order("1796277083022", line("1", "A", ordered=1)),
    ]
    [found] = search([SHOWN, "1", "", "1", ""], orders=list(orders))
    assert found.fit is Fit.SEVERAL
    assert numbers(found) == ["1796277083022", "1796277083021"]


def test_none_is_said() -> None:
    [found] = search([SHOWN, "", "X", "", ""], orders=[order(REAL, line("1", "A"))])
    assert (found.fit, found.candidates) == (Fit.NONE, ())


def test_a_number_without_digits_is_proposed_by_its_sku_only() -> None:
    orders = [order(REAL, line("1", "A"), line("2", "B"))]
    [by_sku] = search(["####", "", "A", "", ""], orders=list(orders))
    assert (by_sku.fit, numbers(by_sku)) == (Fit.ONE, [REAL])
    [by_line] = search(["####", "2", "", "", ""], orders=list(orders))
    assert (by_line.fit, numbers(by_line)) == (Fit.SEVERAL, [REAL])
    [nothing] = search(["####", "", "", "", ""], orders=list(orders))
    assert nothing.fit is Fit.NONE


def test_a_mark_alone_is_damage() -> None:
    [found] = search(
        ["1291149174030210", "", "", "", ""],
        orders=[order("1291149174030217", line("1", "A"))],
        mark=Mark.ROUNDED,
    )
    assert found.fit is Fit.ONE


def test_a_line_that_another_row_names_is_not_offered() -> None:
    rows = [[SHOWN, "1", "", "", ""], [f"'{REAL}", "1", "", "", ""]]
    [found] = search(*rows, orders=[order(REAL, line("1", "A"))])
    assert found.fit is Fit.NONE


def test_two_rows_with_the_same_only_fit_are_both_asked_about() -> None:
    found = search(
        [SHOWN, "1", "", "", ""], [SHOWN, "1", "", "", ""], orders=[order(REAL, line("1", "A"))]
    )
    assert [one.fit for one in found] == [Fit.SEVERAL, Fit.SEVERAL]


def test_what_is_closed_or_shipped_by_walmart_is_not_proposed() -> None:
    closed = order(REAL, line("1", "A", Shipped=1))
    [found] = search([SHOWN, "", "", "", ""], orders=[closed])
    assert (found.fit, found.candidates[0].open) == (Fit.SEVERAL, 0)
    [found] = search([SHOWN, "", "", "", ""], orders=[order(REAL, line("1", "A"), wfs=True)])
    assert found.fit is Fit.NONE


def test_more_units_than_were_ordered_do_not_fit() -> None:
    [found] = search([SHOWN, "1", "A", "2", ""], orders=[order(REAL, line("1", "A"))])
    assert found.fit is Fit.NONE


def test_sound_rows_are_left_alone() -> None:
    sheet = table(["179627708302", "1", "A", "", ""])
    assert find_real_numbers(sheet, [order(REAL, line("1", "A"))]) == ()
    assert not has_damaged_numbers(sheet)
    assert has_damaged_numbers(table([SHOWN, "1", "A", "", ""]))


@pytest.mark.parametrize(
    ("headers", "cells"),
    [(("PO#", "Reason"), [SHOWN, ""]), (("PO#", "Line#", "Qty"), [SHOWN, "all", ""])],
)
def test_a_row_for_a_whole_order_is_offered_orders(
    headers: tuple[str, ...], cells: list[str]
) -> None:
    orders = [order(REAL, line("1", "A", ordered=2), line("2", "B", Shipped=1))]
    [found] = find_real_numbers(table(cells, headers=headers), orders)
    [whole] = found.candidates
    assert found.fit is Fit.ONE
    assert (whole.po, whole.line, whole.sku, whole.ordered, whole.open) == (REAL, "", "A, B", 3, 2)


def test_an_order_that_another_row_names_is_not_offered_whole() -> None:
    orders = [order(REAL, line("1", "A"), line("2", "B"))]
    [found] = search([SHOWN, "all", "", "", ""], [REAL, "2", "", "", ""], orders=list(orders))
    assert found.fit is Fit.NONE
    [found] = search([SHOWN, "1", "", "", ""], [REAL, "all", "", "", ""], orders=list(orders))
    assert found.fit is Fit.NONE


def test_a_line_and_its_whole_order_are_both_asked_about() -> None:
    orders = [order(REAL, line("1", "A"), line("2", "B"))]
    found = search([SHOWN, "all", "", "", ""], [SHOWN, "2", "", "", ""], orders=list(orders))
    assert [each.fit for each in found] == [Fit.SEVERAL, Fit.SEVERAL]


def test_what_is_taken_goes_into_its_row_with_the_line_it_lacked() -> None:
    sheet = table([SHOWN, "", "A", "1", "oos"], ["2E+14", "01", "", "1", "oos"])
    orders = [order(REAL, line("1", "A")), order("200000000000001", line("1", "B"))]
    found = find_real_numbers(sheet, orders)
    before = sheet.rows
    taken = take_numbers(sheet, [(each, each.candidates[0]) for each in found])
    undo = sheet.apply(taken.edit)
    assert [row.cells[:4] for row in sheet.rows] == [
        (REAL, "1", "A", "1"),
        ("200000000000001", "01", "", "1"),
    ]
    assert taken.changed == ()
    assert find_real_numbers(sheet, orders) == ()
    sheet.apply(undo)
    assert sheet.rows == before


@pytest.mark.parametrize("column", [Column.PO, Column.LINE, Column.SKU, Column.QUANTITY])
def test_a_row_edited_meanwhile_is_left_as_it_is(column: Column) -> None:
    sheet = table([SHOWN, "1", "A", "1", "oos"])
    [found] = find_real_numbers(sheet, [order(REAL, line("1", "A"))])
    sheet.apply(SetCells((CellText(1, sheet.columns[column], "7"),)))
    taken = take_numbers(sheet, [(found, found.candidates[0])])
    assert (taken.edit.cells, taken.changed) == ((), (1,))


def test_another_reason_meanwhile_is_no_matter_and_a_deleted_row_is() -> None:
    sheet = table([SHOWN, "1", "A", "1", "oos"])
    [found] = find_real_numbers(sheet, [order(REAL, line("1", "A"))])
    sheet.apply(SetCells((CellText(1, sheet.columns[Column.REASON], "mispriced"),)))
    assert take_numbers(sheet, [(found, found.candidates[0])]).changed == ()
    sheet.remove_rows([1])
    assert take_numbers(sheet, [(found, found.candidates[0])]).changed == (1,)


def test_many_damaged_rows_are_not_held_against_every_order() -> None:
    """Counted, not timed: how often an order's number is asked for grows with the orders only."""
    asked = 0

    class Counted(str):
        __slots__ = ()

        def isascii(self) -> bool:
            nonlocal asked
            asked += 1
            return super().isascii()

    orders = [
        order(Counted(1_000_000_000_000 + 10_000_000 * at), line("1", "A")) for at in range(200)
    ]
    rows = [[f"{1.0 + at / 100000:.5f}E+12", "1", "", "", ""] for at in range(200)]
    found = search(*rows, orders=list(orders))
    assert {each.fit for each in found} <= {Fit.ONE, Fit.SEVERAL}
    assert asked < 10 * len(orders)
