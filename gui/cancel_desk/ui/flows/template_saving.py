"""Saving an empty sheet with the right columns, for those who have no sheet yet."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from cancel_desk.language import gettext as _
from cancel_desk.ui.dialogs.files import ask_where_to_save, documents
from cancel_desk.ui.session.session import Session
from cancel_desk.ui.shell import Shell


class TemplateSaving(QObject):
    """Asks for a name and writes the template, off the window's thread."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._shell = shell
        self._session = session
        shell.pages.imports.template_wanted.connect(self._on_wanted)

    @Slot()
    def _on_wanted(self) -> None:
        place = documents() / "cancel-template.xlsx"
        ask_where_to_save(self._shell, _("Save a template"), place, self._save)

    def _save(self, path: Path) -> None:
        """Write the columns and reasons of the market of the account in use."""
        session, market = self._session, self._session.in_use.account.market

        def work() -> None:
            from cancel_desk.checks.reasons import REASONS
            from cancel_desk.sheet.template import write_template
            from cancel_desk.texts.reasons import reason_consequence, reason_label

            codes = [reason.code for reason in REASONS[market]]
            write_template(
                path, [(code, reason_label(code), reason_consequence(code)) for code in codes]
            )

        session.background.start(work, lambda _none: self._say_saved(path), session.fail)

    def _say_saved(self, path: Path) -> None:
        self._shell.notice.tell(_("Saved as {path}").format(path=path), tone="good")
