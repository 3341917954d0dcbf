"""Walmart's token bucket as its replies show it."""

import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum


class Spelling(StrEnum):
    """How the headers are spelled: as seen in production, as in the guide, or not at all."""

    PRODUCTION = "production"
    GUIDE = "guide"
    NONE = "none"


class Bucket:
    """``capacity`` tokens, refilled evenly at ``per_minute``; one call takes one."""

    def __init__(
        self,
        capacity: int,
        per_minute: float,
        *,
        spelling: Spelling = Spelling.PRODUCTION,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._capacity = float(capacity)
        self._per_second = per_minute / 60
        self._spelling = spelling
        self._clock = clock
        self._lock = threading.Lock()
        self._tokens = self._capacity
        self._at = clock()

    def take(self) -> bool:
        """Take a token; return False if there is none."""
        with self._lock:
            self._refill()
            if self._tokens < 1:
                return False
            self._tokens -= 1
            return True

    def headers(self, *, count: int | None = None, wait: float | None = None) -> Mapping[str, str]:
        """Return the headers of a reply; ``count`` and ``wait`` (seconds) override the truth."""
        if self._spelling is Spelling.NONE:
            return {}
        with self._lock:
            self._refill()
            tokens = self._tokens
        missing = 1 - (tokens - int(tokens))
        left = int(tokens) if count is None else count
        seconds = missing / self._per_second if wait is None else wait
        moment = time.time() + seconds
        if self._spelling is Spelling.PRODUCTION:
            return {
                "x-current-token-count": str(left),
                "X-Next-Replenishment-Time": str(int(moment * 1000)),
            }
        stamp = datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")
        return {
            "X-Current-Token-Count": str(left),
            "x-next-replenish-time": stamp.replace("+00:00", "Z"),
        }

    def _refill(self) -> None:
        now = self._clock()
        self._tokens = min(self._capacity, self._tokens + (now - self._at) * self._per_second)
        self._at = now
