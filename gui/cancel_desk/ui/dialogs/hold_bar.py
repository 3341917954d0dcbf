"""The seconds between a confirmation and its first call, in which it can be undone."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.language import ngettext
from cancel_desk.since_boot import SleepNotice, since_boot
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE

HOLD_SECONDS: Final = 10
_BETWEEN_LOOKS_MS = 100


class HoldBar(QWidget):
    """Counts down; ends with exactly one of ``elapsed``, ``undone`` and ``overslept``."""

    elapsed = Signal()
    undone = Signal()
    overslept = Signal()  # whoever confirmed may be gone since

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        boot_clock: Callable[[], float] = since_boot,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._boot_clock = boot_clock
        self._ends_at = 0.0
        self._sleep = SleepNotice(clock=boot_clock)
        self.words = QLabel()
        self.words.setProperty("role", "headline")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setProperty("tone", "plain")
        self.bar.setRange(0, HOLD_SECONDS * 1000)
        self.bar.setAccessibleName(_("Seconds until sending begins"))
        self.undo = ActionButton(
            _("Undo"), keys="Ctrl+Z", tip=_("Send nothing and go back to the sheet"), role="primary"
        )
        self.undo.clicked.connect(self._on_undo)
        self._timer = QTimer(self, interval=_BETWEEN_LOOKS_MS)
        self._timer.timeout.connect(self._on_look)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.words, 1)
        row.addWidget(self.undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(row)
        column.addWidget(self.bar)

    @property
    def counting(self) -> bool:
        """Whether it counts down at present."""
        return self._timer.isActive()

    def start(self) -> None:
        """Begin to count down."""
        self._ends_at = self._clock() + HOLD_SECONDS
        self._sleep = SleepNotice(clock=self._boot_clock)
        self._timer.start()
        self._show(HOLD_SECONDS)
        self.undo.setFocus()

    def stop(self) -> None:
        """Count no further, and tell nothing."""
        self._timer.stop()

    def _show(self, left: float) -> None:
        seconds = max(1, -int(-left // 1))
        self.words.setText(
            ngettext(
                "Nothing is sent yet: it begins in {n} second.",
                "Nothing is sent yet: it begins in {n} seconds.",
                seconds,
            ).format(n=seconds)
        )
        self.bar.setValue(round(left * 1000))

    @Slot()
    def _on_undo(self) -> None:
        self.stop()
        self.undone.emit()

    @Slot()
    def _on_look(self) -> None:
        left = self._ends_at - self._clock()
        if self._sleep.look():
            self.stop()
            self.overslept.emit()
        elif left <= 0:
            self.stop()
            self.elapsed.emit()
        else:
            self._show(left)
