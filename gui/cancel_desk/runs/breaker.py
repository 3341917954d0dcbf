"""The circuit breaker: equal failures in a row say that going on makes no sense."""

import threading

from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind

LOST_CONNECTION = frozenset({Cause.NO_CONNECTION, Cause.NO_ADDRESS, Cause.CONNECT_TIMEOUT})
"""Failures that say nothing of the call and much of the network; they end by themselves."""

_COUNTED = frozenset({FailureKind.UNKNOWN, FailureKind.UNSENT, FailureKind.FORBIDDEN})


class Breaker:
    """Counts failures of one kind in a row over all workers."""

    def __init__(self, limit: int) -> None:
        """Trip at the ``limit``-th failure of one kind in a row."""
        self._limit = limit
        self._lock = threading.Lock()
        self._kind: FailureKind | None = None
        self._count = 0

    def went_well(self) -> None:
        """Count anew: Walmart gave a usable answer, be it a refusal."""
        with self._lock:
            self._kind, self._count = None, 0

    def failed(self, failure: CallFailed) -> bool:
        """Count a failure; return True when it trips, once per row of failures.

        A lost connection is not counted: it is waited for.
        """
        if failure.kind not in _COUNTED or failure.cause in LOST_CONNECTION:
            return False
        with self._lock:
            same = failure.kind is self._kind
            self._kind, self._count = failure.kind, self._count + 1 if same else 1
            return self._count == self._limit
