"""The circuit breaker: equal failures in a row say that going on makes no sense."""

import threading
from enum import Enum, auto

from cancel_desk.runs.gate import Gate
from cancel_desk.runs.watching import Watcher
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind

LOST_CONNECTION = frozenset({Cause.NO_CONNECTION, Cause.NO_ADDRESS, Cause.CONNECT_TIMEOUT})
"""Failures that say nothing of the call and much of the network; they end by themselves."""

_COUNTED = frozenset({FailureKind.UNKNOWN, FailureKind.UNSENT, FailureKind.FORBIDDEN})
_ENDS_THE_RUN = frozenset({FailureKind.CREDENTIALS, FailureKind.OUR_BUG})


class RunHalted(Exception):  # noqa: N818 - it reads as what happened
    """No call of this run can succeed: refused credentials, a wrong address, our own mistake."""

    def __init__(self, failure: CallFailed) -> None:
        super().__init__(str(failure))
        self.failure = failure


class Errand(Enum):
    """What a call was made for. Keys that may only look read well and cancel nothing."""

    READ = auto()
    CANCEL = auto()


class Breaker:
    """Counts equal failures in a row over all workers, by errand; too many pause the run."""

    def __init__(self, limit: int, gate: Gate, watcher: Watcher) -> None:
        """Pause at the ``limit``-th failure of one kind in a row, and tell the watcher why."""
        self._limit = limit
        self._gate = gate
        self._watcher = watcher
        self._lock = threading.Lock()
        self._rows: dict[Errand, tuple[FailureKind, int]] = {}

    def went_well(self, errand: Errand) -> None:
        """Count anew: Walmart gave a usable answer, be it a refusal."""
        with self._lock:
            self._rows.pop(errand, None)

    def failed(self, errand: Errand, failure: CallFailed) -> None:
        """Count a failure; RunHalted for one that no further call can get over.

        A lost connection is not counted: it is waited for. Neither are calls that were under way
        when the run paused: they say no more than was told then.
        """
        if failure.kind in _ENDS_THE_RUN:
            raise RunHalted(failure)
        if failure.kind not in _COUNTED or failure.cause in LOST_CONNECTION or self._gate.closed:
            return
        with self._lock:
            kind, count = self._rows.get(errand, (failure.kind, 0))
            count = count + 1 if kind is failure.kind else 1
            trips = count == self._limit
            self._rows[errand] = (failure.kind, 0 if trips else count)
            if trips:
                self._gate.pause()
        if trips:
            self._watcher.paused(failure)
