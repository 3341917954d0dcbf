"""Keys pressed at random on the page of the grid: all that is shown stays true of what is sent."""

from collections import defaultdict
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from builders import HEADERS, PO, order, order_line, table
from cancel_desk.checks.checker import Checker
from cancel_desk.checks.plan import PlannedLine, Store
from cancel_desk.checks.review import Review
from cancel_desk.ui.grid.findings import Findings, RowState
from cancel_desk.ui.pages.review_page import ReviewPage
from ui.grid.conftest import MARKS, ROWS
from ui.hands import press, type_text

STORE = Store("Northwind", "US", "SANDBOX", "https://example.test", "seller")
STEPS = 150
_Key = Qt.Key
_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_BOTH = _CTRL | _SHIFT
_MOVES = (_Key.Key_Up, _Key.Key_Down, _Key.Key_Left, _Key.Key_Right, _Key.Key_Home, _Key.Key_End)
_EDITS = (
    *((_Key.Key_C, _CTRL), (_Key.Key_X, _CTRL), (_Key.Key_V, _CTRL), (_Key.Key_D, _CTRL)),
    *((_Key.Key_Delete, _NONE), (_Key.Key_R, _CTRL), (_Key.Key_Plus, _CTRL), (_Key.Key_D, _BOTH)),
    *((_Key.Key_X, _BOTH), (_Key.Key_Minus, _CTRL), (_Key.Key_Space, _SHIFT)),
    *((_Key.Key_Z, _CTRL), (_Key.Key_Z, _CTRL), (_Key.Key_Y, _CTRL)),
)
_VIEWS = (
    *((_Key.Key_1, _CTRL), (_Key.Key_1, _CTRL), (_Key.Key_2, _CTRL), (_Key.Key_3, _CTRL)),
    *((_Key.Key_E, _CTRL), (_Key.Key_F8, _NONE), (_Key.Key_F8, _SHIFT)),
)
_TEXTS = ("1796277083022", "1796277091000", "1", "3", "oos", "fraud", "all", "x", "1.79628E+12")
_ENDS = ((_Key.Key_Return, _NONE), (_Key.Key_Tab, _NONE), (_Key.Key_Escape, _NONE))


@pytest.fixture
def page(qtbot: QtBot) -> ReviewPage:
    rows = (*ROWS, ("1796277083999", "", "", "", "oos", "Gus"), (PO, "3", "", "", "fraud", "Hal"))
    page = ReviewPage()
    qtbot.addWidget(page)
    page.resize(1000, 500)
    with qtbot.waitExposed(page):
        page.show()
    page.show_review(Review(table(*rows, headers=(*HEADERS, "Who"), marks=MARKS), "US"), "x.csv")
    page.activateWindow()
    page.view.setFocus()
    qtbot.waitUntil(page.view.hasFocus)
    return page


def do_something(page: ReviewPage, chance: Random) -> None:
    kind, view = chance.random(), page.view
    view.setFocus()
    if kind < 0.35:
        press(view, chance.choice(_MOVES), chance.choice((_NONE, _SHIFT, _CTRL, _BOTH)))
    elif kind < 0.55:
        type_text(view, chance.choice(_TEXTS))
        press(QApplication.focusWidget() or view, *chance.choice(_ENDS))
    elif kind < 0.8:
        press(view, *chance.choice(_EDITS))
    elif kind < 0.9:
        press(view, *chance.choice(_VIEWS))
    elif kind < 0.95:
        view.sheet.sort(chance.randrange(-1, 8), chance.choice(list(Qt.SortOrder)))
    else:
        closed = chance.choice(
            (order_line("3", Shipped=1), order_line("3", Cancelled=1), order_line("3"))
        )
        lines = (order_line("1"), order_line("2"), closed)
        page.add_looks({PO: order(*lines), "1796277083999": order(*lines, po="1796277083999")})


def check(page: ReviewPage) -> None:
    """Hold all that the grid says against a look at everything, and against the plan."""
    model, review = page.model, page.model.review
    anew, findings = Checker(review.table, "US"), Findings(review)
    assert model.findings.tally() == findings.tally() == review.tally()
    sent: defaultdict[int, list[PlannedLine]] = defaultdict(list)
    for line in review.plan(STORE).lines:
        sent[line.row_id].append(line)
    lines = 0
    for row_id in review.table.row_ids:
        live, state = review.live(row_id), model.findings.state(row_id)
        known = () if live is None else live.issues
        assert model.findings.issues(row_id) == anew.issues(row_id) + known
        ready = state in {RowState.READY, RowState.WARNING}
        lines += len(sent[row_id]) if live is not None else ready
        if live is not None:
            assert bool(sent[row_id]) is ready
    assert model.findings.lines() == lines
    shown = list(model.shown)
    assert len(set(shown)) == len(shown) == model.rowCount()
    assert set(shown) <= set(review.table.row_ids)
    assert all(each.bottom() < len(shown) for each in page.view.selected_ranges())


@pytest.mark.parametrize("seed", range(4))
def test_what_is_shown_is_what_would_be_sent(page: ReviewPage, seed: int) -> None:
    chance, start = Random(seed), page.model.review.table.rows
    for _ in range(STEPS):
        do_something(page, chance)
        check(page)
    stack = page.undo_stack
    end = page.model.review.table.rows
    steps = stack.index()
    stack.setIndex(0)
    assert page.model.review.table.rows == start
    check(page)
    stack.setIndex(steps)
    assert page.model.review.table.rows == end
    check(page)
