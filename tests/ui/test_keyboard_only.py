"""The practice sheet mended to zero errors without a mouse."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cancel_desk.checks.issues import Code, Level
from cancel_desk.ui.grid.findings import Group
from cancel_desk.ui.pages.review_page import ReviewPage
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from ui.hands import editor, press, type_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
REASONS = {Code.REASON_MISSING, Code.REASON_UNKNOWN}


def test_the_practice_sheet_is_mended_by_keys_alone(window: MainWindow, qtbot: QtBot) -> None:
    tab_to_practice(window)
    qtbot.waitUntil(lambda: window.journey.step is Step.REVIEW, timeout=20_000)
    page = window.pages.review
    qtbot.waitUntil(page.view.hasFocus)
    rows = page.model.rowCount()
    for _ in range(20):
        if not page.model.findings.tally().errors:
            break
        press(page.view, Key.Key_F8)
        mend(page)
    assert page.model.findings.tally().errors == 0
    assert page.model.rowCount() == rows - 2
    while page.undo_stack.canUndo():
        press(page.view, Key.Key_Z, CTRL)
    assert page.model.findings.tally().errors == 4
    assert page.model.rowCount() == rows


def tab_to_practice(window: MainWindow) -> None:
    """Go to the practice button as one does without a mouse, and press it."""
    for _ in range(30):
        focused = QApplication.focusWidget() or window
        if focused is window.pages.imports.practice:
            break
        press(focused, Key.Key_Tab)
    press(window.pages.imports.practice, Key.Key_Space)


def mend(page: ReviewPage) -> None:
    """Do what the problem one has been led to needs; a warning needs nothing."""
    view = page.view
    row_id = page.model.shown[view.currentIndex().row()]
    codes = {
        issue.code for issue in page.model.findings.issues(row_id) if issue.level is Level.ERROR
    }
    if codes & REASONS:
        press(view, Key.Key_Down, ALT)
        editor(view).selectAll()
        type_text(editor(view), "out of")
        press(editor(view), Key.Key_Return)
    elif codes:
        press(view, Key.Key_Minus, CTRL)
    assert not codes or Group(Level.ERROR, min(codes)) not in page.problems.cards
