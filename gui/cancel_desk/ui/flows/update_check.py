"""The way to newer versions: a page in the browser, opened by the person and nobody else."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from cancel_desk.language import gettext as _
from cancel_desk.releases import release_page
from cancel_desk.ui.dialogs.updates_dialog import UpdatesDialog
from cancel_desk.ui.session.session import Session
from cancel_desk.ui.shell import Shell

REMIND_KEY: Final = "updates-remind"
LOOKED_KEY: Final = "updates-looked"
"""The settings: whether to remind, and the day of the last look or reminder."""

_EVERY: Final = timedelta(days=30)


class UpdateCheck(QObject):
    """Answers “Check for updates” in the menu; reminds of it where the person switched that on.

    Nothing here reaches the network: the page is opened by the browser.
    """

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._shell = shell
        self._settings = session.settings
        shell.header.updates_chosen.connect(self._on_chosen)

    def remind(self) -> None:
        """Say that it is time to look, if the person wants to be told and it is."""
        if not self._reminding or _today() - self._looked < _EVERY or not release_page():
            return
        self._note_look()
        self._shell.notice.tell(
            _(
                "It is a month since you looked for a newer version of Cancel Desk. “Check for "
                "updates…” in the menu opens the page with all of them."
            )
        )

    @Slot()
    def _on_chosen(self) -> None:
        page = release_page()
        dialog = UpdatesDialog(page, reminding=self._reminding, parent=self._shell)
        dialog.remind.toggled.connect(self._on_remind)
        dialog.accepted.connect(partial(self._show_page, page))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(bool)
    def _on_remind(self, wanted: bool) -> None:  # noqa: FBT001
        self._settings.setValue(REMIND_KEY, wanted)
        self._note_look()

    def _show_page(self, page: str) -> None:
        self._note_look()
        if not QDesktopServices.openUrl(QUrl(page)):
            self._shell.notice.tell(
                _("No browser could be opened. The release page is {page}").format(page=page),
                tone="bad",
            )

    @property
    def _reminding(self) -> bool:
        return self._settings.value(REMIND_KEY, defaultValue=False, type=bool) is True

    @property
    def _looked(self) -> date:
        try:
            return date.fromisoformat(str(self._settings.value(LOOKED_KEY, "")))
        except ValueError:
            return date.min

    def _note_look(self) -> None:
        self._settings.setValue(LOOKED_KEY, _today().isoformat())


def _today() -> date:
    return datetime.now(UTC).date()
