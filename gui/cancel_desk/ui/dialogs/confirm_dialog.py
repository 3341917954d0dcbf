"""The last look before anything is sent: whose orders, how many, why, and what is left out."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSettings, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.accounts.account import Environment
from cancel_desk.checks.issues import Issue
from cancel_desk.checks.plan import LeftOut, Plan
from cancel_desk.checks.review import Review
from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.language.typed import typed_number
from cancel_desk.texts.durations import spoken
from cancel_desk.texts.issues import issue_sentence
from cancel_desk.texts.lists import about
from cancel_desk.texts.outcomes import left_out_text
from cancel_desk.texts.reasons import rate_sentence, reason_consequence, reason_label
from cancel_desk.ui.dialogs.confirm_options import ConfirmOptions
from cancel_desk.ui.dialogs.hold_bar import HoldBar
from cancel_desk.ui.widgets.badge import Badge
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE

_WIDTH: Final = 640
_WINDOW_FRAME: Final = 40  # what a window's title takes of the screen, at most
_LEAST_DETAILS: Final = 90


class ConfirmDialog(QDialog):
    """Shows one plan; accepted means that exactly this plan was confirmed, and not undone."""

    def __init__(
        self,
        plan: Plan,
        review: Review,
        settings: QSettings,
        *,
        orders_a_minute: float,
        doubt: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``doubt`` is what stands in the way of saving the results later."""
        super().__init__(parent)
        self.plan = plan
        self.slept = False
        self.setWindowTitle(_("Review and send"))
        self.setMinimumWidth(_WIDTH)
        self.typed = QLineEdit()
        self.send = ActionButton(
            confirm_label(plan),
            keys="Ctrl+Return",
            tip=_("Send these cancels to Walmart now"),
            role="primary",
        )
        self.back = ActionButton(_("Back to the sheet"), keys="", tip=_("Send nothing"))
        self.send.clicked.connect(self._on_send)
        self.back.clicked.connect(self.reject)
        self.options = ConfirmOptions(plan, settings)
        self._make_hold()
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addLayout(self._store_row())
        column.addWidget(_label(self._extent(len(plan.requests) * 60 / orders_a_minute)))
        if counted := rate_sentence(self.plan.counted_lines):
            column.addWidget(_label(counted, role="doubtful"))
        self.doubt = _label(doubt, role="doubtful")
        self.doubt.setVisible(bool(doubt))
        column.addWidget(self.doubt)
        self._details = self._make_details(review)
        column.addWidget(self._details)
        column.addWidget(_label(_("Cancels can't be undone."), role="headline"))
        if self.plan.asks_for_number:
            column.addLayout(self._typing())
        column.addWidget(self.options)
        column.addLayout(self._buttons())
        column.addWidget(self.hold)
        self.send.setEnabled(not self.plan.asks_for_number)
        # Enter alone must never send.
        (self.typed if self.plan.asks_for_number else self.back).setFocus()

    def _make_hold(self) -> None:
        self.hold = HoldBar()
        self.hold.hide()
        self.hold.elapsed.connect(self.accept)
        self.hold.undone.connect(self.reject)
        self.hold.overslept.connect(self._on_overslept)
        self.finished.connect(self.hold.stop)

    @property
    def first_alone(self) -> bool:
        """Whether the first order is sent alone, and the others wait for the person."""
        return self.options.first.isChecked()

    def showEvent(self, event: QShowEvent) -> None:
        """Be as tall as the words need at this width; Qt alone would cut them."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the details what they need, or what the screen has left: then they scroll."""
        layout, inside = self.layout(), self._details.widget()
        if layout is None or inside is None:
            return
        self._details.setFixedHeight(0)
        others = layout.totalHeightForWidth(self.width())
        room = self.screen().availableGeometry().height() - _WINDOW_FRAME - others
        wanted = inside.heightForWidth(self._details.viewport().width())
        self._details.setFixedHeight(max(_LEAST_DETAILS, min(wanted, room)))
        height = layout.totalHeightForWidth(self.width())
        self.setMinimumHeight(height)
        self.resize(self.width(), height)

    def _make_details(self, review: Review) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("list")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE + 4)
        column.addWidget(self._reasons())
        if warnings := review.warnings_of(self.plan):
            column.addLayout(self._warnings(warnings, review))
        if self.plan.left_out:
            column.addLayout(self._left_out(review))
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        scroll.setAccessibleName(_("Reasons, warnings and rows left out"))
        return scroll

    def _store_row(self) -> QHBoxLayout:
        store = self.plan.store
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(Badge(Environment(store.environment)))
        row.addWidget(_label(f"{store.name} · {store.market}", role="headline"), 1)
        return row

    def _extent(self, seconds: float) -> str:
        plan = self.plan
        lines, units = len(plan.lines), plan.units
        return _("{lines} in {orders} will be cancelled, {units} in all. It takes {time}.").format(
            lines=ngettext("{n} line", "{n} lines", lines).format(n=grouped(lines)),
            orders=ngettext("{n} order", "{n} orders", plan.orders).format(n=grouped(plan.orders)),
            units=ngettext("{n} unit", "{n} units", units).format(n=grouped(units)),
            time=spoken(seconds),
        )

    def _reasons(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE // 2)
        for code, count in self.plan.reasons.most_common():
            lines = ngettext("{n} line", "{n} lines", count).format(n=grouped(count))
            column.addWidget(_label(about(reason_label(code), lines)))
            if consequence := reason_consequence(code):
                column.addWidget(_label(consequence, role="muted"))
        return card

    def _left_out(self, review: Review) -> QVBoxLayout:
        count = len(self.plan.left_out)
        text = ngettext(
            "{n} row of your sheet is left out:", "{n} rows of your sheet are left out:", count
        )
        self.left_out = _list(
            left_out_words(self.plan.left_out, review), _("Rows that are left out, and why")
        )
        return _titled(text.format(n=grouped(count)), self.left_out)

    def _warnings(self, warnings: Sequence[Issue], review: Review) -> QVBoxLayout:
        self.warnings = _list(
            warning_words(warnings, review), _("Rows that are sent, and what to think of")
        )
        return _titled(_("These rows are sent, but think of this first:"), self.warnings)

    def _typing(self) -> QVBoxLayout:
        wanted = str(len(self.plan.lines))
        question = _label(
            _("This is a large run in a live store. Type {n}, the number of lines, to go on:")
        )
        question.setText(question.text().format(n=wanted))
        question.setBuddy(self.typed)
        self.typed.setAccessibleName(_("Number of lines"))
        self.typed.setMaximumWidth(160)
        self.typed.textChanged.connect(self._on_typed)
        column = QVBoxLayout()
        column.addWidget(question)
        column.addWidget(self.typed)
        return column

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.send)
        return row

    @Slot()
    def _on_send(self) -> None:
        self.options.remember()
        if not self.options.hold.isChecked():
            self.accept()
            return
        for widget in (self.typed, self.options, self.back, self.send):
            widget.setEnabled(False)
        self.back.hide()
        self.send.hide()
        self.hold.show()
        self.hold.start()
        self._fit()

    @Slot()
    def _on_overslept(self) -> None:
        self.slept = True
        self.reject()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.send.setEnabled(typed_number(text) == len(self.plan.lines))


