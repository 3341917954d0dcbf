"""Which columns of a table are written."""

from builders import PO, table
from cancel_desk.sheet.columns import Column, match_columns
from cancel_desk.sheet.kept_columns import kept_columns
from cancel_desk.sheet.leaving_out import leave_out


def test_columns_that_were_filled_in_stand_behind_the_persons_own() -> None:
    made = table((PO, "Ann"), (PO, "Bob"), headers=("PO", "Customer"))
    assert kept_columns(made).headers == ("PO", "Customer")
    row = made.at(1).with_cell(made.columns[Column.QUANTITY], "2")
    made.replace_rows([row])
    made.apply(leave_out(made, {1: "so."}))
    kept = kept_columns(made)
    assert kept.headers == ("PO", "Customer", "Qty", "Left out because")
    assert [kept.cells(row) for row in made.rows] == [
        (PO, "Ann", "", "so."),
        (PO, "Bob", "2", ""),
    ]
    without = kept_columns(made, without=(Column.LEFT_OUT,))
    assert without.headers == ("PO", "Customer", "Qty")
    assert without.cells(made.at(0)) == (PO, "Ann", "")


def test_written_columns_are_found_again_by_their_names() -> None:
    made = table((PO,), headers=("PO#",))
    filled = made.at(0)
    for at in range(1, made.width):
        filled = filled.with_cell(at, "x")
    made.replace_rows([filled])
    assert match_columns(kept_columns(made).headers).columns == made.columns
