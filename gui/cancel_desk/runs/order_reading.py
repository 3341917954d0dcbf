"""Reading many orders side by side before anything is planned."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Protocol

from cancel_desk.checks.live import Look, NotRead
from cancel_desk.walmart.failures import CallFailed, FailureKind, GivenUp
from cancel_desk.walmart.orders import Order

READERS = 8
"""Walmart allows 5000 readings a minute, so a few at a time are far below it."""

_HOPELESS = frozenset({FailureKind.CREDENTIALS, FailureKind.FORBIDDEN, FailureKind.OUR_BUG})
_FAILURES_IN_A_ROW = 8


class OrderSource(Protocol):
    """What reading needs of Walmart."""

    def order(
        self, purchase_order_id: str, /, *, wait: Callable[[float], bool] | None = None
    ) -> Order:
        """Return an order as it is now; CallFailed, GivenUp when ``wait`` says so."""

    def refresh_token(self) -> None:
        """Make sure of a token; CallFailed."""


class OrderReading:
    """Reads orders in parallel; :meth:`stop` ends it after the readings under way."""

    def __init__(self, source: OrderSource, sentence: Callable[[CallFailed], str]) -> None:
        """``sentence`` says in plain words why an order could not be read."""
        self._source = source
        self._sentence = sentence
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._failed_in_a_row = 0

    def stop(self) -> None:
        """Read no further order."""
        self._stopped.set()

    def read(
        self, pos: Iterable[str], told: Callable[[str, Look], None] = lambda _po, _look: None
    ) -> dict[str, Look]:
        """Return what looking for each order gave; those not reached after a stop are missing.

        ``told`` hears of each order from the reading threads. Raises CallFailed where no reading
        can succeed: keys refused, or Walmart not reached at all.
        """
        self._source.refresh_token()
        looks: dict[str, Look] = {}

        def one(po: str) -> None:
            if self._stopped.is_set():
                return
            with suppress(GivenUp):
                looks[po] = look = self._look(po)
                told(po, look)

        with ThreadPoolExecutor(READERS, thread_name_prefix="read") as pool:
            for done in [pool.submit(one, po) for po in pos]:
                done.result()
        return looks

    def _look(self, po: str) -> Look:
        try:
            order = self._source.order(po, wait=lambda seconds: not self._stopped.wait(seconds))
        except CallFailed as failure:
            if failure.kind is FailureKind.NOT_FOUND:
                return None
            self._count(failure)
            return NotRead(self._sentence(failure))
        with self._lock:
            self._failed_in_a_row = 0
        return order

    def _count(self, failure: CallFailed) -> None:
        with self._lock:
            self._failed_in_a_row += 1
            too_many = self._failed_in_a_row >= _FAILURES_IN_A_ROW
        if failure.kind in _HOPELESS or too_many:
            self._stopped.set()
            raise failure
