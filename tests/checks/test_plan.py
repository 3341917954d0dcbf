"""The plan and its digest; the review that makes it."""

from dataclasses import replace
from datetime import UTC, datetime

from builders import OTHER_PO, PO, order, order_line, table
from cancel_desk.checks.issues import Code, Issue, Level
from cancel_desk.checks.plan import Candidate, PlannedLine, Store, make_plan
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.checks.review import Review, Tally
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.edits import CellText, SetCells
from cancel_desk.sheet.leaving_out import leave_out, take_back_in
from cancel_desk.texts.outcomes import left_out_text

STORE = Store("Northwind Goods", "US", "LIVE", "https://marketplace.walmartapis.com")
OOS = ReasonCode.OUT_OF_STOCK


def candidate(row_id: int, po: str = PO, *lines: str, error: bool = False) -> Candidate:
    planned = tuple(PlannedLine(row_id, line, 1, OOS) for line in lines or (str(row_id),))
    issues = (Issue(row_id, Column.PO, Level.ERROR, Code.PO_MISSING),) if error else ()
    return Candidate(row_id, po, planned, issues)


def test_rows_of_one_order_become_one_request_in_the_order_of_the_sheet() -> None:
    plan = make_plan(STORE, [candidate(1), candidate(2, OTHER_PO), candidate(3)])
    assert [(r.po, [line.row_id for line in r.lines]) for r in plan.requests] == [
        (PO, [1, 3]),
        (OTHER_PO, [2]),
    ]
    assert (plan.orders, plan.units, plan.reasons) == (2, 3, {OOS: 3})


def test_orders_that_ship_soonest_are_sent_first() -> None:
    monday, friday = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 27, tzinfo=UTC)
    rows = [
        candidate(1, "1000000000001"),
        replace(candidate(2, "1000000000002"), ship_by=friday),
        replace(candidate(3, "1000000000003"), ship_by=monday),
        replace(candidate(4, "1000000000004"), ship_by=friday),
    ]
    plan = make_plan(STORE, rows)
    assert [line.row_id for line in plan.lines] == [3, 2, 4, 1]


def test_the_review_knows_when_its_orders_ship() -> None:
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    found = Review(table((PO, "1", "", "1", "OOS"), (OTHER_PO, "1", "", "1", "OOS")), "US")
    found.add_looks(
        {
            PO: order(order_line()),
            OTHER_PO: replace(order(order_line(), po=OTHER_PO), ship_by=monday),
        }
    )
    assert [request.po for request in found.plan(STORE).requests] == [OTHER_PO, PO]


def test_lines_that_count_against_the_seller_are_counted() -> None:
    reasons = (OOS, ReasonCode.CUSTOMER_REQUESTED, ReasonCode.PRICING_ERROR, ReasonCode.FRAUD)
    lines = [PlannedLine(at, str(at), 1, reason) for at, reason in enumerate(reasons)]
    plan = make_plan(STORE, [Candidate(1, PO, tuple(lines), ())])
    assert plan.counted_lines == 2


def test_a_request_has_at_most_a_hundred_lines() -> None:
    plan = make_plan(STORE, [candidate(1, PO, *map(str, range(1, 251)))])
    assert [len(request.lines) for request in plan.requests] == [100, 100, 50]
    assert plan.orders == 1
    assert [line.line for line in plan.lines] == [str(n) for n in range(1, 251)]


def test_rows_with_errors_are_left_out_and_named() -> None:
    plan = make_plan(STORE, [candidate(1), candidate(2, error=True)])
    assert [line.row_id for line in plan.lines] == [1]
    assert [(row.row_id, row.already_cancelled) for row in plan.left_out] == [(2, False)]


def test_the_digest_tells_any_change_of_what_would_be_sent() -> None:
    first = make_plan(STORE, [candidate(1)])
    line = first.requests[0].lines[0]
    variants = [
        replace(line, units=2),
        replace(line, line="2"),
        replace(line, reason=ReasonCode.FRAUD),
        replace(line, row_id=9),
    ]
    others = [
        replace(first, requests=(replace(first.requests[0], lines=(each,)),)) for each in variants
    ]
    others.append(replace(first, requests=(replace(first.requests[0], po=OTHER_PO),)))
    others.append(replace(first, store=replace(STORE, environment="SANDBOX")))
    others.append(replace(first, store=replace(STORE, name="Another")))
    assert len({first.digest, *(other.digest for other in others)}) == len(others) + 1
    assert make_plan(STORE, [candidate(1)]).digest == first.digest


