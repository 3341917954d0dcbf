"""How long a window takes from the start of the process to its first picture, and what it
uses of the processor when nothing happens."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

PAINTED = "painted"
SETTLED = 0.002  # seconds of a processor that one without anything to do uses in a second, at most

BARE = """
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        print("painted", flush=True)
application = QApplication([])
window = Window()
window.resize(1280, 760)
window.show()
application.exec()
"""

PROGRAM = """
from cancel_desk import __main__ as program
from cancel_desk.ui import app, opening
show = opening.show_frame
def show_and_tell(window):
    show(window)
    print("painted", flush=True)
opening.show_frame = show_and_tell
program.main()
"""


def start(code: str) -> tuple[subprocess.Popen[str], float]:
    """Start a window; return its process and the seconds to its first picture."""
    began = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    line = child.stdout.readline()
    took = time.perf_counter() - began
    assert line == PAINTED + "\n", line
    return child, took


def end(child: subprocess.Popen[str]) -> None:
    """End a window that was started."""
    child.kill()
    child.communicate()


def used(child: subprocess.Popen[str]) -> float:
    """Return the processor's seconds that all threads of a process have used, by Linux's count."""
    threads = Path(f"/proc/{child.pid}/task").glob("*/schedstat")
    return sum(int(each.read_text().split()[0]) for each in threads) / 1e9


def settle(child: subprocess.Popen[str]) -> None:
    """Wait until all that is left for after the first picture is done."""
    before = -1.0
    while used(child) - before > SETTLED:
        before = used(child)
        time.sleep(1)


def main(times: int, idle: float) -> None:
    """Start both windows so many times in turn, then leave each alone."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder
        ways = {"Cancel Desk": PROGRAM, "a window of nothing": BARE}
        took: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(times + 1):
            for name, way in ways.items():
                child, seconds = start(way)
                end(child)
                took[name].append(seconds)
        for name, each in took.items():
            del each[0]  # its files came from the disk
            best, middle = min(each) * 1000, median(each) * 1000
            sys.stdout.write(f"{name:<20} best {best:4.0f} ms, middle {middle:4.0f} ms\n")
        ours, bare = took.values()
        sys.stdout.write(
            f"ratio of the best {min(ours) / min(bare):.2f}, "
            f"of the middles {median(ours) / median(bare):.2f} (wanted: at most 1.6)\n"
        )
        for name, way in ways.items():
            child, _seconds = start(way)
            settle(child)
            before = used(child)
            time.sleep(idle)
            share = (used(child) - before) / idle
            end(child)
            sys.stdout.write(f"{name:<20} left alone: {share * 100:.2f} % of a processor\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=11, help="rounds that count")
    parser.add_argument("--idle", type=float, default=20.0, help="seconds left alone")
    wishes = parser.parse_args()
    main(wishes.times, wishes.idle)
