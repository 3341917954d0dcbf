"""Saving the sheet under review from the window."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from ui.hands import press
from ui.person import Find

LONG = 20_000


def test_the_sheet_is_saved_with_its_edits_and_opens_again(
    window: MainWindow, qtbot: QtBot, dialog: Find, tmp_path: Path
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("PO#,Line#,Qty,Reason\n1796277999001,1,1,oos\n1796277999001,2,1,oos\n")
    window.journey.open_file(path)
    qtbot.waitUntil(lambda: window.journey.step is Step.REVIEW, timeout=LONG)
    page = window.pages.review
    page.view.go_to(1, 0)
    press(page.view, Qt.Key.Key_Space)
    press(page.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    asked: QFileDialog = dialog(QFileDialog)
    assert asked.selectedFiles()[0].endswith("orders - edited.xlsx")
    out = tmp_path / "saved.xlsx"
    asked.fileSelected.emit(str(out))
    asked.reject()
    qtbot.waitUntil(out.exists, timeout=LONG)
    qtbot.waitUntil(window.notice.isVisible, timeout=LONG)
    assert window.notice.sentence.text() == f"Saved as {out}. Nothing of it was sent."
    window.journey.keeping.let_go()
    window.session.read(out)
    qtbot.waitUntil(lambda: window.session.source == out, timeout=LONG)
    review = page.model.review
    assert [review.draft(row.id).left_out for row in review.table.rows] == [False, True]


def test_the_sheet_that_was_opened_is_never_replaced(
    window: MainWindow, qtbot: QtBot, dialog: Find, tmp_path: Path
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("PO#,Line#,Qty,Reason\n1796277999001,1,1,oos\n")
    window.journey.open_file(path)
    qtbot.waitUntil(lambda: window.journey.step is Step.REVIEW, timeout=LONG)
    view, before = window.pages.review.view, path.read_text()
    view.go_to(0, 0)
    press(view, Qt.Key.Key_Space)
    press(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    asked: QFileDialog = dialog(QFileDialog)
    asked.fileSelected.emit(str(path))
    asked.reject()
    qtbot.waitUntil(window.notice.isVisible, timeout=LONG)
    assert "never replaced" in window.notice.sentence.text()
    assert path.read_text() == before
    window.journey.keeping.let_go()
