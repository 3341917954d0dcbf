"""What became of an order line: its state, why, and Walmart's own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where a line stands.

    UNSENT means provably not received, so it is safe to send again. UNKNOWN means that Walmart may
    have received it: it is looked up, never blindly repeated.
    """

    PENDING = "pending"
    SENDING = "sending"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    UNSENT = "unsent"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


class Finding(StrEnum):
    """Why a line is in its state."""

    CONFIRMED = "confirmed"  # the reply shows the units as cancelled
    FOUND_CANCELLED = "found_cancelled"  # no usable reply, but the order shows them as cancelled
    REFUSED_BY_WALMART = "refused_by_walmart"
    NO_LONGER_OPEN = "no_longer_open"  # shipped or otherwise closed in the meantime
    ALREADY_CANCELLED = "already_cancelled"  # before anything was sent for it
    LESS_OPEN = "less_open"  # fewer units open than were confirmed
    PART_CANCELLED_SINCE = "part_cancelled_since"  # some units were, after it was confirmed
    OTHER_ITEM = "other_item"  # the line is not what was confirmed
    SENT_BY_ANOTHER_RUN = "sent_by_another_run"  # after this one was confirmed
    SENT_BY_A_COPY = "sent_by_a_copy"  # of this run, which was deleted here since
    UNSETTLED_ELSEWHERE = "unsettled_elsewhere"  # what came of another run's call isn't known
    LINE_GONE = "line_gone"
    ORDER_GONE = "order_gone"
    FULFILLED_BY_WALMART = "fulfilled_by_walmart"
    NO_ANSWER = "no_answer"  # sent, no answer, and the order could not be read or still shows it
    PART_UNSURE = "part_unsure"  # the same for a part of a line: never sent again by itself
    PARTLY_CANCELLED = "partly_cancelled"  # fewer units cancelled than asked
    ACCEPTED_UNCHANGED = "accepted_unchanged"  # Walmart said yes, the order did not change
    LEFT_BY_PERSON = "left_by_person"  # they saw what the order shows, and leave it at that
    SEND_AGAIN = "send_again"  # they saw it, and want what is missing sent again
    INTERRUPTED = "interrupted"  # the program ended while the call was under way
    NOT_REACHED = "not_reached"
    NOT_READ = "not_read"  # the order could not be read before the cancel
    THROTTLED = "throttled"
    CREDENTIALS_REFUSED = "credentials_refused"
    NOT_ALLOWED = "not_allowed"  # 403: the keys, or something on the way, don't let it through


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of a line after something was done for it.

    ``words`` are Walmart's own; ``time`` is UTC in ISO 8601, to the second.
    """

    state: State
    finding: Finding
    params: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    status: int | None = None
    correlation_id: str = ""
    time: str = ""


class Credit(NamedTuple):
    """Units of a line that a run has recorded as cancelled by itself.

    ``before`` are the units that it saw cancelled before its call; None if that is not known.
    """

    units: int
    before: int | None


@dataclass(frozen=True, slots=True)
class RunLine:
    """One line of a run as the journal has it.

    ``cancelled_before`` and ``open_before`` are the units seen just before the first call whose
    fate is not known; while there was no call, those seen when it was confirmed and None.
    ``elsewhere`` is what other runs cancelled of it, as far as that was told to the journal.
    """

    id: int
    request: int
    po: str
    row_id: int
    line: str
    units: int
    reason: str
    sku: str
    state: State
    outcome: Outcome | None = None
    cancelled_before: int | None = None
    open_before: int | None = None
    elsewhere: tuple[Credit, ...] = field(default=(), compare=False)

    @property
    def whole(self) -> bool:
        """Whether the call asked for all that was open, so that a second one can't take more."""
        return self.open_before is not None and self.units >= self.open_before

    @property
    def finding(self) -> Finding | None:
        """Why it is in its state; None while nothing was done for it."""
        return self.outcome.finding if self.outcome else None

    @property
    def left(self) -> bool:
        """Whether the person left it as it is: nothing more is done for it."""
        return self.state is State.UNKNOWN and self.finding is Finding.LEFT_BY_PERSON
