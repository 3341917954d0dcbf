"""What is counted is what a full check would count."""

from builders import HEADERS, OTHER_PO, PO, order, order_line, table
from cancel_desk.checks.issues import Code, Level
from cancel_desk.checks.review import Review, Tally
from cancel_desk.sheet.edits import CellText, RemoveRows, SetCells
from cancel_desk.ui.grid.findings import Findings, Group, RowState

MISSING = Group(Level.ERROR, Code.REASON_MISSING)


def test_rows_are_grouped_by_problem_and_counted_by_the_gravest(review: Review) -> None:
    findings = Findings(review)
    assert findings.groups() == [
        Group(Level.ERROR, Code.CELL_DAMAGED),
        MISSING,
        Group(Level.ERROR, Code.REASON_UNKNOWN),
        Group(Level.ERROR, Code.SAME_LINE_TWICE),
    ]
    assert findings.rows(MISSING) == [2]
    assert [issue.row_id for issue in findings.group_issues(MISSING)] == [2]
    assert findings.tally() == review.tally()
    assert findings.lines() == 2


def test_an_edit_moves_rows_between_groups(review: Review) -> None:
    findings = Findings(review)
    _, touched = review.apply(SetCells((CellText(2, 4, "oos"), CellText(1, 4, ""))))
    findings.update(touched)
    assert findings.rows(MISSING) == [1]
    assert findings.tally() == review.tally()


def test_a_removed_row_is_forgotten(review: Review) -> None:
    findings = Findings(review)
    _, touched = review.apply(RemoveRows((2,)))
    findings.update(touched)
    assert MISSING not in findings.groups()
    assert findings.count(MISSING) == 0
    assert findings.tally() == review.tally()


def test_what_walmart_says_changes_states_and_lines() -> None:
    review = Review(
        table((PO, "all", "", "", "oos"), (OTHER_PO, "1", "", "1", "customer asked")), "US"
    )
    findings = Findings(review)
    assert findings.lines() == 2
    lines = (order_line("1", Created=1), order_line("2", Created=1), order_line("3", Created=1))
    closed = order(order_line("1", Cancelled=1), po=OTHER_PO)
    findings.update(review.add_looks({PO: order(*lines), OTHER_PO: closed}))
    assert findings.lines() == 3
    assert findings.state(2) is RowState.DONE
    assert findings.tally() == review.tally() == Tally(2, 1, 0, 0, 0, done=1)
    gone = order(order_line("1", Shipped=1), po=OTHER_PO)
    findings.update(review.add_looks({OTHER_PO: gone}))
    assert findings.state(2) is RowState.CLOSED
    assert findings.tally() == review.tally() == Tally(2, 1, 1, 0, 0)
    unasked = order(order_line("1", Created=1), po=OTHER_PO)
    findings.update(review.add_looks({OTHER_PO: unasked}))
    assert findings.state(2) is RowState.WARNING
    assert findings.state(1) is RowState.READY
    assert findings.lines() == 4


def test_a_row_that_is_cancelled_already_is_that_whatever_else_is_said_of_it() -> None:
    review = Review(
        table((f"{PO}", "1", "", "1", "fraud", "Shipped"), headers=(*HEADERS, "Status")), "US"
    )
    assert Findings(review).state(1) is RowState.WARNING
    review.add_looks({PO: order(order_line("1", Cancelled=1))})
    findings = Findings(review)
    assert findings.state(1) is RowState.DONE
    assert findings.tally() == review.tally() == Tally(1, 0, 0, 0, 0, done=1)


def test_a_remark_alone_leaves_the_row_ready() -> None:
    review = Review(table(("'1796277083022", "1", "", "1", "oos")), "US")
    findings = Findings(review)
    assert findings.state(1) is RowState.READY
    assert findings.groups() == [Group(Level.INFO, Code.CELL_REPAIRED)]
