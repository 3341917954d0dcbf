"""All fixes that are remembered: each can be switched off or forgotten."""

import html
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.checks.value_fixes import ValueFix, ValueFixBook
from cancel_desk.language import gettext as _
from cancel_desk.texts.reasons import reason_label
from cancel_desk.ui.grid.remembered import shortened
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE

_LONGEST: Final = 28  # letters; more would leave no room for what they mean


class ValueFixesDialog(QDialog):
    """What is changed here holds at once; sheets are not touched."""

    changed = Signal()

    def __init__(self, book: ValueFixBook, market: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Remembered fixes"))
        self._book = book
        self._market = market
        why = QLabel(
            _(
                "These are offered when a sheet has the same words again. "
                "Nothing is changed before you say so."
            ),
            wordWrap=True,
        )
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        area.setAccessibleName(_("Remembered fixes"))
        self.done_button = ActionButton(
            _("Done"), keys="", tip=_("Back to the sheet"), role="primary"
        )
        self.done_button.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addWidget(why)
        column.addWidget(area, 1)
        column.addLayout(buttons)
        for at, fix in enumerate(book.fixes(market)):
            self._lines.insertWidget(at, self._line(fix))
        self.resize(600, 360)

    def _line(self, fix: ValueFix) -> QWidget:
        words, short = _words(fix, fix.text), _words(fix, shortened(fix.text, _LONGEST))
        tick = QCheckBox(short.replace("&", "&&"))
        tick.setAccessibleName(words)
        tick.setAccessibleDescription(_("Offer this again"))
        tick.setToolTip(f"<qt>{html.escape(words)}<br>{_('Offer this again')}</qt>")
        tick.setChecked(fix.on)
        forget = ActionButton(_("Forget"), keys="", tip=_("Remember this no more"), role="link")
        forget.setAccessibleName(_("Forget that {words}").format(words=words))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(tick, 1)
        row.addWidget(forget)
        tick.toggled.connect(partial(self._on_toggled, fix))
        forget.clicked.connect(partial(self._on_forget, fix, line))
        return line

    def _on_toggled(self, fix: ValueFix, on: bool) -> None:  # noqa: FBT001
        for known in self._book.fixes(self._market):
            if known.text == fix.text:
                self._book.switch(known, on=on)
        self.changed.emit()

    def _on_forget(self, fix: ValueFix, line: QWidget, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        for known in self._book.fixes(self._market):
            if known.text == fix.text:
                self._book.forget(known)
        line.hide()
        self.changed.emit()


def _words(fix: ValueFix, text: str) -> str:
    return _("“{text}” means {reason}").format(text=text, reason=reason_label(fix.code))
