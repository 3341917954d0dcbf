"""Each one-click fix does what its button says, in one step."""

import pytest

from builders import OTHER_PO, PO, order, order_line, table
from cancel_desk.checks.issues import Code, Level
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.checks.review import Review
from cancel_desk.sheet.rows import Row
from cancel_desk.texts.issues import issue_sentence
from cancel_desk.ui.grid.findings import Findings, Group
from cancel_desk.ui.grid.fixes import fixes_for

LEFT_OUT = Group(Level.INFO, Code.LEFT_OUT)


def fix(review: Review, group: Group, *, at: int = 0, reason: str = "") -> tuple[Row, ...]:
    """Apply a fix and return the rows; taken back, the rows are as before."""
    chosen = fixes_for(group)[at]
    before = review.table.rows
    issues = Findings(review).group_issues(group)
    assert issues
    inverse, _ = review.apply(chosen.edit(review, issues, reason))
    after = review.table.rows
    review.apply(inverse)
    assert review.table.rows == before
    assert chosen.label(2)
    assert chosen.step(2)
    assert chosen.tip()
    return after


def left_in(rows: tuple[Row, ...]) -> list[int]:
    """Return the rows that are not left out, by the last cell of each."""
    return [row.id for row in rows if not row.cells[5]]


def error(code: Code) -> Group:
    return Group(Level.ERROR, code)


def cells(rows: tuple[Row, ...], at: int) -> list[str]:
    return [row.cells[at] for row in rows]


@pytest.mark.parametrize(
    ("text", "code"), [("", Code.REASON_MISSING), ("NO_INVENTORY", Code.REASON_UNKNOWN)]
)
def test_a_reason_is_set_where_it_was_wrong(text: str, code: Code) -> None:
    review = Review(table((PO, "1", "", "1", text), (PO, "2", "", "1", "oos")), "US")
    rows = fix(review, error(code), reason=ReasonCode.FRAUD)
    assert cells(rows, 4) == [ReasonCode.FRAUD, "oos"]


def test_the_first_of_equal_rows_is_kept() -> None:
    row = (PO, "1", "", "1", "oos")
    review = Review(table(row, row, row, (PO, "2", "", "1", "oos")), "US")
    assert left_in(fix(review, error(Code.SAME_LINE_TWICE))) == [1, 4]


def test_the_first_of_rows_that_disagree_is_kept() -> None:
    review = Review(
        table(
            (PO, "1", "", "1", "oos"),
            (OTHER_PO, "1", "", "1", "oos"),
            (PO, "1", "", "2", "oos"),
            (OTHER_PO, "1", "", "1", "fraud"),
        ),
        "US",
    )
    assert left_in(fix(review, error(Code.SAME_LINE_DIFFERENTLY))) == [1, 2]


def test_either_the_whole_order_or_its_lines_are_kept() -> None:
    review = Review(
        table((PO, "all", "", "", "oos"), (PO, "1", "", "1", "oos"), (PO, "2", "", "1", "oos")),
        "US",
    )
    group = error(Code.LINE_AND_WHOLE_ORDER)
    assert left_in(fix(review, group, at=0)) == [1]
    assert left_in(fix(review, group, at=1)) == [2, 3]


def test_rows_without_a_line_can_say_all_or_go() -> None:
    review = Review(table((PO, "", "", "", "oos"), (OTHER_PO, "1", "", "1", "oos")), "US")
    assert cells(fix(review, error(Code.LINE_MISSING)), 1) == ["all", "1"]
    assert left_in(fix(review, error(Code.LINE_MISSING), at=1)) == [2]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ((PO, "1", "", "two", "oos"), Code.QUANTITY_MALFORMED),
        ((PO, "all", "", "2", "oos"), Code.QUANTITY_FOR_WHOLE_ORDER),
    ],
)
def test_quantities_are_cleared(row: tuple[str, ...], code: Code) -> None:
    review = Review(table(row), "US")
    assert cells(fix(review, error(code)), 3) == [""]


def test_quantities_are_lowered_to_what_is_open() -> None:
    review = Review(table((PO, "1", "", "5", "oos")), "US")
    review.add_looks({PO: order(order_line("1", ordered=3, Shipped=1, Created=2))})
    assert cells(fix(review, error(Code.MORE_THAN_OPEN)), 3) == ["2"]


def test_traces_of_other_programs_are_taken_off() -> None:
    review = Review(table((f"'{PO}", "1.0", "", "1", "oos")), "US")
    [row] = fix(review, Group(Level.INFO, Code.CELL_REPAIRED))
    assert row.cells[:2] == (PO, "1")


def test_rows_are_left_out_for_what_is_wrong_with_them_and_come_back() -> None:
    row = (PO, "1", "", "1", "oos")
    review = Review(table(row, row, ("", "1", "", "1", "oos")), "US")
    rows = fix(review, error(Code.PO_MISSING))
    assert rows[2].cells[5] == "The PO number is missing. Type it, or leave the row out."
    review = Review(table(row, row), "US")
    [fixed] = fixes_for(error(Code.SAME_LINE_TWICE))
    issues = Findings(review).group_issues(error(Code.SAME_LINE_TWICE))
    review.apply(fixed.edit(review, issues, ""))
    assert Findings(review).groups() == [LEFT_OUT]
    assert issue_sentence(review.issues(2)[0]) == (
        "Left out by you: Same line as row 2: it is asked for once, with that one. "
        "See there what comes of it."
    )
    assert left_in(fix(review, LEFT_OUT)) == [1, 2]


def test_what_is_shipped_can_be_left_out() -> None:
    review = Review(table((PO, "1", "", "1", "oos"), (OTHER_PO, "1", "", "1", "oos")), "US")
    review.add_looks({PO: order(order_line("1", Shipped=1))})
    assert left_in(fix(review, error(Code.ALREADY_SHIPPED))) == [2]


def test_every_button_has_words_and_most_problems_a_fix() -> None:
    fixed = [code for code in Code if fixes_for(error(code))]
    assert len(fixed) > len(Code) / 2
    for code in fixed:
        for each in fixes_for(error(code)):
            assert "{" not in each.label(3) + each.step(3) + each.tip()
