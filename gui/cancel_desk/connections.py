"""From the name of an account to a client that talks to its store."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from cancel_desk.accounts.account import (
    ENV_NAME,
    RESERVED_NAMES,
    Account,
    AccountError,
    Environment,
    env_account,
    practice_account,
)
from cancel_desk.accounts.book import AccountBook
from cancel_desk.accounts.register import Register
from cancel_desk.accounts.variables import CLIENT_ID, CLIENT_SECRET
from cancel_desk.accounts.vault import Vault
from cancel_desk.checks.plan import Store
from cancel_desk.folders import Folders
from cancel_desk.walmart.pace import Paces

if TYPE_CHECKING:
    from cancel_desk.walmart.client import WalmartClient
    from cancel_desk.walmart.token import Credentials


@dataclass(frozen=True, slots=True)
class Connection:
    """An open way to one store. Close it when done.

    ``practice_state`` is the file in which a practice store remembers what it cancelled; None for
    every other store.
    """

    account: str
    store: Store
    client: "WalmartClient"
    practice_state: Path | None = None
    _ends: contextlib.ExitStack = field(default_factory=contextlib.ExitStack, repr=False)

    def close(self) -> None:
        """Close all connections, and the practice store if this opened one."""
        self._ends.close()


class Connections:
    """The accounts of this computer, and connections to their stores."""

    def __init__(
        self, folders: Folders, book: AccountBook, vault: Vault, environ: Mapping[str, str]
    ) -> None:
        self._folders = folders
        self._environ = environ
        self.book = book
        self.vault = vault
        self.register = Register(book, vault)
        self._paces: dict[tuple[str, str, str], Paces] = {}

    def accounts(self) -> tuple[Account, ...]:
        """Return every account, the practice store first; AccountError if they can't be read."""
        found = [practice_account("")]
        if self._environ.get(CLIENT_ID):
            found.append(env_account(self._environ)[0])
        return (*found, *self.book.accounts())

    def account(self, name: str) -> Account:
        """Return the account of that name; AccountError if there is none."""
        folded = name.strip().casefold()
        if folded == ENV_NAME:
            return env_account(self._environ)[0]
        if folded in RESERVED_NAMES:
            return practice_account("")
        return self.book.find(name)

    def connect(self, name: str, *, practice_state: Path | None = None) -> Connection:
        """Return a connection to the store of an account; nothing is sent yet.

        ``practice_state`` goes on with a practice store that was there before; without it a new
        one is opened. AccountError, VaultError.
        """
        account = self.account(name)
        if account.environment is Environment.PRACTICE:
            return self._practice(practice_state)
        return self.connect_with(account, self.keys(account))

    def connect_with(self, account: Account, credentials: "Credentials") -> Connection:
        """Return a connection to the store of an account with these keys; AccountError."""
        return self._connected(account, credentials, contextlib.ExitStack())

    def account_of(self, store: Store, name: str) -> str:
        """Return the name of the account whose keys are those of a store's seller.

        That is ``name`` unless the account was renamed, or another one has the name now.
        AccountError.
        """
        try:
            fitting = [each.name for each in self.book.accounts() if _may_be(each, store)]
        except AccountError:
            return name
        return fitting[0] if fitting and name not in fitting else name

    def keys(self, account: Account) -> "Credentials":
        """Return the keys of an account that has any; AccountError, VaultError."""
        if account.name == ENV_NAME:
            return env_account(self._environ)[1]
        return self.vault.load(account.name, kept_in=account.kept_in)

    def secrets_at_hand(self) -> tuple[str, ...]:
        """Return what must be shown nowhere and is known without asking the keyring."""
        told = (self._environ.get(name, "").strip() for name in (CLIENT_ID, CLIENT_SECRET))
        held = (each for keys in self.vault.held() for each in (keys.client_id, keys.client_secret))
        return tuple(filter(None, (*told, *held)))

    def _practice(self, state: Path | None) -> Connection:
        """Open a practice store of our own: its address is never taken from anywhere else."""
        from cancel_desk.practice import tokens
        from cancel_desk.practice.server import PracticeServer
        from cancel_desk.practice.store import PracticeStore
        from cancel_desk.walmart.token import Credentials

        state = state or self._folders.practice / f"{uuid4()}.jsonl"
        ends = contextlib.ExitStack()
        server = ends.enter_context(PracticeServer(PracticeStore(state=state)))
        keys = Credentials(tokens.CLIENT_ID, tokens.CLIENT_SECRET)
        return self._connected(practice_account(server.address), keys, ends, state)

    def _connected(
        self,
        account: Account,
        credentials: "Credentials",
        ends: contextlib.ExitStack,
        practice_state: Path | None = None,
    ) -> Connection:
        from cancel_desk.walmart.client import WalmartClient

        endpoint = account.endpoint()
        # Walmart counts by seller, so what one connection used the next one must know of.
        seller = (*account.place, credentials.seller)
        paces = self._paces.setdefault(seller, Paces.of(endpoint))
        client = WalmartClient(endpoint, credentials, paces=paces)
        ends.callback(client.close)
        store = Store(
            account.name,
            account.market,
            account.environment,
            endpoint.base_url,
            credentials.seller,
            # What was said of the keys that were noted counts for those alone.
            account.sellers[1:] if account.sellers[:1] == (credentials.seller,) else (),
        )
        return Connection(account.name, store, client, practice_state, ends)


def _may_be(account: Account, store: Store) -> bool:
    """Say whether an account was given the keys of a store's seller, for the same place."""
    here, there = (account.environment, account.place), (store.environment, store.place)
    return here == there and store.seller in account.sellers
