"""What may go wrong with one call, and seeded or written plans of it."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Protocol


class Fault(StrEnum):
    """One thing that goes wrong; BEFORE and AFTER tell whether the cancel was applied."""

    NONE = "none"
    THROTTLED_SECONDS = "throttled_seconds"
    THROTTLED_REPLENISH = "throttled_replenish"
    THROTTLED_SILENT = "throttled_silent"
    UNAUTHORIZED = "unauthorized"
    FAILED_BEFORE = "failed_before"
    FAILED_AFTER = "failed_after"
    CLOSED_BEFORE = "closed_before"
    CLOSED_AFTER = "closed_after"
    RESET_BEFORE = "reset_before"
    RESET_AFTER = "reset_after"
    APPLIED_LATE = "applied_late"  # closed at once, applied a good while later
    TRUNCATED_BEFORE = "truncated_before"
    TRUNCATED_AFTER = "truncated_after"
    CUT_SHORT_AFTER = "cut_short_after"  # fewer bytes than Content-Length, then closed
    HTML_BEFORE = "html_before"
    HTML_AFTER = "html_after"
    EMPTY_BEFORE = "empty_before"
    EMPTY_AFTER = "empty_after"
    ACCEPTED_BEFORE = "accepted_before"  # 202, and nothing comes of it
    ACCEPTED_AFTER = "accepted_after"
    ACCEPTED_LATE = "accepted_late"  # 202, applied a good while later
    ERRORS_INSIDE = "errors_inside"  # 200, a list of errors, nothing applied
    ONE_UNCHANGED = "one_unchanged"  # 200 with the order, its first line silently left alone
    SLOW = "slow"
    OTHER_ORDER = "other_order"  # 200 with the body of another order; applied


THROTTLED = frozenset({Fault.THROTTLED_SECONDS, Fault.THROTTLED_REPLENISH, Fault.THROTTLED_SILENT})
TOKEN_FAULTS = (Fault.FAILED_BEFORE, Fault.CLOSED_BEFORE, Fault.HTML_BEFORE, Fault.SLOW)
GET_FAULTS = (
    Fault.THROTTLED_REPLENISH,
    Fault.UNAUTHORIZED,
    Fault.FAILED_BEFORE,
    Fault.CLOSED_BEFORE,
    Fault.RESET_BEFORE,
    Fault.TRUNCATED_BEFORE,
    Fault.CUT_SHORT_AFTER,
    Fault.HTML_BEFORE,
    Fault.EMPTY_BEFORE,
    Fault.OTHER_ORDER,
    Fault.SLOW,
)
CANCEL_FAULTS = tuple(fault for fault in Fault if fault is not Fault.NONE)


class Plan(Protocol):
    """Decides what goes wrong with the n-th call (from 1) of an operation for an order."""

    def __call__(self, operation: str, po: str, nth: int, /) -> Fault:
        """Return the fault of this call."""


def no_faults(_operation: str, _po: str, _nth: int) -> Fault:
    """Let everything go well."""
    return Fault.NONE


def seeded(
    seed: int,
    *,
    rate: float,
    cancel: Sequence[Fault] = CANCEL_FAULTS,
    get: Sequence[Fault] = GET_FAULTS,
    token: Sequence[Fault] = TOKEN_FAULTS,
) -> Plan:
    """Return a plan that gives each call a fault with this probability.

    It depends on the seed, the order and the count only, never on timing or threads.
    """
    kinds = {"cancel": cancel, "get": get, "token": token}

    def choose(operation: str, po: str, nth: int) -> Fault:
        chance = random.Random(f"{seed}:{operation}:{po}:{nth}")
        if not kinds.get(operation) or chance.random() >= rate:
            return Fault.NONE
        return chance.choice(kinds[operation])

    return choose


def written(script: Mapping[tuple[str, str], Sequence[Fault]]) -> Plan:
    """Return a plan that follows a script by operation and order, and then lets all go well."""

    def choose(operation: str, po: str, nth: int) -> Fault:
        faults = script.get((operation, po), ())
        return faults[nth - 1] if nth <= len(faults) else Fault.NONE

    return choose


class Counted:
    """A plan together with the counts of calls it has seen."""

    def __init__(self, plan: Callable[[str, str, int], Fault]) -> None:
        self._plan = plan
        self._counts: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def next(self, operation: str, po: str) -> Fault:
        """Return the fault of the next call of this operation for this order."""
        with self._lock:
            self._counts[operation, po] += 1
            nth = self._counts[operation, po]
        return self._plan(operation, po, nth)
