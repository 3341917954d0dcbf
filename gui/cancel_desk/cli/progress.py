"""What a person sees while a run is being sent."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import TracebackType
from typing import NamedTuple, Self

from rich.console import Group
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from cancel_desk.cli.front import Front, readable
from cancel_desk.language import clock, grouped
from cancel_desk.language import gettext as _
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.next_call import NextCall
from cancel_desk.runs.outcome import RunLine, State
from cancel_desk.runs.time_left import TimeLeft
from cancel_desk.texts.durations import spoken
from cancel_desk.texts.lists import listed, sentences
from cancel_desk.texts.runs import slept_sentence
from cancel_desk.walmart.failures import CallFailed

_DONE = frozenset({State.CANCELLED, State.REFUSED, State.SKIPPED})
_PLAIN_SECONDS = 10.0
"""How often a line of text tells how far it is where no bar can be drawn."""
_LONG_WAIT = 15.0  # seconds: nobody waits that long for the usual pace


class Pace(NamedTuple):
    """Whose allowance it is, and how many orders a minute it lets through at present."""

    store: str
    orders_a_minute: Callable[[], float]


class SendingProgress:
    """Hears of every line from the sending threads, and shows it from the main one."""

    def __init__(self, front: Front, lines: Iterable[RunLine], gate: Gate, pace: Pace) -> None:
        """``gate`` is stopped when the run pauses itself: nobody could press on here."""
        self._front = front
        self._gate = gate
        self._pace = pace
        self._lock = threading.Lock()
        lines = list(lines)
        self._states = {line.id: line.state for line in lines}
        self._lines_an_order = len(lines) / max(1, len({line.po for line in lines}))
        self._next_call = NextCall()
        self._time_left = TimeLeft()
        self._cut_off_until = 0.0
        self._told_at = time.monotonic()
        self._first: list[RunLine] = []
        self.failure: CallFailed | None = None
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[counts]}"),
            console=front.messages,
        )
        self._task = self._bar.add_task(_("Sending"), total=len(self._states), counts="")
        self._drawn = Live(console=front.messages, auto_refresh=False)

    def __enter__(self) -> Self:
        if self._front.messages.is_terminal:
            self._drawn.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._front.messages.is_terminal:
            self._draw(words=False)
        self._drawn.stop()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Leave the terminal to a question within the block."""
        drawn = self._drawn.is_started
        self._drawn.stop()
        yield
        self._time_left.restart()
        if drawn:
            self._drawn.start()

    def changed(self, lines: Sequence[RunLine]) -> None:
        """Note how lines stand."""
        with self._lock:
            self._states.update((line.id, line.state) for line in lines)
            if any(line.state in _DONE for line in lines):
                self._cut_off_until = 0.0

    def waiting(self, seconds: float) -> None:
        """Note when the next call goes."""
        self._next_call.note(seconds)

    def paused(self, failure: CallFailed) -> None:
        """Note why the run paused, and end it: it can be resumed."""
        self.failure = failure
        self._gate.stop()

    def unreachable(self, seconds: float) -> None:
        """Note that the connection is gone and waited for."""
        with self._lock:
            self._cut_off_until = time.monotonic() + seconds + _PLAIN_SECONDS

    def first_sent(self, lines: Sequence[RunLine]) -> None:
        """Keep what became of the first request for :meth:`take_first`."""
        with self._lock:
            self._first = list(lines)

    def take_first(self) -> list[RunLine]:
        """Return what became of the first request, once; nothing as long as nobody waits."""
        with self._lock:
            first, self._first = self._first, []
            return first

    @property
    def left(self) -> int:
        """How many lines are not done."""
        with self._lock:
            return sum(state not in _DONE for state in self._states.values())

    def show(self) -> None:
        """Show how far it is; called several times a second."""
        self._time_left.note(len(self._states) - self.left)
        if self._front.messages.is_terminal:
            self._draw()
        elif time.monotonic() - self._told_at > _PLAIN_SECONDS:
            self._told_at = time.monotonic()
            far = _("{done} of {all} lines done. {counts}").format(
                done=len(self._states) - self.left, all=len(self._states), counts=self._counts()
            )
            self._front.say(sentences((far, self._words())))

    def note_sleep(self, seconds: float) -> None:
        """Tell of a sleep, and measure the pace anew."""
        self._time_left.restart()
        self._front.say(slept_sentence(seconds))

    def stop(self) -> None:
        """Stop the run after the calls that are under way."""
        self._gate.stop()
        self._front.say(
            _(
                "Stopping: the calls under way are still awaited. "
                "Press Ctrl+C again to leave at once; the run can be resumed either way."
            )
        )

    def _draw(self, *, words: bool = True) -> None:
        done = len(self._states) - self.left
        self._bar.update(self._task, completed=done, counts=self._counts())
        below = [readable(self._words())] if words else []
        self._drawn.update(Group(self._bar, *below), refresh=True)

    def _counts(self) -> str:
        with self._lock:
            states = Counter(self._states.values())
        words = (
            f"{grouped(states[state])} {word}"
            for state, word in (
                (State.CANCELLED, _("cancelled")),
                (State.REFUSED, _("refused")),
                (State.UNKNOWN, _("being checked")),
                (State.SKIPPED, _("left out")),
            )
            if states[state]
        )
        return listed(words)

    def _words(self) -> str:
        """Say what is waited for and how long it takes; nothing when it is as good as done."""
        with self._lock:
            cut_off = self._cut_off_until > time.monotonic()
        wait, left, store = self._next_call.seconds, self.left, self._pace.store
        if self._gate.stopped or not left:
            return ""
        if cut_off:
            return _("No connection to {store}: it goes on by itself when it is back.").format(
                store=store
            )
        if wait > _LONG_WAIT:
            return _("{store} asked to wait: it goes on by itself in {time}.").format(
                store=store, time=spoken(wait)
            )
        return self._usual(wait, left)

    def _usual(self, wait: float, left: int) -> str:
        a_minute = self._pace.orders_a_minute()
        seconds = self._time_left.seconds(left, a_minute=a_minute * self._lines_an_order)
        end = datetime.now().astimezone() + timedelta(seconds=seconds)
        parts = [_("Done in {time}, at {at}.").format(time=spoken(seconds), at=clock(end))]
        if wait >= 1:
            pace = _("{store} allows {n} orders a minute: the next goes in {seconds} s.")
        else:
            pace = _("{store} allows {n} orders a minute.")
        parts.append(pace.format(store=self._pace.store, n=round(a_minute), seconds=round(wait)))
        return sentences(parts)
