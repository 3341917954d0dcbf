"""The account in use, and the one connection to its store."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, QSettings, Signal

from cancel_desk.accounts.account import Account, AccountError, Environment, practice_account
from cancel_desk.accounts.vault_problems import ASK_AGAIN, VaultError
from cancel_desk.connections import Connection, Connections
from cancel_desk.ui.session.background import Background

_KEY: Final = "account"


class AccountInUse(QObject):
    """One account at a time; its connection is opened when it is first needed."""

    changed = Signal()
    failed = Signal(object)  # AccountError: the list of accounts can't be read
    keys_wanted = Signal(object)  # VaultError: its keys are not where they were

    def __init__(
        self, connections: Connections, background: Background, settings: QSettings
    ) -> None:
        super().__init__()
        self._connections = connections
        self._background = background
        self._settings = settings
        self._account = practice_account("")
        self._connection: Connection | None = None
        self._choice = 0  # counts up with every change: answers for a former choice are dropped

    @property
    def account(self) -> Account:
        """The account in use."""
        return self._account

    @property
    def store(self) -> str:
        """The name of its store as it is shown."""
        return self._account.name

    @property
    def connection(self) -> Connection | None:
        """The connection to its store, if one is open."""
        return self._connection

    def accounts(self) -> Sequence[Account]:
        """Return every account; the practice store alone where the others can't be read."""
        try:
            return self._connections.accounts()
        except AccountError as error:
            self.failed.emit(error)
            return (practice_account(""),)

    def choose_first(self) -> None:
        """Take the account used last, else the first real one, else the practice store."""
        accounts = self.accounts()
        last = str(self._settings.value(_KEY, ""))
        known = {account.name: account for account in accounts}
        real = [each for each in accounts if each.environment is not Environment.PRACTICE]
        self.choose(known.get(last) or (real[0] if real else accounts[0]))

    def choose(self, account: Account) -> None:
        """Use this account from now on, with a connection of its own."""
        self.disconnect_store()
        self._settings.setValue(_KEY, account.name)
        self._account = account
        self.changed.emit()

    def take(self, connection: Connection) -> None:
        """Use a connection that was opened elsewhere, and its account."""
        if connection is self._connection:
            return
        self.disconnect_store()
        self._connection = connection
        try:
            self._account = self._connections.account(connection.account)
        except AccountError:
            # The account is gone since; what its store is called is still known.
            store = connection.store
            found = Environment(store.environment)
            self._account = Account(store.name, self._account.market, found, store.address)
        self.changed.emit()

    def connected(
        self, then: Callable[[Connection], None], failed: Callable[[Exception], None]
    ) -> None:
        """Call ``then`` with the connection; neither is called if the account changes first."""
        if self._connection is not None:
            then(self._connection)
            return
        choice, name = self._choice, self._account.name

        def opened(connection: Connection) -> None:
            if choice != self._choice or self._connection is not None:
                connection.close()
            else:
                self._connection = connection
            if choice == self._choice and self._connection is not None:
                then(self._connection)

        def not_opened(error: Exception) -> None:
            if choice == self._choice:
                failed(error)
                if isinstance(error, VaultError) and error.problem in ASK_AGAIN:
                    self.keys_wanted.emit(error)

        self._background.start(lambda: self._connections.connect(name), opened, not_opened)

    def disconnect_store(self) -> None:
        """Close the connection, if there is one."""
        self._choice += 1
        if self._connection is not None:
            self._connection.close()
            self._connection = None
