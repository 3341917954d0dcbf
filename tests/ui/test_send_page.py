"""The page of a run as it happens: what it says, asks and follows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cancel_desk.accounts.account import Account, Environment, Market
from cancel_desk.checks.plan import Store
from cancel_desk.practice.faults import Faults
from cancel_desk.practice.sample import clean_rows, write_sheet
from cancel_desk.practice.server import PracticeServer
from cancel_desk.practice.store import PracticeStore
from cancel_desk.practice.tokens import CLIENT_ID, CLIENT_SECRET
from cancel_desk.runs.outcome import Finding, Outcome, RunLine, State
from cancel_desk.runs.results import Result
from cancel_desk.ui.dialogs.account_dialog import AccountDialog
from cancel_desk.ui.pages.send_words import done_at, first_question, pace_words
from cancel_desk.ui.session.sending import Sending
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind
from cancel_desk.walmart.token import Credentials
from ui.fast_store import FastConnections
from ui.hands import click, press, type_text
from ui.person import LONG, Find, Hands


@dataclass
class FakeRun:
    store: Store = field(default_factory=lambda: Store("Nord", "US", "LIVE", "https://n.example"))


@dataclass
class FakeSending:
    stopping: bool = False
    paused: bool = False
    cut_off: bool = False
    orders_a_minute: float = 57.0
    run: FakeRun = field(default_factory=FakeRun)


def words(*, wait: float = 0.0, left: int = 5, in_doubt: int = 0, **how: bool) -> str:
    sending = cast("Sending", FakeSending(**how))  # type: ignore[arg-type]
    return pace_words(sending, wait=wait, left=left, in_doubt=in_doubt)


def test_every_kind_of_waiting_has_plain_words() -> None:
    assert words() == "Up to 57 orders a minute, as Nord allows"
    assert words(wait=1.2) == "Up to 57 orders a minute, as Nord allows: next in 1 s"
    assert words(wait=65) == "Nord asked to wait: it goes on by itself in about 60 seconds."
    assert (
        words(left=2, in_doubt=2)
        == "Reading the orders of 2 lines again to see what became of them."
    )
    assert words(left=0) == ""
    assert words(cut_off=True, wait=2.9) == (
        "Nord can't be reached at the moment, so nothing is sent. "
        "It is tried again in 3 s and goes on by itself."
    )
    assert words(paused=True, cut_off=True).startswith("Paused")
    assert words(stopping=True, paused=True).startswith("Finishing")


def test_the_end_is_told_as_clocks_show_it() -> None:
    now = datetime(2026, 11, 27, 14, 2, tzinfo=UTC)
    end = now + timedelta(minutes=18)
    assert done_at(end, now=now) == "done about 2:20 PM"
    late = now + timedelta(hours=12)
    assert done_at(late, now=now) == "done Saturday about 2:02 AM"


def test_what_became_of_the_first_order_is_told_line_by_line() -> None:
    done = Outcome(State.CANCELLED, Finding.CONFIRMED)
    reason = "SELLER_CANCEL_OUT_OF_STOCK"
    lines = [
        RunLine(at, 1, "1796277083022", at, str(at), 1, reason, "", State.CANCELLED, done)
        for at in range(1, 8)
    ]
    question = first_question(lines, left=1198)
    told = question.why.splitlines()
    assert told[0] == "The first order went alone. Nothing else is sent until you say so."
    assert told[1] == ("1796277083022 line 1: Cancelled. 1 unit cancelled: Out of stock.")
    assert told[-1] == "… and 2 more lines"
    assert question.go_on == "Continue with the other 1,198 lines"


def first_alone(hands: Hands) -> None:
    """Send the sample's first order alone, and wait for the question."""
    hands.try_practice()
    dialog = hands.ask_to_send()
    press(dialog.options.first, Qt.Key.Key_Space)
    click(dialog.send)
    hands.wait_for(Step.SEND)


@pytest.fixture
def asked(hands: Hands, qtbot: QtBot) -> Hands:
    """A run whose first order is done and whose others wait for the person."""
    first_alone(hands)
    qtbot.waitUntil(hands.pages.send.question.isVisible, timeout=LONG)
    return hands


def test_after_the_first_order_the_person_is_asked(
    asked: Hands, connections: FastConnections
) -> None:
    send = asked.pages.send
    store = connections.stores[-1]
    said = send.question.text()
    assert said.startswith("The first order went alone.")
    assert "line 1: Cancelled. 1 unit cancelled: Customer asked." in said
    sent = len(store.tallies())
    assert 0 < sent < 16
    assert send.pause.text() == f"Continue with the other {16 - sent} lines"
    assert send.stop.text() == "Stop here"
    assert len({po for po, _line in store.tallies()}) == 1
    click(send.pause)
    assert not send.question.isVisible()
    asked.wait_for(Step.RESULTS)
    assert asked.pages.results.model.counts()[Result.CANCELLED] == 16
    assert all(tally.times == 1 for tally in store.tallies().values())


def test_whoever_stops_after_the_first_order_sent_only_that(
    asked: Hands, connections: FastConnections
) -> None:
    sent = len(connections.stores[-1].tallies())
    click(asked.pages.send.stop)
    asked.wait_for(Step.RESULTS)
    counts = asked.pages.results.model.counts()
    assert (counts[Result.CANCELLED], counts[Result.NOT_SENT]) == (sent, 16 - sent)
    assert len(connections.stores[-1].tallies()) == sent


def test_closing_the_window_answers_no(
    asked: Hands, connections: FastConnections, qtbot: QtBot
) -> None:
    sent = len(connections.stores[-1].tallies())
    asked.window.close()
    qtbot.waitUntil(lambda: not asked.window.isVisible(), timeout=LONG)
    assert len(connections.stores[-1].tallies()) == sent


