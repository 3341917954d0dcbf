"""The register: the list of accounts and their keys, changed together so that they agree."""

import contextlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, NamedTuple

from cancel_desk.accounts.account import THIS_SESSION, Account, checked_name
from cancel_desk.accounts.book import AccountBook
from cancel_desk.accounts.vault import Vault
from cancel_desk.accounts.vault_problems import ASK_AGAIN, VaultError, VaultProblem
from cancel_desk.walmart.token import Credentials

_NOTHING_TO_DELETE: Final = ASK_AGAIN | {VaultProblem.ABSENT}


class Removed(NamedTuple):
    """An account that is gone; ``keys_left_in`` is the keyring that may still have its keys."""

    account: Account
    keys_left_in: str


class Register:
    """The accounts with their keys. What fails leaves everything as it was.

    Every method may wait for the keyring, and raises AccountError and VaultError.
    """

    def __init__(self, book: AccountBook, vault: Vault) -> None:
        self._book = book
        self._vault = vault

    def add(
        self, account: Account, credentials: Credentials, *, this_session: bool = False
    ) -> Account:
        """Add an account and its keys and return it as kept.

        ``this_session`` holds the keys in memory instead of the keyring: only the name, market
        and address of the account are written down.
        """
        with self._book.alone(), contextlib.ExitStack() as undo:
            name = self._book.admit(account).name
            kept_in = self._keep(name, credentials, undo, this_session=this_session)
            kept = self._book.add(replace(account, kept_in=kept_in, sellers=(credentials.seller,)))
            undo.pop_all()
        return kept

    def replace_keys(
        self,
        name: str,
        credentials: Credentials,
        *,
        formerly: Iterable[str] = (),
        this_session: bool = False,
    ) -> Account:
        """Give an account other keys, kept where keys are kept now, and return it.

        ``formerly``: the sellers of earlier keys that the person says are of the same store.
        """
        with self._book.alone(), contextlib.ExitStack() as undo:
            account = self._book.find(name)
            kept_in = self._keep(account.name, credentials, undo, this_session=this_session)
            sellers = _sellers(account, credentials.seller, formerly)
            changed = replace(account, kept_in=kept_in, sellers=sellers)
            kept = self._book.change(account.name, changed)
            undo.pop_all()
            if this_session and account.kept_in != THIS_SESSION:
                # Often it is the keyring's failing that made the person go without it.
                with contextlib.suppress(VaultError):
                    self._vault.clear(account.name)
        return kept

    def change(self, name: str, wanted: Account) -> Account:
        """Make an account what is wanted, its name among it; its keys stay and move along."""
        with self._book.alone():
            former = self._book.find(name)
            moving = self._keys_here(former) if checked_name(wanted.name) != former.name else None
            # Its runs know it by its keys from now on, where they knew it by its name before.
            sellers = former.sellers or ((moving.seller,) if moving else ())
            changed = replace(wanted, kept_in=former.kept_in, sellers=sellers)
            kept = self._book.change(former.name, changed)
            if moving:
                try:
                    self._vault.rename(former.name, kept.name)
                except VaultError:
                    self._book.change(kept.name, former)
                    raise
        return kept

    def rename(self, name: str, new_name: str) -> Account:
        """Give an account another name and return it."""
        with self._book.alone():
            return self.change(name, replace(self._book.find(name), name=new_name))

    def same_store(self, name: str, formerly: Iterable[str]) -> Account:
        """Note that the keys of an account are of the same store as these sellers' keys were."""
        with self._book.alone():
            account = self._book.find(name)
            if not account.sellers:
                return account
            sellers = _sellers(account, account.sellers[0], formerly)
            return self._book.change(account.name, replace(account, sellers=sellers))

    def edit(
        self,
        name: str,
        wanted: Account,
        credentials: Credentials | None = None,
        *,
        formerly: Iterable[str] = (),
        this_session: bool = False,
    ) -> Account:
        """Make an account what is wanted, with other keys if they are given, and return it.

        ``formerly`` and ``this_session`` as for `replace_keys`.
        """
        with self._book.alone(), contextlib.ExitStack() as undo:
            former = self._book.find(name)
            kept = self.change(name, wanted)
            undo.callback(self.change, kept.name, former)
            if credentials is not None:
                kept = self.replace_keys(
                    kept.name, credentials, formerly=formerly, this_session=this_session
                )
            elif formerly:
                kept = self.same_store(kept.name, formerly)
            undo.pop_all()
        return kept

    def remove(self, name: str) -> Removed:
        """Remove an account with its keys and return what it was.

        If its keys are in a keyring that is not in use any more, they stay there. Where the
        keyring refuses to delete them, the account stays too.
        """
        with self._book.alone(), contextlib.ExitStack() as undo:
            account = self._book.find(name)
            if keys := self._keys_here(account):
                self._vault.forget(account.name)
                undo.callback(self._vault.save, account.name, keys)
                left_in = ""
            else:
                left_in = "" if account.kept_in == THIS_SESSION else account.kept_in
            self._book.remove(account.name)
            undo.pop_all()
        return Removed(account, left_in)

    def _keep(
        self,
        name: str,
        credentials: Credentials,
        undo: contextlib.ExitStack,
        *,
        this_session: bool,
    ) -> str:
        """Keep keys, note how to undo that, and return where they are kept."""
        if this_session:
            self._vault.hold(name, credentials)
            undo.callback(self._vault.forget, name)
            return THIS_SESSION
        store = self._vault.store_name
        before = self._vault.find(name)
        self._vault.save(name, credentials)
        if before is None:
            undo.callback(self._vault.forget, name)
        else:
            undo.callback(self._vault.save, name, before)
        return store

    def _keys_here(self, account: Account) -> Credentials | None:
        """Return the keys of an account, if they are within reach."""
        try:
            return self._vault.load(account.name, kept_in=account.kept_in)
        except VaultError as error:
            if error.problem in _NOTHING_TO_DELETE:
                return None
            raise


def _sellers(account: Account, seller: str, formerly: Iterable[str]) -> tuple[str, ...]:
    """Return what to note of whose keys an account has; each once, those of now first."""
    known = account.sellers if seller in account.sellers[:1] else ()
    return tuple(dict.fromkeys((seller, *known, *formerly)))
