"""Writing rows as a CSV file that spreadsheet programs open as text."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from cancel_desk.sheet.safe_text import csv_text


def write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a header and rows; no cell runs as a formula. OSError."""
    # A lone surrogate has no UTF-8 form; everything else goes through unchanged.
    with path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(map(csv_text, headers))
        for row in rows:
            writer.writerow(map(csv_text, row))
