"""Issues between rows, and checking again only what an edit touched."""

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import HEADERS, OTHER_PO, PO, table
from cancel_desk.checks.checker import Checker
from cancel_desk.checks.issues import Code, Level
from cancel_desk.sheet.edits import CellText, InsertRows, RemoveRows, SetCells
from cancel_desk.sheet.leaving_out import leave_out
from cancel_desk.sheet.table import Table

Found = dict[int, set[Code]]


def check(*rows: tuple[str, ...]) -> Found:
    made = table(*rows)
    checker = Checker(made, "US")
    return {row.id: {issue.code for issue in checker.issues(row.id)} for row in made.rows}


def test_of_equal_rows_the_first_one_stays() -> None:
    found = check((PO, "1", "", "1", "OOS"), (PO, "01", "", "1.0", "out of stock"))
    assert found[1] == set()
    assert Code.SAME_LINE_TWICE in found[2]


def test_rows_that_want_different_things_of_one_line_are_all_held_back() -> None:
    for other in (("2", "OOS"), ("1", "fraud")):
        found = check((PO, "1", "", "1", "OOS"), (PO, "1", "", *other))
        assert found == {1: {Code.SAME_LINE_DIFFERENTLY}, 2: {Code.SAME_LINE_DIFFERENTLY}}


def test_the_other_row_is_named() -> None:
    made = table((PO, "1", "", "1", "OOS"), (PO, "1", "", "2", "OOS"))
    checker = Checker(made, "US")
    assert [checker.issues(row.id)[0].params["other"] for row in made.rows] == ["3", "2"]


def test_the_row_that_is_named_does_want_something_else() -> None:
    rows = ((PO, "1", "", "1", "OOS"), (PO, "1", "", "1", "OOS"), (PO, "1", "", "", "OOS"))
    made = table(*rows)
    checker = Checker(made, "US")
    shared = [checker.issues(row.id)[-1] for row in made.rows]
    assert {issue.code for issue in shared} == {Code.SAME_LINE_DIFFERENTLY}
    assert [issue.params["other"] for issue in shared] == ["4", "4", "2"]


def test_a_line_and_its_whole_order_exclude_each_other() -> None:
    found = check(
        (PO, "1", "", "1", "OOS"), (PO, "all", "", "", "OOS"), (OTHER_PO, "all", "", "", "OOS")
    )
    assert found == {1: {Code.LINE_AND_WHOLE_ORDER}, 2: {Code.LINE_AND_WHOLE_ORDER}, 3: set()}


def test_an_order_named_twice_as_a_whole_is_the_same_line_twice() -> None:
    found = check((PO, "all", "", "", "OOS"), (PO, "all", "", "", "OOS"))
    assert found == {1: set(), 2: {Code.SAME_LINE_TWICE}}


def test_the_same_line_of_two_orders_is_fine() -> None:
    found = check((PO, "1", "", "1", "OOS"), (OTHER_PO, "1", "", "1", "OOS"))
    assert found == {1: set(), 2: set()}


def test_a_row_without_a_usable_po_has_no_partners() -> None:
    found = check(("1.8E+12", "1", "", "1", "OOS"), ("1.8E+12", "1", "", "1", "OOS"))
    assert found == {1: {Code.CELL_DAMAGED}, 2: {Code.CELL_DAMAGED}}


def test_an_edit_frees_the_row_it_was_the_double_of() -> None:
    made = table((PO, "1", "", "1", "OOS"), (PO, "1", "", "2", "OOS"))
    checker = Checker(made, "US")
    edit = SetCells((CellText(2, 1, "2"),))
    made.apply(edit)
    assert checker.update(edit.row_ids) == {1, 2}
    assert checker.issues(1) == checker.issues(2) == ()


def test_a_row_left_out_is_nobodys_double() -> None:
    for row in ((PO, "1", "", "1", "OOS"), (PO, "1", "", "2", "OOS"), (PO, "all", "", "", "OOS")):
        made = table((PO, "1", "", "1", "OOS"), row, ("", "", "", "", ""))
        checker = Checker(made, "US")
        edit = leave_out(made, {2: "a double.", 3: "nothing in it."})
        made.apply(edit)
        assert checker.update(edit.row_ids) >= {1, 2, 3}
        assert checker.issues(1) == ()
        assert [issue.code for issue in checker.issues(2)] == [Code.LEFT_OUT]
        assert [issue.level for issue in checker.issues(3)] == [Level.INFO]


CELLS = st.tuples(
    st.sampled_from([PO, OTHER_PO, "", "1.8E+12"]),
    st.sampled_from(["1", "2", "all", "", "x"]),
    st.just(""),
    st.sampled_from(["1", "2", ""]),
    st.sampled_from(["OOS", "fraud", ""]),
    st.sampled_from(["", "", "nothing is sent for it."]),
)


def all_issues(checker: Checker, made: Table) -> dict[int, object]:
    return {row.id: sorted(map(repr, checker.issues(row.id))) for row in made.rows}


@settings(max_examples=150)
@given(st.lists(CELLS, max_size=8), st.data())
def test_after_any_edits_it_agrees_with_a_full_check(
    rows: list[tuple[str, ...]], data: st.DataObject
) -> None:
    made = table(*rows, headers=(*HEADERS, "Left out because"))
    checker = Checker(made, "US")
    for _ in range(data.draw(st.integers(0, 6))):
        ids = [row.id for row in made.rows]
        kind = data.draw(st.sampled_from(["set", "insert", "remove"] if ids else ["insert"]))
        edit: SetCells | InsertRows | RemoveRows
        if kind == "set":
            row_id = data.draw(st.sampled_from(ids))
            cells = data.draw(CELLS)
            edit = SetCells(tuple(CellText(row_id, at, text) for at, text in enumerate(cells)))
        elif kind == "insert":
            at = data.draw(st.integers(0, len(ids)))
            edit = InsertRows(((at, made.new_row(data.draw(CELLS))),))
        else:
            edit = RemoveRows((data.draw(st.sampled_from(ids)),))
        made.apply(edit)
        checker.update(edit.row_ids)
        assert all_issues(checker, made) == all_issues(Checker(made, "US"), made)
        assert checker.noted() == {row.id for row in made.rows if checker.issues(row.id)}
