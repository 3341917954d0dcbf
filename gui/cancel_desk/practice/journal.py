"""The calls a practice store received, kept so that a test can ask what really happened."""

from __future__ import annotations

import threading
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cancel_desk.practice.faults import Endpoint, Fault
    from cancel_desk.practice.rules import AskedLine

KEPT = 100_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call as the store saw it; `at` is epoch seconds.

    `status` is None when no reply was sent. `applied` tells whether it changed an order, whatever
    was answered. `broken_rule` is the code of the error when the call broke Walmart's schema.
    """

    at: float
    endpoint: Endpoint | None
    method: str
    path: str
    correlation_id: str
    asked: tuple[AskedLine, ...]
    applied: bool
    status: int | None
    fault: Fault | None
    broken_rule: str | None


class Tally(NamedTuple):
    """How many units of a line were cancelled here, in how many calls."""

    units: int = 0
    times: int = 0


class Journal:
    """The last calls, oldest first; safe to use from several threads."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._lock = threading.Lock()

    def add(self, call: Call) -> None:
        """Keeps one more call."""
        with self._lock:
            self._calls.append(call)

    def calls(self, endpoint: Endpoint | None = None) -> tuple[Call, ...]:
        """All calls, or those of one kind."""
        with self._lock:
            return tuple(call for call in self._calls if endpoint in {None, call.endpoint})

    def broken_rules(self) -> tuple[Call, ...]:
        """The calls that broke Walmart's schema."""
        return tuple(call for call in self.calls() if call.broken_rule)

    def repeated_correlation_ids(self) -> tuple[str, ...]:
        """Correlation ids that came with more than one call; Walmart wants a new one for each."""
        counts = Counter(call.correlation_id for call in self.calls())
        return tuple(key for key, count in counts.items() if key and count > 1)
