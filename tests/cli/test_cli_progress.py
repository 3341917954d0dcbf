"""What is shown while a run is sent: a bar on a terminal, a line of text now and then elsewhere."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from cancel_desk.cli import progress
from cancel_desk.cli.front import Front
from cancel_desk.cli.progress import Pace, SendingProgress
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.outcome import RunLine, State

LINES = [
    RunLine(at, 1, "1796277083022", at, str(at), 1, "SELLER_CANCEL_OUT_OF_STOCK", "", State.PENDING)
    for at in range(1, 5)
]
PACE = Pace("Northwind", lambda: 57.0)


class Told:
    """What is written on a terminal, or where there is none."""

    def __init__(self, *, terminal: bool) -> None:
        self.written = io.StringIO()
        console = Console(file=self.written, force_terminal=terminal, width=100)
        self.gate = Gate()
        front = Front(Path("state"), {}, messages=console)
        self.progress = SendingProgress(front, LINES, self.gate, PACE)

    def new(self) -> str:
        """Show how far it is, and return what was written since the last time, in one line."""
        self.progress.show()
        text = " ".join(self.written.getvalue().split())
        self.written.truncate(0)
        self.written.seek(0)
        return text


@pytest.fixture
def on_terminal() -> Iterator[Told]:
    told = Told(terminal=True)
    with told.progress:
        yield told


def test_a_bar_on_a_terminal(on_terminal: Told) -> None:
    progress = on_terminal.progress
    assert "0/4" in on_terminal.new()
    progress.changed([replace(line, state=State.CANCELLED) for line in LINES[:2]])
    progress.changed([replace(LINES[2], state=State.REFUSED)])
    progress.changed([replace(LINES[3], state=State.UNKNOWN)])
    text = on_terminal.new()
    assert "3/4" in text
    assert "2 cancelled, 1 refused, 1 being checked" in text
    progress.stop()
    assert on_terminal.gate.stopped
    assert "Stopping" in on_terminal.new()


def test_the_pace_in_words(on_terminal: Told) -> None:
    text = on_terminal.new()
    assert re.search(r"Done in a few seconds, at \d{1,2}:\d\d [AP]M\.", text)
    assert "Northwind allows 57 orders a minute." in text
    on_terminal.progress.waiting(3.2)
    assert "57 orders a minute: the next goes in 3 s." in on_terminal.new()


def test_a_long_wait_is_somebodys_wish(on_terminal: Told) -> None:
    on_terminal.progress.waiting(30.4)
    wish = "Northwind asked to wait: it goes on by itself in about 30 seconds."
    assert wish in on_terminal.new()
    on_terminal.progress.waiting(2.0)
    assert wish not in on_terminal.new()


def test_a_lost_connection_is_told_until_something_is_done(on_terminal: Told) -> None:
    lost = "No connection to Northwind: it goes on by itself when it is back."
    on_terminal.progress.unreachable(9.0)
    assert lost in on_terminal.new()
    on_terminal.progress.changed([replace(LINES[0], state=State.UNSENT)])
    assert lost in on_terminal.new()
    on_terminal.progress.changed([replace(LINES[0], state=State.CANCELLED)])
    assert lost not in on_terminal.new()


def test_nothing_is_waited_for_at_the_end(on_terminal: Told) -> None:
    on_terminal.progress.changed([replace(line, state=State.CANCELLED) for line in LINES])
    on_terminal.progress.waiting(9.0)
    text = on_terminal.new()
    assert "4/4" in text
    assert "Done in" not in text


def test_lines_of_text_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(terminal=False)
    with told.progress:
        assert told.new() == ""
        monkeypatch.setattr(progress, "_PLAIN_SECONDS", -1.0)
        told.progress.changed([replace(line, state=State.CANCELLED) for line in LINES[:2]])
        text = told.new()
    assert text.startswith("2 of 4 lines done. 2 cancelled Done in a few seconds, at ")


def test_what_became_of_the_first_request_is_told_once() -> None:
    told = SendingProgress(Front(Path("state"), {}), LINES, Gate(), PACE)
    assert told.take_first() == []
    told.first_sent(LINES[:1])
    assert told.take_first() == LINES[:1]
    assert told.take_first() == []
