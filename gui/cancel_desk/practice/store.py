"""The practice store itself: its orders, what was cancelled, and what it is told to get wrong."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cancel_desk.practice.bodies import ApiError, ErrorItem
from cancel_desk.practice.bucket import Level, Limits, TokenBucket
from cancel_desk.practice.catalogue import SEED, Stock, sample_orders
from cancel_desk.practice.faults import Endpoint, Fault, FaultPlan, Faults, Planned
from cancel_desk.practice.journal import Journal, Tally
from cancel_desk.practice.rules import AskedLine, check_lines
from cancel_desk.practice.state import AppliedCancel, Opening, StateError, StateFile
from cancel_desk.practice.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from cancel_desk.practice.orders import Order


class PracticeStore:
    """A seller's orders at a pretended Walmart; safe to use from several threads.

    The same seed gives the same orders. With a state file every cancel is on disk before it is
    answered, and a new store on the same file goes on where the last one was killed. `clock` gives
    epoch seconds.
    Raises StateError for a state file that is damaged or belongs to another seed.
    """

    def __init__(
        self,
        *,
        seed: int = SEED,
        stock: Stock = sample_orders,
        state: Path | None = None,
        faults: Faults | None = None,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        limits = limits or Limits()
        self.clock = clock
        self.journal = Journal()
        self.tokens = Tokens(clock=clock)
        self._plan = FaultPlan(faults or Faults(), seed=seed)
        self._buckets = {
            Endpoint.CANCEL: TokenBucket(limits.cancel, clock=clock),
            Endpoint.ORDER: TokenBucket(limits.read, clock=clock),
            Endpoint.ORDERS: TokenBucket(limits.read, clock=clock),
            Endpoint.DETAIL: TokenBucket(limits.read, clock=clock),
        }
        self._lock = threading.Lock()
        self._tallies: dict[tuple[str, str], Tally] = {}
        self._older: dict[str, tuple[float, Order]] = {}
        opening = Opening(seed, datetime.fromtimestamp(clock(), UTC).date())
        self._state = StateFile(state) if state is not None else None
        began, cancels = self._state.load(opening) if self._state is not None else (opening, ())
        self._orders = {each.purchase_order_id: each for each in stock(began.seed, began.day)}
        for cancel in cancels:
            self._replay(cancel)

    @property
    def faults(self) -> Faults:
        """What goes wrong by chance; can be exchanged while the store is open."""
        return self._plan.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self._plan.faults = faults

    def script(
        self, steps: Iterable[Fault | Planned | None], *, endpoint: Endpoint = Endpoint.CANCEL
    ) -> None:
        """Sets what happens to the next calls of that kind; None is a call that goes well."""
        self._plan.script(steps, endpoint)

    def next_fault(self, endpoint: Endpoint) -> Planned:
        """What happens to the call that is being answered."""
        return self._plan.next(endpoint)

    def take(self, endpoint: Endpoint) -> Level | None:
        """Takes a token for a call; None for calls without a limit."""
        bucket = self._buckets.get(endpoint)
        return bucket.take() if bucket is not None else None

    def orders(self) -> tuple[Order, ...]:
        """All orders as they are."""
        with self._lock:
            return tuple(self._orders.values())

    def order(self, purchase_order_id: str) -> Order:
        """The order as it is. Raises ApiError (404) when there is none."""
        with self._lock:
            return self._find(purchase_order_id)

    def shown_orders(self) -> tuple[Order, ...]:
        """All orders as a read shows them, which may lag behind a cancel."""
        with self._lock:
            return tuple(self._shown(order) for order in self._orders.values())

    def shown_order(self, purchase_order_id: str) -> Order:
        """The order as a read shows it. Raises ApiError (404) when there is none."""
        with self._lock:
            return self._shown(self._find(purchase_order_id))

    def cancel(self, purchase_order_id: str, asked: tuple[AskedLine, ...]) -> Order:
        """Cancels all lines asked, or none; gives the order after it, with the change on disk.

        Raises ApiError: 404 for an unknown order, 400 when one of the lines can't be cancelled.
        """
        with self._lock:
            order = self._find(purchase_order_id)
            check_lines(order, asked)
            now = self.clock()
            cancel = AppliedCancel(purchase_order_id, asked, int(now * 1000))
            if self._state is not None:
                self._state.append(cancel)
            until, older = self._older.get(purchase_order_id, (0.0, order))
            self._older[purchase_order_id] = (
                now + self.faults.read_lag,
                older if now < until else order,
            )
            return self._apply(order, cancel)

    def tally(self, purchase_order_id: str, line: str) -> Tally:
        """How many units of a line were cancelled through this store, in how many calls."""
        with self._lock:
            return self._tallies.get((purchase_order_id, line), Tally())

    def tallies(self) -> dict[tuple[str, str], Tally]:
        """The tally of every line that was cancelled, by order and line number."""
        with self._lock:
            return dict(self._tallies)

    def _find(self, purchase_order_id: str) -> Order:
        order = self._orders.get(purchase_order_id)
        if order is None:
            text = f"No content found for the PO: {purchase_order_id[:40]}"
            raise ApiError(
                404, ErrorItem("CONTENT_NOT_FOUND.GMP_ORDER_API", text, "purchaseOrderId")
            )
        return order

    def _shown(self, order: Order) -> Order:
        until, older = self._older.get(order.purchase_order_id, (0.0, order))
        return older if self.clock() < until else order

    def _apply(self, order: Order, cancel: AppliedCancel) -> Order:
        for asked in cancel.lines:
            line = order.line(asked.number)
            if line is None:
                raise ValueError(f"no line {asked.number}")
            order = order.with_line(line.cancel(asked.units, at=cancel.at))
            key = (order.purchase_order_id, asked.number)
            before = self._tallies.get(key, Tally())
            self._tallies[key] = Tally(before.units + asked.units, before.times + 1)
        self._orders[order.purchase_order_id] = order
        return order

    def _replay(self, cancel: AppliedCancel) -> None:
        try:
            self._apply(self._orders[cancel.purchase_order_id], cancel)
        except (KeyError, ValueError) as error:
            raise StateError(
                "The state file holds cancels that don't fit this store's orders."
            ) from error
