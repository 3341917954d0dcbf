"""Opening a sheet in the real window: what is noticed, passwords, and the clipboard."""

import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cancel_desk.sheet.columns import Column
from cancel_desk.ui.dialogs.fix_dialog import FixDialog
from cancel_desk.ui.dialogs.matching_dialog import MatchingDialog
from cancel_desk.ui.dialogs.password_dialog import PasswordDialog
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from sheet.corpus.others import PASSWORDS
from sheet.files.unanswered import unanswered_path
from ui.hands import button_in, click, press, type_text
from ui.heartbeat import Heart
from ui.person import Find

LONG = 20_000
CTRL = Qt.KeyboardModifier.ControlModifier
PO, OTHER, THIRD = "1796277083022", "129114917403021", "109007446257350"
Until = Callable[[Step], None]
Rows = Callable[[], list[tuple[str, ...]]]


@pytest.fixture
def until(window: MainWindow, qtbot: QtBot) -> Until:
    def wait(step: Step) -> None:
        qtbot.waitUntil(lambda: window.journey.step is step, timeout=LONG)

    return wait


@pytest.fixture
def rows(window: MainWindow) -> Rows:
    def cells() -> list[tuple[str, ...]]:
        review = window.session.review
        assert review is not None
        return [row.cells for row in review.table.rows]

    return cells


@pytest.fixture
def said(window: MainWindow, qtbot: QtBot) -> Callable[[], str]:
    def words() -> str:
        qtbot.waitUntil(window.notice.isVisible, timeout=LONG)
        return window.notice.sentence.text()

    return words


@pytest.fixture
def noticeable(tmp_path: Path) -> Path:
    """A workbook with a title, a hidden row and a hidden sheet."""
    book = Workbook()
    page = book.worksheets[0]
    page.append(["Orders of November"])
    page.append(["PO#", "Line#", "Qty", "Reason"])
    for po in (PO, OTHER, THIRD):
        page.append([po, "1", "1", "out of stock"])
    page.row_dimensions[4].hidden = True
    book.create_sheet("Old").sheet_state = "hidden"
    book["Old"].append(["PO#"])
    path = tmp_path / "november.xlsx"
    book.save(path)
    return path


