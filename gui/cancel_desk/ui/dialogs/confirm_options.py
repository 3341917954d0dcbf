"""How carefully to begin: the first order alone, and some seconds in which to undo."""

from typing import Final

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from cancel_desk.accounts.account import Environment
from cancel_desk.checks.plan import Plan
from cancel_desk.language import gettext as _
from cancel_desk.ui.dialogs.hold_bar import HOLD_SECONDS
from cancel_desk.ui.widgets.buttons import with_keys
from cancel_desk.ui.widgets.theme import SPACE

_FIRST_KEY: Final = "first_alone"
_HOLD_KEY: Final = "hold"


class ConfirmOptions(QWidget):
    """Two choices that are remembered for each kind of store; a LIVE one begins with the hold."""

    def __init__(self, plan: Plan, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._group = f"confirm-{plan.store.environment.lower()}"
        self.first = QCheckBox(_("Send the first order alone, then wait for me"))
        self.first.setShortcut("Alt+1")
        _explain(
            self.first, _("See what becomes of one order before you let the others go their way")
        )
        self.first.setVisible(plan.orders > 1)
        self.hold = QCheckBox(_("Hold for {n} seconds with Undo").format(n=HOLD_SECONDS))
        self.hold.setShortcut("Alt+2")
        _explain(self.hold, _("Nothing is sent while it counts down"))
        live = plan.store.environment == Environment.LIVE
        self.first.setChecked(plan.orders > 1 and self._remembered(_FIRST_KEY, otherwise=False))
        self.hold.setChecked(self._remembered(_HOLD_KEY, otherwise=live))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.first)
        column.addWidget(self.hold)

    def remember(self) -> None:
        """Keep the choices for the next time."""
        if not self.first.isHidden():
            self._settings.setValue(f"{self._group}/{_FIRST_KEY}", self.first.isChecked())
        self._settings.setValue(f"{self._group}/{_HOLD_KEY}", self.hold.isChecked())

    def _remembered(self, key: str, *, otherwise: bool) -> bool:
        return bool(self._settings.value(f"{self._group}/{key}", otherwise, type=bool))


def _explain(box: QCheckBox, tip: str) -> None:
    box.setToolTip(with_keys(tip, box.shortcut()))
    box.setAccessibleDescription(tip)
