"""The list of problems beside the grid: each kind with its count and its fixes."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.checks.issues import Code, Level
from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.sheet.columns import Column
from cancel_desk.texts.issues import issue_title
from cancel_desk.ui.grid.findings import Findings, Group
from cancel_desk.ui.grid.fixes import Fix, fixes_for
from cancel_desk.ui.grid.reason_choices import Choice
from cancel_desk.ui.grid.remembered import Again, RememberedFixes
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE, colours

_STYLE: Final = """
QPushButton[role="problem"] {{
    text-align: left; padding: 2px 6px; border: 1px solid transparent; background: transparent;
    border-radius: 4px;
}}
QPushButton[role="problem"]:hover, QPushButton[role="problem"]:checked {{ background: {soft}; }}
QFrame[role="problem-card"] {{ border: 0; border-top: 1px solid {line}; }}
QPushButton[role="problem"]:focus {{ border-color: {accent}; }}
"""
_TONES = {Level.ERROR: "bad", Level.WARNING: "doubtful", Level.INFO: "muted"}


class ProblemsPanel(QFrame):
    """Problems by kind, errors first. A card stays where it is while its kind of problem exists."""

    group_chosen = Signal(object)  # Group: show its rows
    fix_chosen = Signal(object, object, str)  # Group, Fix, the reason's code or ""
    value_fix_chosen = Signal(object)  # ValueFix
    remembered_wanted = Signal()  # show all fixes that are remembered
    numbers_wanted = Signal()  # look for the real numbers of damaged rows

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setMinimumWidth(210)
        self.setAccessibleName(_("Problems"))
        self.cards: dict[Group, ProblemCard] = {}
        self._choices: Sequence[Choice] = ()
        title = QLabel(_("Problems"))
        title.setProperty("role", "headline")
        self.summary = QLabel(wordWrap=True)
        self.summary.setProperty("role", "muted")
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, SPACE // 2, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE + 4, SPACE + 2, SPACE // 2, SPACE)
        layout.setSpacing(SPACE // 2)
        layout.addWidget(title)
        layout.addWidget(self.summary)
        layout.addWidget(area, 1)
        self._colour()

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer these reasons where a fix asks for one."""
        self._choices = choices
        for group in list(self.cards):
            self._remove(group)

    def show_findings(self, findings: Findings) -> None:
        """Show the problems there are; cards that go on existing keep focus and place."""
        groups = findings.groups()
        for group in set(self.cards) - set(groups):
            self._remove(group)
        for at, group in enumerate(groups):
            if group not in self.cards:
                self._add(at, group)
            self.cards[group].count(findings.count(group))
            self.cards[group].numbers.setVisible(_numbers_can_be_found(findings, group))
        tally = findings.tally()
        self.summary.setText(_summary(tally.errors, len(groups)))

    def show_remembered(self, again: Sequence[Again], *, any_known: bool) -> None:
        """Offer fixes that were made before, in the card of the reasons Walmart doesn't know."""
        for group, card in self.cards.items():
            if group.code is Code.REASON_UNKNOWN:
                card.remembered.show_again(again, any_known=any_known)

    def mark(self, group: Group | None) -> None:
        """Show whose rows are shown in the grid."""
        for each, card in self.cards.items():
            card.title.setChecked(each == group)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system from light to dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._colour()

    def _colour(self) -> None:
        theme = colours(QGuiApplication.palette())
        self.setStyleSheet(
            _STYLE.format(
                soft=theme.accent_soft.name(), accent=theme.accent.name(), line=theme.line.name()
            )
        )

    def _add(self, at: int, group: Group) -> None:
        card = ProblemCard(group, self._choices)
        card.title.clicked.connect(partial(self._on_title, group))
        card.fix_chosen.connect(partial(self.fix_chosen.emit, group))
        card.numbers.clicked.connect(self.numbers_wanted)
        card.remembered.chosen.connect(self.value_fix_chosen)
        card.remembered.list_wanted.connect(self.remembered_wanted)
        self.cards[group] = card
        self._column.insertWidget(at, card)

    def _remove(self, group: Group) -> None:
        card = self.cards.pop(group)
        card.hide()
        self._column.removeWidget(card)
        card.deleteLater()

    def _on_title(self, group: Group, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        self.group_chosen.emit(group)


class ProblemCard(QFrame):
    """One kind of problem: a count, a title that shows its rows, and its fixes."""

    fix_chosen = Signal(object, str)  # Fix, the reason's code or ""

    def __init__(self, group: Group, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.group = group
        self.setProperty("role", "problem-card")
        self._count = QLabel()
        self._count.setProperty("role", _TONES[group.level])
        self.title = QPushButton(issue_title(group.code).replace("&", "&&"))
        self.title.setCheckable(True)
        self.title.setProperty("role", "problem")
        self.title.setCursor(Qt.CursorShape.PointingHandCursor)
        self.title.setToolTip(_("Show these rows"))
        self.numbers = ActionButton(
            _("Find the real numbers…"),
            keys="",
            tip=_("Look in the store's open orders for what fits; you choose what is taken"),
        )
        self.numbers.hide()
        self.remembered = RememberedFixes()
        self.buttons = [(fix, self._button(fix, choices)) for fix in fixes_for(group)]
        top = QHBoxLayout()
        top.setSpacing(SPACE // 2)
        top.addWidget(self._count)
        top.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE, 0, SPACE)
        column.setSpacing(SPACE // 2)
        column.addLayout(top)
        column.addWidget(self.numbers, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.remembered)
        for _fix, button in self.buttons:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def count(self, rows: int) -> None:
        """Show how many rows have the problem."""
        self._count.setText(f"<b>{grouped(rows)}</b>")
        words = ngettext("{title}, {count} row", "{title}, {count} rows", rows)
        self.title.setAccessibleName(words.format(title=issue_title(self.group.code), count=rows))
        for fix, button in self.buttons:
            button.set_label(fix.label(rows))

    def _button(self, fix: Fix, choices: Sequence[Choice]) -> ActionButton:
        button = ActionButton("", keys="", tip=fix.tip())
        if not fix.picks_reason:
            button.clicked.connect(partial(self._on_fix, fix, ""))
            return button
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        for choice in choices:
            action = menu.addAction(choice.label)
            action.setToolTip(choice.consequence)
            action.triggered.connect(partial(self._on_fix, fix, choice.code.value))
        button.setMenu(menu)
        return button

    def _on_fix(self, fix: Fix, reason: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        self.fix_chosen.emit(fix, reason)


def _numbers_can_be_found(findings: Findings, group: Group) -> bool:
    return group.code is Code.CELL_DAMAGED and findings.is_on(group, Column.PO)


def _summary(errors: int, kinds: int) -> str:
    if not kinds:
        return _("Nothing to fix.")
    if not errors:
        return _("No errors.")
    words = ngettext(
        "{count} row with an error is left out until it is fixed.",
        "{count} rows with errors are left out until they are fixed.",
        errors,
    )
    return words.format(count=grouped(errors))
