"""Fixes that were made before and apply again: one button for each, in the card of the problem."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cancel_desk.checks.value_fixes import ValueFix
from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.texts.reasons import reason_label
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE

_LONGEST = 14


class Again(NamedTuple):
    """A fix that applies again, to so many rows."""

    fix: ValueFix
    rows: int


class RememberedFixes(QWidget):
    """Hidden while none applies; nothing is done before the person says so."""

    chosen = Signal(object)  # ValueFix
    list_wanted = Signal()  # show all that are remembered

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Again, ...] = ()
        self._buttons: list[ActionButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE // 2)
        self.known = ActionButton(
            _("Remembered fixes…"),
            keys="",
            tip=_("See what was remembered, switch it off or forget it"),
            role="link",
        )
        self.known.clicked.connect(self.list_wanted)
        self._column.addWidget(self.known, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_again(self, again: Sequence[Again], *, any_known: bool) -> None:
        """Offer these; ``any_known`` is whether there is anything to look through."""
        self.setVisible(any_known)
        if tuple(again) == self._shown:
            return
        self._shown = tuple(again)
        for button in self._buttons:
            button.hide()
            self._column.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(each) for each in again]
        for at, button in enumerate(self._buttons):
            self._column.insertWidget(at, button, 0, Qt.AlignmentFlag.AlignLeft)

    def _button(self, again: Again) -> ActionButton:
        button = ActionButton(
            again_label(again), keys="", tip=_("As you fixed it before; see first what changes")
        )
        # On two lines: the panel is narrow.
        button.setText(again_label(again, parted="\n").replace("&", "&&"))
        button.clicked.connect(partial(self._on_clicked, again.fix))
        return button

    def _on_clicked(self, fix: ValueFix, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        self.chosen.emit(fix)


def again_label(again: Again, *, parted: str = " ") -> str:
    """Return what the fix does, and to how many rows; ``parted`` stands between the two."""
    words = ngettext(
        "“{text}” ({count} row){parted}→ {reason}",
        "“{text}” ({count} rows){parted}→ {reason}",
        again.rows,
    )
    short = shortened(again.fix.text, _LONGEST)
    reason = reason_label(again.fix.code)
    return words.format(text=short, count=grouped(again.rows), parted=parted, reason=reason)


def shortened(text: str, letters: int) -> str:
    """Return the beginning of a text, with dots where it goes on."""
    return text if len(text) <= letters else f"{text[:letters]}…"
