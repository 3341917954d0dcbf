"""What can be made to go wrong in the practice store, by chance or by script."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cancel_desk.practice.bodies import Shape


class Endpoint(StrEnum):
    """The calls the practice store knows."""

    TOKEN = "token"  # noqa: S105 - the name of a call
    DETAIL = "detail"
    ORDER = "order"
    ORDERS = "orders"
    CANCEL = "cancel"


READS = frozenset({Endpoint.ORDER, Endpoint.ORDERS})


class Fault(StrEnum):
    """One thing that goes wrong with a call; each is also a rate of `Faults`."""

    TOO_MANY_REQUESTS = "too_many_requests"
    UNAUTHORIZED = "unauthorized"
    ERROR_BEFORE = "error_before"
    ERROR_AFTER = "error_after"
    LOST_REPLY_BEFORE = "lost_reply_before"
    LOST_REPLY_AFTER = "lost_reply_after"
    BROKEN_JSON = "broken_json"
    HTML_PAGE = "html_page"
    SLOW = "slow"
    LINE_SKIPPED = "line_skipped"


UNRECEIVED = frozenset(
    {
        Fault.TOO_MANY_REQUESTS,
        Fault.UNAUTHORIZED,
        Fault.ERROR_BEFORE,
        Fault.LOST_REPLY_BEFORE,
        Fault.HTML_PAGE,
    }
)
"""Faults that strike before the call is acted upon; after all others it has been."""

SERVER_ERRORS = (500, 502, 503, 504, 520)


@dataclass(frozen=True, slots=True)
class Faults:
    """How often each fault strikes a cancel call (0 to 1), and how slow the store is.

    429 and 401 are answered although nothing is wrong. `error_before`, `lost_reply_before` and
    `html_page` leave the order as it was; `error_after`, `lost_reply_after`, `broken_json` and
    `slow` come after the cancel was done. `line_skipped` answers 200 but leaves the last line asked
    as it was.
    Raises ValueError for a rate outside 0 to 1, rates of more than 1 together, or a negative time.
    """

    too_many_requests: float = 0
    unauthorized: float = 0
    error_before: float = 0
    error_after: float = 0
    lost_reply_before: float = 0
    lost_reply_after: float = 0
    broken_json: float = 0
    html_page: float = 0
    slow: float = 0
    line_skipped: float = 0
    slow_seconds: float = 30
    """How long a slow reply takes."""
    latency: float = 0
    """Seconds that every call takes."""
    read_lag: float = 0
    """Seconds for which a read still shows an order as it was before a cancel."""
    shape: Shape | None = None
    """Writes every error in this shape instead of its natural one."""
    single_objects: bool = False
    """Answers a list of one as the bare object."""
    view_only: bool = False
    """Gives out tokens that may read orders but not cancel."""
    on_reads: bool = False
    """Whether the rates hold for reading orders too."""

    def __post_init__(self) -> None:
        rates = [self.rate(fault) for fault in Fault]
        if any(not 0 <= rate <= 1 for rate in rates) or sum(rates) > 1 + 1e-9:
            raise ValueError(
                "Each fault rate is between 0 and 1, and all of them together at most 1."
            )
        if min(self.slow_seconds, self.latency, self.read_lag) < 0:
            raise ValueError("Times are seconds, 0 or more.")

    def rate(self, fault: Fault) -> float:
        """How often that fault strikes."""
        rate: float = getattr(self, fault.value)
        return rate


class Planned(NamedTuple):
    """What happens to one call: a fault or none, and the shape and status of an error it gets."""

    fault: Fault | None = None
    shape: Shape | None = None
    status: int | None = None


class FaultPlan:
    """Decides what happens to each call; safe to use from several threads."""

    def __init__(self, faults: Faults, *, seed: int) -> None:
        self.faults = faults
        self._chance = Random(seed)
        self._lock = threading.Lock()
        self._scripts: dict[Endpoint, deque[Planned]] = {each: deque() for each in Endpoint}

    def script(self, steps: Iterable[Fault | Planned | None], endpoint: Endpoint) -> None:
        """Sets what happens to the next calls of that kind, before chance decides again."""
        planned = [step if isinstance(step, Planned) else Planned(step) for step in steps]
        with self._lock:
            self._scripts[endpoint].extend(planned)

    def next(self, endpoint: Endpoint) -> Planned:
        """What happens to this call."""
        with self._lock:
            if self._scripts[endpoint]:
                return self._scripts[endpoint].popleft()
            if endpoint is Endpoint.CANCEL or (self.faults.on_reads and endpoint in READS):
                return self._drawn(self._chance.random())
            return Planned()

    def _drawn(self, roll: float) -> Planned:
        for fault in Fault:
            roll -= self.faults.rate(fault)
            if roll < 0:
                return Planned(fault, status=self._status(fault))
        return Planned()

    def _status(self, fault: Fault) -> int | None:
        drawn = fault in {Fault.ERROR_BEFORE, Fault.ERROR_AFTER}
        return self._chance.choice(SERVER_ERRORS) if drawn else None
