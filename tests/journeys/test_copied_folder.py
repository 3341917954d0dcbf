"""A state folder that was copied: only one of the two sends at a time, and nothing goes twice."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cancel_desk.folders import lock_places
from cli.terminal import Said, after_cancels, ended, keys_of, start
from journeys.selling import Wish, write_csv
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

    def start(self, state: Path, *words: str) -> subprocess.Popen[str]:
        out = str(state.with_name(f"{state.name}.csv"))
        return start(["--data-dir", str(state), *words, "--results", out, "--yes"], self.environ)

    def killed_in_the_middle(self) -> None:
        """Be killed with some lines sent, and copy the folder after it."""
        process = self.start(self.state, "send", str(self.sheet), "--account", "env")
        after_cancels(self.stand_in, 3, process.kill)
        assert ended(process).status < 0
        shutil.copytree(self.state, self.copy)

    def resume(self, state: Path) -> Said:
        return ended(self.start(state, "resume"))

    def too_many(self) -> list[str]:
        return [
            f"{key}: {sum(calls)}"
            for key, calls in self.stand_in.applied.items()
            if sum(calls) > self.asked[key]
        ]


@pytest.fixture
def seller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seller]:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    manners = Manners(capacity=60, per_minute=600_000, latency=0.05, lag=LAG)
    with StandIn(make_orders(40, seed=8), manners=manners) as stand_in:
        yield Seller(tmp_path, stand_in)


def test_a_copy_can_not_send_beside_the_folder_it_was_copied_from(seller: Seller) -> None:
    seller.killed_in_the_middle()
    first = seller.start(seller.state, "resume")
    stopped = threading.Event()

    def stop() -> None:
        first.send_signal(signal.SIGSTOP)
        stopped.set()

    after_cancels(seller.stand_in, 8, stop)
    assert stopped.wait(timeout=30)
    said = seller.resume(seller.copy)
    first.send_signal(signal.SIGCONT)
    ended(first)
    assert seller.too_many() == []
    assert said.status == 2
    assert "sending for this store" in said.told


def test_a_copy_can_not_send_before_a_reading_surely_shows_what_was_sent(seller: Seller) -> None:
    seller.killed_in_the_middle()
    assert "Resume the run in about 30 seconds" not in seller.resume(seller.state).told
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
    (lock,) = lock_places()[0].glob("*.lock")
    with closing(sqlite3.connect(lock)) as connection:
        connection.execute("UPDATE sent_from SET ended = 0")
        connection.commit()
    seller.stand_in.book._lag = 0.0
    said = seller.resume(seller.copy)
    assert "nothing was sent from here" not in said.told
    after = {key: list(calls) for key, calls in seller.stand_in.applied.items()}
    assert before.items() <= after.items()
    assert seller.too_many() == []