def slow_run(hands: Hands, connections: FastConnections) -> None:
    hands.try_practice()
    dialog = hands.ask_to_send()
    connections.stores[-1].faults = Faults(latency=0.3)
    hands.window.resize(900, 420)
    click(dialog.send)
    hands.wait_for(Step.SEND)


def wheel(hands: Hands) -> None:
    viewport = hands.pages.send.table.viewport()
    where = QPointF(20, 20)
    buttons, none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    turned = QWheelEvent(
        where,
        viewport.mapToGlobal(where),
        QPoint(),
        QPoint(0, -120),
        buttons,
        none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, turned)


def page_down(hands: Hands) -> None:
    press(hands.pages.send.table, Qt.Key.Key_PageDown)


@pytest.mark.parametrize("move", [wheel, page_down])
def test_it_follows_along_until_the_person_scrolls(
    move: Callable[[Hands], None], hands: Hands, connections: FastConnections, qtbot: QtBot
) -> None:
    slow_run(hands, connections)
    send = hands.pages.send
    assert send.follow.isChecked()
    qtbot.waitUntil(lambda: send.model.states[State.CANCELLED] > 0, timeout=LONG)
    assert send.follow.isChecked()
    move(hands)
    assert not send.follow.isChecked()


def test_no_end_is_told_while_the_connection_is_lost(
    hands: Hands, connections: FastConnections, qtbot: QtBot
) -> None:
    """Also where it breaks while no line changes, and though it goes on by itself."""
    slow_run(hands, connections)
    sending, send = hands.session.sending, hands.pages.send
    assert sending is not None
    progress = send.counts.progress
    qtbot.waitUntil(lambda: "left · done about" in progress.text(), timeout=LONG)
    sending._ears.unreachable(9.0)
    qtbot.waitUntil(lambda: "can't be reached" in send.pace.text(), timeout=LONG)
    assert "left" not in progress.text()
    hands.wait_for(Step.RESULTS)


def test_time_left_and_end_are_told_while_it_goes_on(
    hands: Hands, connections: FastConnections, qtbot: QtBot
) -> None:
    slow_run(hands, connections)
    progress = hands.pages.send.counts.progress
    qtbot.waitUntil(lambda: "left · done about" in progress.text(), timeout=LONG)
    click(hands.pages.send.pause)
    assert "left" not in progress.text()
    assert progress.text().endswith(" of 16 done")


def pause_and_resume(hands: Hands) -> None:
    click(hands.pages.send.pause)
    click(hands.pages.send.pause)


def sleep_and_wake(hands: Hands) -> None:
    sending = hands.session.sending
    assert sending is not None
    sending.woke.emit(7200.0)


@pytest.mark.parametrize("interrupt", [pause_and_resume, sleep_and_wake])
def test_time_in_which_nothing_could_be_sent_says_nothing_about_the_pace(
    interrupt: Callable[[Hands], None],
    hands: Hands,
    connections: FastConnections,
    qtbot: QtBot,
) -> None:
    slow_run(hands, connections)
    send = hands.pages.send
    qtbot.waitUntil(lambda: send.model.states[State.CANCELLED] > 0, timeout=LONG)
    time_left = send._time_left
    time_left.restart()
    clock = time_left._clock
    time_left._clock = lambda: clock() - 3600
    time_left.note(-100)
    time_left._clock = clock
    time_left.note(0)
    assert time_left.seconds(60, a_minute=60) > 600
    interrupt(hands)
    assert time_left.seconds(60, a_minute=60) == 60


@pytest.fixture
def sandbox(connections: FastConnections) -> Iterator[PracticeStore]:
    """A store with keys of its own, which behaves as the practice store does."""
    store = PracticeStore()
    with PracticeServer(store) as server:
        connections.book.add(Account("Nord", Market.US, Environment.SANDBOX, server.address))
        connections.vault.save("Nord", Credentials(CLIENT_ID, CLIENT_SECRET))
        yield store


def test_keys_that_may_not_cancel_are_changed_and_the_run_goes_on(
    hands: Hands,
    sandbox: PracticeStore,
    connections: FastConnections,
    dialog: Find,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    write_sheet(tmp_path / "few.xlsx", clean_rows(sandbox.orders()[:3]))
    hands.session.choose_account(connections.account("Nord"))
    hands.window.journey.open_file(tmp_path / "few.xlsx")
    hands.wait_for(Step.REVIEW)
    confirming = hands.ask_to_send()
    sandbox.faults = Faults(latency=0.2)
    click(confirming.send)
    hands.wait_for(Step.SEND)
    sending, send = hands.session.sending, hands.pages.send
    assert sending is not None
    sending.pause()
    sending._ears.paused(CallFailed(FailureKind.FORBIDDEN, Cause.HTTP, status=403))
    qtbot.waitUntil(send.question.isVisible, timeout=LONG)
    assert send.stop.text() == "Stop and change the keys"
    click(send.stop)
    changing: AccountDialog = dialog(AccountDialog)
    assert "doesn't let these keys do this" in changing.notice.sentence.text()
    sandbox.faults = Faults()
    type_text(changing.form.client_id, CLIENT_ID)
    type_text(changing.form.secret, CLIENT_SECRET)
    with qtbot.waitSignal(changing.accepted, timeout=LONG):
        click(changing.save)
    click(hands.pages.results.ways.go_on)
    results = hands.pages.results
    qtbot.waitUntil(lambda: results.model.counts()[Result.CANCELLED] == 4, timeout=LONG)
    assert [tally.times for tally in sandbox.tallies().values()] == [1] * 4
