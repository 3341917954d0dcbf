"""The ways on from results: files of a run, another place for them, failed rows tried again."""

import csv
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cancel_desk.accounts.account import Account, Environment, Market
from cancel_desk.desk import Desk
from cancel_desk.practice.catalogue import SEED, sample_orders
from cancel_desk.practice.sample import (
    REASON,
    SAMPLE_DAY,
    clean_rows,
    write_sample,
    write_sheet,
)
from cancel_desk.runs.results import Result
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.ui.dialogs.files import report_kinds, sheet_kinds
from cancel_desk.ui.dialogs.restock_dialog import RestockDialog
from cancel_desk.ui.flows.saving_elsewhere import FileWish, SavingElsewhere, another_place
from cancel_desk.ui.in_turns import Slices
from cancel_desk.ui.session.background import Background
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from ui.fast_store import FastConnections
from ui.hands import button_in, click, editor, press, type_text
from ui.person import LONG, Find, Hands

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFTED = CONTROL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without a folder for documents."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    return folder


def test_every_way_on_has_a_shortcut_a_hint_and_a_name(hands: Hands) -> None:
    hands.go_through()
    ways = hands.pages.results.ways
    for button in (ways.start_over, ways.more, ways.fix, ways.save):
        assert button.accessibleName()
        assert not button.shortcut().isEmpty()
        assert button.shortcut().toString() in button.toolTip()
    actions = [each for each in ways.menu.actions() if each.isVisible()]
    assert len(actions) == 3
    for action in actions:
        assert action.text()
        assert action.shortcut().toString() in action.toolTip()
    keys = [each.shortcut().toString() for each in ways.findChildren(QAction)]
    keys += [each.keys.toString() for each in (ways.start_over, ways.more, ways.go_on, ways.fix)]
    assert len(set(keys)) == len(keys)


def test_the_failures_alone_open_here_again(
    hands: Hands, qtbot: QtBot, dialog: Find, tmp_path: Path
) -> None:
    hands.go_through()
    opened = hands.session.open_run
    assert opened is not None
    hands.press_in_front(Qt.Key.Key_S, SHIFTED)
    left = tmp_path / "left.xlsx"
    hands.save_as(left)
    assert str(left) in hands.said()
    hands.window.journey.open_file(left)
    hands.wait_for(Step.REVIEW)
    assert "This is a result sheet of run" in hands.said()
    review, sheet = hands.session.review, hands.session.opened
    assert review is not None
    assert sheet is not None
    assert len(review.table.rows) == 8
    assert sheet.raw.source.former == opened.run.id
    assert "Result" not in sheet.raw.headers


