"""Killing a sending process again and again, and letting the next one go on."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from journeys.selling import (
    Truth,
    begin,
    connect,
    hold_against,
    open_desk,
    read_results,
    wishes,
    write_csv,
)
from standin.faults import Fault
from standin.ledger import Logged, read_log
from standin.orders import make_orders

_TESTS = Path(__file__).parents[1]
_FIRST_GUESS = 300.0  # lines a second


@dataclass(frozen=True, slots=True)
class Killed:
    """What came of it all; ``under_way`` counts lines whose call was being made at a kill."""

    truth: Truth
    log: Logged
    kills: int
    under_way: int
    lines: int


@contextmanager
def stand_in(log: Path, *arguments: str) -> Iterator[str]:
    """Run a stand-in for Walmart in a process of its own, and give its address."""
    script = _TESTS / "standin" / "walmart.py"
    command = [sys.executable, str(script), "--log", str(log), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def kill_and_resume(folder: Path, *, orders: int, kills: int, seed: int, faults: float) -> Killed:
    """Send orders with this share of faulty calls through a process that is killed so often."""
    rows = wishes(make_orders(orders, seed), seed)
    log = folder / "stand-in.log"
    options = {
        "--orders": str(orders),
        "--seed": str(seed),
        "--fault-rate": str(faults),
        "--without": Fault.THROTTLED_SILENT.value,
        "--latency": "0.004",
        "--slow": "0.05",
        "--lag": "0.1",
    }
    with stand_in(log, *(word for pair in options.items() for word in pair)) as address:
        state = folder / "state"
        desk = open_desk(state)
        connection = connect(address)
        run = begin(desk, write_csv(folder / "orders.csv", rows), connection)
        lines = len(run.lines())
        run.close()
        connection.close()
        killer = _Killer([str(state), run.id, address], kills, random.Random(seed))
        while killer.strike():
            pass
        results = folder / "results.xlsx"
        run = desk.reopen(run.id)
        desk.write_results(run, results)
        run.close()
    logged = read_log(log)
    truth = hold_against(rows, read_results(results), logged.applied)
    return Killed(truth, logged, killer.kills, killer.under_way, lines)


class _Killer:
    """Starts the sending process and kills it at a random moment, spread over the whole run."""

    def __init__(self, arguments: list[str], wanted: int, chance: random.Random) -> None:
        script = Path(__file__).with_name("sending_child.py")
        self._command = [sys.executable, str(script), *arguments]
        self._wanted = wanted
        self._chance = chance
        self._pace = _FIRST_GUESS
        self._before: tuple[int, float] | None = None  # lines left, and seconds since then
        self.kills = 0
        self.under_way = 0

    def strike(self) -> bool:
        """Let one process live for a while; return whether it had to be killed."""
        with subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            left, under_way = map(int, process.stdout.readline().split())
            self.under_way += under_way
            if self.kills == self._wanted:
                process.wait()
            else:
                began = time.monotonic()
                try:
                    process.wait(timeout=self._life(left))
                except subprocess.TimeoutExpired:
                    process.kill()
                self._before = (left, time.monotonic() - began)
        if process.returncode < 0:
            self.kills += 1
            return True
        assert process.returncode == 0
        return False

    def _life(self, left: int) -> float:
        """Return seconds: a random share of the time after which the rest is spread evenly."""
        if self._before is not None:
            done, seconds = self._before[0] - left, self._before[1]
            self._pace = 0.8 * self._pace + 0.2 * max(20.0, done / max(seconds, 0.01))
        even = left / (self._wanted - self.kills + 1) / self._pace
        return self._chance.uniform(0.0, 2 * even)
