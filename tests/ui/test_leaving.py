"""The end of a session, and signals: what is under way is finished and written down."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cancel_desk.desk import open_desk
from cancel_desk.practice.faults import Faults
from cancel_desk.runs.results import Result
from cancel_desk.ui.leaving import Leaving
from cancel_desk.ui.widgets.steps import Step
from patience import PATIENCE
from ui.fast_store import FastConnections
from ui.hands import click
from ui.person import Hands

TESTS = Path(__file__).parents[1]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_closes_the_window_safely(number: int, tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, str(TESTS / "ui" / "leaving_child.py"), str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        text=True,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "sending\n"
        child.send_signal(number)
        _said, errors = child.communicate(timeout=PATIENCE)
    assert child.returncode == 0, errors
    (run,) = open_desk(tmp_path, {}).runs()
    assert run.counts is not None
    assert run.counts[Result.UNKNOWN] == 0
    assert run.counts[Result.NOT_SENT] > 0


def test_the_end_of_the_session_waits_for_the_calls_under_way(
    hands: Hands, connections: FastConnections, qapp: QApplication, qtbot: QtBot
) -> None:
    leaving = Leaving(qapp, hands.window)
    try:
        hands.try_practice()
        dialog = hands.ask_to_send()
        connections.stores[-1].faults = Faults(latency=0.3)
        click(dialog.send)
        hands.wait_for(Step.SEND)
        leaving._on_session_ending(None)
        # Nothing is under way when the session manager hears from us.
        assert hands.session.sending is None
    finally:
        leaving.end()
    counts = hands.pages.results.model.counts()
    assert counts[Result.UNKNOWN] == 0
    assert counts[Result.CANCELLED] == len(connections.stores[-1].tallies())
    assert "session was about to end, so sending was stopped" in hands.said()
    assert hands.window.isVisible()


def test_a_run_that_is_held_does_not_begin_when_the_session_ends(
    hands: Hands, connections: FastConnections, qapp: QApplication
) -> None:
    leaving = Leaving(qapp, hands.window)
    try:
        hands.try_practice()
        dialog = hands.ask_to_send()
        dialog.options.hold.setChecked(True)
        click(dialog.send)
        leaving._on_session_ending(None)
        assert not dialog.hold.counting
    finally:
        leaving.end()
    assert not hands.session.desk.runs()


class Manager:
    """Stands in for the session manager, which Qt alone can make."""

    def __init__(self) -> None:
        self.hints: list[QSessionManager.RestartHint] = []

    def setRestartHint(self, hint: QSessionManager.RestartHint) -> None:
        self.hints.append(hint)


def test_the_next_session_does_not_start_it_by_itself(hands: Hands, qapp: QApplication) -> None:
    leaving = Leaving(qapp, hands.window)
    manager = Manager()
    try:
        leaving._on_state_wanted(manager)  # type: ignore[arg-type]
        assert qapp.receivers(SIGNAL("saveStateRequest(QSessionManager&)")) == 1
    finally:
        leaving.end()
    assert manager.hints == [QSessionManager.RestartHint.RestartNever]


def test_signals_do_again_what_they_did(hands: Hands, qapp: QApplication) -> None:
    before = signal.getsignal(signal.SIGTERM)
    leaving = Leaving(qapp, hands.window)
    assert signal.getsignal(signal.SIGTERM) != before
    leaving.end()
    assert signal.getsignal(signal.SIGTERM) == before
