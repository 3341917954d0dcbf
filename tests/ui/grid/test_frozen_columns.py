"""State and purchase order stay in view, and are used there like any other cell."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cancel_desk.ui.grid.editing import Area
from cancel_desk.ui.grid.frozen_pane import FrozenCells
from cancel_desk.ui.grid.sheet_view import SheetView
from ui.grid.conftest import CUSTOMER, LINE, NOTE, PO_COLUMN, QUANTITY, REASON, SKU, STATE
from ui.hands import editor, press, type_text

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def scrolled(view: SheetView) -> SheetView:
    """A narrow grid, scrolled to its right end."""
    view.show_extras(shown=True)
    view.resize(600, 400)
    bar = view.horizontalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 300
    return view


def seen_at(view: SheetView, row: int, column: int) -> QPoint:
    return view.visualRect(view.sheet.index(row, column)).center()


def under(view: SheetView, where: QPoint) -> QWidget:
    """Return the widget that the mouse meets in a place of the grid."""
    found = view.childAt(view.viewport().mapTo(view, where))
    assert found is not None
    return found


def click_at(view: SheetView, where: QPoint, modifiers: Qt.KeyboardModifier | None = None) -> None:
    QTest.mouseClick(
        under(view, where), LEFT, modifiers or Qt.KeyboardModifier.NoModifier, pos=where
    )


def test_they_are_seen_where_they_were(scrolled: SheetView) -> None:
    picture = scrolled.grab().toImage()
    bar = scrolled.horizontalScrollBar()
    bar.setValue(0)
    before = scrolled.grab().toImage()
    corner = scrolled.viewport().pos()
    width = scrolled.columnWidth(STATE) + scrolled.columnWidth(PO_COLUMN)
    same = [
        picture.pixelColor(corner.x() + x, corner.y() + y)
        == before.pixelColor(corner.x() + x, corner.y() + y)
        for x in range(width)
        for y in range(-20, 160)
    ]
    assert all(same)
    assert picture != before


def test_a_click_on_them_means_them(scrolled: SheetView) -> None:
    before = scrolled.horizontalScrollBar().value()
    click_at(scrolled, seen_at(scrolled, 2, PO_COLUMN))
    assert scrolled.areas() == [Area(range(2, 3), (PO_COLUMN,))]
    assert scrolled.horizontalScrollBar().value() == before
    click_at(scrolled, seen_at(scrolled, 4, CUSTOMER))
    assert scrolled.areas() == [Area(range(4, 5), (CUSTOMER,))]


def test_one_types_into_them_where_they_are_seen(scrolled: SheetView) -> None:
    where = seen_at(scrolled, 2, PO_COLUMN)
    click_at(scrolled, where)
    QTest.mouseDClick(under(scrolled, where), LEFT, pos=where)
    field = editor(scrolled)
    place = scrolled.visualRect(scrolled.currentIndex()).topLeft()
    assert field.mapTo(scrolled, QPoint(0, 0)) == scrolled.viewport().mapTo(scrolled, place)
    assert under(scrolled, where) is field
    type_text(field, "7")
    press(field, Key.Key_Return)
    assert str(scrolled.sheet.index(2, PO_COLUMN).data()).endswith("1477")


def test_one_drags_from_them_over_what_is_behind(scrolled: SheetView) -> None:
    start, end = seen_at(scrolled, 1, PO_COLUMN), seen_at(scrolled, 3, CUSTOMER)
    pane = under(scrolled, start)
    QTest.mousePress(pane, LEFT, pos=start)
    QTest.mouseMove(pane, start + QPoint(30, 30))
    QTest.mouseMove(pane, end)
    QTest.mouseRelease(pane, LEFT, pos=end)
    assert scrolled.areas() == [
        Area(range(1, 4), (PO_COLUMN, LINE, SKU, QUANTITY, REASON, 6, NOTE, CUSTOMER))
    ]


def test_keys_bring_cells_out_from_behind_them(scrolled: SheetView) -> None:
    scrolled.go_to(0, CUSTOMER)
    for _ in range(CUSTOMER - PO_COLUMN):
        press(scrolled, Key.Key_Left)
        rect = scrolled.visualRect(scrolled.currentIndex())
        if scrolled.currentIndex().column() > PO_COLUMN:
            assert rect.left() >= scrolled.columnWidth(STATE) + scrolled.columnWidth(PO_COLUMN)
        assert scrolled.viewport().rect().contains(rect.topLeft())
    assert scrolled.currentIndex().column() == PO_COLUMN


def test_their_header_is_theirs(scrolled: SheetView) -> None:
    header = scrolled.horizontalHeader()
    QTest.mouseClick(header.viewport(), LEFT, pos=QPoint(scrolled.columnWidth(STATE) + 10, 10))
    assert scrolled.areas() == [Area(range(6), (PO_COLUMN,))]
    edge = QPoint(scrolled.columnWidth(STATE) + scrolled.columnWidth(PO_COLUMN) - 1, 10)
    before = scrolled.columnWidth(PO_COLUMN)
    QTest.mousePress(header.viewport(), LEFT, pos=edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(25, 0))
    QTest.mouseRelease(header.viewport(), LEFT, pos=edge + QPoint(25, 0))
    assert scrolled.columnWidth(PO_COLUMN) == before + 25
    QTest.mouseMove(header.viewport(), edge)
    assert header.cursor().shape() == Qt.CursorShape.ArrowCursor
    QTest.mouseMove(header.viewport(), edge + QPoint(24, 0))
    assert header.cursor().shape() == Qt.CursorShape.SplitHCursor
    QTest.mouseDClick(header.viewport(), LEFT, pos=edge + QPoint(24, 0))
    assert scrolled.columnWidth(PO_COLUMN) <= before


def test_an_edit_is_seen_on_them_at_once(scrolled: SheetView) -> None:
    scrolled.go_to(0, CUSTOMER)
    where = scrolled.viewport().mapTo(
        scrolled, scrolled.visualRect(scrolled.sheet.index(0, 1)).topLeft()
    )
    before = scrolled.grab().toImage().pixelColor(where + QPoint(3, 3))
    scrolled.sheet.setData(scrolled.sheet.index(0, PO_COLUMN), "")
    after = scrolled.grab().toImage().pixelColor(where + QPoint(3, 3))
    assert before != after
    assert after == QColor(scrolled.itemDelegate().colours.error_ground)  # type: ignore[attr-defined]


def test_nothing_is_frozen_where_it_would_leave_no_room(view: SheetView) -> None:
    view.resize(260, 300)
    view.horizontalScrollBar().setValue(200)
    assert view.visualRect(view.sheet.index(0, STATE)).left() < 0
    view.resize(900, 300)
    assert view.visualRect(view.sheet.index(0, STATE)).left() == 0


def test_shift_and_a_click_extend_from_the_cell_that_keys_led_to(view: SheetView) -> None:
    click_at(view, seen_at(view, 0, SKU))
    view.go_to(2, LINE)
    click_at(view, seen_at(view, 4, QUANTITY), SHIFT)
    assert view.areas() == [Area(range(2, 5), (LINE, SKU, QUANTITY))]
    click_at(view, seen_at(view, 1, LINE), SHIFT)
    assert view.areas() == [Area(range(1, 3), (LINE,))]


def test_the_mouse_is_heard_where_the_frozen_cells_lie(view: SheetView) -> None:
    click_at(view, seen_at(view, 0, SKU))
    press(view, Key.Key_F2)
    assert under(view, seen_at(view, 0, PO_COLUMN)) is not view.viewport()
    QApplication.sendPostedEvents()
    click_at(view, seen_at(view, 3, PO_COLUMN))
    assert (view.currentIndex().row(), view.currentIndex().column()) == (3, PO_COLUMN)
    QApplication.sendPostedEvents()
    assert under(view, seen_at(view, 0, PO_COLUMN)) is view.viewport()


def test_a_field_behind_them_is_not_seen(scrolled: SheetView) -> None:
    scrolled.horizontalScrollBar().setValue(0)
    click_at(scrolled, seen_at(scrolled, 1, SKU))
    press(scrolled, Key.Key_F2)
    field = editor(scrolled)
    scrolled.horizontalScrollBar().setValue(scrolled.horizontalScrollBar().maximum())
    corner = scrolled.viewport().mapFromGlobal(field.mapToGlobal(field.rect().center()))
    where = QPoint(scrolled.columnWidth(STATE) + 5, corner.y())
    assert isinstance(under(scrolled, where), FrozenCells)


class Painted(QObject):
    """Notes what is painted of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.places: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.places.append(event.rect())
        return super().eventFilter(watched, event)


@pytest.mark.parametrize("right", [0, 200])
def test_only_what_comes_into_view_is_painted(scrolled: SheetView, right: int) -> None:
    """All else is shifted: painting every cell for each line takes four times as long."""
    scrolled.resize(600, 150)
    scrolled.horizontalScrollBar().setValue(right)
    QApplication.processEvents()
    painted = Painted(scrolled.viewport())
    scrolled.verticalScrollBar().setValue(20)
    QApplication.processEvents()
    assert [place.height() for place in painted.places] == [20]


def test_all_is_painted_anew_where_the_frozen_cells_would_move(scrolled: SheetView) -> None:
    painted = Painted(scrolled.viewport())
    scrolled.horizontalScrollBar().setValue(0)
    QApplication.processEvents()
    assert scrolled.viewport().rect() in painted.places
