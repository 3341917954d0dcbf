"""How soon the window's history answers with very many runs, and what it keeps the window from."""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.history import make_run
from cancel_desk.desk import Desk
from cancel_desk.folders import Folders
from cancel_desk.runs.history import list_runs
from cancel_desk.ui.dialogs.history_dialog import HistoryDialog
from cancel_desk.ui.dialogs.month_dialog import MonthDialog
from cancel_desk.ui.opening import make_application, make_window
from cancel_desk.ui.window import MainWindow
from ui.fast_store import FastConnections
from ui.heartbeat import Heart

PATIENCE = 300.0
SEARCHES = ("129114000007", "sku-1234", "northwind", "orders-17.csv", "2026-03-04", "nowhere")


class Bench:
    """Counts how long answers take until they are painted, and the turns of the loop meanwhile."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._heart = Heart()

    def until(self, act: Callable[[], None], answered: Callable[[], bool]) -> float:
        """Return how many seconds it takes from an act to its painted answer."""
        began = time.perf_counter()
        act()
        self.wait(answered)
        self._application.processEvents()
        return time.perf_counter() - began

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the window work until something is true. Raises TimeoutError."""
        end = time.monotonic() + PATIENCE
        while not until():
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.monotonic() > end:
                raise TimeoutError

    def tell(self, name: str, seconds: list[float]) -> None:
        """Print what it took, and the longest turn of the loop since the last time."""
        turns, longest = self._heart.turns, 0.0
        work = 0.0
        for turn in turns:
            longest, work = max(longest, turn.wall), max(work, turn.work)
        say(
            f"{name:<38} middle {statistics.median(seconds) * 1000:8.1f} ms, "
            f"longest {max(seconds) * 1000:8.1f} ms; longest turn {longest * 1000:6.1f} ms "
            f"({work * 1000:5.1f} ms its own work)"
        )
        self._heart.restart()

    def idle(self, seconds: float) -> None:
        """Print the longest turn of a window that does nothing for so long."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > end)
        self.tell("a window that does nothing", [seconds])

    def stop(self) -> None:
        """Beat no more."""
        self._heart.stop()


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def opened(window: MainWindow) -> HistoryDialog:
    """Return the history that is open."""
    return next(each for each in window.findChildren(HistoryDialog) if each.isVisible())


def measure(window: MainWindow, bench: Bench, runs: int) -> None:
    """Open the history again and again, type into it letter by letter, and count a month."""
    opening: list[float] = []
    for _ in range(5):
        opening.append(
            bench.until(window.past_runs.open, lambda: opened(window).runs.rowCount() == runs)
        )
        opened(window).reject()
    bench.tell("the history opened", opening)
    window.past_runs.open()
    dialog = opened(window)
    bench.wait(lambda: dialog.runs.rowCount() == runs)
    answered: list[int] = []
    dialog.runs.modelReset.connect(lambda: answered.append(1))
    typing: list[float] = []
    for text in SEARCHES:
        for letter in text:
            answered.clear()
            typing.append(
                bench.until(partial(QTest.keyClicks, dialog.search, letter), lambda: bool(answered))
            )
        answered.clear()
        typing.append(bench.until(dialog.search.clear, lambda: bool(answered)))
    bench.tell("a letter typed, to its answer", typing)
    bar = dialog.table.verticalScrollBar()
    scrolling = [
        bench.until(lambda: bar.setValue(bar.value() + bar.pageStep()), lambda: True)
        for _ in range(20)
    ]
    bench.tell("a page scrolled", scrolling)
    dialog.reject()
    window.header.numbers_chosen.emit()
    month = next(each for each in window.findChildren(MonthDialog) if each.isVisible())
    counting = bench.until(
        lambda: month.picker.setDate(month.picker.date().addMonths(-8)),
        lambda: month.totals.text() != "Counting…",
    )
    bench.tell("a month counted", [counting])
    month.reject()


def main(runs: int, lines: int) -> None:
    """Write so many runs and print what the window has of them."""
    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        folders = Folders(Path(folder) / "data")
        folders.create()
        for at in range(runs):
            make_run(folders.runs, at, lines)
        say(f"{runs:,} runs of {lines:,} lines")
        began = time.perf_counter()
        list_runs(folders.runs)
        say(f"{'opening every run file':<38}        {(time.perf_counter() - began) * 1000:8.1f} ms")
        window = make_window(Desk(folders, FastConnections(folders)))
        window.show()
        bench = Bench(application)
        first = bench.until(lambda: window.begin(None), window.pages.imports.recent.isVisible)
        bench.tell("the index made, once", [first])
        bench.idle(3.0)
        measure(window, bench, runs)
        bench.stop()
        window.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--lines", type=int, default=1000)
    chosen = parser.parse_args()
    main(chosen.runs, chosen.lines)
