"""The turn of one cancel call: its slot, and the order read just before the slot is due."""

from cancel_desk.runs.gate import Gate
from cancel_desk.runs.order_store import OrderStore
from cancel_desk.runs.watching import Watcher
from cancel_desk.walmart.failures import CallFailed, GivenUp
from cancel_desk.walmart.orders import Order

READ_AHEAD = 2.0
"""Seconds before its slot at which an order is read, so that the call can leave when it is due."""
_STALE = 5.0
"""Seconds after which a reading says too little about its order to cancel by it."""


class Turn:
    """Takes a slot; a cancel that goes by :meth:`order` never rests on an old reading."""

    def __init__(self, store: OrderStore, gate: Gate, watcher: Watcher) -> None:
        self._store = store
        self._gate = gate
        self._pauses = gate.pauses
        self._slot = store.cancel_pace.reserve()
        if (seconds := self._slot.seconds) > 0:
            watcher.waiting(seconds)

    def order(self, po: str) -> Order | None:
        """Read the order and return it when the slot is due; CallFailed if it can't be read.

        None if the turn is over for now: the gate was closed meanwhile, or it took so long that
        the reading says nothing any more. Unless an order is returned the slot is given back.
        """
        try:
            order = self._read(po)
        except CallFailed:
            self.give_back()
            raise
        if order is None:
            self.give_back()
        return order

    def give_back(self) -> None:
        """Leave the slot to another call."""
        self._store.cancel_pace.give_back()

    def _read(self, po: str) -> Order | None:
        while (seconds := self._slot.seconds - READ_AHEAD) > 0:
            if not self._gate.wait(seconds):
                return None
        if not self._gate.open() or self._gate.pauses != self._pauses:
            return None
        try:
            order = self._store.order(po, wait=self._gate.wait)
        except GivenUp:
            return None
        read = self._gate.clocks.start()
        while (seconds := self._slot.seconds) > 0:
            if not self._gate.wait_open(seconds):
                return None
        # By both clocks, because the computer may have slept in between. And slots that lay in a
        # pause must not all be due at once after it.
        fresh = read.seconds <= _STALE and self._gate.pauses == self._pauses
        return order if fresh and not self._gate.closed else None
