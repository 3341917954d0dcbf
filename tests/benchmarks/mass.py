"""A run of 5,000 orders: does memory stay flat, and what does the journal cost for each call."""

import argparse
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple
from uuid import uuid4

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[1]))

from builders import order, order_line
from cancel_desk.checks.plan import PlannedLine, Request
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.journal import Journal, SheetRow
from cancel_desk.runs.judge import Seen
from cancel_desk.runs.outcome import Finding, Outcome, RunLine, State
from cancel_desk.runs.runner import Runner
from cancel_desk.walmart.client import CancelReply
from cancel_desk.walmart.orders import CancelLine, Order
from journeys.selling import Onlooker
from pretended_store import PretendedStore

FIRST_PO = 1796277000000


def journal(folder: Path, orders: int) -> Journal:
    """Return a new run over so many orders of one line."""
    pos = [str(FIRST_PO + at) for at in range(orders)]
    return Journal.create(
        folder / f"{uuid4()}.run",
        facts={},
        rows=[SheetRow(at, at, ("x",) * 8) for at in range(orders)],
        requests=[
            Request(po, (PlannedLine(at, "1", 1, ReasonCode.OUT_OF_STOCK),))
            for at, po in enumerate(pos)
        ],
    )


class ForgetfulStore(PretendedStore):
    """Has every order, cancels whatever it is asked to, and remembers nothing."""

    def order(
        self, purchase_order_id: str, /, *, wait: Callable[[float], bool] | None = None
    ) -> Order:
        assert wait is not None
        return order(order_line(), po=purchase_order_id)

    def cancel(
        self, purchase_order_id: str, lines: Sequence[CancelLine], /, *, correlation_id: str
    ) -> CancelReply:
        assert len(lines) == 1
        self.cancel_pace.correct({})
        done = order(order_line(Cancelled=1), po=purchase_order_id)
        return CancelReply(done, "", 200, correlation_id)


class CountedMemory(Onlooker):
    """Notes how much memory the process has after every so many lines."""

    def __init__(self, gate: Gate, every: int) -> None:
        super().__init__(gate)
        self._every = every
        self._done = 0
        self.megabytes: list[float] = []

    def changed(self, lines: Sequence[RunLine]) -> None:
        self._done += sum(line.state is State.CANCELLED for line in lines)
        if self._done >= self._every * len(self.megabytes):
            self.megabytes.append(_megabytes())


def _megabytes() -> float:
    """Return what the process holds at this moment; its peak where that can't be told."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 1024**2


def run_all(folder: Path, orders: int) -> tuple[float, list[float]]:
    """Send them all to a store in memory; return seconds and the memory on the way."""
    made = journal(folder, orders)
    store = ForgetfulStore()
    gate = Gate()
    told = CountedMemory(gate, orders // 10)
    began = time.perf_counter()
    Runner(made, store, gate, told).run()
    seconds = time.perf_counter() - began
    if {line.state for line in made.lines()} != {State.CANCELLED}:
        sys.exit("not every line was cancelled")
    made.close()
    return seconds, told.megabytes


@contextmanager
def commits_alone(folder: Path) -> Iterator[Callable[[], None]]:
    """Give what makes the same commits with one changed row each, and does nothing else."""
    db = sqlite3.connect(folder / "commits.db", isolation_level=None)
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER)")
    db.execute("INSERT INTO t VALUES (1, 0)")

    def commit() -> None:
        for _ in range(COMMITS):
            db.execute("BEGIN IMMEDIATE")
            db.execute("UPDATE t SET n = n + 1")
            db.execute("COMMIT")

    yield commit
    db.close()


COMMITS = 3
"""Those of one call: its intent, its end, and the outcome of its lines."""


class Cost(NamedTuple):
    """Median seconds, and how many of them the processor worked; the rest waits for the disk."""

    seconds: float
    worked: float


def journal_cost(folder: Path, calls: int) -> tuple[Cost, Cost]:
    """Return what is written for a call costs, and what its commits alone do, in turns."""
    made = journal(folder, calls)

    def write(line: RunLine) -> None:
        cid = str(uuid4())
        made.claim({line.id: Seen(0, 1)}, po=line.po, correlation_id=cid)
        made.lines_of([line.id])
        made.end_call(cid, status=200, words="")
        made.record({line.id: Outcome(State.CANCELLED, Finding.CONFIRMED, correlation_id=cid)})

    ours, bare = [], []
    with commits_alone(folder) as commit:
        for line in made.lines():
            ours.append(_timed(partial(write, line)))
            bare.append(_timed(commit))
    made.close()
    return _median(ours), _median(bare)


def _timed(work: Callable[[], None]) -> Cost:
    began, worked = time.perf_counter(), time.thread_time()
    work()
    return Cost(time.perf_counter() - began, time.thread_time() - worked)


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(median(each.seconds for each in costs), median(each.worked for each in costs))


def main() -> None:
    """Print memory on the way, and the cost of the journal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=5000)
    parser.add_argument("--folder", type=Path, help="the disk to write to")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        seconds, memory = run_all(Path(folder), asked.orders)
        ours, bare = journal_cost(Path(folder), asked.orders)
    for name, value in (
        ("orders a second, with a store in memory", f"{asked.orders / seconds:.0f}"),
        ("MB after each tenth", " ".join(f"{each:.0f}" for each in memory)),
        ("MB more at the end than after the first tenth", f"{memory[-1] - memory[1]:.1f}"),
        ("ms for what is written for a call", f"{ours.seconds * 1000:.3f}"),
        (f"ms for its {COMMITS} commits alone", f"{bare.seconds * 1000:.3f}"),
        ("ms of the processor for the one", f"{ours.worked * 1000:.3f}"),
        ("ms of the processor for the other", f"{bare.worked * 1000:.3f}"),
        (
            "overhead beside the commits (wanted: under 1)",
            f"{(ours.worked - bare.worked) * 1000:.3f}",
        ),
    ):
        sys.stdout.write(f"{name:50}{value}\n")


if __name__ == "__main__":
    main()
