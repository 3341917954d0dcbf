"""What a run shows outside its window, and that it ends with the run."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cancel_desk.practice.faults import Faults
from cancel_desk.ui.flows.sending_outside import SendingOutside
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind
from ui.fast_store import FastConnections
from ui.hands import click, press
from ui.person import LONG, Hands


class NotedDesktop:
    """Notes what it is asked, in order; equal news in a row only once."""

    def __init__(self) -> None:
        self.progress: list[tuple[int, int, bool]] = []
        self.told: list[tuple[str, str]] = []
        self.awake: list[bool] = []
        self.shown = False

    def show_progress(self, done: int, total: int, *, paused: bool) -> None:
        self.shown = True
        self.progress.append((done, total, paused))

    def clear_progress(self) -> None:
        self.shown = False

    def keep_awake(self, why: str) -> None:
        assert why
        self.awake.append(True)

    def let_sleep(self) -> None:
        self.awake.append(False)

    def notify(self, title: str, text: str) -> None:
        self.told.append((title, text))

    def close(self) -> None:
        """Nothing is open."""


Joined = Callable[[bool], NotedDesktop]


@pytest.fixture
def joined(hands: Hands) -> Joined:
    def join(in_front: bool) -> NotedDesktop:
        desktop = NotedDesktop()
        hands.window._outside = SendingOutside(hands.window, desktop, in_front=lambda: in_front)
        return desktop

    return join


def test_a_run_shows_on_the_desktop_and_leaves_nothing(hands: Hands, joined: Joined) -> None:
    desktop = joined(False)
    hands.go_through()
    assert desktop.progress[0] == (0, 16, False)
    assert desktop.progress[-1] == (16, 16, False)
    assert not desktop.shown
    assert desktop.awake == [True, False]
    assert desktop.told == [
        ("Practice store (PRACTICE)", "All 16 lines are cancelled; 8 rows were left out")
    ]


def test_whoever_looks_at_the_window_is_not_told_twice(hands: Hands, joined: Joined) -> None:
    desktop = joined(True)
    hands.go_through()
    assert desktop.told == []
    assert desktop.awake == [True, False]


def test_old_results_are_no_news(hands: Hands, joined: Joined, qtbot: QtBot) -> None:
    hands.go_through()
    desktop = joined(False)
    run = hands.session.open_run
    assert run is not None
    with qtbot.waitSignal(hands.session.results_ready, timeout=LONG):
        hands.session.show_results(run.run.id)
    assert (desktop.told, desktop.awake, desktop.progress) == ([], [], [])


def test_a_paused_run_lets_the_computer_sleep_and_calls_the_person(
    hands: Hands, joined: Joined, qtbot: QtBot
) -> None:
    desktop = joined(False)
    hands.try_practice()
    dialog = hands.ask_to_send()
    press(dialog.options.first, Qt.Key.Key_Space)
    click(dialog.send)
    qtbot.waitUntil(hands.pages.send.question.isVisible, timeout=LONG)
    assert desktop.told[-1][1] == "The first order was sent. The others wait for your answer."
    assert desktop.awake == [True, False]
    assert desktop.progress[-1][2]
    click(hands.pages.send.pause)
    hands.wait_for(Step.RESULTS)
    assert desktop.awake == [True, False, True, False]


def test_a_run_that_paused_itself_says_why(
    hands: Hands, joined: Joined, connections: FastConnections, qtbot: QtBot
) -> None:
    desktop = joined(False)
    hands.try_practice()
    dialog = hands.ask_to_send()
    connections.stores[-1].faults = Faults(latency=0.2)
    click(dialog.send)
    hands.wait_for(Step.SEND)
    sending = hands.session.sending
    assert sending is not None
    sending.pause()
    sending._ears.paused(CallFailed(FailureKind.UNKNOWN, Cause.HTTP, status=500))
    qtbot.waitUntil(lambda: bool(desktop.told), timeout=LONG)
    ((title, text),) = desktop.told
    assert title == "Practice store (PRACTICE)"
    assert text.startswith("The run is paused and waits for you. ")
    assert "HTTP 500" in text or "Practice store" in text
    click(hands.pages.send.stop)
    hands.wait_for(Step.RESULTS)


def test_a_sleep_is_said_and_the_run_goes_on(
    hands: Hands, connections: FastConnections, qtbot: QtBot
) -> None:
    hands.try_practice()
    dialog = hands.ask_to_send()
    connections.stores[-1].faults = Faults(latency=0.2)
    click(dialog.send)
    hands.wait_for(Step.SEND)
    sending = hands.session.sending
    assert sending is not None
    clock = sending._sleep._clock
    sending._sleep._clock = lambda: clock() + 7200
    assert "slept for about 2 hours" in hands.said()
    hands.wait_for(Step.RESULTS)
    assert all(tally.times == 1 for tally in connections.stores[-1].tallies().values())
