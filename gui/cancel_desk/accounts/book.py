"""The list of accounts: one JSON file that only its owner can read, and no secret in it."""

import contextlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

from cancel_desk.accounts.account import (
    Account,
    AccountError,
    AccountProblem,
    Environment,
    Market,
    checked_address,
    checked_name,
    honest,
)
from cancel_desk.accounts.book_lock import SECONDS, BookLock
from cancel_desk.walmart.endpoint import Endpoint

_VERSION = 1
_SENSELESS = (ValueError, TypeError, KeyError, RecursionError)


class AccountBook:
    """The accounts in one file, read anew each time; every change is on disk when it returns.

    Every method raises AccountError: BOOK_BROKEN once for a file that makes no sense (it is set
    aside under ``aside``, and the book is empty from then on), BOOK_NEWER, BOOK_UNREADABLE,
    BOOK_UNWRITABLE, BOOK_BUSY.
    """

    def __init__(self, path: Path, *, seconds: float = SECONDS) -> None:
        """``seconds`` is how long to wait while another program changes the list."""
        self._path = path
        self._lock = BookLock(path.with_name(path.name + ".lock"), seconds=seconds)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep everybody else from changing the list meanwhile, also in another program."""
        with contextlib.ExitStack() as held:
            try:
                held.enter_context(self._lock.held())
            except TimeoutError:
                raise self._error(AccountProblem.BOOK_BUSY) from None
            except OSError as error:
                raise self._error(AccountProblem.BOOK_UNWRITABLE, why=_why(error)) from error
            yield

    def accounts(self) -> tuple[Account, ...]:
        """Return all accounts in the order in which they were added."""
        return self._read()

    def find(self, name: str) -> Account:
        """Return the account of that name, in capitals or not. Raises AccountError NOT_FOUND."""
        return _find(self.accounts(), name)

    def admit(self, account: Account, *, instead_of: str = "") -> Account:
        """Return an account as it would be kept, a new one or one ``instead_of`` another.

        Raises AccountError NAME_... or BAD_ADDRESS.
        """
        others = [each for each in self.accounts() if each.name != instead_of]
        return _admitted(account, others)

    def add(self, account: Account) -> Account:
        """Add an account and return it as kept. Raises AccountError NAME_... or BAD_ADDRESS."""
        with self.alone():
            known = self._read()
            kept = _admitted(account, known)
            self._write((*known, kept))
        return kept

    def change(self, name: str, account: Account) -> Account:
        """Put an account in the place of another and return it as kept.

        Raises AccountError NOT_FOUND, NAME_... or BAD_ADDRESS.
        """
        with self.alone():
            known = self._read()
            old = _find(known, name)
            new = _admitted(account, [each for each in known if each != old])
            self._write(new if each == old else each for each in known)
        return new

    def remove(self, name: str) -> Account:
        """Remove an account and return what it was. Raises AccountError NOT_FOUND."""
        with self.alone():
            known = self._read()
            gone = _find(known, name)
            self._write(account for account in known if account != gone)
        return gone

    def _read(self) -> tuple[Account, ...]:
        try:
            text = self._path.read_bytes()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise self._error(AccountProblem.BOOK_UNREADABLE, why=_why(error)) from error
        try:
            return self._parse(text)
        except _SENSELESS:
            return self._read_or_set_aside(text)

    def _read_or_set_aside(self, broken: bytes) -> tuple[Account, ...]:
        """Look again with nobody else there, who may have put things right meanwhile."""
        with self.alone():
            if not self._path.exists() or self._path.read_bytes() != broken:
                return self._read()
            aside = self._set_aside()
        raise self._error(AccountProblem.BOOK_BROKEN, aside=aside)

    def _parse(self, text: bytes) -> tuple[Account, ...]:
        told = json.loads(text)
        if told["version"] > _VERSION:
            raise self._error(AccountProblem.BOOK_NEWER)
        return tuple(_account(entry) for entry in told["accounts"])

    def _set_aside(self) -> str:
        number, aside = 1, self._path.with_name(self._path.name + ".broken")
        while aside.exists():
            number += 1
            aside = self._path.with_name(f"{self._path.name}.broken{number}")
        try:
            self._path.rename(aside)
        except OSError as error:
            raise self._error(AccountProblem.BOOK_UNREADABLE, why=_why(error)) from error
        return str(aside)

    def _write(self, accounts: Iterable[Account]) -> None:
        told = {"version": _VERSION, "accounts": [asdict(account) for account in accounts]}
        try:
            _replace_file(self._path, json.dumps(told, indent=1, ensure_ascii=False))
        except OSError as error:
            raise self._error(AccountProblem.BOOK_UNWRITABLE, why=_why(error)) from error

    def _error(self, problem: AccountProblem, **params: str) -> AccountError:
        return AccountError(problem, path=str(self._path), **params)


def _account(entry: dict[str, object]) -> Account:
    name, base_url = entry["name"], entry["base_url"]
    if not isinstance(name, str) or not isinstance(base_url, str) or not name.strip():
        raise TypeError("a name and an address are text")
    return honest(
        Account(
            name,
            Market(str(entry["market"])),
            Environment(str(entry["environment"])),
            Endpoint(base_url).base_url,
            str(entry.get("kept_in", "")),
            _sellers(entry.get("sellers", [])),
        )
    )


def _sellers(told: object) -> tuple[str, ...]:
    if not isinstance(told, list) or not all(isinstance(each, str) for each in told):
        raise TypeError("sellers are a list of texts")
    return tuple(told)


def _admitted(account: Account, known: Iterable[Account]) -> Account:
    return honest(
        replace(
            account,
            name=_free(checked_name(account.name), known),
            base_url=checked_address(account.base_url),
        )
    )


def _find(accounts: Iterable[Account], name: str) -> Account:
    wanted = " ".join(name.split()).casefold()
    for account in accounts:
        if account.name.casefold() == wanted:
            return account
    raise AccountError(AccountProblem.NOT_FOUND, name=name)


def _free(name: str, accounts: Iterable[Account]) -> str:
    if any(account.name.casefold() == name.casefold() for account in accounts):
        raise AccountError(AccountProblem.NAME_TAKEN, name=name)
    return name


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _replace_file(path: Path, text: str) -> None:
    """Write beside the file and put it in its place, so that a crash leaves the old one whole."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes files that only their owner can read.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
