"""Token buckets: how many calls of one kind the practice store takes a minute."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

# Epoch seconds are exact to a quarter of a microsecond: a token missing that much has arrived.
ROUNDING = 1e-4


@dataclass(frozen=True, slots=True)
class Limits:
    """Calls a minute: for cancelling, and for each of the calls that read.

    The defaults are Walmart's published table of rate limits.
    """

    cancel: float = 60
    read: float = 5000


class Level(NamedTuple):
    """What a bucket said to one call; `replenished_at` is epoch milliseconds."""

    allowed: bool
    left: int
    replenished_at: int


class TokenBucket:
    """Holds a minute's worth of tokens and refills steadily; safe to use from several threads."""

    def __init__(self, per_minute: float, *, clock: Callable[[], float]) -> None:
        self._capacity = max(1.0, per_minute)
        self._per_second = per_minute / 60
        self._clock = clock
        self._lock = threading.Lock()
        self._tokens = self._capacity
        self._counted_at = clock()

    def take(self) -> Level:
        """Takes one token if there is one, and says when the next one arrives."""
        with self._lock:
            now = self._clock()
            grown = self._tokens + max(0.0, now - self._counted_at) * self._per_second
            self._tokens = min(self._capacity, grown)
            self._counted_at = now
            allowed = self._tokens >= 1 - ROUNDING
            if allowed:
                self._tokens = max(0.0, self._tokens - 1)
            left = math.floor(self._tokens)
            wait = (left + 1 - self._tokens) / self._per_second
            return Level(allowed, left, math.ceil((now + wait) * 1000))
