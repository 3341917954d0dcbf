"""What the store says of the sheet's orders: read where it is missing, and anew where it is old."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from cancel_desk.checks.live import Look, NotRead
from cancel_desk.checks.review import Review
from cancel_desk.connections import Connection
from cancel_desk.desk import Desk
from cancel_desk.ui.session.account_in_use import AccountInUse
from cancel_desk.ui.session.background import Background
from cancel_desk.ui.session.order_check import OrderCheck

FRESH_SECONDS: Final = 300.0
"""How long an order that was looked at counts as seen; sending looks again in any case."""


class OrderLooks(QObject):
    """Reads the orders of the review it follows, through the account in use."""

    arrived = Signal(object)  # dict[str, Look]
    progressed = Signal(int, int)  # orders read, in all; 0 in all: not reading
    ended = Signal()  # ``read_all`` has come to its end, or was stopped: what was read counts
    completed = Signal(object)  # Connection: ``complete`` has come to its end
    failed = Signal(object)  # the exception

    def __init__(
        self,
        desk: Desk,
        background: Background,
        in_use: AccountInUse,
        *,
        clock: Callable[[], float],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._background = background
        self._in_use = in_use
        self._clock = clock
        self._review: Review | None = None
        self._check: OrderCheck | None = None
        self._seen: dict[str, float] = {}
        self._completing = False

    @property
    def reading(self) -> bool:
        """Whether orders are being read."""
        return self._check is not None

    @property
    def completing(self) -> bool:
        """Whether ``completed`` or ``failed`` is still to come."""
        return self._completing

    def follow(self, review: Review | None) -> None:
        """Read the orders of this review from now on; what was seen before no longer counts."""
        self.forget()
        self._review = review

    def forget(self) -> None:
        """Take every order for unseen; what is being read is dropped."""
        self.drop()
        self._seen.clear()

    @Slot()
    def read_all(self) -> None:
        """Read every order of the sheet, also those seen before."""
        if self._review is not None and self._check is None:
            self._seen.clear()
            self._completing = False
            self._in_use.connected(self._read_missing, self._give_up)

    def complete(self) -> None:
        """Read the orders not seen lately, until none is missing: ``completed`` follows."""
        review = self._review
        if review is None or self._completing:
            return
        for po in [po for po in self._seen if isinstance(review.look(po), NotRead)]:
            del self._seen[po]
        self._completing = True
        if self._check is None:
            self._in_use.connected(self._read_missing, self._give_up)

    @Slot()
    def stop(self) -> None:
        """Read no further order; ``completed`` does not come."""
        self._completing = False
        if self._check is not None:
            self._check.stop()

    def drop(self) -> None:
        """Stop, and hear no more of what is under way: another store or sheet is next."""
        self.stop()
        if self._check is not None:
            self._check = None
            self.progressed.emit(0, 0)

    def _read_missing(self, connection: Connection) -> None:
        """Read what was not seen; edits meanwhile may ask for more, so it comes here again."""
        if self._review is None or self._check is not None:
            return
        seen_since = self._clock() - FRESH_SECONDS
        missing = [
            po
            for po in self._review.orders_wanted()
            if po not in self._seen or self._seen[po] < seen_since
        ]
        if missing:
            self._check = check = OrderCheck(self._desk, connection, self._background)
            check.looked.connect(partial(self._on_looked, check))
            check.progressed.connect(partial(self._on_progressed, check))
            check.finished.connect(partial(self._on_checked, check))
            check.failed.connect(partial(self._on_check_failed, check))
            check.start(missing)
        elif self._completing:
            self._completing = False
            self.completed.emit(connection)

    def _on_looked(self, check: OrderCheck, looks: dict[str, Look]) -> None:
        if check is self._check:
            self._seen.update(dict.fromkeys(looks, self._clock()))
            self.arrived.emit(looks)

    def _on_progressed(self, check: OrderCheck, done: int, total: int) -> None:
        if check is self._check:
            self.progressed.emit(done, total)

    def _on_checked(self, check: OrderCheck) -> None:
        if check is not self._check:
            return
        self._check = None
        self.progressed.emit(0, 0)
        if self._completing:
            self._in_use.connected(self._read_missing, self._give_up)
        else:
            self.ended.emit()

    def _on_check_failed(self, check: OrderCheck, error: Exception) -> None:
        if check is self._check:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        self.drop()
        self.failed.emit(error)
