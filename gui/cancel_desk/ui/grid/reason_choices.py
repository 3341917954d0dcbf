"""The reasons a person can pick from, and those that fit what they have typed so far."""

from typing import NamedTuple

from cancel_desk.checks.reasons import REASONS, Reason, ReasonCode, find_reason
from cancel_desk.texts.reasons import reason_consequence, reason_label


class Choice(NamedTuple):
    """A reason as it is offered: what it is called and what it leads to."""

    code: ReasonCode
    label: str
    consequence: str


def reason_choices(market: str) -> tuple[Choice, ...]:
    """Return the reasons of a market in plain words; KeyError for an unknown market."""
    return tuple(
        Choice(reason.code, reason_label(reason.code), reason_consequence(reason.code))
        for reason in REASONS[market]
    )


def fitting_choices(market: str, typed: str) -> tuple[Choice, ...]:
    """Return the choices that typed text may mean, the best first; all of them for no text.

    Text that a reason is known by means that one and no other.
    """
    wanted = typed.strip().casefold()
    exact = find_reason(market, wanted) if wanted else None
    rated = [
        (_fit(reason, choice.label, wanted), choice)
        for reason, choice in zip(REASONS[market], reason_choices(market), strict=True)
        if exact is None or reason is exact
    ]
    return tuple(choice for fit, choice in sorted(rated, key=lambda pair: pair[0]) if fit < _NO_FIT)


_NO_FIT = 4


def _fit(reason: Reason, label: str, wanted: str) -> int:
    names = (label.casefold(), *reason.spoken, reason.code.casefold())
    if wanted in names:
        return 0
    if names[0].startswith(wanted):
        return 1
    if any(name.startswith(wanted) for name in names):
        return 2
    return 3 if any(wanted in name for name in names) else _NO_FIT
