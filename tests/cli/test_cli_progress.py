"""What is shown while a run is sent: a bar on a terminal, a line of text now and then elsewhere."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from cancel_desk.cli import progress
from cancel_desk.cli.front import Front
from cancel_desk.cli.progress import SendingProgress
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.outcome import RunLine, State

LINES = [
    RunLine(at, 1, "1796277083022", at, str(at), 1, "SELLER_CANCEL_OUT_OF_STOCK", "", State.PENDING)
    for at in range(1, 5)
]


def shown(*, terminal: bool) -> str:
    """Return what is written while two lines are cancelled and one is refused."""
    written = io.StringIO()
    console = Console(file=written, force_terminal=terminal, width=100)
    gate = Gate()
    with SendingProgress(Front(Path("state"), {}, messages=console), LINES, gate) as told:
        told.show()
        told.changed([replace(line, state=State.CANCELLED) for line in LINES[:2]])
        told.changed([replace(LINES[2], state=State.REFUSED)])
        told.changed([replace(LINES[3], state=State.UNKNOWN)])
        told.waiting(30.4)
        told.show()
        told.stop()
    assert gate.stopped
    return written.getvalue()


def test_a_bar_on_a_terminal() -> None:
    text = shown(terminal=True)
    assert "0/4" in text
    assert "3/4" in text
    assert "2 cancelled, 1 refused, 1 being checked, next call in 30 s" in text
    assert "Stopping" in text


def test_lines_of_text_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "lines done" not in shown(terminal=False)
    monkeypatch.setattr(progress, "_PLAIN_SECONDS", -1.0)
    assert "3 of 4 lines done. 2 cancelled, 1 refused, 1 being checked" in shown(terminal=False)


def test_what_became_of_the_first_request_is_told_once() -> None:
    told = SendingProgress(Front(Path("state"), {}), LINES, Gate())
    assert told.take_first() == []
    told.first_sent(LINES[:1])
    assert told.take_first() == LINES[:1]
    assert told.take_first() == []
