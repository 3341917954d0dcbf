"""Filling in what Walmart says: seen in rows, and never another thing than was asked for."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import HEADERS, OTHER_PO, PO, order, order_line, table
from cancel_desk.checks.filling_in import FilledIn, fill_in
from cancel_desk.checks.issues import Code
from cancel_desk.checks.live import NotRead
from cancel_desk.checks.plan import Store
from cancel_desk.checks.review import Review
from cancel_desk.sheet.edits import CellText, Edit, SetCells
from cancel_desk.walmart.orders import OrderLine

STORE = Store("Northwind Goods", "US", "LIVE", "https://marketplace.walmartapis.com")


def apply(review: Review, edits: Sequence[Edit]) -> list[Edit]:
    return [review.apply(edit)[0] for edit in edits][::-1]


def cells(review: Review) -> list[tuple[str, ...]]:
    return [row.cells for row in review.table.rows]


def test_a_whole_order_becomes_its_open_lines_with_the_persons_own_cells() -> None:
    headers = ("Customer", "PO#", "Cancel Reason")
    rows = (("Ann", PO, "oos"), ("Bob", OTHER_PO, "fraud"))
    review = Review(table(*rows, headers=headers), "US")
    review.add_looks(
        {
            PO: order(
                order_line("1", ordered=2, sku="A"),
                order_line("2", Shipped=1, sku="B"),
                order_line("4", sku="C"),
            )
        }
    )
    before, plan = review.table.rows, review.plan(STORE)
    filled = fill_in(review)
    assert (filled.orders, filled.lines, filled.quantities) == (1, 2, 0)
    undo = apply(review, filled.edits)
    assert [(row.id, row.number) for row in review.table.rows] == [(1, 2), (3, 2), (2, 3)]
    assert cells(review) == [
        ("Ann", PO, "oos", "1", "A", "2", ""),
        ("Ann", PO, "oos", "4", "C", "1", ""),
        ("Bob", OTHER_PO, "fraud", "", "", "", ""),
    ]
    assert asked(review) == [(PO, "1", 2, "A", 0), (PO, "4", 1, "C", 0)]
    assert fill_in(review) == FilledIn()
    redo = apply(review, undo)
    assert review.table.rows == before
    assert review.plan(STORE) == plan
    apply(review, redo)
    assert len(review.table) == 3


def test_rows_for_whole_orders_wait_for_their_errors_to_be_fixed() -> None:
    rows = ((PO, ""), (OTHER_PO, "oos"), (OTHER_PO, ""))
    review = Review(table(*rows, headers=("PO#", "Cancel Reason")), "US")
    review.add_looks({PO: order(order_line("1"), order_line("2"))})
    assert fill_in(review) == FilledIn(waiting=frozenset({1, 2, 3}))
    review.apply(SetCells((CellText(1, 1, "oos"),)))
    assert fill_in(review, only={3}) == FilledIn(waiting=frozenset({3}))
    filled = fill_in(review, only={1})
    assert (filled.orders, filled.lines, filled.waiting) == (1, 2, frozenset())


def test_a_blank_quantity_becomes_what_is_open() -> None:
    review = Review(table((PO, "1", "", "", "oos"), (PO, "2", "", "", "oos")), "US")
    review.add_looks({PO: order(order_line("1", ordered=5, Shipped=2), order_line("2"))})
    filled = fill_in(review)
    assert (filled.orders, filled.quantities) == (0, 2)
    apply(review, filled.edits)
    assert [row[3] for row in cells(review)] == ["3", "1"]
    assert review.tally().warnings == 0


def test_what_is_partly_cancelled_stays_blank_since_a_number_would_be_held_back() -> None:
    review = Review(table((PO, "1", "", "", "oos"), (OTHER_PO, "all", "", "", "oos")), "US")
    part = order_line("1", ordered=3, Cancelled=1)
    review.add_looks({PO: order(part), OTHER_PO: order(part, order_line("2"), po=OTHER_PO)})
    apply(review, fill_in(review).edits)
    assert [(row[1], row[3]) for row in cells(review)] == [("1", ""), ("1", ""), ("2", "1")]
    assert [issue.code for issue in review.issues(1)] == [Code.QUANTITY_BLANK]
    assert [units for _, _, units, _, _ in asked(review)] == [2, 2, 1]


def test_rows_with_errors_unread_orders_and_the_row_typed_into_stay() -> None:
    review = Review(
        table(
            (PO, "all", "", "", "oos"),
            (OTHER_PO, "all", "", "", "oos"),
            ("1796277091000", "all", "", "", ""),
        ),
        "US",
    )
    known = order(order_line("1"), order_line("2"))
    review.add_looks({PO: known, OTHER_PO: NotRead("Walmart did not answer."), "179": None})
    assert fill_in(review, besides=1) == FilledIn(waiting=frozenset({3}))
    assert fill_in(review).lines == 2


def test_an_answer_for_a_row_that_was_edited_meanwhile_is_not_applied() -> None:
    review = Review(table((PO, "all", "", "", "oos")), "US")
    review.apply(SetCells((CellText(1, 0, OTHER_PO),)))
    review.add_looks({PO: order(order_line("1"), order_line("2"))})
    assert fill_in(review) == FilledIn()
    assert review.live(1) is None


def asked(review: Review) -> list[tuple[str, str, int, str, int]]:
    """Return what would be sent, line by line."""
    return [
        (request.po, line.line, line.units, line.sku, line.cancelled)
        for request in review.plan(STORE).requests
        for line in request.lines
    ]


ROWS = st.tuples(
    st.sampled_from([PO, OTHER_PO]),
    st.sampled_from(["1", "2", "3", "all", ""]),
    st.sampled_from(["", "A"]),
    st.sampled_from(["", "1", "2"]),
    st.sampled_from(["oos", "fraud", ""]),
    st.sampled_from(["", "", "so."]),
)


@st.composite
def lines(draw: st.DrawFn) -> OrderLine:
    ordered = draw(st.integers(1, 4))
    gone = draw(st.integers(0, ordered))
    status = draw(st.sampled_from(["Cancelled", "Shipped", "Delivered"]))
    number, sku = draw(st.sampled_from("123")), draw(st.sampled_from("AB"))
    return OrderLine(number, sku, "", ordered, {status: gone} if gone else {})


ORDERS = st.lists(lines(), min_size=1, max_size=3, unique_by=lambda line: line.number)


@settings(max_examples=200)
@given(st.lists(ROWS, max_size=6), ORDERS, ORDERS)
def test_filling_in_never_changes_what_is_sent(
    rows: list[tuple[str, ...]], one: list[OrderLine], other: list[OrderLine]
) -> None:
    review = Review(table(*rows, headers=(*HEADERS, "Left out because")), "US")
    review.add_looks({PO: order(*one), OTHER_PO: order(*other, po=OTHER_PO)})
    before, start = asked(review), review.table.rows
    undo = apply(review, fill_in(review).edits)
    assert sorted(asked(review)) == sorted(before)
    full = Review(review.table, "US")
    full.add_looks({PO: order(*one), OTHER_PO: order(*other, po=OTHER_PO)})
    for row in review.table.rows:
        assert review.issues(row.id) == full.issues(row.id)
    apply(review, undo)
    assert review.table.rows == start
