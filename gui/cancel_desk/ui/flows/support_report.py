"""The way to a report for support: it is collected, shown, and saved where the person says."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Slot

from cancel_desk.language import gettext as _
from cancel_desk.support import Part, collect, save, shown
from cancel_desk.ui.dialogs.files import ask_where_to_save_report
from cancel_desk.ui.dialogs.report_dialog import ReportDialog
from cancel_desk.ui.session.session import Session
from cancel_desk.ui.shell import Shell


class SupportReport(QObject):
    """Makes a report whenever it is chosen in the menu."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._shell = shell
        self._session = session
        shell.header.report_chosen.connect(self._on_chosen)

    @Slot()
    def _on_chosen(self) -> None:
        session = self._session
        session.background.start(lambda: collect(session.desk), self._show, session.fail)

    def _show(self, parts: tuple[Part, ...]) -> None:
        dialog = ReportDialog(shown(parts), self._shell)
        dialog.accepted.connect(partial(self._ask_where, parts))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_where(self, parts: tuple[Part, ...]) -> None:
        place = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(place) or Path.home())
        name = f"cancel-desk-report-{datetime.now().astimezone():%Y-%m-%d}.zip"
        ask_where_to_save_report(self._shell, folder / name, partial(self._save, parts))

    def _save(self, parts: tuple[Part, ...], path: Path) -> None:
        notice = self._shell.notice

        def saved(_none: None) -> None:
            notice.tell(
                _("Saved as {path}. Nothing was sent to anybody.").format(path=path), tone="good"
            )

        def failed(error: Exception) -> None:
            if isinstance(error, FileExistsError):
                there = _("{path} is there already. Choose another name.").format(path=path)
                notice.tell(there, tone="bad")
                self._ask_where(parts)
            else:
                self._session.fail(error)

        self._session.background.start(lambda: save(parts, path), saved, failed)
