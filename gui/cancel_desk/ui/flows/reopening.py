"""Keeping which sheets were opened last, and opening them again."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSettings, Signal, Slot

from cancel_desk.ui.pages.recent_files import SHOWN
from cancel_desk.ui.session.session import Session
from cancel_desk.ui.shell import Shell

_FILES_KEY: Final = "opened_last"


class Reopening(QObject):
    """Shows on the first page which of the person's own sheets were opened last."""

    chosen = Signal(object)  # Path

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._session = session
        self._shown = shell.pages.imports.files
        self._shown.chosen.connect(self.chosen)
        session.review_opened.connect(self._on_review_opened)
        self._shown.show_files(opened_last(session.settings))

    @Slot()
    def _on_review_opened(self) -> None:
        path = self._session.source
        # The practice store's sample is the program's own.
        if path is None or path.is_relative_to(self._session.desk.folders.root):
            return
        settings = self._session.settings
        path = path.absolute()
        files = [path, *(each for each in opened_last(settings) if each != path)][:SHOWN]
        # So it is known for a path on Windows too, and left out of reports for support.
        settings.setValue(_FILES_KEY, [each.as_posix() for each in files])
        self._shown.show_files(files)


def opened_last(settings: QSettings) -> list[Path]:
    """Return the sheets that were opened last, the latest first, whether they still exist or not.

    A look at one on a drive that does not answer would hold the window up.
    """
    kept = settings.value(_FILES_KEY)
    names = kept if isinstance(kept, list) else [kept]  # Qt gives a lone one back as a text
    return [Path(name) for name in names if isinstance(name, str) and name]
