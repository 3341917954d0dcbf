"""While a run is being opened nothing else begins: no second run, no plan, no other sheet."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from cancel_desk.accounts.account import Account, Environment, Market
from cancel_desk.accounts.register import Removed
from cancel_desk.connections import Connection
from cancel_desk.desk import Desk
from cancel_desk.practice.faults import Faults
from cancel_desk.runs.results import Result
from cancel_desk.runs.run import Run
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.flows import confirming
from cancel_desk.ui.widgets.steps import Step
from ui.fast_store import FastConnections
from ui.hands import button_in, click, drag, sees
from ui.person import LONG, Hands


@pytest.fixture
def keyring() -> Iterator[threading.Event]:
    """Set once the keyring, which waits for its password, answers."""
    answers = threading.Event()
    yield answers
    answers.set()


@pytest.fixture
def interrupted(
    hands: Hands,
    connections: FastConnections,
    desk: Desk,
    keyring: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> QAbstractButton:
    """Stop a run, and turn to the button that resumes it; its store is asked for keys first."""
    hands.try_practice()
    dialog = hands.ask_to_send()
    connections.stores[-1].faults = Faults(latency=0.1)
    click(dialog.send)
    hands.wait_for(Step.SEND)
    click(hands.pages.send.stop)
    hands.wait_for(Step.RESULTS)
    click(hands.window.header.steps[Step.REVIEW])
    click(hands.window.header.steps[Step.IMPORT])
    connect = desk.connect_for

    def slow(run: Run) -> Connection:
        assert keyring.wait(LONG)
        return connect(run)

    monkeypatch.setattr(desk, "connect_for", slow)
    recent = hands.pages.imports.recent
    qtbot.waitUntil(lambda: sees(recent, "Resume"), timeout=LONG)
    return button_in(recent, "Resume")


def everything_is_cancelled_once(hands: Hands, connections: FastConnections) -> None:
    hands.wait_for(Step.RESULTS)
    assert hands.pages.results.model.counts()[Result.CANCELLED] == 16
    assert all(tally.times == 1 for tally in connections.stores[-1].tallies().values())


def test_nothing_else_begins_while_a_run_is_opened(
    hands: Hands,
    interrupted: QAbstractButton,
    connections: FastConnections,
    keyring: threading.Event,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr("cancel_desk.ui.flows.journey.SLOW_MS", 1)
    click(interrupted)
    header = hands.window.header
    assert not interrupted.isEnabled()
    assert [step for step in Step if header.steps[step].isEnabled()] == [Step.IMPORT]
    qtbot.waitUntil(lambda: "The run is being opened" in hands.said(), timeout=LONG)
    other = tmp_path / "other.csv"
    other.write_text("PO#,Line#,Qty,Reason\n1796277999001,1,1,oos\n")
    drag(hands.window, [other], drop=True)
    # Whatever was asked for a moment before arrives now.
    began: list[object] = []
    hands.session.reading_began.connect(began.append)
    hands.session.opening.paste("PO#\tReason\n1796277999001\toos", None)
    assert not began
    hands.session.prepare()
    hands.session.resume(hands.session.desk.runs()[0].id)
    hands.session.choose_account(hands.session.in_use.account)
    keyring.set()
    everything_is_cancelled_once(hands, connections)
    assert hands.session.source is not None
    assert hands.session.source.name == "practice-orders.xlsx"
    assert header.steps[Step.REVIEW].isEnabled()


def test_a_plan_in_the_making_is_given_up_for_a_run_that_is_resumed(
    hands: Hands,
    interrupted: QAbstractButton,
    connections: FastConnections,
    keyring: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    looked_at = threading.Event()
    answers = threading.Event()

    def doubt(*_given: object) -> str:
        looked_at.set()
        assert answers.wait(LONG)
        return ""

    monkeypatch.setattr(confirming, "results_doubt", doubt)
    header = hands.window.header
    click(header.steps[Step.REVIEW])
    click(hands.pages.review.footer.send)
    qtbot.waitUntil(looked_at.is_set, timeout=LONG)
    click(header.steps[Step.IMPORT])
    click(button_in(hands.pages.imports.recent, "Resume"))
    answers.set()
    keyring.set()
    everything_is_cancelled_once(hands, connections)
    assert not any(each.isVisible() for each in hands.window.findChildren(ConfirmDialog))
    assert hands.pages.review.isEnabled()


def test_a_run_that_cannot_be_opened_leaves_the_window_as_it_was(
    hands: Hands, desk: Desk, interrupted: QAbstractButton, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_store(_run: Run) -> Connection:
        raise OSError

    monkeypatch.setattr(desk, "connect_for", no_store)
    click(interrupted)
    assert hands.said()
    assert hands.window.journey.step is Step.IMPORT
    click(button_in(hands.pages.imports.recent, "Resume"))


def test_an_account_removed_late_does_not_change_the_one_that_is_sent_for(
    hands: Hands, connections: FastConnections, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = Account("North", Market.US, Environment.LIVE, "https://marketplace.walmartapis.com")
    gone = Removed(account, keys_left_in="")
    monkeypatch.setattr(desk.connections.register, "remove", lambda _name: gone)
    hands.try_practice()
    dialog = hands.ask_to_send()
    connections.stores[-1].faults = Faults(latency=0.1)
    click(dialog.send)
    hands.wait_for(Step.SEND)
    sending = hands.session.sending
    assert sending is not None
    sending.pause()
    hands.window.journey._account_changes._remove(account)
    assert "North is removed" in hands.said()
    assert hands.session.in_use.connection is sending.connection
    sending.resume()
    everything_is_cancelled_once(hands, connections)