def test_failed_rows_are_corrected_and_sent_as_a_linked_run(
    hands: Hands, connections: FastConnections, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "orders.csv"
    first, second = clean_rows(sample_orders(SEED, SAMPLE_DAY))[:2]
    write_sheet(path, [first, second | {REASON: "no such reason"}])
    hands.window.journey.open_file(path)
    hands.wait_for(Step.REVIEW)
    hands.send()
    hands.wait_for(Step.RESULTS)
    results = hands.pages.results
    former = hands.session.open_run
    assert former is not None
    assert results.ways.fix.text() == "Fix and retry 1…"
    hands.press_in_front(Qt.Key.Key_T, CONTROL)
    hands.wait_for(Step.REVIEW)
    assert "Here is the 1 row that failed" in hands.said()
    review = hands.session.review
    assert review is not None
    (row,) = review.table.rows
    assert row.number == 3
    assert hands.window.windowTitle().startswith("orders.csv")
    view = hands.pages.review.view
    press(view, Qt.Key.Key_F8)
    press(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    editor(view).selectAll()
    type_text(editor(view), "out of")
    press(editor(view), Qt.Key.Key_Return)
    again = hands.ask_to_send()
    assert len(desk.runs()) == 1
    click(again.send)
    hands.wait_for(Step.RESULTS)
    made = hands.session.open_run
    assert made is not None
    assert made.run.former == former.run.id
    assert results.model.counts() == {Result.CANCELLED: 1}
    tallies = connections.stores[-1].tallies()
    assert [tally.times for tally in tallies.values()] == [1, 1]


def test_failed_rows_go_to_the_store_of_their_run(
    hands: Hands, connections: FastConnections, qtbot: QtBot
) -> None:
    hands.go_through()
    connections.book.add(Account("Other", Market.CA, Environment.SANDBOX, "https://127.0.0.1:1"))
    hands.session.choose_account(connections.account("Other"))
    assert hands.window.header.badge.text() == "SANDBOX"
    click(hands.pages.results.ways.fix)
    hands.wait_for(Step.REVIEW)
    assert hands.window.header.badge.text() == "PRACTICE"
    assert hands.session.review is not None
    assert hands.session.review.market == "US"


def test_edits_that_were_not_sent_are_not_lost_by_a_retry(
    hands: Hands, qtbot: QtBot, dialog: Find, desk: Desk, tmp_path: Path
) -> None:
    hands.go_through()
    run = hands.session.open_run
    assert run is not None
    click(hands.pages.results.ways.start_over)
    path = tmp_path / "orders.csv"
    path.write_text("PO#,Line#,Qty,Reason\n1796277999001,1,1,oos\n")
    hands.window.journey.open_file(path)
    hands.wait_for(Step.REVIEW)
    hands.pages.review.view.go_to(0, 0)
    press(hands.pages.review.view, Qt.Key.Key_Space)
    hands.session.show_results(run.run.id)
    hands.wait_for(Step.RESULTS)
    click(hands.pages.results.ways.fix)
    hands.answer("Keep it")
    assert hands.window.journey.step is Step.RESULTS
    assert hands.session.source == path
    hands.window.journey.keeping.let_go()


@pytest.mark.parametrize(("name", "begins"), [("out.pdf", b"%PDF-"), ("out.html", b"<!DOCTYPE")])
def test_a_report_to_print_is_saved(hands: Hands, tmp_path: Path, name: str, begins: bytes) -> None:
    hands.go_through()
    hands.press_in_front(Qt.Key.Key_P, CONTROL)
    hands.save_as(tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_skus_to_set_to_zero_are_copied_and_saved(
    hands: Hands, dialog: Find, qtbot: QtBot, tmp_path: Path
) -> None:
    hands.go_through()
    hands.press_in_front(Qt.Key.Key_R, SHIFTED)
    shown: RestockDialog = dialog(RestockDialog)
    opened = hands.session.open_run
    assert opened is not None
    expected = hands.session.desk.restock_table(opened.run)
    assert shown.view.model().rowCount() == len(expected.rows) > 0
    assert shown.view.model().index(0, 0).data() == expected.rows[0][0]
    click(shown.copy)
    wanted = [list(map(str, row)) for row in expected.rows]
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line.split("\t") for line in lines[1:]] == wanted
    click(shown.save)
    hands.save_as(tmp_path / "zero.csv")
    rows = list(csv.reader((tmp_path / "zero.csv").read_text("utf-8-sig").splitlines()))
    assert rows[1:] == wanted


def test_no_sku_to_set_to_zero_is_said(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("PO#,Line#,Qty,Reason\n1796277093636,1,1,CUSTOMER_REQUESTED_SELLER_TO_CANCEL\n")
    hands.window.journey.open_file(path)
    hands.wait_for(Step.REVIEW)
    hands.send()
    hands.wait_for(Step.RESULTS)
    hands.press_in_front(Qt.Key.Key_R, SHIFTED)
    assert "no SKU to set to zero" in hands.said()


def test_another_place_is_offered_where_a_file_cant_be_written(
    hands: Hands, dialog: Find, qtbot: QtBot, tmp_path: Path, home: Path
) -> None:
    hands.go_through()
    click(hands.pages.results.ways.save)
    asked: QFileDialog = dialog(QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "removed drive" / "out.xlsx"))
    asked.reject()
    box: QMessageBox = dialog(QMessageBox)
    assert "its folder does not exist" in box.text()
    assert "kept on this computer" in box.informativeText()
    click(button_in(box, "Choose another place"))
    qtbot.waitUntil(lambda: not isValid(asked), timeout=LONG)
    again: QFileDialog = dialog(QFileDialog)
    assert Path(again.selectedFiles()[0]) == home / "out.xlsx"
    hands.save_as(tmp_path / "here.xlsx")
    assert str(tmp_path / "here.xlsx") in hands.said()


def test_the_persons_own_sheet_is_never_replaced(
    hands: Hands, dialog: Find, tmp_path: Path
) -> None:
    own = tmp_path / "own.xlsx"
    write_sample(own)
    content = own.read_bytes()
    hands.window.journey.open_file(own)
    hands.wait_for(Step.REVIEW)
    hands.send()
    hands.wait_for(Step.RESULTS)
    click(hands.pages.results.ways.save)
    asked: QFileDialog = dialog(QFileDialog)
    asked.fileSelected.emit(str(own))
    asked.reject()
    box: QMessageBox = dialog(QMessageBox)
    assert "is your own sheet" in box.text()
    click(button_in(box, "Don't save"))
    assert own.read_bytes() == content


def test_csv_is_offered_beyond_the_limits_of_a_workbook(
    window: MainWindow, dialog: Find, qtbot: QtBot, tmp_path: Path
) -> None:
    written: list[Path] = []

    def write(path: Path) -> None:
        if path.suffix == ".xlsx":
            raise SheetError(SheetProblem.OUTPUT_TOO_MANY_ROWS, rows=2_000_000, limit=1_048_576)
        written.append(path)

    background: Background = window.session.background
    files = SavingElsewhere(window, background, window.notice, failed=window.session.fail)
    files.ask(FileWish("Save", sheet_kinds(), write), tmp_path / "out.xlsx")
    asked: QFileDialog = dialog(QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "out.xlsx"))
    asked.reject()
    box: QMessageBox = dialog(QMessageBox)
    assert "2,000,000 rows" in box.text()
    click(button_in(box, "Save as .csv"))
    qtbot.waitUntil(lambda: not isValid(asked), timeout=LONG)
    again: QFileDialog = dialog(QFileDialog)
    assert again.selectedFiles() == [str(tmp_path / "out.csv")]
    again.fileSelected.emit(again.selectedFiles()[0])
    again.reject()
    qtbot.waitUntil(lambda: window.notice.sentence.text().startswith("Saved as"), timeout=LONG)
    assert written == [tmp_path / "out.csv"]


def test_another_place_is_offered_where_what_was_drawn_cant_be_written(
    window: MainWindow, dialog: Find, qtbot: QtBot, tmp_path: Path, home: Path
) -> None:
    def save(path: Path) -> None:
        if path.parent == tmp_path:
            raise SheetError(SheetProblem.OUTPUT_DISK_FULL, path=str(path))
        path.write_text("drawn")

    def drawing(path: Path) -> Slices[Callable[[], None]]:
        yield
        return partial(save, path)

    files = SavingElsewhere(
        window, window.session.background, window.notice, failed=window.session.fail
    )
    files.ask(FileWish("Save", report_kinds(), drawing), tmp_path / "out.pdf")
    asked: QFileDialog = dialog(QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "out.pdf"))
    asked.reject()
    box: QMessageBox = dialog(QMessageBox)
    assert "full" in box.text()
    click(button_in(box, "Choose another place"))
    qtbot.waitUntil(lambda: not isValid(asked), timeout=LONG)
    again: QFileDialog = dialog(QFileDialog)
    assert again.selectedFiles() == [str(home / "out.pdf")]
    again.fileSelected.emit(again.selectedFiles()[0])
    again.reject()
    qtbot.waitUntil(lambda: window.notice.sentence.text().startswith("Saved as"), timeout=LONG)
    assert (home / "out.pdf").read_text() == "drawn"


