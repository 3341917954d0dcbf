"""Lines in doubt that nothing settles but a person: what they see, and what they decide.

What the order shows of such a line fits both a call that was lost and one that is still to come.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from cancel_desk.runs.outcome import Finding, Outcome, RunLine, State
from cancel_desk.walmart.orders import OrderLine

_DECIDED = frozenset({Finding.LEFT_BY_PERSON, Finding.SEND_AGAIN})
_ASKED = _DECIDED | {Finding.PART_UNSURE, Finding.PARTLY_CANCELLED, Finding.ACCEPTED_UNCHANGED}


class Sight(NamedTuple):
    """The units of a line that the person saw when they decided."""

    ordered: int
    open: int
    cancelled: int
    shipped: int

    @classmethod
    def of(cls, found: OrderLine) -> "Sight":
        """Return what an order shows now."""
        return cls(found.ordered, found.open, found.cancelled, found.shipped)

    @classmethod
    def told(cls, outcome: Outcome) -> "Sight | None":
        """Return what the order showed at an outcome; None if it was not read for it."""
        told = outcome.params
        try:
            return cls(
                int(told["ordered"]),
                int(told["open"]),
                int(told["cancelled_in_all"]),
                int(told["shipped"]),
            )
        except KeyError:  # a run of an earlier version tells less
            return None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line to decide about, as it was read at ``read`` (UTC in ISO 8601).

    ``missing`` are the units that can be sent again: what is left of those that were asked, or 0
    where fewer are open. ``decided`` is what the person said of it before, if they did.
    """

    line: RunLine
    sight: Sight
    read: str
    missing: int
    decided: Finding | None = None


def doubts(lines: Iterable[RunLine]) -> list[Doubt]:
    """Return the lines that a person may decide about, also those they decided and not sent yet."""
    return [found for line in lines if (found := _doubt(line)) is not None]


def decision(doubt: Doubt, *, send_again: bool) -> Outcome:
    """Return what is written for a decision; ValueError where nothing can be sent again.

    The line stays UNKNOWN: nobody has seen its units cancelled.
    """
    said = doubt.line.outcome
    if said is None or (send_again and not doubt.missing):
        raise ValueError(f"no unit of line {doubt.line.line} can be sent again")
    finding = Finding.SEND_AGAIN if send_again else Finding.LEFT_BY_PERSON
    params = {**said.params, "read": doubt.read, "again": str(doubt.missing)}
    return replace(said, finding=finding, params=params)


def approved(line: RunLine, outcome: Outcome, found: OrderLine | None) -> RunLine | None:
    """Return a line as the person wants it sent again; None unless the order is as they saw it.

    ``outcome`` is their decision. What comes back asks for the missing units alone, on top of all
    that is cancelled already.
    """
    if found is None or Sight.of(found) != Sight.told(outcome):
        return None
    return replace(line, units=int(outcome.params["again"]), cancelled_before=found.cancelled)


def _doubt(line: RunLine) -> Doubt | None:
    outcome = line.outcome
    if outcome is None or line.state is not State.UNKNOWN:
        return None
    sight = Sight.told(outcome)
    if sight is None or not (outcome.finding in _ASKED or _too_few_open(line, sight)):
        return None
    before = sight.cancelled if line.cancelled_before is None else line.cancelled_before
    missing = line.units - max(0, sight.cancelled - before)
    return Doubt(
        line,
        sight,
        outcome.params.get("read", outcome.time),
        missing if 0 < missing <= sight.open else 0,
        outcome.finding if outcome.finding in _DECIDED else None,
    )


def _too_few_open(line: RunLine, sight: Sight) -> bool:
    """Whether a whole line can't be sent again by itself: some of it closed otherwise."""
    return line.finding is Finding.NO_ANSWER and sight.open < line.units
