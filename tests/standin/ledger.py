"""What the stand-in remembers of every call: violations, what was applied, ids, and a log file."""

import json
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from standin.contract import Asked


class Ledger:
    """Kept in memory, and line by line in a file if there is one; safe for threads.

    A line is in the file before the reply to its call is on its way.
    """

    def __init__(self, log: Path | None = None) -> None:
        """``log`` is appended to; None keeps everything in memory only."""
        self.violations: list[str] = []
        self.applied: dict[tuple[str, str], list[int]] = {}
        self.correlation_ids: list[str] = []
        self.calls: Counter[tuple[str, str, int]] = Counter()
        self._known: set[str] = set()
        self._lock = threading.Lock()
        self._file: TextIO | None = log.open("a", encoding="utf-8") if log else None

    def violate(self, where: str, faults: Iterable[str]) -> bool:
        """Note what a call did against the contract; return whether it did anything."""
        texts = [f"{where}: {fault}" for fault in faults]
        with self._lock:
            self.violations.extend(texts)
            for text in texts:
                self._write(kind="violation", text=text)
        return bool(texts)

    def meet(self, where: str, correlation_id: str) -> None:
        """Note the id of a request; one that was ever seen before is a violation."""
        with self._lock:
            again = correlation_id.casefold() in self._known
            self._known.add(correlation_id.casefold())
            self.correlation_ids.append(correlation_id)
        if again:
            self.violate(where, [f"correlation id {correlation_id} was used before"])

    def apply(self, po: str, done: Iterable[Asked], correlation_id: str) -> None:
        """Note what a cancel changed."""
        with self._lock:
            for each in done:
                self.applied.setdefault((po, each.line), []).append(each.units)
                self._write(
                    kind="applied",
                    po=po,
                    line=each.line,
                    units=each.units,
                    correlation_id=correlation_id,
                )

    def call(self, operation: str, fault: str, status: int) -> None:
        """Count a call by what became of it; status 0 where no answer was given."""
        with self._lock:
            self.calls[operation, fault, status] += 1
            self._write(kind="call", operation=operation, fault=fault, status=status)

    def close(self) -> None:
        """Close the log."""
        if self._file is not None:
            self._file.close()

    def _write(self, **fields: object) -> None:
        if self._file is not None:
            self._file.write(json.dumps(fields) + "\n")
            self._file.flush()


@dataclass(slots=True)
class Logged:
    """What a log file says; ``applied`` has the units of each applied call by order and line."""

    violations: list[str] = field(default_factory=list)
    applied: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    calls: Counter[tuple[str, str, int]] = field(default_factory=Counter)

    def take(self, fields: Mapping[str, Any]) -> None:
        """Add one line of the log."""
        if fields["kind"] == "violation":
            self.violations.append(fields["text"])
        elif fields["kind"] == "applied":
            self.applied.setdefault((fields["po"], fields["line"]), []).append(fields["units"])
        else:
            self.calls[fields["operation"], fields["fault"], fields["status"]] += 1


def read_log(log: Path) -> Logged:
    """Return what the complete lines of a log file say."""
    found = Logged()
    for line in log.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.endswith("\n"):
            found.take(json.loads(line))
    return found
