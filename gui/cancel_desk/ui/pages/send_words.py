"""What the send page says of a run: its pace and end, and what it waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cancel_desk.language import clock, grouped, ngettext, weekday
from cancel_desk.language import gettext as _
from cancel_desk.runs.outcome import RunLine
from cancel_desk.runs.results import line_result
from cancel_desk.texts.connection import call_failed_sentence
from cancel_desk.texts.durations import spoken
from cancel_desk.texts.outcomes import line_text, result_word
from cancel_desk.ui.session.sending import Sending
from cancel_desk.walmart.failures import CallFailed, FailureKind

KEYS_AT_FAULT: Final = frozenset({FailureKind.CREDENTIALS, FailureKind.FORBIDDEN})
"""Failures that other keys of the same store may mend."""

_LONG_WAIT: Final = 10.0  # seconds between two calls that are no longer the usual pace
_MANY: Final = 5


@dataclass(frozen=True, slots=True)
class Question:
    """What a paused run waits for: why, in which tone, and what the two answers are called."""

    why: str
    tone: str
    go_on: str
    stop: str


def first_question(lines: Sequence[RunLine], *, left: int) -> Question:
    """Return what became of the order that went alone, and the question about the ``left``."""
    told = [
        _("{po} line {line}: {result}. {text}").format(
            po=line.po, line=line.line, result=result_word(line_result(line)), text=line_text(line)
        )
        for line in lines[:_MANY]
    ]
    if (more := len(lines) - _MANY) > 0:
        told.append(ngettext("… and {n} more line", "… and {n} more lines", more).format(n=more))
    others = ngettext("{n} line", "{n} lines", left).format(n=grouped(left))
    return Question(
        why="\n".join(
            [
                _("The first order went alone. Nothing else is sent until you say so."),
                *told,
            ]
        ),
        tone="plain",
        go_on=_("Continue with the other {lines}").format(lines=others),
        stop=_("Stop here"),
    )


def failure_question(failure: CallFailed, *, store: str) -> Question:
    """Return why the run paused itself, and what can be done about it."""
    said = call_failed_sentence(failure, store=store)
    return Question(
        why=_("Paused, because the same thing went wrong several times in a row. {said}").format(
            said=said
        ),
        tone="bad",
        go_on=_("Continue"),
        stop=_("Stop and change the keys") if failure.kind in KEYS_AT_FAULT else _("Stop"),
    )


def pace_words(sending: Sending, *, wait: float, left: int, in_doubt: int) -> str:
    """Return what the run does at present; ``wait`` is the seconds until its next call.

    ``left`` counts the lines not done, ``in_doubt`` those of them that are only looked up.
    """
    if sending.stopping:
        return _("Finishing the cancels under way…")
    if sending.paused:
        return _("Paused: nothing is sent until you go on.")
    if held_up := _held_up(sending, wait):
        return held_up
    if left and left == in_doubt:
        return ngettext(
            "Reading the order of {n} line again to see what became of it.",
            "Reading the orders of {n} lines again to see what became of them.",
            left,
        ).format(n=grouped(left))
    return _allowance(sending, wait) if left else ""


def _held_up(sending: Sending, wait: float) -> str:
    """Return what the run waits for by itself; blank while it goes its usual pace."""
    store = sending.run.store.name
    if sending.cut_off:
        return _(
            "{store} can't be reached at the moment, so nothing is sent. "
            "It is tried again in {n} s and goes on by itself."
        ).format(store=store, n=max(1, round(wait)))
    if wait > _LONG_WAIT:
        return _("{store} asked to wait: it goes on by itself in {time}.").format(
            store=store, time=spoken(wait)
        )
    return ""


def _allowance(sending: Sending, wait: float) -> str:
    allowed = _("Up to {n} orders a minute, as {store} allows").format(
        n=round(sending.orders_a_minute), store=sending.run.store.name
    )
    if wait < 1:
        return allowed
    return _("{allowed}: next in {n} s").format(allowed=allowed, n=round(wait))


def done_at(end: datetime, *, now: datetime) -> str:
    """Return when a run will be done, as a clock shows it; with the day if it isn't today."""
    time = clock(end)
    if end.date() == now.date():
        return _("done about {time}").format(time=time)
    return _("done {day} about {time}").format(day=weekday(end), time=time)
