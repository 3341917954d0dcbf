"""The open sheet is kept while it is edited, until it is sent or closed."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from cancel_desk.checks.review import Review
from cancel_desk.desk import Desk
from cancel_desk.runs.kept_sheet import KeptSheet, kept_sheets
from cancel_desk.ui import in_turns
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.flows import sheet_keeping
from cancel_desk.ui.leaving import Leaving
from cancel_desk.ui.session.sheet_look import OpenedSheet
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from ui.hands import button_in, click, press, sees
from ui.person import Find

LONG = 20_000
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def sheets(desk: Desk) -> Path:
    return desk.folders.sheets


@pytest.fixture
def editing(
    window: MainWindow, qtbot: QtBot, sheets: Path, request: pytest.FixtureRequest
) -> Iterator[MainWindow]:
    """The window with the sample in it, a row of it left out by key."""
    if "refuses" in request.node.name:
        sheets.write_text("a file where the folder should be")
    window.journey.keeping._timer.setInterval(50)
    click(window.pages.imports.practice)
    qtbot.waitUntil(lambda: window.journey.step is Step.REVIEW, timeout=LONG)
    window.pages.review.view.go_to(0, 0)
    press(window.pages.review.view, Key.Key_Space)
    yield window
    window.journey.keeping.let_go()


def wait_until_kept(window: MainWindow, qtbot: QtBot, sheets: Path) -> None:
    qtbot.waitUntil(lambda: any(sheets.glob("*.sheet")), timeout=LONG)
    qtbot.waitUntil(lambda: not window.session.background.busy, timeout=LONG)


def leave(window: MainWindow, sheets: Path) -> Path:
    """Have the window let go of its file as if the program had been killed."""
    keeping = window.journey.keeping
    kept = keeping._kept
    assert kept is not None
    keeping._kept = None
    kept.close()
    window.session.start_over()
    window.journey.keeping.let_go()
    window.journey._go(Step.IMPORT)
    return kept.path


def test_a_sheet_is_kept_after_an_edit_and_no_more_when_that_is_taken_back(
    editing: MainWindow, qtbot: QtBot, sheets: Path
) -> None:
    wait_until_kept(editing, qtbot, sheets)
    assert editing.isWindowModified()
    assert kept_sheets(sheets) == []  # nobody else's while this window works on it
    press(editing.pages.review.view, Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: not any(sheets.iterdir()), timeout=LONG)
    assert not editing.journey.keeping.unsent
    assert not editing.isWindowModified()


def test_what_was_kept_is_offered_and_opens_as_it_was(
    editing: MainWindow, qtbot: QtBot, sheets: Path
) -> None:
    wait_until_kept(editing, qtbot, sheets)
    before = editing.pages.review.model.review.table.rows
    path = leave(editing, sheets)
    offered = editing.pages.imports.kept
    qtbot.waitUntil(offered.isVisible, timeout=LONG)
    press(offered, Key.Key_R, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: editing.journey.step is Step.REVIEW, timeout=LONG)
    page = editing.pages.review
    assert page.model.review.table.rows == before
    assert page.model.review.draft(1).left_out
    assert page.has_edits()
    assert editing.isWindowModified()
    assert editing.session.source is not None
    assert editing.session.source.name == "practice-orders.xlsx"
    assert "as you left it" in editing.notice.sentence.text()
    # It goes on being kept, in the same place.
    press(page.view, Key.Key_Delete)
    qtbot.waitUntil(lambda: not editing.journey.keeping._timer.isActive(), timeout=LONG)
    wait_until_kept(editing, qtbot, sheets)
    assert [each.name for each in sheets.glob("*.sheet")] == [path.name]


def test_what_was_kept_stays_so_where_a_run_is_taken_up_meanwhile(
    editing: MainWindow,
    qtbot: QtBot,
    sheets: Path,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wait_until_kept(editing, qtbot, sheets)
    path = leave(editing, sheets)
    qtbot.waitUntil(editing.pages.imports.kept.isVisible, timeout=LONG)
    taken_up, loaded, opens = threading.Event(), threading.Event(), threading.Event()
    load = sheet_keeping._load

    def slow_load(kept: KeptSheet, market: str) -> OpenedSheet:
        taken_up.wait(LONG / 1000)
        sheet = load(kept, market)
        loaded.set()
        return sheet

    def no_run(_run: str) -> None:
        opens.wait(LONG / 1000)
        raise OSError

    monkeypatch.setattr(sheet_keeping, "_load", slow_load)
    monkeypatch.setattr(desk, "reopen", no_run)
    press(editing.pages.imports.kept, Key.Key_R, CTRL | Qt.KeyboardModifier.ShiftModifier)
    editing.session.resume("2026-11-27-120000-abcd")
    taken_up.set()
    qtbot.waitUntil(loaded.is_set, timeout=LONG)
    # It is nobody's again, so that it is offered once more.
    qtbot.waitUntil(lambda: [each.path for each in kept_sheets(sheets)] == [path], timeout=LONG)
    assert "as you left it" not in editing.notice.sentence.text()
    opens.set()
    qtbot.waitUntil(lambda: not editing.session.occupied, timeout=LONG)
    assert not editing.journey.keeping.unsent


def test_what_was_kept_can_be_discarded(
    editing: MainWindow, qtbot: QtBot, sheets: Path, dialog: Find
) -> None:
    wait_until_kept(editing, qtbot, sheets)
    leave(editing, sheets)
    offered = editing.pages.imports.kept
    qtbot.waitUntil(offered.isVisible, timeout=LONG)
    click(button_in(offered, "Discard"))
    box: QMessageBox = dialog(QMessageBox)
    assert "will be lost" in box.informativeText()
    click(button_in(box, "Discard"))
    qtbot.waitUntil(lambda: not offered.isVisible(), timeout=LONG)
    assert not any(sheets.iterdir())


def test_a_sheet_that_is_sent_is_kept_by_its_run_alone(
    editing: MainWindow, qtbot: QtBot, sheets: Path, dialog: Find
) -> None:
    wait_until_kept(editing, qtbot, sheets)
    click(editing.pages.review.footer.send)
    confirm: ConfirmDialog = dialog(ConfirmDialog)
    click(confirm.send)
    qtbot.waitUntil(lambda: editing.journey.step is Step.RESULTS, timeout=LONG)
    qtbot.waitUntil(lambda: not any(sheets.iterdir()), timeout=LONG)


def test_closing_asks_and_then_keeps_nothing(
    editing: MainWindow, qtbot: QtBot, sheets: Path, dialog: Find
) -> None:
    wait_until_kept(editing, qtbot, sheets)
    editing.close()
    box: QMessageBox = dialog(QMessageBox)
    assert "Close and lose your changes?" in box.text()
    click(button_in(box, "Close"))
    qtbot.waitUntil(lambda: not editing.isVisible(), timeout=LONG)
    assert not any(sheets.iterdir())


def test_what_was_edited_last_is_kept_when_nobody_can_be_asked(
    editing: MainWindow, sheets: Path
) -> None:
    view = editing.pages.review.view
    editing.journey.keeping._timer.setInterval(LONG)
    view.go_to(1, 0)
    press(view, Key.Key_Space)
    rows = editing.pages.review.model.review.table.rows
    editing.leave()  # as at a signal to end
    assert not editing.isVisible()
    (note,) = kept_sheets(sheets)
    again = KeptSheet(note.path)
    assert again.load().table().rows == rows
    again.close()


def test_the_end_of_the_session_finds_the_last_edit_written(
    editing: MainWindow, qapp: QApplication, qtbot: QtBot, sheets: Path
) -> None:
    wait_until_kept(editing, qtbot, sheets)
    keeping, view = editing.journey.keeping, editing.pages.review.view
    keeping._timer.setInterval(LONG)
    view.go_to(1, 0)
    press(view, Key.Key_Space)
    rows = editing.pages.review.model.review.table.rows
    leaving = Leaving(qapp, editing)
    try:
        leaving._on_session_ending(None)
    finally:
        leaving.end()
    assert keeping._kept is not None
    assert keeping._kept.load().table().rows == rows
    assert editing.isVisible()


def test_no_half_step_is_kept(
    editing: MainWindow, sheets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_turns, "PART", 1)
    monkeypatch.setattr(in_turns, "_TURN", 0.0)
    page = editing.pages.review
    page.view.editing.leave_out_rows(range(page.model.rowCount()))
    assert page.model.is_changing
    editing.leave()
    (note,) = kept_sheets(sheets)
    again = KeptSheet(note.path)
    review = Review(again.load().table(), "US")
    assert all(review.draft(row.id).left_out for row in review.table.rows)
    again.close()


def test_another_sheet_takes_its_place(
    editing: MainWindow, qtbot: QtBot, sheets: Path, dialog: Find, tmp_path: Path
) -> None:
    wait_until_kept(editing, qtbot, sheets)
    path = tmp_path / "other.csv"
    path.write_text("PO#,Line#,Qty,Reason\n1796277999001,1,1,oos\n")
    editing.journey.open_file(path)
    click(button_in(dialog(QMessageBox), "Replace it"))
    qtbot.waitUntil(lambda: editing.session.source == path, timeout=LONG)
    qtbot.waitUntil(lambda: not any(sheets.iterdir()), timeout=LONG)


def test_a_disk_that_refuses_is_told_once(editing: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(editing.notice.isVisible, timeout=LONG)
    assert "Your changes are in this window only" in editing.notice.sentence.text()
    editing.notice.hide()
    press(editing.pages.review.view, Key.Key_Delete)
    qtbot.waitUntil(lambda: not editing.journey.keeping._timer.isActive(), timeout=LONG)
    qtbot.waitUntil(lambda: not editing.session.background.busy, timeout=LONG)
    assert not editing.notice.isVisible()
    assert editing.journey.keeping.unsent


def test_a_kept_sheet_that_is_lost_is_said(editing: MainWindow, qtbot: QtBot, sheets: Path) -> None:
    wait_until_kept(editing, qtbot, sheets)
    path = leave(editing, sheets)
    offered = editing.pages.imports.kept
    qtbot.waitUntil(offered.isVisible, timeout=LONG)
    other = KeptSheet(path)
    other.load()
    click(button_in(offered, "Open it again"))
    qtbot.waitUntil(editing.notice.isVisible, timeout=LONG)
    assert "can't be opened any more" in editing.notice.sentence.text()
    other.close()


def test_a_kept_sheet_that_is_damaged_is_named_and_can_be_removed(
    window: MainWindow, qtbot: QtBot, sheets: Path, dialog: Find
) -> None:
    sheets.mkdir(parents=True, exist_ok=True)
    (sheets / "broken.sheet").write_bytes(b"x" * 5000)
    window.journey.keeping.look()
    offered = window.pages.imports.kept
    qtbot.waitUntil(offered.isVisible, timeout=LONG)
    assert not sees(offered, "Open it again")
    assert any("can't be read any more" in each.text() for each in offered.findChildren(QLabel))
    click(button_in(offered, "Discard"))
    click(button_in(dialog(QMessageBox), "Discard"))
    qtbot.waitUntil(lambda: not offered.isVisible(), timeout=LONG)
    assert not any(sheets.iterdir())
