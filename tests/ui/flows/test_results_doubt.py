"""What is said before the first cancel where its results could not be saved."""

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cancel_desk.checks.review import Review
from cancel_desk.desk import Desk
from cancel_desk.sheet import result_sheet
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.flows.confirming import Confirming
from cancel_desk.ui.flows.results_doubt import results_doubt
from cancel_desk.ui.widgets.steps import Step
from patience import PATIENCE
from ui.fast_store import FastConnections
from ui.hands import click
from ui.person import Find, Hands


def opened(hands: Hands, path: Path) -> Review:
    path.write_text("PO#,Line#,Qty,Reason\n1796277093636,1,1,oos\n")
    hands.window.journey.open_file(path)
    hands.wait_for(Step.REVIEW)
    review = hands.session.review
    assert review is not None
    return review


def test_a_place_for_the_results_is_tried_before_anything_is_sent(
    hands: Hands, tmp_path: Path, connections: FastConnections
) -> None:
    opened(hands, tmp_path / "orders.csv")
    dialog = hands.ask_to_send()
    assert not dialog.doubt.isVisible()
    assert [path.name for path in tmp_path.iterdir() if path.suffix in {".csv", ".xlsx"}] == [
        "orders.csv"
    ]
    click(dialog.back)


def test_results_with_no_place_are_said_before_anything_is_sent(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, connections: FastConnections
) -> None:
    def refused(_desk: Desk, source: Path | None) -> Path:
        raise SheetError(SheetProblem.OUTPUT_DISK_FULL, path=str(source))

    monkeypatch.setattr(Desk, "results_place", refused)
    opened(hands, tmp_path / "orders.csv")
    dialog = hands.ask_to_send()
    assert dialog.doubt.isVisible()
    assert "the disk is full" in dialog.doubt.text()
    assert "stay in this program" in dialog.doubt.text()
    assert connections.stores[-1].tallies() == {}
    click(dialog.send)
    hands.wait_for(Step.RESULTS)


def test_more_rows_than_a_workbook_holds_are_said_before(
    hands: Hands, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = opened(hands, tmp_path / "orders.csv")
    monkeypatch.setattr(result_sheet, "EXCEL_ROWS", 1)
    said = results_doubt(desk, tmp_path / "orders.csv", review)
    assert "Choose a name that ends in .csv" in said
    assert "stay in this program" in said


def test_a_drive_that_never_answers_holds_nothing_up(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dialog: Find, qtbot: QtBot
) -> None:
    answers = threading.Event()

    def waits(_desk: Desk, _source: Path | None) -> Path:
        answers.wait(PATIENCE)
        return tmp_path / "results.xlsx"

    monkeypatch.setattr(Desk, "results_place", waits)
    monkeypatch.setattr(hands.window.journey.confirming, "_patience", 1)
    opened(hands, tmp_path / "orders.csv")
    shown: ConfirmDialog = hands.ask_to_send()
    assert "does not answer" in shown.doubt.text()
    answers.set()
    qtbot.waitUntil(lambda: not hands.session.background.busy)
    assert hands.window.findChildren(ConfirmDialog) == [shown]
    click(shown.back)


def test_the_person_is_asked_within_seconds_in_any_case(hands: Hands) -> None:
    confirming = Confirming(hands.window, hands.session)
    assert confirming._patience == 3000
