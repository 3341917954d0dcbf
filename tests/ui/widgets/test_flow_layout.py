"""A row of widgets that goes on in a further row where there is no room left."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from cancel_desk.ui.pages.result_actions import ResultActions
from cancel_desk.ui.widgets.flow_layout import FlowLayout

LABELS = ("Check the 1,234 unknown again", "Fix and retry 1,400…", "Save result sheet…")


@pytest.fixture
def outer() -> QWidget:
    return QWidget()


def laid_out(outer: QWidget, qtbot: QtBot, *, ends: bool, width: int) -> list[QWidget]:
    inner = QWidget()
    qtbot.addWidget(outer)
    flow = FlowLayout(ends=ends)
    inner.setLayout(flow)
    widgets: list[QWidget] = [QLabel("Kept"), *map(QPushButton, LABELS)]
    for widget in widgets:
        flow.addWidget(widget)
    column = QVBoxLayout(outer)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(inner)
    column.addStretch(1)
    outer.resize(width, 300)
    outer.show()
    qtbot.waitExposed(outer)
    return widgets


def whole(widgets: list[QWidget]) -> bool:
    """Tell whether every widget has the room it wants and covers no other."""
    places = [widget.geometry() for widget in widgets]
    apart = all(not a.intersects(b) for at, a in enumerate(places) for b in places[at + 1 :])
    return apart and all(widget.width() >= widget.sizeHint().width() for widget in widgets)


def test_there_is_one_row_where_there_is_room(outer: QWidget, qtbot: QtBot) -> None:
    widgets = laid_out(outer, qtbot, ends=True, width=1000)
    assert whole(widgets)
    assert len({widget.geometry().center().y() for widget in widgets}) == 1
    assert widgets[0].x() == 0
    assert widgets[-1].geometry().right() == 999
    assert widgets[1].x() > widgets[0].geometry().right() + 100


def test_rows_begin_on_the_left_without_ends(outer: QWidget, qtbot: QtBot) -> None:
    widgets = laid_out(outer, qtbot, ends=False, width=1000)
    assert whole(widgets)
    assert widgets[-1].geometry().right() < 900


def test_there_are_more_rows_where_there_is_none(outer: QWidget, qtbot: QtBot) -> None:
    widgets = laid_out(outer, qtbot, ends=True, width=300)
    assert whole(widgets)
    assert len({widget.y() for widget in widgets}) > 2
    assert all(QRect(0, 0, 300, 300).contains(widget.geometry()) for widget in widgets)


def test_hidden_widgets_take_no_room(outer: QWidget, qtbot: QtBot) -> None:
    widgets = laid_out(outer, qtbot, ends=True, width=1000)
    before = widgets[-1].geometry().right()
    widgets[-1].hide()
    qtbot.waitUntil(lambda: widgets[-2].geometry().right() == before)


def test_every_way_on_from_results_is_whole_in_a_narrow_window(qtbot: QtBot) -> None:
    ways = ResultActions()
    qtbot.addWidget(ways)
    texts = ("Check the 1,234 unknown again · Send the 10 left", "Decide about 1,234 lines…")
    for button, text in zip((ways.go_on, ways.decide), texts, strict=True):
        button.set_label(text)
    ways.fix.set_label("Fix and retry 1,400…")
    ways.show()
    buttons: list[QWidget] = [
        *(ways.start_over, ways.more, ways.decide, ways.go_on, ways.fix, ways.save)
    ]
    for width in (640, 992, 1400):
        ways.resize(width, ways.heightForWidth(width))
        qtbot.waitUntil(lambda at=width: ways.width() == at and whole(buttons))  # type: ignore[misc]
        assert buttons[-1].geometry().right() < width
    assert ways.minimumSizeHint().width() < 640


def test_items_that_qt_has_destroyed_are_passed_over(outer: QWidget, qtbot: QtBot) -> None:
    widgets = laid_out(outer, qtbot, ends=True, width=1000)
    parent = widgets[0].parentWidget()
    layout = parent.layout() if parent else None
    assert layout is not None
    before = layout.sizeHint().width()
    item = layout.itemAt(len(widgets) - 1)
    assert item is not None
    delete(item)
    layout.invalidate()
    assert 0 < layout.sizeHint().width() < before
