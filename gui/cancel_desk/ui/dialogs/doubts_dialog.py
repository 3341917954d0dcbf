"""Lines whose fate only the person can decide: what was asked, what is shown, two answers."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped
from cancel_desk.runs.deciding import Doubt
from cancel_desk.runs.outcome import Finding
from cancel_desk.texts.deciding import (
    again_words,
    asked_words,
    leave_words,
    shown_words,
    too_few_words,
    warning_words,
)
from cancel_desk.texts.times import local_moment
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE

MOST: Final = 50
"""Lines asked about at a time: nobody looks up more of them in one go."""


class DoubtCard(QFrame):
    """One line in doubt with its answers; none is chosen for the person."""

    def __init__(self, doubt: Doubt, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.doubt = doubt
        asked = QLabel(asked_words(doubt), wordWrap=True)
        asked.setProperty("role", "strong")
        self.shown = QLabel(shown_words(doubt, at=local_moment(doubt.read)), wordWrap=True)
        for label in (asked, self.shown):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.leave = QRadioButton(leave_words())
        self.again = QRadioButton(again_words(doubt) if doubt.missing else too_few_words())
        self.again.setEnabled(bool(doubt.missing))
        self.group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        column.setSpacing(SPACE)
        column.addWidget(asked)
        column.addWidget(self.shown)
        for button, finding in (
            (self.leave, Finding.LEFT_BY_PERSON),
            (self.again, Finding.SEND_AGAIN),
        ):
            button.setAccessibleDescription(f"{asked.text()}. {self.shown.text()}")
            button.setChecked(doubt.decided is finding)
            self.group.addButton(button)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def answer(self) -> Finding | None:
        """What is chosen."""
        if self.again.isChecked():
            return Finding.SEND_AGAIN
        return Finding.LEFT_BY_PERSON if self.leave.isChecked() else None


class DoubtsDialog(QDialog):
    """Accepted with :meth:`answers`; a line without an answer stays as it is."""

    def __init__(self, doubts: Sequence[Doubt], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Decide about lines in doubt"))
        title = QLabel(_("What should become of these lines?"))
        title.setProperty("role", "headline")
        warning = QLabel(warning_words(), wordWrap=True)
        # What nobody decided yet comes first.
        asked = sorted(doubts, key=lambda doubt: doubt.decided is not None)[:MOST]
        self.cards = [DoubtCard(doubt) for doubt in asked]
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addWidget(title)
        column.addWidget(warning)
        column.addWidget(self._scrolled(), 1)
        if len(doubts) > MOST:
            more = _("{n} of {all} lines; the others are asked about after these.")
            column.addWidget(QLabel(more.format(n=MOST, all=grouped(len(doubts)))))
        column.addLayout(self._buttons())
        for card in self.cards:
            card.group.buttonToggled.connect(self._on_chosen)
        self._on_chosen()
        self.resize(720, 520)

    def answers(self) -> list[tuple[Doubt, bool]]:
        """Return what was decided anew, each with whether to send it again."""
        return [
            (card.doubt, card.answer is Finding.SEND_AGAIN)
            for card in self.cards
            if card.answer is not None and card.answer is not card.doubt.decided
        ]

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("list")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE)
        for card in self.cards:
            column.addWidget(card)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        area.setAccessibleName(_("Lines in doubt"))
        return area

    def _buttons(self) -> QHBoxLayout:
        self.not_now = ActionButton(_("Not now"), keys="", tip=_("Leave all of it undecided"))
        self.keep = ActionButton(
            _("Keep these answers"),
            keys="",
            tip=_("Write them down; nothing is sent before you choose to send what is left"),
            role="primary",
        )
        self.not_now.clicked.connect(self.reject)
        self.keep.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.not_now)
        row.addWidget(self.keep)
        return row

    @Slot()
    def _on_chosen(self) -> None:
        self.keep.setEnabled(bool(self.answers()))
