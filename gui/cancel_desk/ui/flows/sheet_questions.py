"""What a person is asked and told while a sheet is opened: password, columns, what was noticed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QMimeData, QObject, Slot
from PySide6.QtGui import QGuiApplication

from cancel_desk.connections import Connection
from cancel_desk.language import gettext as _
from cancel_desk.sheet.matching import ColumnAnswer
from cancel_desk.sheet.problems import SheetProblem
from cancel_desk.texts.sheet import sheet_sentence
from cancel_desk.texts.sheet_notes import lookup_notes, reading_notes
from cancel_desk.ui.dialogs.matching_dialog import MatchingDialog
from cancel_desk.ui.dialogs.orders_dialog import OrdersDialog
from cancel_desk.ui.dialogs.password_dialog import PasswordDialog
from cancel_desk.ui.grid.reason_choices import reason_choices
from cancel_desk.ui.session.pasting import left_out_sentence
from cancel_desk.ui.session.session import Session
from cancel_desk.ui.session.sheet_look import OpenedSheet, SheetLook
from cancel_desk.ui.session.sheet_opening import PasswordQuestion
from cancel_desk.ui.shell import Shell


class SheetQuestions(QObject):
    """Opens the dialogs the opening of a sheet asks for, and hands the answers on.

    ``replacing_edits`` calls what it is given at once, or once the person agreed to lose edits.
    """

    def __init__(
        self,
        shell: Shell,
        session: Session,
        replacing_edits: Callable[[Callable[[], None]], None],
    ) -> None:
        super().__init__(shell)
        self._shell = shell
        self._session = session
        self._replacing_edits = replacing_edits
        opening = session.opening
        opening.password_wanted.connect(self._on_password_wanted)
        opening.columns_wanted.connect(self._on_columns_wanted)
        shell.pages.review.columns_wanted.connect(self._on_change_wanted)

    def paste(self) -> None:
        """Open what is on the clipboard."""
        data: QMimeData | None = QGuiApplication.clipboard().mimeData()
        text, html = _texts(data)
        self._session.opening.paste(text, html)

    def ask_for_orders(self) -> None:
        """Ask which of the store's open orders are wanted, and get them."""
        dialog = OrdersDialog(self._session.in_use.store, self._shell)
        dialog.accepted.connect(lambda: self._session.get_orders(dialog.wanted))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def say_noticed(self, opened: OpenedSheet) -> None:
        """Show above the grid what the person should know of how the sheet was read."""
        notes = [opened.note] if opened.note else []
        notes.extend(reading_notes(opened.raw))
        if opened.expansion is not None:
            notes.extend(lookup_notes(opened.expansion, opened.store))
        if opened.left_out:
            notes.append(left_out_sentence(opened.left_out))
        if not (opened.raw.facts.sure or opened.answered):
            notes.append(
                _(
                    "How the file is to be read is a guess. If something looks wrong below, choose "
                    "“Change…” at the bottom."
                )
            )
        if notes:
            self._shell.notice.tell("\n".join(notes), lasting=True)

    @Slot(object)
    def _on_password_wanted(self, question: PasswordQuestion) -> None:
        again = question.error.problem is SheetProblem.WRONG_PASSWORD
        wrong = sheet_sentence(question.error) if again else ""
        dialog = PasswordDialog(question.path.name, wrong=wrong, parent=self._shell)

        def accepted() -> None:
            choice = replace(question.choice, password=dialog.password.text())
            self._session.opening.read(question.path, choice)

        dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _on_change_wanted(self) -> None:
        if self._session.opened is not None and not self._session.occupied:
            self._session.opening.look_again(self._session.opened)

    @Slot(object)
    def _on_columns_wanted(self, look: SheetLook) -> None:
        session = self._session
        reasons = reason_choices(session.in_use.account.market)
        dialog = MatchingDialog(
            session.desk,
            session.background,
            look,
            reasons,
            self._shell,
            store=session.in_use.store,
        )

        def accepted() -> None:
            settle = partial(self._settle, dialog.look, dialog.answer)
            if look.again:
                self._replacing_edits(settle)
            else:
                settle()

        dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _settle(self, look: SheetLook, answer: ColumnAnswer) -> None:
        """Open the sheet, looking up its orders at the store in use where it names none."""
        opening, in_use = self._session.opening, self._session.in_use
        if answer.lookup is None:
            opening.settle(look, answer)
            return

        def look_up(connection: Connection) -> None:
            opening.look_up(connection, look, answer, still=lambda: in_use.connection is connection)

        in_use.connected(look_up, self._session.fail)


def _texts(data: QMimeData | None) -> tuple[str, str | None]:
    if data is None:  # nothing was ever copied
        return "", None
    return data.text(), data.html() if data.hasHtml() else None
