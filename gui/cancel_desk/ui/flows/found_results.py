"""A result sheet that is opened: the results of its run are shown, and how to go on with it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot

from cancel_desk.language import gettext as _
from cancel_desk.runs.history import run_path
from cancel_desk.texts.lists import sentences
from cancel_desk.ui.dialogs.found_dialog import FoundDialog
from cancel_desk.ui.session.session import Session
from cancel_desk.ui.session.sheet_look import FoundSheet
from cancel_desk.ui.shell import Shell


class FoundResults(QObject):
    """Shows the run of this computer that a result sheet is of, else what the sheet says."""

    def __init__(
        self, shell: Shell, session: Session, replacing: Callable[[Callable[[], None]], None]
    ) -> None:
        """``replacing`` asks the person where opening another sheet would lose work."""
        super().__init__(shell)
        self._shell = shell
        self._session = session
        self._replacing = replacing
        self._sheet: FoundSheet | None = None  # of the results that are shown
        session.opening.results_found.connect(self._on_found)
        shell.pages.results.ways.rows_of_file_wanted.connect(self._on_rows_wanted)

    @Slot(object)
    def _on_found(self, sheet: FoundSheet) -> None:
        session, run = self._session, sheet.found.run
        path = run_path(session.desk.folders.runs, run)

        def looked(here: bool) -> None:  # noqa: FBT001 - what the look gave
            if here:
                session.show_results(
                    run, shown=partial(self._on_shown, sheet), failed=partial(self._on_lost, sheet)
                )
            else:
                self._show_sheet(sheet)

        session.background.start(lambda: bool(run) and path.is_file(), looked, session.fail)

    def _on_shown(self, sheet: FoundSheet) -> None:
        """The results of its run are shown: say so, and offer the rows of the file as well."""
        self._sheet = sheet
        left = len(sheet.left.rows)
        self._shell.pages.results.ways.show_file(sheet.path.name, left)
        words = [
            _(
                "{name} is the result sheet of this run, which is on this computer. Here is how "
                "it stands now; what is not done goes on with the buttons below."
            )
        ]
        if left:
            words.append(
                _("If you changed rows in the file, choose “More” to open those that are left.")
            )
        self._shell.notice.tell(sentences(words).format(name=sheet.path.name))

    def _on_lost(self, sheet: FoundSheet, error: Exception) -> None:
        """Its run can't be opened: say why, and show what the sheet itself says."""
        self._session.fail(error)
        self._show_sheet(sheet)

    def _show_sheet(self, sheet: FoundSheet) -> None:
        dialog = FoundDialog(sheet, self._shell)
        dialog.accepted.connect(partial(self._open_rows, sheet))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _on_rows_wanted(self) -> None:
        if self._sheet is not None and not self._session.occupied:
            self._replacing(partial(self._open_rows, self._sheet))

    def _open_rows(self, sheet: FoundSheet) -> None:
        self._session.opening.open_left(sheet)
