"""What a person sees while a run is being sent."""

import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from cancel_desk.cli.front import Front
from cancel_desk.language import gettext as _
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.outcome import RunLine, State
from cancel_desk.walmart.failures import CallFailed

_DONE = frozenset({State.CANCELLED, State.REFUSED, State.SKIPPED})
_PLAIN_SECONDS = 10.0
"""How often a line of text tells how far it is where no bar can be drawn."""


class SendingProgress:
    """Hears of every line from the sending threads, and shows it from the main one."""

    def __init__(self, front: Front, lines: Iterable[RunLine], gate: Gate) -> None:
        """``gate`` is stopped when the run pauses itself: nobody could press on here."""
        self._front = front
        self._gate = gate
        self._lock = threading.Lock()
        self._states = {line.id: line.state for line in lines}
        self._next_call = 0.0
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
            auto_refresh=False,
            disable=not front.messages.is_terminal,
        )
        self._task = self._bar.add_task(_("Sending"), total=len(self._states), counts="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._draw()
        self._bar.stop()

    def changed(self, lines: Sequence[RunLine]) -> None:
        """Note how lines stand."""
        with self._lock:
            self._states.update((line.id, line.state) for line in lines)
            if any(line.state in _DONE for line in lines):
                self._cut_off_until = 0.0

    def waiting(self, seconds: float) -> None:
        """Note when the next call goes."""
        with self._lock:
            self._next_call = time.monotonic() + seconds

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

    def show(self) -> None:
        """Show how far it is; called several times a second."""
        if self._front.messages.is_terminal:
            self._draw()
        elif time.monotonic() - self._told_at > _PLAIN_SECONDS:
            self._told_at = time.monotonic()
            done, words = self._now()
            self._front.say(
                _("{done} of {all} lines done. {counts}").format(
                    done=done, all=len(self._states), counts=words
                )
            )

    def stop(self) -> None:
        """Stop the run after the calls that are under way."""
        self._gate.stop()
        self._front.say(
            _(
                "Stopping: the calls under way are still awaited. "
                "Press Ctrl+C again to leave at once; the run can be resumed either way."
            )
        )

    def _draw(self) -> None:
        done, words = self._now()
        self._bar.update(self._task, completed=done, counts=words, refresh=True)

    def _now(self) -> tuple[int, str]:
        with self._lock:
            states = Counter(self._states.values())
            wait = self._next_call - time.monotonic()
            cut_off = self._cut_off_until > time.monotonic()
        words = [
            f"{states[state]:,} {word}"
            for state, word in (
                (State.CANCELLED, _("cancelled")),
                (State.REFUSED, _("refused")),
                (State.UNKNOWN, _("being checked")),
            )
            if states[state]
        ]
        if cut_off:
            words.append(_("no connection to Walmart, waiting for it"))
        elif wait >= 1:
            words.append(_("next call in {seconds} s").format(seconds=round(wait)))
        return sum(states[state] for state in _DONE), ", ".join(words)
