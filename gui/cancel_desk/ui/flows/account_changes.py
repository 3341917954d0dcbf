"""What becomes of accounts in the window: one is added, changed, or removed."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from cancel_desk.accounts.account import ENV_NAME, Account, Environment
from cancel_desk.accounts.register import Removed
from cancel_desk.accounts.vault import VaultError
from cancel_desk.language import gettext as _
from cancel_desk.texts.account_changes import removal_sentence
from cancel_desk.texts.connection import (
    call_failed_sentence,
    removed_sentence,
    vault_error_sentence,
)
from cancel_desk.texts.lists import sentences
from cancel_desk.ui.dialogs.account_dialog import AccountDialog
from cancel_desk.ui.dialogs.questions import ask
from cancel_desk.ui.session.session import Session
from cancel_desk.ui.shell import Shell
from cancel_desk.unfinished import UnfinishedRun, unfinished_of
from cancel_desk.walmart.failures import CallFailed


class AccountChanges(QObject):
    """Opens the dialogs for it and says in the window what was done."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._shell = shell
        self._session = session
        shell.header.add_account_chosen.connect(self._on_add)
        shell.header.edit_account_chosen.connect(self._on_edit)
        shell.header.remove_account_chosen.connect(self._on_remove)
        session.in_use.keys_wanted.connect(self._on_keys_wanted)

    @Slot()
    def _on_add(self) -> None:
        self._open(None)

    @Slot()
    def _on_edit(self) -> None:
        self._open(self._session.in_use.account)

    @Slot(object)
    def _on_keys_wanted(self, error: VaultError) -> None:
        self._open(self._session.in_use.account, why=vault_error_sentence(error))

    def ask_for_keys(self, failure: CallFailed) -> None:
        """Ask for other keys of the store in use, which refused the ones it has.

        The practice store, and the one of this terminal's variables, have none that could be
        changed here.
        """
        account = self._session.in_use.account
        if account.environment is not Environment.PRACTICE and account.name != ENV_NAME:
            self._open(account, why=call_failed_sentence(failure, store=account.name))

    def _open(self, known: Account | None, *, why: str = "") -> None:
        session = self._session
        dialog = AccountDialog(
            session.desk,
            session.background,
            self._shell,
            known=known,
            why=why,
            opened=session.open_run.run if session.open_run else None,
        )

        def kept() -> None:
            if dialog.account is not None:
                session.choose_account(dialog.account)
                saved = _("{name} is saved.").format(name=dialog.account.name)
                self._shell.notice.tell(sentences((saved, dialog.kept_words)), tone="good")

        dialog.accepted.connect(kept)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _on_remove(self) -> None:
        session, account = self._session, self._session.in_use.account
        opened = session.open_run.run if session.open_run else None

        def ask_with(runs: tuple[UnfinishedRun, ...]) -> None:
            ask(
                self._shell,
                _("Remove {name}?").format(name=account.name),
                more=removal_sentence(len(runs)),
                yes=_("Remove it"),
                no=_("Keep it"),
                agreed=partial(self._remove, account),
            )

        session.background.start(
            lambda: unfinished_of(session.desk, account, opened=opened), ask_with, session.fail
        )

    def _remove(self, account: Account) -> None:
        session = self._session

        def removed(gone: Removed) -> None:
            # A run that was begun meanwhile goes on as it was confirmed, and is shown so.
            if not session.occupied:
                session.in_use.choose_first()
            self._shell.notice.tell(
                removed_sentence(gone.account.name, keys_left_in=gone.keys_left_in)
            )

        session.background.start(
            lambda: session.desk.connections.register.remove(account.name), removed, session.fail
        )
