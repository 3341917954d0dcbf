"""Result sheets that are opened: the run's results, or what the sheet itself says."""

import csv
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cancel_desk.desk import Desk
from cancel_desk.runs.results import Result
from cancel_desk.sheet.columns import Column
from cancel_desk.ui.dialogs.found_dialog import FoundDialog
from cancel_desk.ui.dialogs.matching_dialog import MatchingDialog
from cancel_desk.ui.widgets.steps import Step
from ui.hands import button_in, click
from ui.person import Find, Hands

SHIFTED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
BUTTON, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def drop(hands: Hands, path: Path) -> None:
    """Drop a file on the window, as another program would."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action = Qt.DropAction.CopyAction
    entering = QDragEnterEvent(QPoint(40, 40), action, data, BUTTON, NO_KEY)
    QApplication.sendEvent(hands.window, entering)
    assert entering.isAccepted()
    dropping = QDropEvent(QPoint(40, 40), action, data, BUTTON, NO_KEY)
    QApplication.sendEvent(hands.window, dropping)


def results_saved(hands: Hands, path: Path) -> str:
    """Send the practice sheet, save its results and start over; return the id of the run."""
    hands.go_through()
    opened = hands.session.open_run
    assert opened is not None
    run = opened.run.id
    click(hands.pages.results.ways.save)
    hands.save_as(path)
    hands.said()
    click(hands.pages.results.ways.start_over)
    hands.wait_for(Step.IMPORT)
    return run


def test_a_result_sheet_shows_the_results_of_its_run(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    run = results_saved(hands, path)
    drop(hands, path)
    hands.wait_for(Step.RESULTS)
    opened = hands.session.open_run
    assert opened is not None
    assert opened.run.id == run
    assert "results.xlsx is the result sheet of this run" in hands.said()
    results = hands.pages.results
    assert results.model.counts()[Result.CANCELLED] == 16
    assert results.ways.fix.isVisible()
    assert results.ways.rows_of_file.isVisible()
    assert "8 rows left in results.xlsx" in results.ways.rows_of_file.text()
    hands.press_in_front(Qt.Key.Key_O, SHIFTED)
    hands.wait_for(Step.REVIEW)
    review, sheet = hands.session.review, hands.session.opened
    assert review is not None
    assert sheet is not None
    assert len(review.table.rows) == 8
    assert sheet.raw.source.former == run


def test_the_rows_of_a_file_are_offered_with_that_file_alone(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    run = results_saved(hands, path)
    drop(hands, path)
    hands.wait_for(Step.RESULTS)
    hands.said()
    click(hands.pages.results.ways.start_over)
    hands.session.show_results(run)
    hands.wait_for(Step.RESULTS)
    assert not hands.pages.results.ways.rows_of_file.isVisible()


def test_without_its_run_a_result_sheet_speaks_for_itself(
    hands: Hands, dialog: Find, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "results.xlsx"
    run = results_saved(hands, path)
    desk.history.delete(run)
    drop(hands, path)
    shown: FoundDialog = dialog(FoundDialog)
    assert shown.title.text() == "results.xlsx is a result sheet"
    assert run in shown.about.text()
    assert shown.counts.text() == "16 cancelled, 8 left out, 1 already cancelled"
    assert shown.view.model().rowCount() == 25
    header = shown.view.horizontalHeader()
    first = header.logicalIndex(0)
    assert shown.view.model().headerData(first, Qt.Orientation.Horizontal) == "Result"
    assert shown.go_on.text() == "Go on with the 8 rows left"
    click(shown.go_on)
    hands.wait_for(Step.REVIEW)
    assert "8 left to do" in hands.said()
    sheet = hands.session.opened
    assert sheet is not None
    assert sheet.raw.source.former == run


def test_a_result_sheet_as_csv_is_recognised_by_its_columns(
    hands: Hands, dialog: Find, tmp_path: Path
) -> None:
    path = tmp_path / "results.csv"
    results_saved(hands, path)
    drop(hands, path)
    shown: FoundDialog = dialog(FoundDialog)
    assert "does not say which run" in shown.about.text()
    click(shown.shut)
    assert hands.window.journey.step is Step.IMPORT
    assert hands.session.review is None


def test_words_typed_over_a_result_are_counted_as_they_are(
    hands: Hands, dialog: Find, tmp_path: Path
) -> None:
    path = tmp_path / "results.csv"
    results_saved(hands, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    at = rows[0].index("Result")
    rows[1][at], rows[2][at] = "", "Cancelled by phone"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    drop(hands, path)
    shown: FoundDialog = dialog(FoundDialog)
    assert "14 cancelled" in shown.counts.text()
    assert "1 without a result" in shown.counts.text()
    assert "1 Cancelled by phone" in shown.counts.text()
    assert shown.go_on.text() == "Go on with the 10 rows left"


def test_a_result_sheet_without_its_column_of_results_says_so(
    hands: Hands, dialog: Find, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "results.xlsx"
    run = results_saved(hands, path)
    desk.history.delete(run)
    book = load_workbook(path)
    page = book.worksheets[0]
    at = next(cell.column for cell in page[1] if cell.value == "Result")
    page.delete_cols(at)
    book.save(path)
    drop(hands, path)
    shown: FoundDialog = dialog(FoundDialog)
    assert shown.counts.text() == "Its column of results is gone."
    assert not shown.bar.isVisible()
    assert shown.go_on.text() == "Go on with the 25 rows left"


def test_a_run_that_cant_be_opened_is_said_and_the_sheet_shown(
    hands: Hands, dialog: Find, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "results.xlsx"
    run = results_saved(hands, path)
    held = desk.reopen(run)
    try:
        drop(hands, path)
        shown: FoundDialog = dialog(FoundDialog)
        assert "Another Cancel Desk" in hands.said()
        assert run in shown.about.text()
        click(shown.shut)
    finally:
        held.close()


def test_the_columns_of_what_is_left_can_be_changed(
    hands: Hands, dialog: Find, tmp_path: Path, qtbot: QtBot
) -> None:
    hands.go_through()
    click(hands.pages.results.ways.fix)
    hands.wait_for(Step.REVIEW)
    former = hands.session.opened
    assert former is not None
    click(button_in(hands.pages.review, "Change"))
    asked: MatchingDialog = dialog(MatchingDialog)
    with qtbot.waitSignal(hands.session.review_opened):
        asked.accept()
    again = hands.session.opened
    assert again is not None
    assert again.raw.rows == former.raw.rows
    assert again.raw.source.former == former.raw.source.former
    assert again.review.table.columns[Column.PO] == former.review.table.columns[Column.PO]
