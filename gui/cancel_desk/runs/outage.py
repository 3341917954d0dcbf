"""Waiting for a lost connection, and how long."""

from cancel_desk.runs.breaker import LOST_CONNECTION, RunHalted
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.patience import Patience
from cancel_desk.runs.watching import Watcher
from cancel_desk.walmart.failures import CallFailed


class Outage:
    """How long one request has waited for its connection, over all its calls."""

    def __init__(self, gate: Gate, watcher: Watcher, patience: Patience) -> None:
        self._gate = gate
        self._watcher = watcher
        self._patience = patience
        self._tried = 0
        self._waited = 0.0  # seconds

    def wait(self, failure: CallFailed) -> bool:
        """Wait before a call is made again that found no connection; return whether to make it.

        False for any other failure and once the gate stopped; RunHalted when it lasts too long.
        """
        if failure.cause not in LOST_CONNECTION:
            return False
        pauses = self._patience.reconnects
        self._tried += 1
        if self._tried > len(pauses) and self._waited >= self._patience.outage:
            raise RunHalted(failure)
        pause = pauses[min(self._tried, len(pauses)) - 1]
        self._waited += pause
        self._watcher.unreachable(pause)
        return self._gate.wait(pause)
