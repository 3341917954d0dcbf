"""Finding real order numbers: one fit proposed, several offered, none said."""

import pytest

from builders import table
from cancel_desk.sheet.real_numbers import Clue, Fit, NumberSearch, find_real_numbers, shown_number
from cancel_desk.sheet.rows import Mark
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


def test_sound_rows_are_left_alone_unless_asked_for() -> None:
    sheet = table(["179627708302", "1", "A", "", ""])
    orders = [order(REAL, line("1", "A"))]
    assert find_real_numbers(sheet, orders) == ()
    [found] = find_real_numbers(sheet, orders, row_ids={1})
    assert (found.fit, numbers(found)) == (Fit.ONE, [REAL])
