"""Saving the sheet under review as a new file."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from cancel_desk.language import gettext as _
from cancel_desk.runs.kept_sheet import SheetState
from cancel_desk.sheet.output import check_not_source
from cancel_desk.sheet.saving import save_table
from cancel_desk.ui.dialogs.files import ask_where_to_save, documents
from cancel_desk.ui.session.session import Session
from cancel_desk.ui.shell import Shell


class SheetSaving(QObject):
    """Asks for a name and writes the rows as they stand then, off the window's thread."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._shell = shell
        self._session = session
        shell.pages.review.save_wanted.connect(self._on_wanted)

    @Slot()
    def _on_wanted(self) -> None:
        session = self._session
        if session.review is None:
            return
        source = session.source or documents() / _("orders")
        inside = session.desk.folders.root in source.parents
        folder = documents() if inside else source.parent
        ask_where_to_save(
            self._shell,
            _("Save the sheet as it is here"),
            folder / _("{name} - edited.xlsx").format(name=source.stem),
            self._save,
        )

    def _save(self, path: Path) -> None:
        review = self._session.review
        if review is None:
            return
        self._shell.pages.review.model.settle()
        state = SheetState.of(review.table)
        why, source = _("hidden in the file it came from."), self._session.source

        def save() -> None:
            if source is not None:  # other sheets of it, and its looks, are not to be lost
                check_not_source(path, source)
            save_table(path, state.table(), hidden_why=why)

        self._session.background.start(
            save, lambda _none: self._say_saved(path), self._session.fail
        )

    def _say_saved(self, path: Path) -> None:
        words = _("Saved as {path}. Nothing of it was sent.")
        self._shell.notice.tell(words.format(path=path), tone="good")
