"""The vault: client id and secret of each account, in the system's keyring or in memory only."""

import contextlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from cancel_desk.accounts.account import THIS_SESSION
from cancel_desk.accounts.keyrings import chosen_by, same_store, sound_backend, store_name
from cancel_desk.accounts.vault_problems import VaultError, VaultProblem, told
from cancel_desk.walmart.token import Credentials

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

__all__ = ["SECONDS", "Vault", "VaultError", "VaultProblem"]

SECONDS = 60.0
"""How long a keyring may take: the person may have to type a password into its own window."""

_CLIENT_ID = "client_id"
_CLIENT_SECRET = "client_secret"  # noqa: S105 - the name of an entry
_NAME_SECONDS = 5.0
_T = TypeVar("_T")


class Vault:
    """Keeps keys in the system's keyring, or on purpose in memory; never in a file.

    Every call may take as long as the person needs to unlock the keyring, so make it off the
    window's thread. Every method raises VaultError.
    """

    def __init__(
        self, backend: "KeyringBackend | None" = None, *, seconds: float = SECONDS
    ) -> None:
        """``backend`` stands in for the system's keyring; ``seconds`` is how long to wait."""
        self._backend = backend
        self._seconds = seconds
        self._held: dict[str, Credentials] = {}

    def __repr__(self) -> str:
        """Say what it is, and nothing of what it holds."""
        return "<Vault>"

    @property
    def store_name(self) -> str:
        """What the keys are kept in, by the name the person knows it by."""
        return self._within(lambda: store_name(sound_backend(self._backend)))

    @property
    def chosen_by(self) -> str:
        """The variable or file that chose this keyring instead of the system; "" if none did."""
        return "" if self._backend else chosen_by()

    def save(self, account_name: str, credentials: Credentials) -> None:
        """Keep the keys of an account, and make sure that they can be read again.

        If that fails, what was kept for the account before is put back.
        """
        service = _service(account_name)

        def keep(backend: Any) -> bool:
            before = _read(backend, service)
            try:
                _write(backend, service, credentials)
                if _read(backend, service) == credentials:
                    return True
            except Exception:
                _put_back(backend, service, before)
                raise
            _put_back(backend, service, before)
            return False

        if not self._ask(keep):
            raise VaultError(VaultProblem.FAILED, store=self.store_name)
        self._held.pop(account_name, None)

    def hold(self, account_name: str, credentials: Credentials) -> None:
        """Keep the keys of an account in memory until the program ends, and nowhere else."""
        self._held[account_name] = credentials

    def held(self) -> tuple[Credentials, ...]:
        """Return all keys that are in memory only."""
        return tuple(self._held.values())

    def load(self, account_name: str, *, kept_in: str = "") -> Credentials:
        """Return the keys of an account.

        ``kept_in`` is where they were put: keys of that name in another keyring are not taken for
        them. Raises VaultError MISSING_ENTRY, MOVED, SESSION_OVER and as every method.
        """
        if held := self._held.get(account_name):
            return held
        if kept_in == THIS_SESSION:
            raise VaultError(VaultProblem.SESSION_OVER)
        if kept_in and not same_store(kept_in, now := self.store_name):
            raise VaultError(VaultProblem.MOVED, store=now, detail=kept_in)
        found = self.find(account_name)
        if found is None:
            raise VaultError(VaultProblem.MISSING_ENTRY, store=self.store_name)
        return found

    def find(self, account_name: str) -> Credentials | None:
        """Return the keys that the keyring has for an account, or None."""
        service = _service(account_name)
        return self._ask(lambda backend: _read(backend, service))

    def forget(self, account_name: str) -> None:
        """Delete the keys of an account, as far as there are any."""
        if self._held.pop(account_name, None) is None:
            self.clear(account_name)

    def clear(self, account_name: str) -> None:
        """Delete what the keyring has for an account; what is held in memory stays."""
        service = _service(account_name)
        self._ask(lambda backend: _drop(backend, service))

    def rename(self, account_name: str, new_name: str) -> None:
        """Move the keys of an account that is now called something else, if there are any."""
        if held := self._held.pop(account_name, None):
            self._held[new_name] = held
            return
        keys = self.find(account_name)
        if keys is None:
            return
        self.save(new_name, keys)
        self.forget(account_name)
        if self.find(new_name) is None:  # to some keyrings small letters and capitals are one
            self.save(new_name, keys)

    def _ask(self, question: Callable[[Any], _T]) -> _T:
        backend = self._within(lambda: sound_backend(self._backend))
        return self._within(lambda: question(backend), lambda: store_name(backend))

    def _within(self, call: Callable[[], _T], store: Callable[[], str] = str) -> _T:
        """Make the call in a thread of its own and wait for it, but not for ever.

        ``store`` names the keyring; it is asked only for an error.
        """

        def make() -> _T | VaultError:
            try:
                return call()
            except VaultError as error:
                return error
            except BaseException as error:  # noqa: BLE001 - back ends raise whatever they please
                return told(error, _named(store))

        found = _waited_for(make, self._seconds)
        if not found:
            name = _waited_for(lambda: _named(store), min(self._seconds, _NAME_SECONDS))
            raise VaultError(VaultProblem.HANGING, store="".join(name))
        if isinstance(found[0], VaultError):
            raise found[0]
        return found[0]


def _waited_for(call: Callable[[], _T], seconds: float) -> list[_T]:
    """Return what a call gives, alone in a list; an empty list if it takes longer."""
    results: list[_T] = []
    thread = threading.Thread(target=lambda: results.append(call()), name="keyring", daemon=True)
    thread.start()
    thread.join(seconds)
    return results[:1]


def _named(store: Callable[[], str]) -> str:
    """Return the name of a keyring; nothing else is worth a second failure."""
    try:
        return store()
    except BaseException:  # noqa: BLE001 - back ends raise whatever they please
        return ""


def _service(account_name: str) -> str:
    return f"Cancel Desk: {account_name}"


def _read(backend: Any, service: str) -> Credentials | None:
    client_id = backend.get_password(service, _CLIENT_ID)
    client_secret = backend.get_password(service, _CLIENT_SECRET)
    if not client_id or not client_secret:
        return None
    if not isinstance(client_id, str) or not isinstance(client_secret, str):
        raise TypeError  # made by something else than what we keep
    return Credentials(client_id, client_secret)


def _write(backend: Any, service: str, credentials: Credentials) -> None:
    backend.set_password(service, _CLIENT_ID, credentials.client_id)
    backend.set_password(service, _CLIENT_SECRET, credentials.client_secret)


def _drop(backend: Any, service: str) -> None:
    for entry in (_CLIENT_ID, _CLIENT_SECRET):
        if backend.get_password(service, entry) is not None:
            backend.delete_password(service, entry)


def _put_back(backend: Any, service: str, before: Credentials | None) -> None:
    """Undo what a failed saving left; a keyring that fails again can't be helped from here."""
    with contextlib.suppress(Exception):
        _drop(backend, service) if before is None else _write(backend, service, before)
