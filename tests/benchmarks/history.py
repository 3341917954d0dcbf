"""How soon the history answers with very many runs, against opening every file.

Run it with ``python tests/benchmarks/history.py``; it is no part of the test suite.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from cancel_desk.checks.plan import PlannedLine, Request, Store
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.report.numbers import month_numbers
from cancel_desk.runs.earlier import earlier_sendings
from cancel_desk.runs.history import list_runs
from cancel_desk.runs.journal import Journal, SheetRow
from cancel_desk.runs.keeping import History
from cancel_desk.runs.outcome import Finding, Outcome, State
from cancel_desk.runs.run_index import RunSearch

_STORE = Store("Northwind", "US", "LIVE", "https://marketplace.walmartapis.com")
_CANCELLED = Outcome(State.CANCELLED, Finding.CONFIRMED, {"units": "1"}, "", 200, "9d2c1f6a")


def main() -> int:
    """Measure and print; return 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--lines", type=int, default=1000)
    parser.add_argument("--times", type=int, default=7, help="of each; the median counts")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "runs"
        folder.mkdir()
        for at in range(wanted.runs):
            make_run(folder, at, wanted.lines)
        history = History(folder, index=Path(place) / "index", setting=Path(place) / "setting")
        _say(f"{wanted.runs:,} runs of {wanted.lines:,} lines")
        _measure(history, folder, wanted.times)
    return 0


def _measure(history: History, folder: Path, times: int) -> None:
    orders = [_po(0, at) for at in range(0, 1000, 2)] + [_po(3, at) for at in range(500)]
    opened = _median(1, lambda: list_runs(folder))
    all_sent = _median(1, lambda: earlier_sendings(folder, _STORE, orders))
    _told("the index made anew, once", _median(1, history.find), opened, "opening every run")
    for name, act, baseline in (
        ("list all runs", history.find, opened),
        ("find an order", lambda: history.find(RunSearch(_po(7, 3))), opened),
        ("find a SKU", lambda: history.find(RunSearch("sku-17")), opened),
        ("find a day", lambda: history.find(RunSearch("2026-03-04")), opened),
        ("find a store", lambda: history.find(RunSearch("northw")), opened),
        (
            "what was sent before of 1,000 orders",
            lambda: history.earlier_sendings(_STORE, orders),
            all_sent,
        ),
    ):
        _told(name, _median(times, act), baseline, "opening every run")
    changed = sorted(folder.iterdir())[5]

    def after_a_change() -> object:
        journal = Journal.open(changed)
        journal.note(touched=str(time.perf_counter()))
        journal.close()
        return history.find()

    _told("list all runs after one went on", _median(times, after_a_change), opened, "all")
    month = _median(1, lambda: month_numbers(history, date(2026, 3, 1)))
    _say(f"{'the numbers of a month':44} {month * 1000:9.1f} ms, in the background")


def make_run(folder: Path, at: int, lines: int) -> None:
    month, day = at * 12 // 1000 % 12 + 1, at % 28 + 1
    created = f"2026-{month:02}-{day:02}T10:00:00Z"
    planned = [
        PlannedLine(n, "1", 1, ReasonCode.OUT_OF_STOCK, f"SKU-{(at + n) % 5000}")
        for n in range(lines)
    ]
    journal = Journal.create(
        folder / f"2026-{month:02}-{day:02}-{at:06}-abcd.run",
        facts={
            "created": created, "store": _STORE.name, "market": "US", "environment": "LIVE",
            "address": _STORE.address, "source": f"orders-{at}.csv", "sheet": "",
            "headers": '["PO#", "Line#", "SKU", "Note"]', "version": "1", "account": "Northwind",
        },
        rows=[
            SheetRow(n, n + 2, (_po(at, n), "1", line.sku, f"note {n}"))
            for n, line in enumerate(planned)
        ],
        requests=[Request(_po(at, n), (line,)) for n, line in enumerate(planned)],
    )  # fmt: skip
    journal.record(
        {
            line.id: Outcome(_CANCELLED.state, _CANCELLED.finding, time=created)
            for line in journal.lines()
        }
    )
    journal.close()


def _po(run: int, line: int) -> str:
    return str(129_114_000_000_000 + run * 1000 + line)


def _median(times: int, act: Callable[[], object]) -> float:
    taken: list[float] = []
    for _ in range(times):
        begin = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def _told(name: str, seconds: float, baseline: float, than: str) -> None:
    _say(f"{name:44} {seconds * 1000:9.1f} ms, {baseline / seconds:7.1f} times {than}")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
