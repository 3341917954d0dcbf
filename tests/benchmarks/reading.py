"""How fast and in how much memory sheets are read, against named baselines in the same run.

Run it with ``python tests/benchmarks/reading.py``; it is no part of the test suite.
"""

import argparse
import csv
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

_HEADERS = ("PO#", "Line#", "SKU", "Qty", "Cancel Reason", "Note")
_TICK = 0.005


def main() -> int:
    """Measure and print; return 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3, help="runs of each; the median counts")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        xlsx, text = Path(folder) / "orders.xlsx", Path(folder) / "orders.csv"
        _write(xlsx, text, wanted.rows)
        _say(f"{wanted.rows:,} rows x {len(_HEADERS)} columns, median of {wanted.times}")
        measured = {
            "xlsx: python-calamine alone": _median(wanted.times, lambda: _calamine(xlsx)),
            "xlsx: pandas with openpyxl": _median(1, lambda: _pandas(xlsx)),
            "xlsx: read_sheet": _median(wanted.times, lambda: _read(xlsx)),
            "xlsx: read_sheet and checks": _median(wanted.times, lambda: _read_and_check(xlsx)),
            "csv: csv.reader alone": _median(wanted.times, lambda: _csv(text)),
            "csv: read_sheet": _median(wanted.times, lambda: _read(text)),
        }
        for name, seconds in measured.items():
            _say(f"{name:34} {seconds:8.2f} s")
        for name, ratio, wish in _ratios(measured):
            _say(f"{name:58} {ratio:6.2f}   wanted {wish}")
        _say(f"peak memory, reader and its child: {_peak(xlsx):.0f} MB   wanted under 400")
        _say(f"longest stop of another thread while reading: {_longest_stop(xlsx):.0f} ms")
    return 0


def _ratios(measured: dict[str, float]) -> tuple[tuple[str, float, str], ...]:
    alone, checked = (
        measured["xlsx: python-calamine alone"],
        measured["xlsx: read_sheet and checks"],
    )
    read = measured["xlsx: read_sheet"]
    return (
        (
            "pandas with openpyxl / read_sheet and checks",
            measured["xlsx: pandas with openpyxl"] / checked,
            "5 or more",
        ),
        ("read_sheet and checks / python-calamine alone", checked / alone, "2.5 or less"),
        ("read_sheet without checks / python-calamine alone", read / alone, "2.5 or less"),
        (
            "csv: read_sheet / csv.reader alone",
            measured["csv: read_sheet"] / measured["csv: csv.reader alone"],
            "3 or less",
        ),
    )


def _write(xlsx: Path, text: Path, count: int) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet("Po Details")
    page.append(list(_HEADERS))
    with text.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADERS)
        for at in range(count):
            po, sku = str(129_114_917_000_000 + at // 3), f"SKU-{at % 997}"
            row = (po, at % 3 + 1, sku, 1 + at % 2, "out of stock", f"note {at}")
            page.append(list(row))
            writer.writerow(row)
    book.save(xlsx)


def _median(times: int, run: Callable[[], object]) -> float:
    taken: list[float] = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def _calamine(path: Path) -> object:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def _pandas(path: Path) -> object:
    import pandas as pd

    return pd.read_excel(path, dtype=str, engine="openpyxl")


def _csv(path: Path) -> object:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def _read(path: Path) -> object:
    from cancel_desk.sheet.reading import read_sheet

    return read_sheet(path)


def _read_and_check(path: Path) -> object:
    from cancel_desk.checks.review import Review
    from cancel_desk.sheet.opening import open_table
    from cancel_desk.sheet.reading import read_sheet

    return Review(open_table(read_sheet(path)), "US").tally()


def _peak(path: Path) -> float:
    """Return the greatest memory of a process that reads the file and of its child, in MB."""
    code = (
        "import resource, sys; from pathlib import Path; "
        "from cancel_desk.sheet.reading import read_sheet; "
        "sheet = read_sheet(Path(sys.argv[1])); "
        "print(sum(resource.getrusage(who).ru_maxrss "
        "for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, check=True, text=True
    )
    per_mb = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return int(done.stdout) / per_mb


def _longest_stop(path: Path) -> float:
    """Return the longest a waiting thread was kept from running while another reads, in ms."""
    reading = threading.Thread(target=_read, args=(path,))
    longest, last = 0.0, time.perf_counter()
    reading.start()
    while reading.is_alive():
        time.sleep(_TICK)
        now = time.perf_counter()
        longest, last = max(longest, now - last - _TICK), now
    return longest * 1000


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    raise SystemExit(main())