def test_what_breaks_while_it_is_drawn_is_told(window: MainWindow, qtbot: QtBot) -> None:
    told: list[Exception] = []

    def drawing(_path: Path) -> Slices[Callable[[], None]]:
        yield
        raise ValueError

    files = SavingElsewhere(window, window.session.background, window.notice, failed=told.append)
    files._write(FileWish("Save", report_kinds(), drawing), Path("out.pdf"))
    qtbot.waitUntil(lambda: bool(told), timeout=LONG)
    assert isinstance(told[0], ValueError)
    assert not window.notice.isVisible()


def test_a_place_is_suggested_that_may_do(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "out.xlsx"

    def place(path: Path, problem: SheetProblem) -> Path:
        return another_place(path, problem, ".xlsx")

    assert place(path, SheetProblem.OUTPUT_DISK_FULL) == home / "out.xlsx"
    assert place(path, SheetProblem.OUTPUT_LOCKED) == tmp_path / "out - new.xlsx"
    there = home / "out.xlsx"
    assert place(there, SheetProblem.OUTPUT_FAILED) == home / "out - new.xlsx"
    assert place(tmp_path / "out.doc", SheetProblem.OUTPUT_WRONG_KIND) == path
    run = another_place(tmp_path / "a.doc", SheetProblem.OUTPUT_WRONG_KIND, ".run")
    assert run == tmp_path / "a.run"
