"""A store in memory whose next answers can be scripted, for the tests of runs."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from cancel_desk.walmart.client import CancelReply
from cancel_desk.walmart.failures import CallFailed, Cause, FailureKind
from cancel_desk.walmart.orders import CancelLine, Order, OrderLine
from cancel_desk.walmart.pace import TokenBucket


class Step(NamedTuple):
    """What happens to one cancel call: is it applied, and how does it answer."""

    applied: bool = True
    failure: CallFailed | None = None
    reply: bool = True  # the reply holds the order
    skipped: tuple[str, ...] = ()  # lines that are silently not changed
    words: str = ""


def failed(
    kind: FailureKind, cause: Cause = Cause.HTTP, *, status: int | None = None, words: str = ""
) -> CallFailed:
    """Return a failure to script."""
    return CallFailed(kind, cause, status=status, words=words, retry_after=0.0)


class PretendedStore:
    """Orders by number; cancels are applied as Walmart does: all lines of a call or none."""

    def __init__(self, *orders: Order) -> None:
        self.orders = {order.purchase_order_id: order for order in orders}
        self.steps: deque[Step] = deque()
        self.cancel_of: dict[str, Step] = {}  # what happens to every call for an order
        self.read_failures: deque[CallFailed | None] = deque()
        self.read_waits: list[Callable[[float], bool] | None] = []
        self.lag = 0  # readings after a cancel that still show the order before it
        self.calls: list[tuple[str, tuple[CancelLine, ...], str]] = []
        self.applied: dict[tuple[str, str], list[int]] = {}
        self.refreshed = 0
        self.refresh_failure: CallFailed | None = None
        self.cancel_pace = TokenBucket(6_000_000, 1000)
        self.before_cancel: Callable[[], None] = lambda: None
        self.before_read: Callable[[], None] = lambda: None
        self._stale: dict[str, deque[Order]] = {}

    def order(
        self, purchase_order_id: str, /, *, wait: Callable[[float], bool] | None = None
    ) -> Order:
        self.read_waits.append(wait)
        self.before_read()
        failure = self.read_failures.popleft() if self.read_failures else None
        if failure is not None:
            raise failure
        if stale := self._stale.get(purchase_order_id):
            return stale.popleft()
        if purchase_order_id not in self.orders:
            raise failed(FailureKind.NOT_FOUND, status=404)
        return self.orders[purchase_order_id]

    def refresh_token(self) -> None:
        self.refreshed += 1
        if self.refresh_failure is not None:
            raise self.refresh_failure

    def cancel(
        self, purchase_order_id: str, lines: Sequence[CancelLine], /, *, correlation_id: str
    ) -> CancelReply:
        self.before_cancel()
        self.calls.append((purchase_order_id, tuple(lines), correlation_id))
        self.cancel_pace.correct({})
        usual = self.cancel_of.get(purchase_order_id, Step())
        step = self.steps.popleft() if self.steps else usual
        before = self.orders[purchase_order_id]
        if step.applied:
            if not all(self._fits(before, line) for line in lines):
                raise failed(FailureKind.REFUSED, status=400, words="a line can't be cancelled")
            self._apply(before, [x for x in lines if x.line_number not in step.skipped])
        if step.failure is not None:
            raise step.failure
        order = self.orders[purchase_order_id] if step.reply else None
        return CancelReply(order, step.words, 200, correlation_id)

    def close_line(self, po: str, number: str, status: str) -> None:
        """Move every open unit of a line to another status, as somebody else would."""
        line = self.orders[po].line(number)
        assert line is not None
        self._put(po, number, status, line.open)

    def units(self, po: str, number: str) -> int:
        """Return how many units of a line were cancelled through this store."""
        return sum(self.applied.get((po, number), []))

    def _fits(self, order: Order, wanted: CancelLine) -> bool:
        line = order.line(wanted.line_number)
        return line is not None and line.open >= wanted.amount

    def _apply(self, before: Order, lines: Sequence[CancelLine]) -> None:
        po = before.purchase_order_id
        self._stale[po] = deque([before] * self.lag)
        for line in lines:
            self._put(po, line.line_number, "Cancelled", line.amount)
            self.applied.setdefault((po, line.line_number), []).append(line.amount)

    def _put(self, po: str, number: str, status: str, units: int) -> None:
        order = self.orders[po]

        def changed(line: OrderLine) -> OrderLine:
            if line.number != number:
                return line
            had = line.quantities.get(status, 0)
            return replace(line, quantities={**line.quantities, status: had + units})

        self.orders[po] = replace(order, lines=tuple(map(changed, order.lines)))