@pytest.fixture(params=["the password", "an old one with it"])
def locked(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A workbook whose password is “Ünter 1”, of today or an old one."""
    case = next(case for case in PASSWORDS if case.name == request.param)
    path = tmp_path / f"locked-{case.file}"
    path.write_bytes(case.make())
    return path


def copy(text: str, html: str = "") -> None:
    """Put a text on the clipboard."""
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)


def test_what_is_hidden_is_said_above_the_grid(
    window: MainWindow, until: Until, rows: Rows, noticeable: Path
) -> None:
    window.journey.open_file(noticeable)
    until(Step.REVIEW)
    words = window.notice.sentence.text()
    assert window.notice.isVisible()
    assert "Hidden sheets were not read: “Old”" in words
    assert "1 row is hidden in your file (row 4)" in words
    assert "1 row above the column names was left out (row 1)" in words
    assert len(rows()) == 3


def test_what_was_noticed_stays_while_the_sheet_is_edited_and_can_be_closed(
    window: MainWindow, until: Until, noticeable: Path
) -> None:
    window.journey.open_file(noticeable)
    until(Step.REVIEW)
    view = window.pages.review.view
    view.go_to(0, 1)
    press(view, Qt.Key.Key_Delete)
    assert window.pages.review.has_edits()
    assert window.notice.isVisible()
    click(window.notice.dismiss)
    assert not window.notice.isVisible()


def test_nothing_is_said_of_a_plain_sheet(window: MainWindow, until: Until, tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text(f"PO#,Line#,Qty,Reason\n{PO},1,1,out of stock\n")
    window.journey.open_file(path)
    until(Step.REVIEW)
    assert not window.notice.isVisible()
    assert "columns matched by their names" in window.pages.review.footer.where.text()


def test_a_locked_workbook_asks_until_the_password_fits(
    window: MainWindow, dialog: Find, until: Until, rows: Rows, locked: Path, qtbot: QtBot
) -> None:
    window.journey.open_file(locked)
    first: PasswordDialog = dialog(PasswordDialog)
    assert first.password.echoMode() is QLineEdit.EchoMode.Password
    assert not first.wrong.isVisible()
    assert not first.open_file.isEnabled()
    type_text(first.password, "unter 1")
    press(first.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not isValid(first))
    second: PasswordDialog = dialog(PasswordDialog)
    assert "does not open this file" in second.wrong.text()
    assert second.wrong.isVisible()
    type_text(second.password, "Ünter 1")
    click(second.open_file)
    until(Step.REVIEW)
    assert rows()[0][:2] == (OTHER, "1")


def test_without_the_password_one_is_back_where_one_was(
    window: MainWindow, dialog: Find, locked: Path, qtbot: QtBot
) -> None:
    window.journey.open_file(locked)
    asked: PasswordDialog = dialog(PasswordDialog)
    press(asked, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(asked))
    assert window.journey.step is Step.IMPORT
    assert window.session.review is None
    assert window.pages.imports.choose.isVisible()
    assert not window.notice.isVisible()


def test_a_range_from_a_spreadsheet_is_pasted(window: MainWindow, until: Until, rows: Rows) -> None:
    copy(f"PO#\tLine#\tQty\tReason\n{PO}\t1\t2\tout of stock\n{OTHER}\t2\t1\t\n")
    press(window, Qt.Key.Key_V, CTRL)
    until(Step.REVIEW)
    assert rows()[0][:4] == (PO, "1", "2", "out of stock")
    assert len(rows()) == 2
    assert window.pages.review.footer.where.text().endswith(
        "Pasted · columns matched by their names"
    )
    assert not window.notice.isVisible()


def test_a_range_keeps_the_digits_of_the_other_form(
    window: MainWindow, until: Until, rows: Rows
) -> None:
    table = f"<table><tr><td>PO#</td><td>Line#</td></tr><tr><td>{PO}</td><td>1</td></tr></table>"
    copy("PO#\tLine#\n1.79628E+12\t1\n", table)
    click(window.pages.imports.paste)
    until(Step.REVIEW)
    assert rows()[0][0] == PO


def test_a_range_without_names_asks_for_the_columns(
    window: MainWindow, dialog: Find, until: Until, rows: Rows
) -> None:
    copy(f"{PO}\t1\tfraud\n{OTHER}\t2\tfraud\n")
    click(window.pages.imports.paste)
    asked: MatchingDialog = dialog(MatchingDialog)
    assert not asked.reading.isVisible()
    # The numbers may be units as well.
    line = asked.columns.choices[Column.LINE]
    press(line, Qt.Key.Key_Home)
    press(line, Qt.Key.Key_Down)
    press(line, Qt.Key.Key_Down)
    assert line.currentText() == "no name (column B)"
    click(asked.use)
    until(Step.REVIEW)
    assert [row[0] for row in rows()] == [PO, OTHER]


def test_order_numbers_are_picked_out_of_a_text(
    window: MainWindow, until: Until, rows: Rows, said: Callable[[], str]
) -> None:
    copy(f"Hi, please cancel PO {PO} and {OTHER}.\nCustomer order 200012345678901 is fine.\n")
    press(window, Qt.Key.Key_V, CTRL)
    until(Step.REVIEW)
    assert [row[0] for row in rows()] == [PO, OTHER]
    assert "Not taken" in said()
    assert "200012345678901" in said()


def test_one_copied_column_of_numbers_is_enough(
    window: MainWindow, until: Until, rows: Rows
) -> None:
    copy(f"{PO}\n{OTHER}\n{THIRD}\n")
    click(window.pages.imports.paste)
    until(Step.REVIEW)
    assert [row[0] for row in rows()] == [PO, OTHER, THIRD]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is nothing to paste"),
        (" \n\t\n", "There is nothing to paste"),
        ("Dear all, lunch is at 12.", "No purchase order number was found"),
        ("Name\tPhone\nAnn\t555\n", "No purchase order number was found"),
        ("order 200012345678901", "“200012345678901” is called a customer order"),
    ],
)
def test_nothing_usable_is_said(
    window: MainWindow, said: Callable[[], str], text: str, words: str
) -> None:
    copy(text)
    click(window.pages.imports.paste)
    assert words in said()
    assert window.journey.step is Step.IMPORT
    assert window.session.review is None


def test_pasting_over_an_open_sheet_asks_first(
    window: MainWindow, dialog: Find, until: Until, rows: Rows, qtbot: QtBot
) -> None:
    copy(PO)
    click(window.pages.imports.paste)
    until(Step.REVIEW)
    click(button_in(window.header, "✓ Import"))
    copy(OTHER)
    press(window, Qt.Key.Key_V, CTRL)
    box: QMessageBox = dialog(QMessageBox)
    assert "Changes you made here will be lost" in box.informativeText()
    click(button_in(box, "Replace it"))
    qtbot.waitUntil(lambda: rows()[0][0] == OTHER, timeout=LONG)


def test_merged_cells_are_filled_by_a_click_and_emptied_by_undo(
    window: MainWindow, dialog: Find, until: Until, rows: Rows, tmp_path: Path
) -> None:
    book = Workbook()
    page = book.worksheets[0]
    for cells in (["PO#", "Line#", "Reason"], [PO, "1", "oos"], ["", "2", "oos"]):
        page.append(cells)
    page.merge_cells("A2:A3")
    book.save(tmp_path / "merged.xlsx")
    window.journey.open_file(tmp_path / "merged.xlsx")
    until(Step.REVIEW)
    assert "Some cells are merged over several rows" in window.notice.sentence.text()
    assert [row[0] for row in rows()] == [PO, ""]
    click(button_in(window.pages.review.problems, "Fill in 1 row as shown"))
    shown: FixDialog = dialog(FixDialog)
    click(shown.apply)
    assert [row[0] for row in rows()] == [PO, PO]
    assert window.pages.review.undo_stack.undoText() == "filling of merged cells"
    press(window.pages.review.view, Qt.Key.Key_Z, CTRL)
    assert [row[0] for row in rows()] == [PO, ""]


def test_a_drive_that_never_answers_leaves_the_window_alive_and_can_be_stopped(
    window: MainWindow, until: Until, rows: Rows, tmp_path: Path, qtbot: QtBot
) -> None:
    before = tmp_path / "before.csv"
    before.write_text(f"PO#,Line#,Qty,Reason\n{PO},1,1,fraud\n")
    window.journey.open_file(before)
    until(Step.REVIEW)
    window.journey.open_file(unanswered_path(tmp_path))
    click(button_in(window.findChildren(QMessageBox)[-1], "Replace it"))
    stop = window.pages.imports.stop
    qtbot.waitUntil(stop.isVisible, timeout=LONG)
    heart = Heart()  # which beats only where nothing waits for the drive
    qtbot.waitUntil(lambda: len(heart.turns) > 100, timeout=LONG)
    heart.stop()
    click(stop)
    qtbot.waitUntil(window.pages.imports.choose.isVisible, timeout=LONG)
    assert [row[0] for row in rows()] == [PO]
    qtbot.waitUntil(lambda: not multiprocessing.active_children(), timeout=LONG)
