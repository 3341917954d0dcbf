"""The table: rows joined by id, and edits that take themselves back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.edits import CellText, Edit, InsertRows, RemoveRows, SetCells
from cancel_desk.sheet.rows import FileKind, Mark, RawSheet, Row, Source
from cancel_desk.sheet.table import Table

SOURCE = Source("orders.csv", FileKind.TEXT, None, 1, "utf-8", ",")


def a_table(rows: int = 3) -> Table:
    cells = [
        Row(at, at + 1, (f"po{at}", f"note{at}"), ((0, Mark.DATE),)) for at in range(1, rows + 1)
    ]
    return Table(RawSheet(SOURCE, ("PO#", "Note"), tuple(cells)), {Column.PO: 0})


def test_needed_columns_stand_behind_the_persons_own() -> None:
    table = a_table()
    assert table.headers == ("PO#", "Note")
    assert table.width == 7
    assert table.columns[Column.LINE] == 2
    assert table.at(0).cells == ("po1", "note1", "", "", "", "", "")
    assert Column.STATUS not in table.columns
    assert table.text(table.at(0), Column.STATUS) == ""
    assert table.has_own(Column.PO)
    assert not table.has_own(Column.LINE)
    assert not table.has_own(Column.STATUS)


def test_rows_are_found_by_id_wherever_they_are() -> None:
    table = a_table()
    table.apply(RemoveRows((1,)))
    assert (len(table), table.position(3), table.row(3).cells[0]) == (2, 1, "po3")
    assert 1 not in table
    assert 3 in table
    with pytest.raises(KeyError):
        table.row(1)


def test_new_rows_have_ids_of_their_own() -> None:
    table = a_table()
    first = table.new_row(["17"])
    table.apply(InsertRows(((0, first),)))
    table.apply(RemoveRows((first.id,)))
    second = table.new_row()
    assert (first.id, second.id, first.number) == (4, 5, None)
    assert first.cells == ("17", "", "", "", "", "", "")


def test_typing_over_a_cell_removes_its_mark_and_undo_brings_it_back() -> None:
    table = a_table()
    undo = table.apply(SetCells((CellText(2, 0, "17"),)))
    assert (table.row(2).cells[0], table.row(2).mark(0)) == ("17", None)
    table.apply(undo)
    assert (table.row(2).cells[0], table.row(2).mark(0)) == ("po2", Mark.DATE)


def test_of_two_texts_for_one_cell_the_later_stays() -> None:
    table = a_table()
    undo = table.apply(SetCells((CellText(1, 1, "a"), CellText(1, 1, "b", Mark.ERROR))))
    assert (table.row(1).cells[1], table.row(1).mark(1)) == ("b", Mark.ERROR)
    table.apply(undo)
    assert table.rows == a_table().rows


def test_edits_name_the_rows_they_change() -> None:
    row = a_table().at(0)
    assert SetCells((CellText(7, 0, "x"), CellText(8, 0, "y"))).row_ids == {7, 8}
    assert InsertRows(((0, row),)).row_ids == {1}
    assert RemoveRows((3, 4)).row_ids == {3, 4}


EDITS = st.lists(
    st.one_of(
        st.builds(
            lambda ids, text: ("set", ids, text),
            st.lists(st.integers(0, 9), min_size=1, max_size=4),
            st.text(max_size=3),
        ),
        st.builds(lambda ids: ("remove", ids, ""), st.lists(st.integers(0, 9), max_size=4)),
        st.builds(lambda ids: ("insert", ids, ""), st.lists(st.integers(0, 9), max_size=4)),
    ),
    max_size=8,
)


def an_edit(table: Table, kind: str, places: list[int], text: str) -> Edit:
    ids = [table.at(place % len(table)).id for place in places] if len(table) else []
    if kind == "set":
        return SetCells(
            tuple(CellText(row_id, at % 3, text + str(at)) for at, row_id in enumerate(ids))
        )
    if kind == "remove":
        return RemoveRows(tuple(ids))
    spots = sorted({place % (len(table) + 1) for place in places})
    return InsertRows(tuple((spot, table.new_row([text])) for spot in spots))


@given(EDITS)
def test_undoing_all_edits_restores_the_table(edits: list[tuple[str, list[int], str]]) -> None:
    table = a_table(5)
    before = table.rows
    undo: list[Edit] = []
    states = [before]
    for kind, places, text in edits:
        undo.append(table.apply(an_edit(table, kind, places, text)))
        states.append(table.rows)
    redo: list[Edit] = []
    for edit in reversed(undo):
        assert table.rows == states.pop()
        redo.append(table.apply(edit))
    assert table.rows == before
    assert all(table.position(row.id) == at for at, row in enumerate(table.rows))
    for edit in reversed(redo):
        table.apply(edit)
    for edit in reversed(undo):
        table.apply(edit)
    assert table.rows == before
