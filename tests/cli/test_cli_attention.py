"""Ctrl+C while something long goes on."""

import signal
import sys
import threading
from pathlib import Path

import pytest

from cancel_desk.cli.attention import LeftAtOnce, attend, undisturbed
from cancel_desk.cli.trouble import sentence_for
from cancel_desk.runs.journal import ClaimLost
from cancel_desk.runs.order_reading import OrderReading
from cli.terminal import Terminal
from journeys.selling import Wish, write_csv
from patience import PATIENCE
from standin.walmart import StandIn

pytestmark = pytest.mark.filterwarnings("error")


def press() -> None:
    signal.raise_signal(signal.SIGINT)


def test_what_the_work_gives_and_raises() -> None:
    assert attend(lambda: 42, stop=pytest.fail) == 42

    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        attend(fail, stop=pytest.fail)


def test_the_first_press_stops_and_the_work_ends_by_itself() -> None:
    stopped = threading.Event()
    presses = iter([press])

    def look() -> None:
        next(presses, lambda: None)()

    assert attend(stopped.wait, stop=stopped.set, look=look)


def test_the_second_press_leaves() -> None:
    never = threading.Event()
    stops: list[str] = []
    with pytest.raises(LeftAtOnce):
        attend(never.wait, stop=lambda: stops.append("stop"), look=press)
    assert stops == ["stop"]
    never.set()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_terminal_that_closes_stops_and_is_in_no_hurry() -> None:
    """The system says so, and often the shell says it again."""
    stopped = threading.Event()
    stops: list[str] = []
    looks = iter(range(10))

    def look() -> None:
        signal.raise_signal(signal.SIGHUP)
        if next(looks) > 3:
            stopped.set()

    assert attend(stopped.wait, stop=lambda: stops.append("stop"), look=look)
    assert stops == ["stop"]
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_DFL


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_under_nohup_a_terminal_that_closes_changes_nothing() -> None:
    former = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        stopped = threading.Event()

        def look() -> None:
            signal.raise_signal(signal.SIGHUP)
            stopped.set()

        assert attend(stopped.wait, stop=pytest.fail, look=look)
    finally:
        signal.signal(signal.SIGHUP, former)


def test_afterwards_ctrl_c_is_what_it_was() -> None:
    attend(lambda: None, stop=pytest.fail)
    with undisturbed():
        press()
    with pytest.raises(KeyboardInterrupt):
        press()


def test_stopped_while_the_orders_are_read(
    terminal: Terminal, stand_in: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, stopped = OrderReading.read, threading.Event()

    def stop(self: OrderReading) -> None:
        self._stopped.set()
        stopped.set()

    def press_and_read(self: OrderReading, *words: object) -> object:
        # The terminal's own way: to this process, whichever thread is running.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
        assert stopped.wait(timeout=PATIENCE)
        return read(self, *words)  # type: ignore[arg-type]

    monkeypatch.setattr(OrderReading, "stop", stop)
    monkeypatch.setattr(OrderReading, "read", press_and_read)
    order, *_ = stand_in.book.orders.values()
    sheet = write_csv(tmp_path / "orders.csv", [Wish(order.po, "1", "", "", "oos", {})])
    out = tmp_path / "out.csv"
    said = terminal.type("send", sheet, "--account", "env", "--results", out, "--yes", "--json")
    assert (said.status, said.out) == (2, "")
    assert said.told == "Stopped while the orders were read. Nothing was sent."
    assert terminal.runs() == []


def test_the_sentences_of_what_hardly_ever_happens() -> None:
    assert "Left at once." in (sentence_for(LeftAtOnce()) or "")
    assert "not waiting to be sent" in (sentence_for(ClaimLost("line 3")) or "")
    assert sentence_for(ZeroDivisionError()) is None
