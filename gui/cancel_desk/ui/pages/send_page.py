"""The third step: the run as it happens, and its controls."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.language import gettext as _
from cancel_desk.language import ngettext
from cancel_desk.runs.outcome import RunLine, State
from cancel_desk.runs.results import RowResult
from cancel_desk.runs.time_left import TimeLeft
from cancel_desk.texts.connection import call_failed_sentence
from cancel_desk.texts.durations import spoken
from cancel_desk.ui.buttons import ActionButton
from cancel_desk.ui.models.columns import set_up_table
from cancel_desk.ui.models.lines_model import LinesModel
from cancel_desk.ui.sending import Sending
from cancel_desk.ui.theme import PAGE_MARGIN, SPACE, Colours
from cancel_desk.walmart.failures import CallFailed

_DONE = frozenset({State.CANCELLED, State.REFUSED, State.SKIPPED})
_LONG_WAIT = 10.0  # seconds between two calls that are no longer the usual pace


class SendPage(QWidget):
    """Headline, one bar, counts and pace in words, and the rows changing state."""

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.model = LinesModel(colours, self)
        self._sending: Sending | None = None
        self._failure: CallFailed | None = None
        self._lines_an_order = 1.0
        self._time_left = TimeLeft()
        self._make_words()
        self._make_buttons()
        self._make_table()
        self._lay_out()

    def _make_words(self) -> None:
        self.headline = QLabel()
        self.headline.setProperty("role", "headline")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(_("Lines done"))
        self.progress = QLabel()
        self.counts = {
            State.CANCELLED: _toned(QLabel(), "good"),
            State.REFUSED: _toned(QLabel(), "bad"),
            State.UNKNOWN: _toned(QLabel(), "doubtful"),
            State.SKIPPED: _toned(QLabel(), "muted"),
            State.PENDING: _toned(QLabel(), "muted"),
        }
        self.pace = _toned(QLabel(), "muted")
        self.trouble = _toned(QLabel(wordWrap=True), "bad")
        self.trouble.hide()

    def _make_buttons(self) -> None:
        self.pause = ActionButton(
            _("Pause"),
            keys="Ctrl+P",
            tip=_("Begin no further cancel until you resume; those under way are finished"),
        )
        self.stop = ActionButton(
            _("Stop after current"),
            keys="Ctrl+.",
            tip=_("Finish the cancels under way, then show the results; the rest can be resumed"),
        )
        self.pause.clicked.connect(self._on_pause)
        self.stop.clicked.connect(self.stop_safely)
        self.follow = QCheckBox(_("Follow along"))
        self.follow.setShortcut("Ctrl+L")
        self.follow.setToolTip(_("Keep the row that changed last in view (Ctrl+L)"))

    def _make_table(self) -> None:
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Lines of this run"))
        set_up_table(self.table)
        scrolled = self.table.verticalScrollBar().actionTriggered
        scrolled.connect(self._on_scrolled)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.headline, 1)
        top.addWidget(self.pause)
        top.addWidget(self.stop)
        words = QHBoxLayout()
        words.setSpacing(2 * SPACE)
        words.addWidget(self.progress)
        for label in self.counts.values():
            words.addWidget(label)
        words.addStretch(1)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        inside.setSpacing(SPACE)
        inside.addLayout(top)
        inside.addWidget(self.bar)
        inside.addLayout(words)
        inside.addWidget(self.pace)
        inside.addWidget(self.trouble)
        bottom = QHBoxLayout()
        bottom.addWidget(
            _toned(
                QLabel(
                    _("You can close this window: sending stops safely and can be resumed later.")
                ),
                "muted",
            ),
            1,
        )
        bottom.addWidget(self.follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN, SPACE + 4)
        column.setSpacing(SPACE + 4)
        column.addWidget(card)
        column.addWidget(self.table, 1)
        column.addLayout(bottom)

    def show_sending(self, sending: Sending, results: Sequence[RowResult]) -> None:
        """Show a run that begins or goes on."""
        self._sending = sending
        self._failure = None
        self._time_left = TimeLeft()
        lines = [line for each in results for line in each.lines]
        self.model.show_lines(lines, {each.row.id: each.row.number for each in results})
        orders = len({line.po for line in lines})
        self.headline.setText(
            _("Cancelling {lines} in {orders} at {store} ({badge})").format(
                lines=ngettext("{n} line", "{n} lines", len(lines)).format(n=f"{len(lines):,}"),
                orders=ngettext("{n} order", "{n} orders", orders).format(n=f"{orders:,}"),
                store=sending.run.store.name,
                badge=sending.run.store.environment,
            )
        )
        self._lines_an_order = len(lines) / max(1, orders)
        self.bar.setRange(0, max(1, len(lines)))
        self.pause.setEnabled(True)
        self.stop.setEnabled(True)
        self.follow.setChecked(True)
        sending.changed.connect(self._on_changed)
        sending.waited.connect(self._on_waited)
        sending.broke_off.connect(self._on_broke_off)
        self._show_counts()
        self._show_controls()

    @Slot(object)
    def _on_changed(self, lines: Sequence[RunLine]) -> None:
        last = self.model.change(lines)
        self._show_counts()
        if last is not None and self.follow.isChecked():
            # After the view has taken in the change.
            QTimer.singleShot(0, self, lambda: self._scroll_to(last))

    def _scroll_to(self, row: int) -> None:
        self.table.scrollTo(self.model.index(row, 0))

    @Slot()
    def _on_scrolled(self) -> None:
        self.follow.setChecked(False)

    def _show_counts(self) -> None:
        states = self.model.states
        done = sum(states[state] for state in _DONE)
        total = states.total()
        waiting = states[State.PENDING] + states[State.UNSENT] + states[State.SENDING]
        texts = {
            State.CANCELLED: _("✓ {n} cancelled").format(n=f"{states[State.CANCELLED]:,}"),
            State.REFUSED: _("✕ {n} refused").format(n=f"{states[State.REFUSED]:,}"),
            State.UNKNOWN: _("? {n} being checked").format(n=f"{states[State.UNKNOWN]:,}"),
            State.SKIPPED: _("— {n} left out").format(n=f"{states[State.SKIPPED]:,}"),
            State.PENDING: _("· {n} waiting").format(n=f"{waiting:,}"),
        }
        shown = dict(states) | {State.PENDING: waiting}
        for state, label in self.counts.items():
            label.setText(texts[state])
            label.setVisible(bool(shown.get(state)) or state is State.CANCELLED)
        self.bar.setValue(done)
        self._time_left.note(done)
        self.progress.setText(
            _("{done} of {total} done").format(done=f"{done:,}", total=f"{total:,}")
        )

    @Slot(float)
    def _on_waited(self, wait: float) -> None:
        self.pace.setText(self._pace_words(wait))

    def _pace_words(self, wait: float) -> str:
        sending = self._sending
        if sending is None:
            return ""
        if sending.stopping:
            return _("Finishing the cancels under way…")
        if sending.paused:
            return _("Paused: nothing is sent until you go on.")
        if wait > _LONG_WAIT:
            return _("{store} asked to wait: it goes on by itself in {time}.").format(
                store=sending.run.store.name, time=spoken(wait)
            )
        return self._usual_pace(sending, wait)

    def _usual_pace(self, sending: Sending, wait: float) -> str:
        left = sum(count for state, count in self.model.states.items() if state not in _DONE)
        if not left:
            return ""
        orders_a_minute = sending.orders_a_minute
        seconds = self._time_left.seconds(left, a_minute=orders_a_minute * self._lines_an_order)
        parts = [
            _("{time} left").format(time=spoken(seconds)),
            _("Up to {n} orders a minute, as {store} allows").format(
                n=round(orders_a_minute), store=sending.run.store.name
            ),
        ]
        if wait >= 1:
            parts.append(_("next in {n} s").format(n=round(wait)))
        return " · ".join(parts)

    @Slot()
    def _on_pause(self) -> None:
        if self._sending is None:
            return
        if self._sending.paused:
            self._failure = None
            self._time_left.restart()
            self._sending.resume()
        else:
            self._sending.pause()
        self._show_controls()

    @Slot()
    def stop_safely(self) -> None:
        """Begin no further cancel; the page shows that those under way are awaited."""
        if self._sending is not None:
            self._sending.stop()
        self.pause.setEnabled(False)
        self.stop.setEnabled(False)
        self._failure = None
        self._show_controls()

    @Slot(object)
    def _on_broke_off(self, failure: CallFailed) -> None:
        self._failure = failure
        self._show_controls()

    def _show_controls(self) -> None:
        sending = self._sending
        paused = sending is not None and sending.paused and not sending.stopping
        self.pause.set_label(
            _("Continue") if self._failure else _("Resume") if paused else _("Pause")
        )
        self.pause.setProperty("role", "primary" if paused else "plain")
        self.pause.style().unpolish(self.pause)
        self.pause.style().polish(self.pause)
        self.stop.set_label(_("Stop") if self._failure else _("Stop after current"))
        self.trouble.setVisible(self._failure is not None)
        if self._failure is not None and sending is not None:
            said = call_failed_sentence(self._failure, store=sending.run.store.name)
            self.trouble.setText(
                _(
                    "Paused, because the same thing went wrong several times in a row. {said}"
                ).format(said=said)
            )
        self.pace.setText(self._pace_words(0.0))


def _toned(label: QLabel, role: str) -> QLabel:
    label.setProperty("role", role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
