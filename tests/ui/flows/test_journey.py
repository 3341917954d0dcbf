"""The whole way through the real window, against the practice store over real HTTP."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cancel_desk.desk import Desk
from cancel_desk.practice.faults import Fault, Faults
from cancel_desk.practice.sample import clean_rows, write_sheet
from cancel_desk.runs.results import Result
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.edits import CellText, SetCells
from cancel_desk.ui.dialogs.account_dialog import AccountDialog
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.dialogs.shortcuts_dialog import ShortcutsDialog
from cancel_desk.ui.models.columns import REASON
from cancel_desk.ui.opening import make_window
from cancel_desk.ui.widgets.steps import Step
from ui.fast_store import FastConnections
from ui.hands import button_in, click, press, sees
from ui.person import LONG, Find, Hands


def test_a_first_run_needs_no_reading(
    hands: Hands, connections: FastConnections, tmp_path: Path
) -> None:
    hands.try_practice()
    dialog = hands.ask_to_send()
    assert dialog.send.text() == "Cancel 16 lines at Practice store (PRACTICE)"
    click(dialog.send)
    hands.wait_for(Step.RESULTS)
    results = hands.pages.results
    assert results.verdict.text() == "All 16 lines are cancelled; 8 rows were left out"
    assert results.model.counts() == {
        Result.CANCELLED: 16,
        Result.LEFT_OUT: 8,
        Result.ALREADY_CANCELLED: 1,
    }
    assert sum(tally.times for tally in connections.stores[-1].tallies().values()) == 16
    assert not results.ways.go_on.isVisible()
    click(results.ways.save)
    hands.save_as(tmp_path / "out.xlsx")
    assert str(tmp_path / "out.xlsx") in hands.said()
    page = load_workbook(tmp_path / "out.xlsx").worksheets[0]
    assert [cell.value for cell in page[1]][-6] == "Result"
    assert page.max_row == 26


def test_the_result_sheet_can_be_csv(hands: Hands, tmp_path: Path) -> None:
    hands.go_through()
    click(hands.pages.results.ways.save)
    hands.save_as(tmp_path / "out.csv")
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()))
    assert sum(row["Result"] == "Cancelled" for row in rows) == 16


def test_checking_first_leaves_nothing_to_read_before_the_plan(
    hands: Hands, qtbot: QtBot, connections: FastConnections
) -> None:
    hands.try_practice()
    with qtbot.waitSignal(
        hands.session.looks.progressed, timeout=LONG, check_params_cb=lambda _done, all_: all_ == 0
    ):
        hands.pages.review.check_requested.emit()
    with qtbot.assertNotEmitted(hands.session.looks.progressed):
        hands.ask_to_send()


def test_back_from_the_dialog_nothing_is_sent(hands: Hands, qtbot: QtBot) -> None:
    hands.try_practice()
    dialog = hands.ask_to_send()
    assert not hands.pages.review.isEnabled()
    click(dialog.back)
    assert hands.window.journey.step is Step.REVIEW
    assert hands.pages.review.isEnabled()
    assert not hands.session.desk.runs()


def test_an_edit_after_confirming_asks_again(
    hands: Hands, dialog: Find, connections: FastConnections, qtbot: QtBot
) -> None:
    hands.try_practice()
    first = hands.ask_to_send()
    review = hands.session.review
    assert review is not None
    row = review.table.at(0)
    review.apply(SetCells((CellText(row.id, review.table.columns[Column.REASON], "fraud"),)))
    click(first.send)
    assert "changed after you confirmed it" in hands.said()
    digest = first.plan.digest
    qtbot.waitUntil(lambda: not isValid(first))
    second = dialog(ConfirmDialog)
    assert second.plan.digest != digest
    assert connections.stores[-1].tallies() == {}
    click(second.send)
    hands.wait_for(Step.RESULTS)


def test_a_sheet_with_nothing_to_send_says_so(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text("PO#,Line#,Qty,Reason\n1796277999001,1,1,out of stock\n")
    hands.window.begin(path)
    hands.wait_for(Step.REVIEW)
    hands.pages.review.send_requested.emit()
    assert "nothing to send" in hands.said()
    assert hands.pages.review.isEnabled()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.xlsx", b"", "The file is empty"),
        ("noise.xlsx", b"\x00\x01\x02", "Nothing was sent"),
        ("columns.csv", b"a,b\n", "No column with purchase order numbers"),
    ],
)
def test_an_unreadable_file_is_said_in_the_page(
    hands: Hands, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    hands.window.journey.open_file(tmp_path / name)
    assert words in hands.said()
    assert hands.window.journey.step is Step.IMPORT
    assert hands.pages.imports.choose.isVisible()
    click(hands.window.notice.dismiss)
    assert not hands.window.notice.isVisible()


def test_reading_can_be_stopped(hands: Hands, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("PO#,Line#,Reason\n" + "1796277999001,1,oos\n" * 20_000)
    hands.window.journey.open_file(path)
    with qtbot.waitSignal(hands.session.reading_ended, timeout=LONG):
        click(hands.pages.imports.stop)
    assert hands.session.review is None
    assert not hands.window.notice.isVisible()
    assert hands.pages.imports.choose.isVisible()


def test_pause_resume_and_stop(hands: Hands, connections: FastConnections, qtbot: QtBot) -> None:
    hands.try_practice()
    dialog = hands.ask_to_send()
    connections.stores[-1].faults = Faults(latency=0.1)
    click(dialog.send)
    hands.wait_for(Step.SEND)
    send = hands.pages.send
    assert not hands.window.header.account_button.isEnabled()
    click(send.pause)
    assert send.pause.text() == "Resume"
    assert "Paused" in send.pace.text()
    click(send.pause)
    assert send.pause.text() == "Pause"
    click(send.stop)
    assert not send.stop.isEnabled()
    hands.wait_for(Step.RESULTS)
    assert "Stopped" in hands.said()
    results = hands.pages.results
    left = results.model.counts()[Result.NOT_SENT]
    assert left > 0
    assert results.ways.go_on.text() == f"Send the {left} left"
    connections.stores[-1].faults = Faults()
    click(results.ways.go_on)
    qtbot.waitUntil(lambda: results.model.counts()[Result.CANCELLED] == 16, timeout=LONG)
    assert all(tally.times == 1 for tally in connections.stores[-1].tallies().values())


def test_the_page_counts_and_says_the_pace(hands: Hands, connections: FastConnections) -> None:
    hands.try_practice()
    dialog = hands.ask_to_send()
    connections.stores[-1].faults = Faults(latency=0.1)
    click(dialog.send)
    hands.wait_for(Step.SEND)
    send = hands.pages.send
    assert send.headline.text() == ("Cancelling 16 lines in 11 orders at Practice store (PRACTICE)")
    assert send.bar.maximum() == 16
    assert "orders a minute" in send.pace.text() or send.pace.text() == ""
    send.table.verticalScrollBar().actionTriggered.emit(1)
    assert not send.follow.isChecked()
    hands.wait_for(Step.RESULTS)
    assert send.bar.value() == 16


def test_equal_failures_pause_and_say_why(
    hands: Hands, connections: FastConnections, qtbot: QtBot
) -> None:
    hands.try_practice()
    dialog = hands.ask_to_send()
    store = connections.stores[-1]
    store.faults = Faults(error_before=1.0)
    click(dialog.send)
    send = hands.pages.send
    qtbot.waitUntil(send.question.isVisible, timeout=LONG)
    assert "several times in a row" in send.question.text()
    assert "Practice store has trouble of its own" in send.question.text()
    assert (send.pause.text(), send.stop.text()) == ("Continue", "Stop")
    store.faults = Faults()
    click(send.pause)
    assert not send.question.isVisible()

    def went_on() -> bool:
        if send.question.isVisible():  # calls that were under way have failed as well
            click(send.pause)
        return hands.window.journey.step is Step.RESULTS

    qtbot.waitUntil(went_on, timeout=LONG)
    assert all(tally.times == 1 for tally in store.tallies().values())


def test_what_is_unknown_is_checked_again(
    hands: Hands, connections: FastConnections, qtbot: QtBot
) -> None:
    hands.try_practice()
    dialog = hands.ask_to_send()
    store = connections.stores[-1]
    # Walmart says yes to one line, but its order does not change.
    store.script([Fault.LINE_SKIPPED])
    click(dialog.send)
    hands.wait_for(Step.RESULTS)
    results = hands.pages.results
    assert results.verdict.text().startswith("15 of 16 lines cancelled")
    assert results.ways.go_on.text() == "Check the 1 unknown again"
    click(results.chips[Result.UNKNOWN])
    assert results.model.rowCount() == 1
    click(results.ways.go_on)
    hands.wait_for(Step.SEND)
    hands.wait_for(Step.RESULTS)
    assert results.model.counts()[Result.UNKNOWN] == 1
    assert all(tally.times == 1 for tally in store.tallies().values())


def test_keys_that_may_only_look_pause_the_run_and_stop_ends_it(
    hands: Hands, connections: FastConnections, qtbot: QtBot
) -> None:
    hands.try_practice()
    dialog = hands.ask_to_send()
    store = connections.stores[-1]
    store.tokens.expire_all()
    store.faults = Faults(view_only=True)
    click(dialog.send)
    send = hands.pages.send
    qtbot.waitUntil(send.question.isVisible, timeout=LONG)
    assert "doesn't let these keys do this" in send.question.text()
    click(send.stop)
    hands.wait_for(Step.RESULTS)
    assert hands.pages.results.model.counts()[Result.NOT_SENT] == 16
    assert hands.pages.results.verdict.text().startswith("0 of 16 lines cancelled")
    assert store.tallies() == {}


def test_a_row_has_its_details_one_click_away(hands: Hands) -> None:
    hands.go_through()
    results = hands.pages.results
    assert not results.details.isVisible()
    results.table.selectRow(0)
    assert results.details.why.text() == "Cancelled. 1 unit cancelled: Out of stock."
    click(results.details.copy)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Purchase order: 1796277093636 line 1\nResult: Cancelled\n")
    assert results.details.ids.text() in copied
    click(results.chips[Result.LEFT_OUT])
    assert results.model.rowCount() == 8
    assert not results.details.isVisible()
    results.table.selectRow(0)
    assert not results.details.copy.isVisible()


def test_an_interrupted_run_is_resumed_in_one_click(
    hands: Hands, connections: FastConnections, desk: Desk, qtbot: QtBot
) -> None:
    hands.try_practice()
    dialog = hands.ask_to_send()
    connections.stores[-1].faults = Faults(latency=0.1)
    click(dialog.send)
    hands.wait_for(Step.SEND)
    click(hands.pages.send.stop)
    hands.wait_for(Step.RESULTS)
    click(hands.pages.results.ways.start_over)
    recent = hands.pages.imports.recent
    qtbot.waitUntil(lambda: sees(recent, "Resume"), timeout=LONG)
    click(button_in(recent, "Resume"))
    hands.wait_for(Step.RESULTS)
    assert hands.pages.results.model.counts()[Result.CANCELLED] == 16
    assert all(tally.times == 1 for tally in connections.stores[-1].tallies().values())
    click(hands.pages.results.ways.start_over)
    qtbot.waitUntil(lambda: bool(desk.runs()[0].counts), timeout=LONG)
    qtbot.waitUntil(lambda: sees(recent, "Open results"), timeout=LONG)
    click(button_in(recent, "Open results"))
    hands.wait_for(Step.RESULTS)
    assert hands.pages.results.model.counts()[Result.CANCELLED] == 16


def test_steps_lead_back_and_the_orders_are_read_again(hands: Hands, dialog: Find) -> None:
    hands.go_through()
    steps = hands.window.header.steps
    assert steps[Step.IMPORT].text() == "✓ Import"
    assert not steps[Step.SEND].isEnabled()
    click(steps[Step.REVIEW])
    assert hands.window.journey.step is Step.REVIEW
    hands.pages.review.send_requested.emit()
    # Everything that could be cancelled is.
    assert "nothing to send" in hands.said()
    click(steps[Step.IMPORT])
    click(steps[Step.REVIEW])
    assert hands.window.journey.step is Step.REVIEW


def test_another_sheet_asks_before_it_replaces_work(
    hands: Hands, tmp_path: Path, connections: FastConnections, qtbot: QtBot
) -> None:
    hands.try_practice()
    other = tmp_path / "other.csv"
    other.write_text("PO#,Line#,Qty,Reason\n1796277999001,1,1,oos\n")
    hands.window.journey.open_file(other)
    hands.answer("Keep it")
    assert hands.session.source is not None
    assert hands.session.source.name == "practice-orders.xlsx"
    hands.window.journey.open_file(other)
    hands.answer("Replace it")
    qtbot.waitUntil(lambda: hands.session.source == other, timeout=LONG)


def test_a_store_is_added_used_and_removed(
    hands: Hands, dialog: Find, connections: FastConnections, qtbot: QtBot
) -> None:
    hands.window.header.add_account_chosen.emit()
    adding: AccountDialog = dialog(AccountDialog)
    adding.form.name.setText("Northwind & Co")
    adding.form.client_id.setText("id")
    adding.form.secret.setText("secret")
    click(adding.untested)
    qtbot.waitUntil(lambda: hands.session.in_use.account.name == "Northwind & Co", timeout=LONG)
    header = hands.window.header
    assert header.badge.text() == "LIVE"
    assert header.account_button.text() == "Northwind && Co · US ▾"
    assert "Northwind & Co is saved. The keys are kept in: " in hands.said()
    labels = [action.text() for action in header.account_menu.actions()]
    assert "Northwind && Co · US · LIVE" in labels
    header.remove_account_chosen.emit()
    hands.answer("Remove it")
    qtbot.waitUntil(lambda: header.badge.text() == "PRACTICE", timeout=LONG)
    assert connections.book.accounts() == ()
    assert "Northwind & Co is removed from this computer" in hands.said()


def test_the_store_used_last_is_remembered(
    hands: Hands, desk: Desk, connections: FastConnections, qtbot: QtBot
) -> None:
    hands.window.header.add_account_chosen.emit()
    adding = hands._dialog(AccountDialog)
    adding.form.name.setText("Northwind")
    adding.form.environment.setCurrentIndex(1)
    adding.form.client_id.setText("id")
    adding.form.secret.setText("secret")
    click(adding.untested)
    qtbot.waitUntil(lambda: hands.session.in_use.account.name == "Northwind", timeout=LONG)
    again = make_window(desk)
    qtbot.addWidget(again)
    again.begin(None)
    assert again.session.in_use.account.name == "Northwind"
    assert again.header.badge.text() == "SANDBOX"
    again.session.close()


def test_another_store_forgets_what_the_first_one_said(hands: Hands, qtbot: QtBot) -> None:
    hands.try_practice()
    with qtbot.waitSignal(
        hands.session.looks.progressed, timeout=LONG, check_params_cb=lambda _done, all_: all_ == 0
    ):
        hands.pages.review.check_requested.emit()
    review = hands.session.review
    assert review is not None
    assert any(review.live(row.id) for row in review.table.rows)
    hands.session.choose_account(hands.session.in_use.account)
    assert not any(review.live(row.id) for row in review.table.rows)


def test_the_shortcuts_that_there_are_can_be_listed(hands: Hands, dialog: Find) -> None:
    press(hands.window, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    listed: ShortcutsDialog = dialog(ShortcutsDialog)
    assert listed.isVisible()
    listed.accept()


def test_a_template_is_saved(hands: Hands, tmp_path: Path) -> None:
    click(hands.pages.imports.template)
    hands.save_as(tmp_path / "template.xlsx")
    assert "template.xlsx" in hands.said()


def test_a_file_is_chosen(hands: Hands, tmp_path: Path, dialog: Find) -> None:
    path = tmp_path / "orders.xlsx"
    write_sheet(path, [])
    click(hands.pages.imports.choose)
    chosen: QFileDialog = dialog(QFileDialog)
    chosen.fileSelected.emit(str(path))
    chosen.reject()
    assert "no rows below" in hands.said()


def test_a_clean_sheet_goes_through(
    hands: Hands, tmp_path: Path, connections: FastConnections
) -> None:
    hands.try_practice()
    hands.ask_to_send().back.click()
    rows = clean_rows(connections.stores[-1].orders()[:40])
    write_sheet(tmp_path / "clean.xlsx", rows)
    hands.window.journey.open_file(tmp_path / "clean.xlsx")
    hands.answer("Replace it")
    hands.wait_for(Step.IMPORT)
    hands.wait_for(Step.REVIEW)
    hands.send()
    hands.wait_for(Step.RESULTS)
    assert all(tally.times == 1 for tally in connections.stores[-1].tallies().values())


def test_reasons_of_rows_left_out_are_told_in_words_too(hands: Hands) -> None:
    """Row 18 of the sample gives its reason as Walmart's code."""
    hands.go_through()
    model = hands.pages.results.model
    rows = range(model.rowCount())
    vertical = Qt.Orientation.Vertical
    row = next(at for at in rows if model.headerData(at, vertical) == "18")
    assert model.row_result(row).row.cells[-1] == "SELLER_CANCEL_OUT_OF_STOCK"
    assert model.index(row, REASON).data() == "Out of stock"