def review() -> Review:
    return Review(
        table((PO, "1", "", "1", "OOS"), (PO, "2", "", "", ""), (OTHER_PO, "all", "", "", "OOS")),
        "US",
    )


def test_only_orders_of_sound_rows_are_looked_for() -> None:
    assert review().orders_wanted() == (PO, OTHER_PO)
    assert Review(table((PO, "1", "", "1", "")), "US").orders_wanted() == ()


def test_nothing_is_planned_for_an_order_that_was_not_looked_for() -> None:
    found = review()
    found.add_looks({PO: order(order_line("1"), order_line("2"))})
    plan = found.plan(STORE)
    assert [line.line for line in plan.lines] == ["1"]
    why = {row.row_id: [issue.code for issue in row.issues] for row in plan.left_out}
    assert Code.REASON_MISSING in why[2]
    assert why[3] == [Code.NOT_CHECKED]


def test_an_edit_changes_issues_tally_plan_and_digest_and_is_taken_back() -> None:
    found = review()
    found.add_looks(
        {
            PO: order(order_line("1"), order_line("2", ordered=2)),
            OTHER_PO: order(order_line("7", ordered=4), po=OTHER_PO),
        }
    )
    before = found.plan(STORE)
    assert (found.tally().ready, found.tally().errors) == (2, 1)
    inverse, concerned = found.apply(found.fill_blank_reasons("fraud"))
    assert concerned == {1, 2}
    assert found.tally().errors == 0
    after = found.plan(STORE)
    assert [(line.line, line.units) for line in after.lines] == [("1", 1), ("2", 2), ("7", 4)]
    assert after.digest != before.digest
    found.apply(inverse)
    assert found.plan(STORE).digest == before.digest


def test_what_walmart_said_of_one_order_never_sticks_to_an_edited_row() -> None:
    found = Review(table((PO, "1", "", "1", "OOS")), "US")
    found.add_looks({PO: order(order_line(Shipped=1))})
    assert found.worst(1) is Level.ERROR
    found.apply(SetCells((CellText(1, 0, OTHER_PO),)))
    assert found.live(1) is None
    assert found.worst(1) is None


def test_another_store_is_asked_anew() -> None:
    found = Review(table((PO, "1", "", "1", "OOS")), "US")
    assert found.add_looks({PO: order(order_line())}) == {1}
    found.forget_looks()
    assert found.live(1) is None
    assert found.plan(STORE).lines == ()


def test_the_lines_of_a_whole_order_are_named_before_they_are_sent() -> None:
    found = Review(table((PO, "all", "", "", "OOS"), (OTHER_PO, "1", "", "1", "OOS")), "US")
    found.add_looks(
        {
            each.purchase_order_id: each
            for each in (
                order(order_line("1"), order_line("2")),
                order(order_line(), po=OTHER_PO),
            )
        }
    )
    (issue,) = found.warnings_of(found.plan(STORE))
    assert (issue.row_id, issue.code) == (1, Code.WHOLE_ORDER)
    assert found.tally().warnings == 0


def test_only_many_live_orders_ask_for_the_number() -> None:
    def asks(orders: int, environment: str) -> bool:
        rows = [candidate(at, str(1000000000000 + at)) for at in range(orders)]
        return make_plan(replace(STORE, environment=environment), rows).asks_for_number

    assert asks(51, "LIVE")
    assert not asks(50, "LIVE")
    assert not asks(51, "SANDBOX")
    assert not asks(51, "PRACTICE")


def test_a_row_that_is_left_out_is_neither_read_nor_sent_and_says_why() -> None:
    found = Review(table((PO, "1", "", "1", "OOS"), (OTHER_PO, "1", "", "1", "OOS")), "US")
    found.add_looks({PO: order(order_line()), OTHER_PO: order(order_line(), po=OTHER_PO)})
    inverse, concerned = found.apply(leave_out(found.table, {2: "the customer kept it."}))
    assert concerned == {2}
    assert found.orders_wanted() == (PO,)
    assert found.live(2) is None
    plan = found.plan(STORE)
    assert [line.row_id for line in plan.lines] == [1]
    [left] = plan.left_out
    assert left_out_text(left.issues) == "Left out by you: the customer kept it."
    assert found.tally() == Tally(rows=2, ready=1, errors=0, warnings=0, left_out=1)
    found.apply(inverse)
    assert found.plan(STORE).left_out == ()
    found.apply(leave_out(found.table, {1: "so.", 2: "so."}))
    found.apply(take_back_in(found.table, [1]))
    assert [line.row_id for line in found.plan(STORE).lines] == [1]
