"""The headers under a person's hands: order, filter, width, menus."""

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHeaderView, QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cancel_desk.ui import in_turns
from cancel_desk.ui.grid.column_filter import ColumnFilterDialog, ValuesModel
from cancel_desk.ui.grid.editing import Area
from cancel_desk.ui.grid.grid_columns import Kind
from cancel_desk.ui.grid.grid_pane import GridPane
from cancel_desk.ui.grid.headers import ColumnHeader
from cancel_desk.ui.grid.sheet_model import SheetModel
from cancel_desk.ui.grid.sheet_view import SheetView
from cancel_desk.ui.in_turns import at_once
from ui.grid.conftest import CUSTOMER, LINE, NOTE, PO_COLUMN, REASON, SKU, STATE
from ui.hands import click, press, type_text

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier

# The offscreen platform says so whenever a menu opens.
pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)")


def header_of(view: SheetView) -> ColumnHeader:
    header = view.horizontalHeader()
    assert isinstance(header, ColumnHeader)
    return header


def open_menu(view: SheetView) -> QMenu:
    """Return the menu that is open."""
    return next(menu for menu in view.findChildren(QMenu) if menu.isVisible())


def choose(menu: QMenu, words: str) -> None:
    action = next(each for each in menu.actions() if each.text().replace("&", "").startswith(words))
    menu.setActiveAction(action)
    press(menu, Key.Key_Return)


def shown(view: SheetView) -> list[int]:
    return list(view.sheet.shown)


def activate(view: SheetView, qtbot: QtBot) -> None:
    """Come back to the grid; without a desktop nobody else activates its window again."""
    view.activateWindow()
    qtbot.waitUntil(view.hasFocus)


def open_dialog(view: SheetView) -> ColumnFilterDialog:
    return next(each for each in view.findChildren(ColumnFilterDialog) if each.isVisible())


def test_the_sign_of_a_header_opens_a_menu_that_sorts(view: SheetView, qtbot: QtBot) -> None:
    header = header_of(view)
    QTest.mouseClick(header.viewport(), LEFT, pos=header.sign_place(SKU).center())
    choose(open_menu(view), "Sort descending")
    assert shown(view) == [3, 6, 1, 2, 4, 5]
    QTest.mouseClick(header.viewport(), LEFT, pos=header.sign_place(SKU).center())
    menu = open_menu(view)
    assert [each.text() for each in menu.actions() if each.isChecked()] == [
        "Sort &descending (Z to A, 9 to 0)"
    ]
    choose(menu, "Order of your file")
    assert shown(view) == [1, 2, 3, 4, 5, 6]


def test_a_click_beside_the_sign_selects_the_column(view: SheetView) -> None:
    header = header_of(view)
    where = QPoint(header.sectionViewportPosition(SKU) + 10, 10)
    QTest.mouseClick(header.viewport(), LEFT, pos=where)
    assert view.areas() == [Area(range(6), (SKU,))]
    assert shown(view) == [1, 2, 3, 4, 5, 6]


def test_the_menu_opens_by_key_too(view: SheetView) -> None:
    view.go_to(0, LINE)
    press(view, Key.Key_Down, ALT | SHIFT)
    choose(open_menu(view), "Sort ascending")
    assert shown(view) == [1, 3, 4, 5, 6, 2]


def test_a_column_is_filtered_by_keys_alone(view: SheetView, qtbot: QtBot) -> None:
    view.go_to(0, SKU)
    press(view, Key.Key_L, CTRL | SHIFT)
    dialog = open_dialog(view)
    assert dialog.windowTitle() == "Filter by SKU"
    qtbot.waitUntil(dialog.search.hasFocus)
    type_text(dialog.search, "cup")
    assert dialog.show_rows.text() == "Show 1 row"
    press(dialog.search, Key.Key_Return)
    assert shown(view) == [2]
    activate(view, qtbot)
    press(view, Key.Key_L, CTRL | SHIFT)
    dialog = open_dialog(view)
    assert dialog.all.checkState() == Qt.CheckState.PartiallyChecked
    press(dialog.search, Key.Key_Down)
    press(dialog.list, Key.Key_Space)  # NW-CAP
    press(dialog.list, Key.Key_Return)
    assert shown(view) == [2, 4, 5]


def test_a_filter_of_nothing_can_not_be_chosen(view: SheetView, qtbot: QtBot) -> None:
    view.go_to(0, CUSTOMER)
    press(view, Key.Key_L, CTRL | SHIFT)
    dialog = open_dialog(view)
    press(dialog.all, Key.Key_Space)
    assert not dialog.show_rows.isEnabled()
    type_text(dialog.search, "an")
    press(dialog.all, Key.Key_Space)
    assert dialog.model.chosen() == frozenset({"Ann"})
    press(dialog, Key.Key_Escape)
    assert shown(view) == [1, 2, 3, 4, 5, 6]