def test_nothing_is_written_or_sent_while_it_is_held(
    hands: Hands, connections: FastConnections, desk: Desk, qtbot: QtBot
) -> None:
    hands.try_practice()
    review = hands.session.review
    assert review is not None
    before = [row.cells for row in review.table.rows]
    dialog = hands.ask_to_send()
    press(dialog.options.hold, Qt.Key.Key_Space)
    click(dialog.send)
    assert dialog.hold.counting
    assert not desk.runs()
    click(dialog.hold.undo)
    assert hands.window.journey.step is Step.REVIEW
    assert hands.pages.review.isEnabled()
    assert [row.cells for row in review.table.rows] == before
    assert not desk.runs()
    assert connections.stores[-1].tallies() == {}
    # The choice is remembered, and the same sheet can be sent after all.
    again = hands.ask_to_send()
    assert again.options.hold.isChecked()
    click(again.send)
    again.hold.elapsed.emit()
    hands.wait_for(Step.RESULTS)
    assert hands.pages.results.model.counts()[Result.CANCELLED] == 16


def test_closing_the_window_while_it_is_held_sends_nothing(
    hands: Hands, connections: FastConnections, desk: Desk, qtbot: QtBot
) -> None:
    hands.try_practice()
    dialog = hands.ask_to_send()
    press(dialog.options.hold, Qt.Key.Key_Space)
    click(dialog.send)
    hands.window.close()
    assert not hands.window.isVisible()
    assert not dialog.hold.counting
    assert not desk.runs()
    assert connections.stores[-1].tallies() == {}


def test_a_sleep_while_it_is_held_is_said_and_sends_nothing(
    hands: Hands, connections: FastConnections, desk: Desk
) -> None:
    hands.try_practice()
    dialog = hands.ask_to_send()
    press(dialog.options.hold, Qt.Key.Key_Space)
    click(dialog.send)
    dialog.hold.overslept.emit()
    assert "slept while the run was held back, so nothing was sent" in hands.said()
    assert hands.pages.review.isEnabled()
    assert not desk.runs()