def confirm_label(plan: Plan) -> str:
    """Return what the button says: what it does, to how many lines, and where."""
    count = len(plan.lines)
    words = ngettext(
        "Cancel {n} line at {store} ({badge})", "Cancel {n} lines at {store} ({badge})", count
    )
    return words.format(n=grouped(count), store=plan.store.name, badge=plan.store.environment)


def left_out_words(left_out: tuple[LeftOut, ...], review: Review) -> str:
    """Return a line for each row that is left out, and why."""
    return "\n".join(
        about(_row_name(each.row_id, review), left_out_text(each.issues)) for each in left_out
    )


def warning_words(warnings: Sequence[Issue], review: Review) -> str:
    """Return a line for each thing to think of before a row is sent."""
    return "\n".join(
        about(_row_name(issue.row_id, review), issue_sentence(issue)) for issue in warnings
    )


def _row_name(row_id: int, review: Review) -> str:
    number = review.table.row(row_id).number
    return _("Row {n}").format(n=number) if number else _("An added row")


def _list(text: str, name: str) -> QPlainTextEdit:
    box = QPlainTextEdit(text, readOnly=True)
    box.setAccessibleName(name)
    box.setTabChangesFocus(True)
    box.setMinimumHeight(50)
    box.setMaximumHeight(min(130, 34 + 20 * text.count("\n") + 20))
    return box


def _titled(title: str, box: QPlainTextEdit) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(SPACE // 2)
    column.addWidget(_label(title))
    column.addWidget(box)
    return column


def _label(text: str, *, role: str = "") -> QLabel:
    label = QLabel(text, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    return label
