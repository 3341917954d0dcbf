"""How far a run is: lines done, time left, and how many lines stand how."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped
from cancel_desk.runs.outcome import State
from cancel_desk.texts.durations import spoken
from cancel_desk.ui.pages.send_words import done_at
from cancel_desk.ui.widgets.theme import SPACE

DONE: Final = frozenset({State.CANCELLED, State.REFUSED, State.SKIPPED})

_TONES = {
    State.CANCELLED: "good",
    State.REFUSED: "bad",
    State.UNKNOWN: "doubtful",
    State.SKIPPED: "muted",
    State.PENDING: "muted",
}
_WAITING = (State.PENDING, State.UNSENT, State.SENDING)


def _now() -> datetime:
    return datetime.now().astimezone()


class SendCounts(QWidget):
    """One row of words; every count has its sign and its word beside its colour."""

    def __init__(
        self, parent: QWidget | None = None, *, now: Callable[[], datetime] = _now
    ) -> None:
        super().__init__(parent)
        self._now = now
        self.progress = _selectable(QLabel())
        self.counts = {state: _selectable(QLabel()) for state in _TONES}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * SPACE)
        row.addWidget(self.progress)
        for state, label in self.counts.items():
            label.setProperty("role", _TONES[state])
            row.addWidget(label)
        row.addStretch(1)

    def show_states(self, states: Counter[State], *, seconds_left: float | None) -> None:
        """Show how many lines stand how; ``seconds_left`` is None while no end is in sight."""
        waiting = sum(states[state] for state in _WAITING)
        texts = {
            State.CANCELLED: _("✓ {n} cancelled"),
            State.REFUSED: _("✕ {n} refused"),
            State.UNKNOWN: _("? {n} being checked"),
            State.SKIPPED: _("— {n} left out"),
            State.PENDING: _("· {n} waiting"),
        }
        shown = dict(states) | {State.PENDING: waiting}
        for state, label in self.counts.items():
            number = shown.get(state, 0)
            label.setText(texts[state].format(n=grouped(number)))
            label.setVisible(bool(number) or state is State.CANCELLED)
        done = sum(states[state] for state in DONE)
        parts = [
            _("{done} of {total} done").format(done=grouped(done), total=grouped(states.total()))
        ]
        if seconds_left is not None and done < states.total():
            now = self._now()
            end = now + timedelta(seconds=seconds_left)
            parts.append(_("{time} left").format(time=spoken(seconds_left)))
            parts.append(done_at(end, now=now))
        self.progress.setText(" · ".join(parts))


def _selectable(label: QLabel) -> QLabel:
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
