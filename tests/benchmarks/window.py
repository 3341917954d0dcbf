"""How long the window is kept from answering while it checks and sends a large run."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from cancel_desk.desk import Desk
from cancel_desk.folders import Folders
from cancel_desk.practice.catalogue import SEED, many_orders
from cancel_desk.practice.sample import clean_rows, write_sheet
from cancel_desk.runs.results import Result
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.opening import make_application, make_window
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow
from ui.fast_store import FAST, FastConnections
from ui.heartbeat import Heart, Turn

LONG_TURN = 0.05
PATIENCE = 3600.0
IDLE = "--idle"


def wait(application: QApplication, until: Callable[[], bool]) -> None:
    """Let the window work until something is true. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while not until():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > end:
            raise TimeoutError


def told(name: str, turns: Sequence[Turn]) -> str:
    """Return a line about the turns of a loop."""
    walls, works = sorted(turn.wall for turn in turns), sorted(turn.work for turn in turns)
    middle = walls[len(walls) // 2]
    return (
        f"{name:<34} {len(turns):>7,} turns, middle {middle * 1000:5.1f} ms, "
        f"longest {walls[-1] * 1000:6.1f} ms ({works[-1] * 1000:5.1f} ms its own work), "
        f"{sum(each > LONG_TURN for each in walls)} over {LONG_TURN * 1000:.0f} ms"
    )


def send(
    application: QApplication, window: MainWindow, sheet: Path, orders: int
) -> dict[str, list[Turn]]:
    """Take a sheet through all steps; return the turns by what was going on."""
    session, journey = window.session, window.journey
    window.show()
    window.begin(sheet)
    wait(application, lambda: journey.step is Step.REVIEW)
    heart = Heart()
    turns = {"the window while it checks": heart.turns}
    session.prepare()
    wait(application, lambda: any(x.isVisible() for x in window.findChildren(ConfirmDialog)))
    heart.restart()
    turns["the window from the yes on"] = heart.turns
    window.findChildren(ConfirmDialog)[0].send.click()
    wait(application, lambda: journey.step is Step.SEND)
    heart.restart()
    turns["the window while it sends"] = heart.turns
    wait(application, lambda: journey.step is Step.RESULTS)
    heart.stop()
    assert window.pages.results.model.counts()[Result.CANCELLED] == orders
    return turns


def idle() -> None:
    """Beat in a window of nothing until standard input ends, then tell of it."""
    application = make_application()
    heart = Heart()
    os.set_blocking(0, False)
    wait(application, lambda: not still_open())
    heart.stop()
    sys.stdout.write(told("an idle program beside it", heart.turns) + "\n")


def still_open() -> bool:
    """Return whether standard input has not ended."""
    try:
        return os.read(0, 1) != b""
    except BlockingIOError:
        return True


def main(orders: int, per_minute: float) -> None:
    """Send so many orders and print what the window's thread had of it."""
    stock = many_orders(orders, lines=(1, 1))
    application = make_application()
    beside = subprocess.Popen(
        [sys.executable, __file__, IDLE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with tempfile.TemporaryDirectory() as folder, beside:
        folders = Folders(Path(folder) / "data")
        folders.create()
        connections = FastConnections(folders, stock=stock, per_minute=per_minute)
        window = make_window(Desk(folders, connections))
        sheet = Path(folder) / "orders.xlsx"
        write_sheet(sheet, clean_rows(stock(SEED, datetime.now(UTC).date())))
        began = time.monotonic()
        turns = send(application, window, sheet, orders)
        took = time.monotonic() - began
        others, _ = beside.communicate("")
        sys.stdout.write(
            f"{orders:,} orders, {per_minute:,.0f} a minute at most, {took:.0f} s in all\n"
        )
        sys.stdout.write("".join(told(name, each) + "\n" for name, each in turns.items()) + others)
        window.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=5000)
    parser.add_argument("--per-minute", type=float, default=FAST)
    parser.add_argument(IDLE, action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.idle:
        idle()
    else:
        main(chosen.orders, chosen.per_minute)
