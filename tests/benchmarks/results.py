"""How fast and in how much memory a result workbook is written, against XlsxWriter alone.

Run it with ``python tests/benchmarks/results.py``; it is no part of the test suite.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cancel_desk.checks.plan import PlannedLine, Request
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.report.rows import result_row
from cancel_desk.report.writing import write_report
from cancel_desk.runs.journal import Journal, SheetRow
from cancel_desk.runs.outcome import Finding, Outcome, State
from cancel_desk.runs.run import Run
from cancel_desk.sheet.result_looks import LOOKS
from cancel_desk.sheet.result_rows import RESULT_COLUMNS, UNITS_AT

_HEADERS = ("PO#", "Line#", "SKU", "Qty", "Cancel Reason", "Note")
_FACTS = {
    "created": "2026-11-21T10:38:00Z", "store": "Northwind", "market": "US", "environment": "LIVE",
    "address": "https://marketplace.walmartapis.com", "source": "orders.csv", "sheet": "",
    "headers": '["PO#", "Line#", "SKU", "Qty", "Cancel Reason", "Note"]', "version": "1",
    "account": "Northwind",
}  # fmt: skip
_OUTCOMES = (
    Outcome(State.CANCELLED, Finding.CONFIRMED, {"units": "2"}, "", 200, "9d2c1f6a-0c1e-4c1b", ""),
    Outcome(State.REFUSED, Finding.REFUSED_BY_WALMART, {}, "Line is shipped", 400, "9d2c1f6b", ""),
    Outcome(State.UNKNOWN, Finding.NO_ANSWER, {}, "", 500, "9d2c1f6c-0c1e-4c1b", ""),
    Outcome(State.SKIPPED, Finding.LESS_OPEN, {"open": "1"}, "", None, "", ""),
)


def main() -> int:
    """Measure and print; return 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3, help="of each; the median counts")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run_file, out = Path(folder) / "a.run", Path(folder) / "out.xlsx"
        _make_run(run_file, wanted.rows)
        run = Run.reopen(run_file)
        alone = _prepared(run, Path(folder) / "alone.xlsx")
        taken: dict[str, list[float]] = {"XlsxWriter alone": [], "write_report": []}
        for _ in range(wanted.times):  # one after the other: the machine's mood is the same
            taken["XlsxWriter alone"].append(_cpu(alone))
            taken["write_report"].append(_cpu(lambda: write_report(run, out)))
        run.close()
        _say(f"{wanted.rows:,} rows x {len(_HEADERS) + len(RESULT_COLUMNS)} columns")
        for name, seconds in taken.items():
            _say(f"{name:34} {statistics.median(seconds):8.2f} s of the processor")
        ratio = statistics.median(
            ours / theirs
            for ours, theirs in zip(taken["write_report"], taken["XlsxWriter alone"], strict=True)
        )
        _say(f"write_report / XlsxWriter alone: {ratio:.2f}   wanted 1.3 or less")
        _say(f"peak memory of a process: {_peak(run_file, out):.0f} MB   wanted under 400")
    return 0


def _make_run(path: Path, rows: int) -> None:
    lines = [
        PlannedLine(at, str(at % 3 + 1), 2, ReasonCode.OUT_OF_STOCK, f"SKU-{at % 997}")
        for at in range(rows)
    ]
    pos = [str(129_114_917_000_000 + at // 3) for at in range(rows)]
    journal = Journal.create(
        path,
        facts=_FACTS,
        rows=[
            SheetRow(at, at + 2, (pos[at], line.line, line.sku, "2", "out of stock", f"note {at}"))
            for at, line in enumerate(lines)
        ],
        requests=[Request(pos[at], tuple(lines[at : at + 3])) for at in range(0, len(lines), 3)],
    )
    ids = [line.id for line in journal.lines()]
    journal.record({line_id: _OUTCOMES[line_id % len(_OUTCOMES)] for line_id in ids})
    journal.close()


def _prepared(run: Run, path: Path) -> Callable[[], None]:
    """Return what writes the same cells by a plain script; its texts are made beforehand."""
    rows = [(row.kind, row.texts) for row in map(result_row, run.results())]
    headers = (*run.headers, *RESULT_COLUMNS)
    own = len(run.headers)

    def write() -> None:
        from xlsxwriter import Workbook

        book = Workbook(str(path), {"constant_memory": True})
        page = book.add_worksheet()
        text = book.add_format({"num_format": "@"})
        formats = {
            kind: book.add_format({"num_format": "@", "bg_color": f"#{look.fill}"})
            for kind, look in LOOKS.items()
        }
        for column, name in enumerate(headers):
            page.write_string(0, column, name, text)
        for at, (kind, texts) in enumerate(rows, start=1):
            for column, value in enumerate(texts):
                if not value:
                    continue
                if column == own + UNITS_AT:
                    page.write_number(at, column, int(value))
                else:
                    page.write_string(at, column, value, formats[kind] if column == own else text)
        book.close()

    return write


def _cpu(act: Callable[[], None]) -> float:
    begin = time.process_time()
    act()
    return time.process_time() - begin


def _peak(run_file: Path, out: Path) -> float:
    """Return the greatest memory of a process that opens the run and writes it, in MB."""
    code = (
        "import resource, sys; from pathlib import Path; "
        "from cancel_desk.report.writing import write_report; "
        "from cancel_desk.runs.run import Run; "
        "write_report(Run.reopen(Path(sys.argv[1])), Path(sys.argv[2])); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(run_file), str(out)],
        capture_output=True,
        check=True,
        text=True,
    )
    return int(done.stdout) / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    raise SystemExit(main())
