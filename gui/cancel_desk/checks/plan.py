"""The plan: which requests will be sent for which rows, and the digest a person confirms."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from cancel_desk.checks.issues import Code, Issue, Level
from cancel_desk.checks.reasons import REASONS, ReasonCode
from cancel_desk.walmart.endpoint import canonical

LINES_PER_REQUEST = 100
"""Walmart takes at most 100 lines in one cancel call."""

MANY_ORDERS = 50
"""LIVE runs over more orders are confirmed by their number of lines."""

_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Store:
    """Whose orders are cancelled and where: what the person must see beside the send button.

    ``seller`` tells sellers at one address apart, whatever they are called; it says nothing to a
    person. "" where it isn't known. ``formerly`` is the same for earlier keys that the person said
    were of this store.
    """

    name: str
    market: str
    environment: str
    address: str
    seller: str = ""
    formerly: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[str, str]:
        """Where it is, to be compared: address and market, however the address was spelled."""
        return canonical(self.address), self.market

    @property
    def sellers(self) -> tuple[str, ...]:
        """Everything it may be told by; its name where nothing else is known."""
        return (self.seller, *self.formerly) if self.seller else (self.name,)

    def is_seller_of(self, other: "Store") -> bool:
        """Whether both are the same seller's: by their keys, or by name where those aren't known.

        Every seller in a market has the same address, so the address tells nothing of this.
        """
        if self.seller and other.seller:
            return not set(self.sellers).isdisjoint(other.sellers)
        return self.name == other.name


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One order line to cancel for one row of the sheet; ``units`` of it and no more.

    ``cancelled`` are the units of it that were cancelled already when the person confirmed.
    """

    row_id: int
    line: str
    units: int
    reason: ReasonCode
    sku: str = ""
    cancelled: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """One call: a purchase order and at most 100 of its lines."""

    po: str
    lines: tuple[PlannedLine, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that nothing will be sent for, and the issues that say why."""

    row_id: int
    issues: tuple[Issue, ...]

    @property
    def already_cancelled(self) -> bool:
        """Whether the row is left out because there is nothing left to do."""
        return any(issue.code is Code.ALREADY_CANCELLED for issue in self.issues)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that will be sent, and every row that will not."""

    store: Store
    requests: tuple[Request, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def lines(self) -> tuple[PlannedLine, ...]:
        """All lines of all requests, in the order they are sent."""
        return tuple(line for request in self.requests for line in request.lines)

    @property
    def orders(self) -> int:
        """How many different purchase orders are touched."""
        return len({request.po for request in self.requests})

    @property
    def units(self) -> int:
        """How many units are cancelled in all."""
        return sum(line.units for line in self.lines)

    @property
    def reasons(self) -> Counter[ReasonCode]:
        """How many lines are cancelled for each reason."""
        return Counter(line.reason for line in self.lines)

    @property
    def counted_lines(self) -> int:
        """How many lines are cancelled for reasons that raise the seller's cancellation rate."""
        counted = {
            reason.code for reason in REASONS[self.store.market] if reason.counts_against_seller
        }
        return sum(line.reason in counted for line in self.lines)

    @property
    def asks_for_number(self) -> bool:
        """Whether a yes is too little: the number of lines is to be given to confirm the plan."""
        return self.store.environment == "LIVE" and self.orders > MANY_ORDERS

    @property
    def digest(self) -> str:
        """A fingerprint of store and requests: what is confirmed is exactly what is sent."""
        content = {"store": asdict(self.store), "requests": [asdict(r) for r in self.requests]}
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row with all that is known of it: its issues, and the lines it comes to."""

    row_id: int
    po: str
    lines: tuple[PlannedLine, ...]
    issues: tuple[Issue, ...]
    ship_by: datetime | None = None

    @property
    def ready(self) -> bool:
        """Whether no error keeps the row from being sent; it may have nothing left to do."""
        return not any(issue.level is Level.ERROR for issue in self.issues)


def make_plan(store: Store, candidates: Iterable[Candidate]) -> Plan:
    """Group rows into one request per order of at most 100 lines.

    Orders that ship soonest come first, since each one that ships meanwhile can't be cancelled
    any more; else the order of the sheet counts.
    """
    left_out: list[LeftOut] = []
    by_order: dict[str, list[PlannedLine]] = {}
    ship_by: dict[str, datetime] = {}
    for candidate in candidates:
        if candidate.ready and candidate.lines:
            by_order.setdefault(candidate.po, []).extend(candidate.lines)
            ship_by[candidate.po] = candidate.ship_by or _LATEST
        else:
            left_out.append(LeftOut(candidate.row_id, candidate.issues))
    requests = [
        Request(po, tuple(lines[at : at + LINES_PER_REQUEST]))
        for po, lines in sorted(by_order.items(), key=lambda order: ship_by[order[0]])
        for at in range(0, len(lines), LINES_PER_REQUEST)
    ]
    return Plan(store, tuple(requests), tuple(left_out))
