"""The third step: the run as it happens, and its controls."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
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
from cancel_desk.language import grouped, ngettext
from cancel_desk.runs.outcome import RunLine, State
from cancel_desk.runs.results import RowResult
from cancel_desk.runs.time_left import TimeLeft
from cancel_desk.ui.models.columns import set_up_table
from cancel_desk.ui.models.lines_model import LinesModel
from cancel_desk.ui.pages.send_counts import DONE, SendCounts
from cancel_desk.ui.pages.send_words import (
    Question,
    failure_question,
    first_question,
    pace_words,
)
from cancel_desk.ui.session.sending import Sending
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import PAGE_MARGIN, SPACE, Colours
from cancel_desk.walmart.failures import CallFailed

_SCROLLING: Final = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)


class SendPage(QWidget):
    """Headline, one bar, counts and pace in words, and the rows changing state."""

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.model = LinesModel(colours, self)
        self._sending: Sending | None = None
        self._orders = 0
        self._question: Question | None = None
        self._wait = 0.0
        self._cut_off = False
        self._foremost = -1  # the last row that anything happened to
        self._lines_an_order = 1.0
        self._time_left = TimeLeft()
        self._make_words()
        self._make_buttons()
        self._make_table()
        self._lay_out()

    def _make_words(self) -> None:
        self.headline = QLabel(wordWrap=True)
        self.headline.setTextFormat(Qt.TextFormat.PlainText)
        self.headline.setProperty("role", "headline")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(_("Lines done"))
        self.counts = SendCounts()
        self.pace = QLabel(wordWrap=True)
        self.pace.setTextFormat(Qt.TextFormat.PlainText)
        self.pace.setProperty("role", "muted")
        self.question = QLabel(wordWrap=True)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.question.hide()
        for label in (self.pace, self.question):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

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
        self.table.installEventFilter(self)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(self.headline, 1)
        top.addWidget(self.pause, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignTop)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        inside.setSpacing(SPACE)
        inside.addLayout(top)
        inside.addWidget(self.bar)
        inside.addWidget(self.counts)
        inside.addWidget(self.pace)
        inside.addWidget(self.question)
        closing = QLabel(
            _("You can close this window: sending stops safely and can be resumed later.")
        )
        closing.setProperty("role", "muted")
        bottom = QHBoxLayout()
        bottom.addWidget(closing, 1)
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
        self._question = None
        self._wait = 0.0
        self._foremost = -1
        self._time_left = TimeLeft()
        # In the order they are sent, so that what happens moves down the page.
        lines = sorted((line for each in results for line in each.lines), key=lambda x: x.id)
        self.model.show_lines(lines, {each.row.id: each.row.number for each in results})
        self._orders = len({line.po for line in lines})
        self._lines_an_order = len(lines) / max(1, self._orders)
        self._say_what(sending)
        self.bar.setRange(0, max(1, len(lines)))
        self.pause.setEnabled(True)
        self.stop.setEnabled(True)
        self.follow.setChecked(True)
        sending.changed.connect(self._on_changed)
        sending.waited.connect(self._on_waited)
        sending.broke_off.connect(self._on_broke_off)
        sending.first_sent.connect(self._on_first_sent)
        sending.woke.connect(self._time_left.restart)
        self._show_counts()
        self._show_controls()

    def say_again(self) -> None:
        """Say names and counts anew, in the language spoken now."""
        self.model.say_again()
        if self._sending is not None:
            self._say_what(self._sending)
            self._show_counts()
            self._show_controls()

    def _say_what(self, sending: Sending) -> None:
        lines, orders = self.model.states.total(), self._orders
        self.headline.setText(
            _("Cancelling {lines} in {orders} at {store} ({badge})").format(
                lines=ngettext("{n} line", "{n} lines", lines).format(n=grouped(lines)),
                orders=ngettext("{n} order", "{n} orders", orders).format(n=grouped(orders)),
                store=sending.run.store.name,
                badge=sending.run.store.environment,
            )
        )

    @property
    def left(self) -> int:
        """How many lines are not done."""
        return sum(count for state, count in self.model.states.items() if state not in DONE)

    @Slot(object)
    def _on_changed(self, lines: Sequence[RunLine]) -> None:
        last = self.model.change(lines)
        self._show_counts()
        # Those that come late don't call the view back.
        if last is not None and last > self._foremost:
            self._foremost = last
            if self.follow.isChecked():
                # After the view has taken in the change.
                QTimer.singleShot(0, self, lambda: self._scroll_to(last))

    def _scroll_to(self, row: int) -> None:
        """Have a row in view, with room below it: each scrolling paints every row anew."""
        cell = self.model.index(row, 0)
        if not self.table.viewport().rect().contains(self.table.visualRect(cell)):
            self.table.scrollTo(cell, QTableView.ScrollHint.PositionAtCenter)

    @Slot()
    def _on_scrolled(self) -> None:
        self.follow.setChecked(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow no further once the person moves through the rows by keyboard."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _SCROLLING
        ):
            self._on_scrolled()
        return super().eventFilter(watched, event)

    def _show_counts(self) -> None:
        states, left = self.model.states, self.left
        done = states.total() - left
        self.bar.setValue(done)
        self._time_left.note(done)
        self.counts.show_states(states, seconds_left=self._seconds_left(left))

    def _seconds_left(self, left: int) -> float | None:
        """Return the seconds for what is left; None where the run does not go on by itself."""
        sending = self._sending
        if sending is None or sending.paused or sending.stopping or sending.cut_off:
            return None
        a_minute = sending.orders_a_minute * self._lines_an_order
        return self._time_left.seconds(left, a_minute=a_minute)

    @Slot(float)
    def _on_waited(self, wait: float) -> None:
        self._wait = wait
        if self._sending is not None and self._sending.cut_off is not self._cut_off:
            self._cut_off = self._sending.cut_off
            self._show_counts()  # nobody knows when it ends, or it can be told again
        self._show_pace()

    def _show_pace(self) -> None:
        if self._sending is not None:
            in_doubt = self.model.states[State.UNKNOWN]
            words = pace_words(self._sending, wait=self._wait, left=self.left, in_doubt=in_doubt)
            self.pace.setText(words)
            self.pace.setVisible(bool(words) and self._question is None)

    @Slot()
    def _on_pause(self) -> None:
        if self._sending is None:
            return
        if self._sending.paused:
            self._question = None
            self._time_left.restart()
            self._sending.resume()
        else:
            self._sending.pause()
        self._show_counts()
        self._show_controls()

    @Slot()
    def stop_safely(self) -> None:
        """Begin no further cancel; the page shows that those under way are awaited."""
        if self._sending is not None:
            self._sending.stop()
        self.pause.setEnabled(False)
        self.stop.setEnabled(False)
        self._question = None
        self._show_counts()
        self._show_controls()

    @Slot(object)
    def _on_broke_off(self, failure: CallFailed) -> None:
        if self._sending is not None:
            self._ask(failure_question(failure, store=self._sending.run.store.name))

    @Slot(object)
    def _on_first_sent(self, lines: Sequence[RunLine]) -> None:
        self._ask(first_question(lines, left=self.left))

    def _ask(self, question: Question) -> None:
        self._question = question
        self._show_counts()
        self._show_controls()

    def _show_controls(self) -> None:
        sending, question = self._sending, self._question
        paused = sending is not None and sending.paused and not sending.stopping
        otherwise = _("Resume") if paused else _("Pause")
        self.pause.set_label(question.go_on if question else otherwise)
        _restyle(self.pause, role="primary" if paused else "plain")
        self.stop.set_label(question.stop if question else _("Stop after current"))
        self.question.setText(question.why if question else "")
        _restyle(self.question, role=question.tone if question else "plain")
        self.question.setVisible(question is not None)
        self._show_pace()


def _restyle(widget: QWidget, *, role: str) -> None:
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
