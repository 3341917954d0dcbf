"""What sending needs of Walmart."""

from collections.abc import Callable, Sequence
from typing import Protocol

from cancel_desk.walmart.client import CancelReply
from cancel_desk.walmart.orders import CancelLine, Order
from cancel_desk.walmart.pace import TokenBucket


class OrderStore(Protocol):
    """One store; :class:`WalmartClient` is one."""

    cancel_pace: TokenBucket

    def order(
        self, purchase_order_id: str, /, *, wait: Callable[[float], bool] | None = None
    ) -> Order:
        """Return an order as it is now; CallFailed, GivenUp when ``wait`` says so."""

    def cancel(
        self, purchase_order_id: str, lines: Sequence[CancelLine], /, *, correlation_id: str
    ) -> CancelReply:
        """Make one attempt at cancelling; CallFailed."""

    def refresh_token(self) -> None:
        """Get a token that was not refused; CallFailed."""
