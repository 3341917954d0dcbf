"""The allowance of calls: a token bucket that hands out slots and learns from the replies."""

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import NamedTuple, Self

from cancel_desk.walmart.endpoint import Endpoint
from cancel_desk.walmart.limit_headers import seconds_to_replenish, tokens_left

MARGIN = 0.95
"""Share of the stated rate that is used: at exactly the rate one call in 120 was answered 429."""

FIRST_BURST = 5
"""Cancel calls that go at once before the store's headers have told of more."""
FIRST_READS = 100
"""The same for readings: a second and a bit of what Walmart allows."""

_SLOWER = 0.8  # the rate's share after each hold ...
_SLOWEST = 0.5
_FASTER = 0.01  # ... and what each reply gives back
_NEXT_SLOTS = 2  # a refill nearer than this many slots is no news
_AGREEING = 4  # replies in a row that must tell of spare tokens before more calls go


class Slot:
    """A place in the row of calls; when it is due can still change, so ask again after waiting."""

    def __init__(self, bucket: "TokenBucket", due: float) -> None:
        self._bucket = bucket
        self._due = due

    @property
    def seconds(self) -> float:
        """Seconds until this call may go; 0 from then on."""
        return self._bucket.seconds_until(self._due)


class TokenBucket:
    """One store's allowance for one kind of call. Safe to use from any thread.

    ``per_minute`` is the store's stated rate, of which 95 % is used; ``burst`` calls may go at
    once at the beginning. ``clock`` is monotonic seconds, ``wall`` epoch seconds.

    Call ``reserve`` once before each call, sleep until its slot is due, then end it with exactly
    one of ``correct`` (it went out, whatever came back) and ``give_back`` (it did not).
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
        self._put_off = 0.0  # seconds by which slots handed out before were moved back
        self._share = 1.0
        self._unanswered = 0
        self._spare: deque[float] = deque(maxlen=_AGREEING)

    def reserve(self) -> Slot:
        """Take the next slot."""
        with self._lock:
            now = self._refill()
            self._level -= 1
            self._unanswered += 1
            return Slot(self, now + self._wait(now) - self._put_off)

    def seconds_until(self, due: float) -> float:
        """Return the seconds until a slot that was due then, with all that was put off since."""
        with self._lock:
            return max(0.0, due + self._put_off - self._clock())

    def give_back(self) -> None:
        """Return a slot whose call was not made."""
        with self._lock:
            self._refill()
            self._unanswered = max(0, self._unanswered - 1)
            self._level = min(self._capacity, self._level + 1)

    def hold(self, seconds: float) -> None:
        """Let no slot begin for ``seconds``, then one at a time, and slower than before.

        Slots handed out already are put off as well.
        """
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
        self._put_off_by(now + seconds - max(now, self._counted_at))
        self._level = min(self._level, 1.0)
        self._spare.clear()

    def _put_off_by(self, seconds: float) -> None:
        if seconds > 0:
            self._counted_at = max(self._clock(), self._counted_at) + seconds
            self._put_off += seconds

    def _take(self, tokens: float) -> None:
        """Lower the level by tokens that the store has not got; what is promised comes later."""
        free = max(0.0, self._level)
        self._level -= min(free, tokens)
        self._put_off_by(max(0.0, tokens - free) / self._rate)

    def _learn(self, told: int, took: float) -> None:
        """Move the level to what the store counts, less what is still on its way there.

        The store may have counted when the call came in or when it answered: what it gained in
        between is doubtful, and moves the level neither up nor down.
        """
        spare = told - self._unanswered - self._level
        doubt = took * self._rate
        self._spare.append(spare)
        if spare + doubt < 0:
            self._take(-spare - doubt)
            self._spare.clear()
        elif spare < 0:
            self._spare.clear()
        elif len(self._spare) == _AGREEING:
            self._level += min(self._spare)
            self._capacity = max(self._capacity, self._level)
            self._spare.clear()


class Paces(NamedTuple):
    """A seller's allowances, each of its own: for cancelling, and for reading single orders."""

    cancel: TokenBucket
    read: TokenBucket

    @classmethod
    def of(
        cls,
        endpoint: Endpoint,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> Self:
        """Return what the store at this address allows, nothing of it used."""
        return cls(
            TokenBucket(endpoint.cancels_per_minute, FIRST_BURST, clock, wall=wall),
            TokenBucket(endpoint.reads_per_minute, FIRST_READS, clock, wall=wall),
        )
