"""A state folder that was copied: only one of the two sends at a time, and nothing goes twice."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cancel_desk.folders import lock_places
from cli.terminal import Said, after_cancels, ended, keys_of, start
from journeys.selling import Wish, write_csv
from patience import PATIENCE
from standin.orders import make_orders
from standin.walmart import Manners, StandIn

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")

LAG = 2.0
"""The most seconds until a reading shows a cancel: longer than the first process sends."""


class Seller:
    """Asks for a part of each line, sends from one folder, and has a copy of it."""

    def __init__(self, folder: Path, stand_in: StandIn) -> None:
        self.stand_in = stand_in
        self.state, self.copy = folder / "state", folder / "copy"
        self.environ = keys_of(stand_in.address)
        lines = [(o.po, line) for o in stand_in.book.orders.values() for line in o.lines]
        self.asked = {(po, line.number): 1 for po, line in lines if line.open > 1}
        rows = [Wish(po, line, "", "1", "oos", {}) for po, line in self.asked]
        self.sheet = write_csv(folder / "orders.csv", rows)

    def start(self, state: Path, *words: str, **others: str) -> subprocess.Popen[str]:
        """Start a command with a state folder, and with ``others`` among its variables."""
        out = str(state.with_name(f"{state.name}.csv"))
        argv = ["--data-dir", str(state), *words, "--results", out, "--yes"]
        return start(argv, self.environ | others)

    def send(self, state: Path, **others: str) -> subprocess.Popen[str]:
        return self.start(state, "send", str(self.sheet), "--account", "env", **others)

    def killed_in_the_middle(self) -> None:
        """Be killed with some lines sent, and copy the folder after it."""
        process = self.send(self.state)
        after_cancels(self.stand_in, 3, process.kill)
        assert ended(process).status < 0
        shutil.copytree(self.state, self.copy)

    def resume(self, state: Path) -> Said:
        return ended(self.start(state, "resume"))

    @contextmanager
    def held_up(self, process: subprocess.Popen[str], *, lines: int) -> Iterator[None]:
        """Have a process stand still once so many lines are cancelled, and go on to its end."""
        stopped = threading.Event()

        def stop() -> None:
            process.send_signal(signal.SIGSTOP)
            stopped.set()

        after_cancels(self.stand_in, lines, stop)
        assert stopped.wait(timeout=PATIENCE)
        try:
            yield
        finally:
            process.send_signal(signal.SIGCONT)
            ended(process)

    def sent_last(self, *, at: float) -> None:
        """Have the lock believe that the last sending ended then; what is yet to come is now."""
        (lock,) = lock_places()[0].glob("*.lock")
        with closing(sqlite3.connect(lock)) as connection:
            connection.execute("UPDATE sent_from SET ended = ?", (at,))
            connection.commit()

    def too_many(self) -> list[str]:
        return [
            f"{key}: {sum(calls)}"
            for key, calls in self.stand_in.applied.items()
            if sum(calls) > self.asked[key]
        ]


@pytest.fixture
def seller(tmp_path: Path) -> Iterator[Seller]:
    manners = Manners(capacity=60, per_minute=600_000, latency=0.05, lag=LAG)
    with StandIn(make_orders(40, seed=8), manners=manners) as stand_in:
        yield Seller(tmp_path, stand_in)


def test_a_copy_can_not_send_beside_the_folder_it_was_copied_from(seller: Seller) -> None:
    seller.killed_in_the_middle()
    with seller.held_up(seller.start(seller.state, "resume"), lines=25):
        said = seller.resume(seller.copy)
    assert seller.too_many() == []
    assert said.status == 2
    assert "sending for this store" in said.told


def test_another_home_is_no_other_computer(seller: Seller, tmp_path: Path) -> None:
    elsewhere = {name: str(tmp_path) for name in ("HOME", "TMPDIR", "XDG_STATE_HOME")}
    with seller.held_up(seller.send(seller.state), lines=3):
        said = ended(seller.send(seller.copy, **elsewhere))
    assert seller.too_many() == []
    assert said.status == 2
    assert "sending for this store" in said.told


def test_another_spelling_of_the_address_is_no_other_store(seller: Seller) -> None:
    port = seller.stand_in.address.rpartition(":")[2]
    other = {"CANCEL_DESK_BASE_URL": f"HTTP://LOCALHOST:0{port}/"}
    with seller.held_up(seller.send(seller.state), lines=3):
        for state, why in (
            (seller.state, "another window of Cancel Desk or another program has it open"),
            (seller.copy, "sending for this store"),
        ):
            said = ended(seller.send(state, **other))
            assert said.status == 2
            assert why in said.told
    assert seller.too_many() == []


def test_a_copy_can_not_send_before_a_reading_surely_shows_what_was_sent(seller: Seller) -> None:
    seller.killed_in_the_middle()
    assert "Resume the run in about 30 seconds" not in seller.resume(seller.state).told
    seller.sent_last(at=1e12)  # just now, however long the copy takes to begin
    said = seller.resume(seller.copy)
    assert said.status == 2
    assert "a moment ago, with the records in another folder" in said.told
    assert seller.too_many() == []


def test_a_copy_that_is_used_later_cancels_nothing_twice(seller: Seller) -> None:
    seller.killed_in_the_middle()
    seller.resume(seller.state)
    before = {key: list(calls) for key, calls in seller.stand_in.applied.items()}
    assert len(before) > 10
    # As if time had gone by, for the lock and at the stand-in.
    seller.sent_last(at=0)
    seller.stand_in.book._lag = 0.0
    said = seller.resume(seller.copy)
    assert "nothing was sent from here" not in said.told
    after = {key: list(calls) for key, calls in seller.stand_in.applied.items()}
    assert before.items() <= after.items()
    assert seller.too_many() == []
