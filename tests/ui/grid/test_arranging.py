"""Sorting and filtering by columns: a matter of view, and nothing is lost of where one was."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cancel_desk.sheet.edits import RemoveRows
from cancel_desk.ui.grid.arrangement import GRAVITY
from cancel_desk.ui.grid.editing import Area
from cancel_desk.ui.grid.findings import RowState
from cancel_desk.ui.grid.kept_place import MANY
from cancel_desk.ui.grid.sheet_model import SheetModel
from cancel_desk.ui.grid.sheet_view import SheetView
from ui.grid.conftest import CUSTOMER, LINE, NOTE, PO_COLUMN, QUANTITY, REASON, SKU, STATE
from ui.hands import editor, press, type_text

DOWN = Qt.SortOrder.DescendingOrder
FILE_ORDER = [1, 2, 3, 4, 5, 6]


def shown(model: SheetModel) -> list[int]:
    return list(model.shown)


def test_sorting_changes_the_view_and_nothing_else(
    model: SheetModel, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    before = model.review.table.rows
    model.sort(SKU)
    assert shown(model) == [4, 5, 2, 1, 6, 3]
    model.sort(SKU, DOWN)
    assert shown(model) == [3, 6, 1, 2, 4, 5]
    model.sort(STATE)
    assert shown(model) == [2, 3, 5, 6, 1, 4]
    model.sort(REASON)
    assert shown(model)[-1] == 2  # blank
    model.sort(-1)
    assert shown(model) == FILE_ORDER
    assert model.review.table.rows == before
    assert model.undo_stack.count() == 0
    assert [draft.row_id for draft in map(model.review.draft, FILE_ORDER)] == FILE_ORDER


def test_persistent_indexes_follow_their_rows(model: SheetModel) -> None:
    kept = [QPersistentModelIndex(model.index(row, SKU)) for row in (0, 3, 5)]
    model.sort(SKU)
    assert [(index.row(), index.data()) for index in kept] == [
        *((3, "NW-MUG"), (0, "NW-CAP"), (4, "NW-RUG"))
    ]


def test_an_edited_row_stays_where_it_is_until_sorted_again(model: SheetModel) -> None:
    model.sort(SKU)
    model.setData(model.index(0, SKU), "ZZ")
    assert shown(model) == [4, 5, 2, 1, 6, 3]
    model.sort(SKU)
    assert shown(model) == [5, 2, 1, 6, 3, 4]


def test_a_column_shows_only_the_values_that_are_kept(model: SheetModel) -> None:
    model.keep(SKU, frozenset({"NW-CAP", "NW-MUG"}))
    assert shown(model) == [1, 4, 5]
    model.keep(LINE, frozenset({"1"}))
    model.keep(CUSTOMER, frozenset({"Di", "Bob"}))
    assert shown(model) == [4]
    assert model.arrangement.values(CUSTOMER) == {"Ann": 1, "Di": 1, "Ed": 1}
    assert "filtered" in str(model.headerData(SKU, Qt.Orientation.Horizontal, _SPOKEN))
    model.keep(SKU, None)
    assert shown(model) == [4]
    model.keep_all()
    assert shown(model) == FILE_ORDER


_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def test_choice_filters_and_order_work_together(model: SheetModel) -> None:
    model.sort(SKU, DOWN)
    model.keep(QUANTITY, frozenset({"1"}))
    model.choose(lambda: [1, 2, 4, 6])
    assert shown(model) == [6, 1, 4]
    assert "sorted descending" in str(model.headerData(SKU, Qt.Orientation.Horizontal, _SPOKEN))


def test_another_sheet_is_shown_whole_and_in_its_order(model: SheetModel) -> None:
    model.sort(SKU)
    model.keep(LINE, frozenset({"2"}))
    model.show_review(model.review)
    assert shown(model) == FILE_ORDER


def test_deleted_rows_come_back_where_they_were_seen(model: SheetModel) -> None:
    model.sort(SKU, DOWN)
    model.do("deletion", RemoveRows((6, 1, 5)))
    assert shown(model) == [3, 2, 4]
    model.undo_stack.undo()
    assert shown(model) == [3, 6, 1, 2, 4, 5]
    assert [row.id for row in model.review.table.rows] == FILE_ORDER


def test_new_rows_come_in_beside_the_row_one_is_in(view: SheetView) -> None:
    view.sort(SKU)  # 4, 5, 2, 1, 6, 3
    view.go_to(3, SKU)
    view.editing.insert_rows(3, 2, below=False)
    assert shown(view.sheet) == [4, 5, 2, 7, 8, 1, 6, 3]
    assert [row.id for row in view.sheet.review.table.rows] == [7, 8, *FILE_ORDER]
    view.editing.insert_rows(0, 1, below=False)
    view.editing.insert_rows(8, 1, below=True)
    assert shown(view.sheet) == [9, 4, 5, 2, 7, 8, 1, 6, 3, 10]


def test_current_cell_and_selection_stay_with_their_rows(view: SheetView) -> None:
    view.select_area(Area(range(3, 5), (LINE, SKU)))
    view.sort(SKU)
    assert view.areas() == [Area(range(2), (LINE, SKU))]
    assert view.currentIndex().data() == "1"
    view.sheet.choose(lambda: [1, 4, 5])
    assert view.areas() == [Area(range(2), (LINE, SKU))]
    view.sort(-1)
    assert view.areas() == [Area(range(1, 3), (LINE, SKU))]


def test_a_whole_column_stays_selected_and_a_torn_selection_shrinks_to_its_cell(
    view: SheetView, monkeypatch: pytest.MonkeyPatch
) -> None:
    flags = QItemSelectionModel.SelectionFlag
    view.selectionModel().select(view.sheet.index(0, SKU), flags.ClearAndSelect | flags.Columns)
    view.sort(SKU)
    assert view.areas() == [Area(range(6), (SKU,))]
    monkeypatch.setattr("cancel_desk.ui.grid.kept_place.MANY", 1)
    view.select_area(Area(range(2), (SKU,)))
    view.sort(-1)
    assert view.areas() == [Area(range(3, 4), (SKU,))]
    assert MANY > 100


def test_the_note_and_the_state_can_be_filtered_by_too(model: SheetModel) -> None:
    assert model.arrangement.values(STATE) == {"Error": 4, "Ready": 2}
    model.keep(STATE, frozenset({"Ready"}))
    assert shown(model) == [1, 4]
    model.keep(STATE, None)
    model.keep(NOTE, frozenset({""}))
    assert shown(model) == [1, 4]


def test_a_row_being_edited_never_vanishes_and_keeps_what_was_typed(view: SheetView) -> None:
    view.go_to(1, SKU)
    press(view, Qt.Key.Key_F2)
    type_text(editor(view), "X")
    view.sheet.choose(lambda: [1, 6])
    assert shown(view.sheet) == [1, 2, 6]
    assert view.sheet.index(1, SKU).data() == "NW-CUPX"
    assert view.currentIndex() == view.sheet.index(1, SKU)
    view.sheet.choose(lambda: [1, 6])
    assert shown(view.sheet) == [1, 6]
    view.go_to(0, SKU)
    press(view, Qt.Key.Key_Z)
    view.sort(SKU)
    assert [view.sheet.index(row, SKU).data() for row in range(2)] == ["NW-RUG", "z"]
    assert view.currentIndex().row() == 1


def test_every_state_has_its_place_when_sorted(model: SheetModel) -> None:
    assert set(GRAVITY) == set(RowState)


def test_the_rows_shown_are_told_of(model: SheetModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.arranged):
        model.sort(PO_COLUMN)
    with qtbot.waitSignal(model.arranged):
        model.keep(LINE, frozenset())
    assert shown(model) == []
    with qtbot.waitSignal(model.arranged):
        model.keep_all()
    with qtbot.waitSignal(model.arranged):
        model.choose(lambda: [1])
