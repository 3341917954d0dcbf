"""The allowance of calls: a token bucket that hands out slots and learns from the replies."""

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping

from cancel_desk.walmart.limit_headers import seconds_to_replenish, tokens_left

MARGIN = 0.95
"""Share of the stated rate that is used: at exactly the rate one call in 120 was answered 429."""

_SLOWER = 0.8  # the rate's share after each hold ...
_SLOWEST = 0.5
_FASTER = 0.01  # ... and what each reply gives back
_NEXT_SLOTS = 2  # a refill nearer than this many slots is no news
_AGREEING = 4  # replies in a row that must tell of spare tokens before more calls go


class TokenBucket:
    """One store's allowance for one kind of call. Safe to use from any thread.

    ``per_minute`` is the store's stated rate, of which 95 % is used; ``burst`` calls may go at
    once at the beginning. ``clock`` is monotonic seconds, ``wall`` epoch seconds.

    Call ``reserve`` once before each call, sleep that long, then end it with exactly one of
    ``correct`` (it went out, whatever came back) and ``give_back`` (it did not).
    """

    def __init__(
        self,
        per_minute: float,
        burst: int,
        clock: Callable[[], float] = time.monotonic,
        *,
        wall: Callable[[], float] = time.time,
    ) -> None:
        if per_minute <= 0 or burst < 1:
            raise ValueError("a bucket needs a rate above 0 and a burst of at least 1")
        self._per_minute = per_minute
        self._clock = clock
        self._wall = wall
        self._lock = threading.Lock()
        self._capacity = float(burst)
        self._level = float(burst)  # below 0: slots handed out ahead of time
        self._counted_at = clock()  # up to here the level is counted; ahead of now while on hold
        self._share = 1.0
        self._unanswered = 0
        self._spare: deque[float] = deque(maxlen=_AGREEING)

    def reserve(self) -> float:
        """Take a slot and return the seconds to wait before this call may go."""
        with self._lock:
            now = self._refill()
            self._level -= 1
            self._unanswered += 1
            return self._wait(now)

    def give_back(self) -> None:
        """Return a slot whose call was not made."""
        with self._lock:
            self._refill()
            self._unanswered = max(0, self._unanswered - 1)
            self._level = min(self._capacity, self._level + 1)

    def hold(self, seconds: float) -> None:
        """Let no new slot begin for ``seconds``, then one at a time, and slower than before."""
        with self._lock:
            self._share = max(_SLOWEST, self._share * _SLOWER)
            self._hold(seconds)

    def correct(self, headers: Mapping[str, str], *, took: float = 0.0) -> None:
        """End one reserved call with the reply's headers (lower-case names; {} if none came).

        ``took`` is how many seconds old the store's count may be: those since the call went out.
        What the store counts goes before what we count: fewer tokens at once, more only when
        several replies in a row agree, because replies overtake each other.
        """
        with self._lock:
            self._refill()
            self._unanswered = max(0, self._unanswered - 1)
            if headers:
                self._share = min(1.0, self._share + _FASTER)
            told = tokens_left(headers, at_most=self._per_minute)
            if told is None:
                return
            refill = seconds_to_replenish(headers, now=self._wall()) or 0.0
            if told == 0 and refill > _NEXT_SLOTS / self._rate:
                self._hold(refill)
            self._learn(told, took)

    @property
    def seconds_until_next(self) -> float:
        """Seconds until a call that asked now could go; takes no slot."""
        with self._lock:
            now = self._refill()
            self._level -= 1
            wait = self._wait(now)
            self._level += 1
            return wait

    @property
    def per_minute(self) -> float:
        """Calls a minute that are let through at present."""
        with self._lock:
            return self._rate * 60

    @property
    def _rate(self) -> float:
        return self._per_minute * MARGIN * self._share / 60

    def _refill(self) -> float:
        now = self._clock()
        if now > self._counted_at:
            gained = (now - self._counted_at) * self._rate
            self._level = min(self._capacity, self._level + gained)
            self._counted_at = now
        return now

    def _wait(self, now: float) -> float:
        held = max(0.0, self._counted_at - now)
        return held + max(0.0, -self._level / self._rate)

    def _hold(self, seconds: float) -> None:
        now = self._refill()
        self._counted_at = max(self._counted_at, now + seconds)
        self._level = min(self._level, 1.0)
        self._spare.clear()

    def _learn(self, told: int, took: float) -> None:
        """Move the level to what the store counts, less what is still on its way there.

        The store may have counted when the call came in or when it answered: what it gained in
        between is doubtful, and moves the level neither up nor down.
        """
        spare = told - self._unanswered - self._level
        doubt = took * self._rate
        self._spare.append(spare)
        if spare + doubt < 0:
            self._level += spare + doubt
            self._spare.clear()
        elif spare < 0:
            self._spare.clear()
        elif len(self._spare) == _AGREEING:
            self._level += min(self._spare)
            self._capacity = max(self._capacity, self._level)
            self._spare.clear()
