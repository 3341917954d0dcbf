"""The welcome at the first start, and whenever the menu is asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from cancel_desk.ui.session.session import Session
from cancel_desk.ui.shell import Shell

if TYPE_CHECKING:
    from cancel_desk.ui.dialogs.welcome_dialog import WelcomeDialog

_WELCOMED_KEY: Final = "welcomed"
_LEFT_BEFORE_KEY: Final = "geometry"
"""Is kept whenever the window closes: who has it has seen the program already."""


class Welcoming(QObject):
    """Shows the welcome until it has been closed once."""

    file_dropped = Signal(object)  # Path

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._shell = shell
        self._session = session
        self._dialog: WelcomeDialog | None = None
        shell.header.welcome_chosen.connect(self.open)
        # Whoever opens a sheet has found the way without it.
        session.reading_began.connect(self._close)

    def greet(self) -> None:
        """Open the welcome if this is the first start."""
        settings = self._session.settings
        if not settings.contains(_WELCOMED_KEY) and not settings.contains(_LEFT_BEFORE_KEY):
            self.open()

    @Slot()
    def open(self) -> None:
        """Open the welcome at its first step, or bring it to the front."""
        from cancel_desk.ui.dialogs.welcome_dialog import WelcomeDialog

        if self._dialog is None:
            dialog = self._dialog = WelcomeDialog(self._shell)
            dialog.file_dropped.connect(self.file_dropped)
            dialog.practice_chosen.connect(self._on_practice)
            dialog.add_account_chosen.connect(self._on_add_account)
            dialog.keys_page_chosen.connect(self._on_keys_page)
            dialog.guide_chosen.connect(self._on_guide)
            dialog.finished.connect(self._on_finished)
        self._dialog.show()
        self._dialog.activateWindow()

    @Slot()
    def _on_finished(self) -> None:
        self._session.settings.setValue(_WELCOMED_KEY, True)  # noqa: FBT003 - Qt's own
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    @Slot()
    def _close(self) -> None:
        if self._dialog is not None:
            self._dialog.accept()

    @Slot()
    def _on_practice(self) -> None:
        self._close()
        self._shell.pages.imports.practice_wanted.emit()

    @Slot()
    def _on_add_account(self) -> None:
        self._close()
        self._shell.header.add_account_chosen.emit()

    @Slot()
    def _on_keys_page(self) -> None:
        self._shell.guide.open_at("keys")

    @Slot()
    def _on_guide(self) -> None:
        self._shell.guide.open_at("first-run")