def test_values_still_being_searched_are_not_taken_for_the_ones_found(
    monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    """Enter may come before very many values are looked through: all rows would be shown."""
    monkeypatch.setattr(in_turns, "PART", 1)
    monkeypatch.setattr(in_turns, "_TURN", 0.0)
    model = ValuesModel({"a": 1, "b": 1, "c": 1}, None)
    model.search("b")
    assert model.rowCount() == 3
    assert model.chosen() == frozenset({"b"})


def test_the_values_keep_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = ValuesModel({"": 2, "a": 1, "B": 3}, frozenset({"a"}))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    assert [model.index(row).data() for row in range(3)] == ["(blank)  ·  2", "a  ·  1", "B  ·  3"]
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "blank, 2 rows"
    model.search("b")
    assert (model.rowCount(), at_once(model.tally())[0]) == (1, Qt.CheckState.Unchecked)
    model.tick_listed(on=True)
    model.search("")
    assert model.chosen() == frozenset({"a", "B"})
    model.tick_listed(on=True)
    assert model.chosen() is None


def test_right_clicks_on_headers_offer_rows_and_columns(view: SheetView) -> None:
    for header, at in ((view.verticalHeader(), 3), (view.horizontalHeader(), SKU)):
        right_click(header, at)
        menu = open_menu(view)
        assert menu is view.menu if header is view.verticalHeader() else menu is not view.menu
        menu.close()
    assert list(view.selected_rows()) == [3]


def right_click(header: QHeaderView, section: int) -> None:
    at = header.sectionViewportPosition(section) + 8
    where = QPoint(at, 8) if header.orientation() == Qt.Orientation.Horizontal else QPoint(8, at)
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, where, header.mapToGlobal(where))
    QApplication.sendEvent(header.viewport(), event)


def test_a_double_click_on_an_edge_fits_the_column(view: SheetView) -> None:
    view.sheet.setData(view.sheet.index(5, SKU), "A-LONG-SKU-OF-SOME-THIRTY-CHARACTERS")
    header = header_of(view)
    edge = QPoint(header.sectionViewportPosition(SKU) + header.sectionSize(SKU) - 1, 10)
    QTest.mouseDClick(header.viewport(), LEFT, pos=edge)
    needed = view.fontMetrics().horizontalAdvance("A-LONG-SKU-OF-SOME-THIRTY-CHARACTERS")
    assert needed < view.columnWidth(SKU) <= needed + 20
    view.sheet.setData(view.sheet.index(5, SKU), "x" * 2000)
    view.resizeColumnToContents(SKU)
    assert view.columnWidth(SKU) < 700


def test_names_and_their_signs_are_seen_whole(view: SheetView) -> None:
    for at in view.visible_columns():
        assert view.columnWidth(at) >= header_of(view).sectionSizeHint(at)


def test_widths_are_remembered_by_what_a_column_is(
    view: SheetView, qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("settings") / "window.ini"
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    view.layout_of_columns.remember_in(settings)
    before = view.columnWidth(LINE)
    view.show_extras(shown=True)
    view.setColumnWidth(SKU, 222)
    view.setColumnWidth(CUSTOMER, 177)
    settings.sync()
    again = SheetView(view.sheet)
    qtbot.addWidget(again)
    again.layout_of_columns.remember_in(QSettings(str(file), QSettings.Format.IniFormat))
    again.show_extras(shown=True)
    assert [again.columnWidth(at) for at in (SKU, CUSTOMER, LINE)] == [222, 177, before]


@pytest.mark.parametrize("nonsense", ["-7", "wide", "99999999"])
def test_nonsense_in_the_settings_does_no_harm(
    view: SheetView, tmp_path_factory: pytest.TempPathFactory, nonsense: str
) -> None:
    file = tmp_path_factory.mktemp("settings") / "window.ini"
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    settings.setValue("columns/sku", nonsense)
    view.layout_of_columns.remember_in(settings)
    assert 24 <= view.columnWidth(SKU) <= 1200


def test_the_line_above_the_grid_tells_and_takes_back(model: SheetModel, qtbot: QtBot) -> None:
    view = SheetView(model)
    pane = GridPane(view)
    qtbot.addWidget(pane)
    pane.show()
    bar = pane.arrangement
    assert not bar.isVisible()
    view.sheet.sort(SKU, Qt.SortOrder.DescendingOrder)
    view.sheet.keep(LINE, frozenset({"2"}))
    view.sheet.keep(REASON, frozenset({""}))
    assert bar.words.text() == "Filtered by Line, Reason: 1 of 6 rows · Sorted by SKU, descending"
    click(bar.everything)
    assert bar.words.text() == "Sorted by SKU, descending"
    click(bar.file_order)
    assert not bar.isVisible()
    assert shown(view) == [1, 2, 3, 4, 5, 6]


def test_filters_and_order_are_applied_again_when_asked(model: SheetModel, qtbot: QtBot) -> None:
    view = SheetView(model)
    pane = GridPane(view)
    qtbot.addWidget(pane)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    view.sheet.keep(LINE, frozenset({"1"}))
    view.sheet.sort(SKU)
    assert shown(view) == [4, 5, 1, 6, 3]
    model.setData(model.index(0, SKU), "ZZ")
    model.setData(model.index(1, LINE), "2")
    assert shown(view) == [4, 5, 1, 6, 3]
    QTest.keySequence(view, QKeySequence("Ctrl+Alt+L"))
    qtbot.waitUntil(lambda: shown(view) == [1, 6, 3, 4])


def test_what_a_column_does_is_spoken(view: SheetView) -> None:
    view.sheet.sort(PO_COLUMN)
    spoken = view.sheet.headerData(
        PO_COLUMN, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole
    )
    assert str(spoken).endswith("sorted ascending")
    assert view.column_of(Kind.STATE) == STATE
    assert view.column_of(Kind.NOTE) == NOTE
