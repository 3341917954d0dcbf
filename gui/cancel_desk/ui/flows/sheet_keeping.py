"""Keeping the open sheet on disk while it is edited, and offering it again after a crash."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from cancel_desk.checks.review import Review
from cancel_desk.language import gettext as _
from cancel_desk.runs.kept_sheet import (
    KeepingFailed,
    KeptNote,
    KeptSheet,
    KeptSheetLost,
    SheetState,
    kept_sheets,
)
from cancel_desk.sheet.choice import ReadingChoice
from cancel_desk.sheet.rows import RawSheet
from cancel_desk.sheet.table import Table
from cancel_desk.ui.dialogs.questions import ask
from cancel_desk.ui.session.session import Session
from cancel_desk.ui.session.sheet_look import OpenedSheet
from cancel_desk.ui.shell import Shell

KEEP_AFTER_MS: Final = 2000
"""How long after an edit the sheet is written; edits meanwhile are written with it."""


class SheetKeeping(QObject):
    """Writes the sheet off the window's thread, and removes it once it is sent or closed."""

    def __init__(
        self, shell: Shell, session: Session, replacing: Callable[[Callable[[], None]], None]
    ) -> None:
        """``replacing`` asks the person where opening another sheet would lose work."""
        super().__init__(shell)
        self._shell = shell
        self._session = session
        self._replacing = replacing
        self._kept: KeptSheet | None = None
        self._table: Table | None = None
        self._saving = False
        self._told = False
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._timer.timeout.connect(self._on_time)
        shell.pages.review.edited.connect(self._on_edited)
        shell.pages.imports.kept.open_chosen.connect(self._on_open_chosen)
        shell.pages.imports.kept.discard_chosen.connect(self._on_discard_chosen)
        session.review_opened.connect(self._on_review_opened)
        session.written_down.connect(self.let_go)
        session.closed.connect(self._on_closed)

    @property
    def unsent(self) -> bool:
        """Whether the open sheet has edits that are neither sent nor taken back."""
        return self._timer.isActive() or self._kept is not None

    def look(self) -> None:
        """Look for sheets that were kept and show them on the first page."""

        def show(notes: Sequence[KeptNote]) -> None:
            self._shell.pages.imports.kept.show_notes(notes)

        folder = self._session.desk.folders.sheets
        self._session.background.start(lambda: kept_sheets(folder), show, self._session.fail)

    # ---- keeping

    @Slot()
    def _on_edited(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _on_time(self) -> None:
        if self._saving or self._shell.pages.review.model.is_changing:
            self._timer.start()
            return
        state = self._state()
        if state is None or not self._shell.pages.review.has_edits():
            self.let_go()
        else:
            self._saving = True
            save = partial(self._place().save, state)
            self._session.background.start(save, self._on_saved, self._on_not_saved)

    def _state(self) -> SheetState | None:
        review, opened = self._session.review, self._session.opened
        if review is None or opened is None:
            return None
        self._shell.pages.review.model.settle()  # no half step
        return SheetState.of(review.table, answered=opened.answered)

    def _place(self) -> KeptSheet:
        if self._kept is None:
            self._kept = KeptSheet.new(self._session.desk.folders.sheets)
        return self._kept

    def keep_now(self) -> None:
        """Write what waits to be written before returning: the program may end at any moment."""
        if self._timer.isActive():
            self._write_with(KeptSheet.save)

    def keep_for_next_time(self) -> None:
        """Write the latest edits and let go of the sheet, so that the next window offers it.

        Where it can't be written, what was written before stays.
        """
        if self.unsent:
            self._timer.stop()
            self._write_with(KeptSheet.save_and_leave)
            self._kept = None

    def _write_with(self, write: Callable[[KeptSheet, SheetState], None]) -> None:
        state = self._state()
        if state is not None:
            try:
                write(self._place(), state)
            except KeepingFailed as error:
                self._session.fail(error)

    def _on_saved(self, _none: None) -> None:
        self._saving = self._told = False

    def _on_not_saved(self, error: Exception) -> None:
        """Say it once; every further edit tries again."""
        self._saving = False
        if not self._told:
            self._told = True
            self._session.fail(error)

    @Slot()
    def let_go(self) -> None:
        """Keep the sheet no longer: it is sent, closed, or as it was when it was opened."""
        self._timer.stop()
        kept, self._kept = self._kept, None
        if kept is not None:
            self._session.background.start(kept.delete, lambda _none: None, self._session.fail)

    @Slot()
    def _on_closed(self) -> None:
        self._timer.stop()
        if self._kept is not None:
            self._kept.delete()
            self._kept = None

    @Slot()
    def _on_review_opened(self) -> None:
        """Let go of the sheet before; one that is only held to other rules keeps its edits."""
        review = self._session.review
        table = review.table if review is not None else None
        if table is not None and table is self._table and self.unsent:
            self._shell.pages.review.count_as_edited()
        else:
            self.let_go()
        self._table = table

    # ---- offering again

    @Slot(object)
    def _on_open_chosen(self, note: KeptNote) -> None:
        self._replacing(partial(self._open, note))

    def _open(self, note: KeptNote) -> None:
        session = self._session
        market = session.in_use.account.market
        kept = KeptSheet(note.path)

        def opened(sheet: OpenedSheet) -> None:
            if session.occupied:  # a run was taken up meanwhile: it stays kept
                kept.close()
                return
            session.open_sheet(sheet)
            self._kept = kept
            self._shell.pages.review.count_as_edited()
            self._shell.notice.tell(_("Here is your sheet as you left it. Nothing of it was sent."))

        session.background.start(lambda: _load(kept, market), opened, session.fail)

    @Slot(object)
    def _on_discard_chosen(self, note: KeptNote) -> None:
        ask(
            self._shell,
            _("Discard what was kept?"),
            more=_("Your changes to this sheet will be lost. The file itself stays as it is."),
            yes=_("Discard"),
            no=_("Keep it"),
            agreed=partial(self._discard, note),
        )

    def _discard(self, note: KeptNote) -> None:
        self._session.background.start(
            KeptSheet(note.path).delete, lambda _none: self.look(), self._session.fail
        )


def _load(kept: KeptSheet, market: str) -> OpenedSheet:
    """Return a sheet that was kept as if it had just been opened; KeptSheetLost."""
    state = kept.load()
    try:
        table = state.table()
    except KeptSheetLost:
        kept.close()
        raise
    source = state.source
    raw = RawSheet(source, state.headers, state.own_rows(), state.facts)
    choice = ReadingChoice(source.sheet, source.encoding, source.delimiter, source.header_row)
    path = Path(source.path) if source.path else None
    return OpenedSheet(path, choice, raw, Review(table, market), state.answered)
