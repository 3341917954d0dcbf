"""Sorting and filtering by columns: a matter of view, and nothing is lost of where one was."""

from collections.abc import Mapping, Sequence

import pytest
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cancel_desk.sheet.edits import RemoveRows
from cancel_desk.ui import in_turns
from cancel_desk.ui.grid import row_order
from cancel_desk.ui.grid.arrangement import GRAVITY
from cancel_desk.ui.grid.arrangement_bar import ArrangementBar
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


def values(model: SheetModel, column: int) -> Mapping[str, int]:
    found: list[Mapping[str, int]] = []
    model.look_for_values(column, found.append)
    return found[0]


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


def test_row_numbers_stay_those_of_the_file(model: SheetModel) -> None:
    def numbers() -> list[str]:
        down = Qt.Orientation.Vertical
        return [str(model.headerData(row, down)) for row in range(model.rowCount())]

    model.sort(SKU)
    assert numbers() == ["5", "6", "3", "2", "7", "4"]
    model.keep(LINE, frozenset({"1"}))
    assert numbers() == ["5", "6", "2", "7", "4"]


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


def asked_again(model: SheetModel, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that the columns come into of which every row is looked at from now on."""
    asked: list[int] = []
    texts = model.arrangement.texts

    def told(column: int, row_ids: Sequence[int]) -> list[str]:
        asked.append(column)
        return texts(column, row_ids)

    monkeypatch.setattr(model.arrangement, "texts", told)
    return asked


def test_a_column_is_looked_through_once_until_it_may_say_something_else(
    model: SheetModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asked_again(model, monkeypatch)
    model.sort(SKU)
    model.sort(SKU, DOWN)
    model.keep(SKU, frozenset({"NW-CAP"}))
    assert values(model, SKU)["NW-CAP"] == 2
    model.keep_all()
    model.sort(NOTE)
    assert asked == [SKU, NOTE]
    model.setData(model.index(0, LINE), "7")  # what is noted of a row may change with any cell
    model.sort(SKU)
    model.sort(NOTE)
    assert asked == [SKU, NOTE, NOTE]
    model.setData(model.index(0, SKU), "AA")
    model.sort(SKU, DOWN)
    assert asked == [SKU, NOTE, NOTE, SKU]
    model.do("deletion", RemoveRows((1,)))
    model.sort(SKU)
    assert asked == [SKU, NOTE, NOTE, SKU, SKU]
    model.say_again()
    model.sort(SKU)
    assert asked == [SKU, NOTE, NOTE, SKU, SKU, SKU]


def test_a_column_shows_only_the_values_that_are_kept(model: SheetModel) -> None:
    model.keep(SKU, frozenset({"NW-CAP", "NW-MUG"}))
    assert shown(model) == [1, 4, 5]
    model.keep(LINE, frozenset({"1"}))
    model.keep(CUSTOMER, frozenset({"Di", "Bob"}))
    assert shown(model) == [4]
    assert values(model, CUSTOMER) == {"Ann": 1, "Di": 1, "Ed": 1}
    assert "filtered" in str(model.headerData(SKU, Qt.Orientation.Horizontal, _SPOKEN))
    model.keep(SKU, None)
    assert shown(model) == [4]
    model.keep_all()
    assert shown(model) == FILE_ORDER


_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def test_choice_filters_and_order_work_together(model: SheetModel) -> None:
    model.sort(SKU, DOWN)
    model.keep(QUANTITY, frozenset({"1"}))
    model.choose(lambda: [[1, 2, 4, 6]])
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
    view.sheet.sort(SKU)  # 4, 5, 2, 1, 6, 3
    view.go_to(3, SKU)
    view.editing.insert_rows(3, 2, below=False)
    assert shown(view.sheet) == [4, 5, 2, 7, 8, 1, 6, 3]
    assert [row.id for row in view.sheet.review.table.rows] == [7, 8, *FILE_ORDER]
    view.editing.insert_rows(0, 1, below=False)
    view.editing.insert_rows(8, 1, below=True)
    assert shown(view.sheet) == [9, 4, 5, 2, 7, 8, 1, 6, 3, 10]


def test_current_cell_and_selection_stay_with_their_rows(view: SheetView) -> None:
    view.select_area(Area(range(3, 5), (LINE, SKU)))
    view.sheet.sort(SKU)
    assert view.areas() == [Area(range(2), (LINE, SKU))]
    assert view.currentIndex().data() == "1"
    view.sheet.choose(lambda: [[1, 4, 5]])
    assert view.areas() == [Area(range(2), (LINE, SKU))]
    view.sheet.sort(-1)
    assert view.areas() == [Area(range(1, 3), (LINE, SKU))]


def test_a_whole_column_stays_selected_and_a_torn_selection_shrinks_to_its_cell(
    view: SheetView, monkeypatch: pytest.MonkeyPatch
) -> None:
    flags = QItemSelectionModel.SelectionFlag
    view.selectionModel().select(view.sheet.index(0, SKU), flags.ClearAndSelect | flags.Columns)
    view.sheet.sort(SKU)
    assert view.areas() == [Area(range(6), (SKU,))]
    monkeypatch.setattr("cancel_desk.ui.grid.kept_place.MANY", 1)
    view.select_area(Area(range(2), (SKU,)))
    view.sheet.sort(-1)
    assert view.areas() == [Area(range(3, 4), (SKU,))]
    assert MANY > 100


def test_the_note_and_the_state_can_be_filtered_by_too(model: SheetModel) -> None:
    assert values(model, STATE) == {"Error": 4, "Ready": 2}
    model.keep(STATE, frozenset({"Ready"}))
    assert shown(model) == [1, 4]
    model.keep(STATE, None)
    model.keep(NOTE, frozenset({""}))
    assert shown(model) == [1, 4]


def test_a_row_being_edited_never_vanishes_and_keeps_what_was_typed(view: SheetView) -> None:
    view.go_to(1, SKU)
    press(view, Qt.Key.Key_F2)
    type_text(editor(view), "X")
    view.sheet.choose(lambda: [[1, 6]])
    assert shown(view.sheet) == [1, 2, 6]
    assert view.sheet.index(1, SKU).data() == "NW-CUPX"
    assert view.currentIndex() == view.sheet.index(1, SKU)
    view.sheet.choose(lambda: [[1, 6]])
    assert shown(view.sheet) == [1, 6]
    view.go_to(0, SKU)
    press(view, Qt.Key.Key_Z)
    view.sheet.sort(SKU)
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
        model.choose(lambda: [[1]])


@pytest.fixture
def slow_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at a single row in each turn of the event loop."""
    monkeypatch.setattr(in_turns, "PART", 1)
    monkeypatch.setattr(row_order, "PART", 1)
    monkeypatch.setattr(in_turns, "_TURN", 0.0)


def settle(view: SheetView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not view.sheet.is_arranging)


@pytest.mark.usefixtures("slow_turns")
def test_many_rows_are_sorted_and_chosen_over_turns_and_shown_all_at_once(
    view: SheetView, qtbot: QtBot
) -> None:
    view.select_area(Area(range(3, 5), (LINE, SKU)))
    view.sheet.sort(SKU)
    seen = set()
    while view.sheet.is_arranging:
        seen.add((tuple(view.sheet.shown), view.sheet.arrangement.order))
        QApplication.processEvents()
    assert seen == {(tuple(FILE_ORDER), None)}
    assert shown(view.sheet) == [4, 5, 2, 1, 6, 3]
    assert view.areas() == [Area(range(2), (LINE, SKU))]
    view.sheet.keep(LINE, frozenset({"1"}))
    view.sheet.choose(lambda: [[1], [2, 5], [6]])
    view.sheet.sort(SKU, DOWN)
    settle(view, qtbot)
    assert shown(view.sheet) == [6, 1, 5]


@pytest.mark.usefixtures("slow_turns")
def test_what_is_edited_meanwhile_counts(view: SheetView, qtbot: QtBot) -> None:
    view.sheet.sort(SKU)
    QApplication.processEvents()
    view.sheet.setData(view.sheet.index(0, SKU), "ZZ")
    view.editing.delete_rows([1])
    view.editing.insert_rows(0, 1, below=False)
    settle(view, qtbot)
    assert shown(view.sheet) == [4, 5, 6, 3, 1, 7]
    view.sheet.keep(SKU, frozenset({"ZZ", "NW-CAP"}))
    view.sheet.undo_stack.undo()
    view.sheet.undo_stack.undo()
    view.sheet.undo_stack.undo()
    settle(view, qtbot)
    assert shown(view.sheet) == [4, 5]


@pytest.mark.usefixtures("slow_turns")
def test_other_rows_wait_while_a_cell_is_typed_into(view: SheetView, qtbot: QtBot) -> None:
    view.sheet.sort(SKU)
    view.go_to(1, SKU)
    press(view, Qt.Key.Key_F2)
    type_text(editor(view), "X")
    for _ in range(200):
        QApplication.processEvents()
    assert shown(view.sheet) == FILE_ORDER
    assert editor(view).text() == "NW-CUPX"
    press(editor(view), Qt.Key.Key_Return)
    assert shown(view.sheet) == FILE_ORDER
    settle(view, qtbot)
    assert [view.sheet.index(row, SKU).data() for row in range(3)] == ["NW-CAP"] * 2 + ["NW-CUPX"]


@pytest.mark.usefixtures("slow_turns")
def test_another_sheet_is_not_arranged_as_the_one_before(view: SheetView, qtbot: QtBot) -> None:
    found: list[Mapping[str, int]] = []
    view.sheet.sort(SKU)
    view.sheet.look_for_values(SKU, found.append)
    view.sheet.show_review(view.sheet.review)
    view.sheet.look_for_values(LINE, found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert (shown(view.sheet), found) == (FILE_ORDER, [{"1": 5, "2": 1}])


@pytest.mark.usefixtures("slow_turns")
def test_values_to_filter_by_are_those_after_the_latest_edit(
    model: SheetModel, qtbot: QtBot
) -> None:
    found: list[Mapping[str, int]] = []
    model.look_for_values(SKU, found.append)
    model.do("deletion", RemoveRows((4, 5, 6)))
    qtbot.waitUntil(lambda: bool(found))
    assert found == [{"NW-CUP": 1, "NW-MUG": 1, "NW-TEE": 1}]


def test_a_long_wait_is_said(
    view: SheetView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = ArrangementBar(view)
    qtbot.addWidget(bar)
    monkeypatch.setattr(in_turns, "PART", 1)
    monkeypatch.setattr(in_turns, "_TURN", 0.0)
    view.sheet.type_into(1)  # nothing goes on while a cell is typed into
    view.sheet.sort(SKU)
    qtbot.waitUntil(lambda: bar.words.text() == "Looking through the rows…")
    view.sheet.type_into(None)
    settle(view, qtbot)
    assert bar.words.text() == "Sorted by SKU"
