"""How fast and in how much memory sheets are read, against named baselines in the same run.

Run it with ``python tests/benchmarks/reading.py``; it is no part of the test suite. The process
that reads a sheet imports this module too, as it does the program's own: so it is kept light.
"""

import csv
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_HEADERS = ("PO#", "Line#", "SKU", "Qty", "Cancel Reason", "Note")
_TICK = 0.005

_CALAMINE = "xlsx: python-calamine alone"
_PANDAS = "xlsx: pandas with openpyxl"
_CHECKED = "xlsx: read_sheet and checks"
_READ = "xlsx: read_sheet"
_CSV = "csv: csv.reader alone"
_CSV_READ = "csv: read_sheet"
_RATIOS = (
    (_PANDAS, _CHECKED, "5 or more"),
    (_CHECKED, _CALAMINE, "2.5 or less"),
    (_READ, _CALAMINE, "2.5 or less"),
    (_CSV_READ, _CSV, "3 or less"),
)


def main() -> int:
    """Measure and print; return 0."""
    import argparse
    import tempfile

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=7, help="rounds; each takes every measure")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        xlsx, text = Path(folder) / "orders.xlsx", Path(folder) / "orders.csv"
        _write(xlsx, text, wanted.rows)
        _say(f"{wanted.rows:,} rows x {len(_HEADERS)} columns, best (and middle) of {wanted.times}")
        rounds = {
            _CALAMINE: lambda: _calamine(xlsx),
            _READ: lambda: _read(xlsx),
            _CHECKED: lambda: _read_and_check(xlsx),
            _CSV: lambda: _csv(text),
            _CSV_READ: lambda: _read(text),
        }
        measured = _measured(rounds, wanted.times) | _measured({_PANDAS: lambda: _pandas(xlsx)}, 1)
        _tell(measured)
        _say(f"peak memory, reader and its child: {_peak(xlsx):.0f} MB   wanted under 400")
        _say(f"longest stop of another thread while reading: {_longest_stop(xlsx):.0f} ms")
        _open_in_window(xlsx)
    return 0


def _measured(
    rounds: Mapping[str, Callable[[], object]], times: int
) -> dict[str, list[tuple[float, float]]]:
    """Return what each took in every round, children included: on the clock, of the processor.

    All take turns, so that what else the machine does slows them alike.
    """
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in rounds}
    for _ in range(times):
        for name, run in rounds.items():
            began, used = time.perf_counter(), _processor()
            run()
            taken[name].append((time.perf_counter() - began, _processor() - used))
    return taken


def _processor() -> float:
    """Return the processor's time of this process and its children so far, in seconds."""
    import os

    return time.process_time() + sum(os.times()[2:4])


def _tell(measured: Mapping[str, list[tuple[float, float]]]) -> None:
    from statistics import median

    best, middle = (
        {name: _both(of, taken) for name, taken in measured.items()} for of in (min, median)
    )
    for name in measured:
        (wall, used), (usual, usually_used) = best[name], middle[name]
        _say(f"{name:30} {wall:6.2f} s ({usual:.2f}), processor {used:6.2f} s ({usually_used:.2f})")
    for above, below, wish in _RATIOS:
        wall, used = (best[above][at] / best[below][at] for at in (0, 1))
        usual, usually_used = (middle[above][at] / middle[below][at] for at in (0, 1))
        _say(
            f"{above} / {below.rpartition(': ')[2]}: {wall:.2f} ({usual:.2f}), "
            f"processor {used:.2f} ({usually_used:.2f})   wanted {wish}"
        )


def _both(
    of: Callable[[Sequence[float]], float], taken: Sequence[tuple[float, float]]
) -> tuple[float, float]:
    return of([wall for wall, _ in taken]), of([used for _, used in taken])


def _open_in_window(path: Path) -> None:
    """Print what the real window's thread has of it, as a program of its own tells."""
    import subprocess

    sys.stdout.flush()
    script = Path(__file__).with_name("reading_window.py")
    subprocess.run([sys.executable, str(script), str(path)], check=True)


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
    import subprocess

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
    kept: list[object] = []  # else letting go of all rows at once would be counted
    reading = threading.Thread(target=lambda: kept.append(_read(path)))
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
