"""Finding the real numbers of damaged rows: list, show, and take what the person ticked."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from cancel_desk.checks.review import Review
from cancel_desk.connections import Connection
from cancel_desk.language import grouped, ngettext
from cancel_desk.sheet.real_numbers import NumberSearch, find_real_numbers, take_numbers
from cancel_desk.ui.dialogs.numbers_dialog import NumbersDialog
from cancel_desk.ui.session.session import Session
from cancel_desk.ui.session.sheet_reading import Cancelled, Progress, SheetReading
from cancel_desk.ui.shell import Shell
from cancel_desk.walmart.open_orders import ListingStopped, list_open_orders


class NumberFinding(QObject):
    """One search at a time; it ends with the sheet or the account it was begun for."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._shell = shell
        self._session = session
        self._dialog: NumbersDialog | None = None
        self._listing: SheetReading | None = None
        shell.pages.review.numbers_wanted.connect(self._on_wanted)
        session.in_use.changed.connect(self._drop)
        session.review_opened.connect(self._drop)

    @Slot()
    def _on_wanted(self) -> None:
        review = self._session.review
        if review is None or self._dialog is not None or self._session.occupied:
            return
        self._shell.notice.hide()
        self._dialog = dialog = NumbersDialog(self._session.in_use.store, self._shell)
        dialog.accepted.connect(partial(self._take, review))
        dialog.finished.connect(self._on_closed)
        dialog.open()
        self._session.in_use.connected(partial(self._list, dialog, review), self._on_failed)

    def _list(self, dialog: NumbersDialog, review: Review, connection: Connection) -> None:
        if dialog is not self._dialog:
            return

        def work(progress: Progress, cancelled: Cancelled) -> tuple[NumberSearch, ...]:
            orders = list_open_orders(connection.client, progress=progress, stopped=cancelled)
            return find_real_numbers(review.table, orders)

        self._listing = listing = SheetReading(self._session.background, "", work)
        listing.progressed.connect(dialog.show_progress)
        listing.finished.connect(partial(self._show, listing))
        listing.failed.connect(partial(self._on_not_listed, listing))
        listing.start()

    def _show(self, listing: SheetReading, found: tuple[NumberSearch, ...]) -> None:
        if listing is self._listing and self._dialog is not None:
            self._listing = None
            self._dialog.show_found(found)

    def _on_not_listed(self, listing: SheetReading, error: Exception) -> None:
        if listing is self._listing and not isinstance(error, ListingStopped):
            self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        self._drop()
        self._session.fail(error)

    @Slot()
    def _drop(self) -> None:
        """Hear no more of it: another store or sheet is next, or it can't be done."""
        if self._dialog is not None:
            self._dialog.reject()

    @Slot()
    def _on_closed(self) -> None:
        if self._listing is not None:
            self._listing.cancel()
            self._listing = None
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def _take(self, review: Review) -> None:
        """Put what was ticked into the sheet, as one step of undo."""
        if self._dialog is None or review is not self._session.review:
            return
        taken = take_numbers(review.table, self._dialog.taken)
        count = len(taken.edit.row_ids)
        step = ngettext("number of {count} row", "numbers of {count} rows", count)
        self._shell.pages.review.model.do(step.format(count=grouped(count)), taken.edit)
        if taken.changed:
            changed = len(taken.changed)
            self._shell.notice.tell(
                ngettext(
                    "{n} row was changed meanwhile and stays as it is. Look for its number again.",
                    "{n} rows were changed meanwhile and stay as they are. "
                    "Look for their numbers again.",
                    changed,
                ).format(n=grouped(changed)),
                lasting=True,
            )
