"""The vault: client id and secret of each account, kept by the system's own keyring."""

import threading
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from cancel_desk.walmart.token import Credentials

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SECONDS = 60.0
"""How long a keyring may take: the person may have to type a password into its own window."""

_CLIENT_ID = "client_id"
_CLIENT_SECRET = "client_secret"  # noqa: S105 - the name of an entry
_T = TypeVar("_T")


class VaultProblem(StrEnum):
    """Why keys can't be kept or had."""

    ABSENT = "absent"  # no keyring on this machine
    REFUSED_STORE = "refused_store"  # one that keeps nothing, or keeps it readable by anyone
    LOCKED = "locked"
    DENIED = "denied"
    MISSING_ENTRY = "missing_entry"
    HANGING = "hanging"
    FAILED = "failed"


class VaultError(Exception):
    """The keyring didn't do what was asked. ``store`` names it; ``detail`` is its own words.

    Holds no secret, and no reference to the exception behind it, which might.
    """

    def __init__(self, problem: VaultProblem, *, store: str = "", detail: str = "") -> None:
        super().__init__(" ".join(part for part in (problem.value, store, detail) if part))
        self.problem = problem
        self.store = store
        self.detail = detail


class _Sign(NamedTuple):
    exception: str  # the name of its class or of a base class
    words: tuple[str, ...]  # one of them is in its text; none: any text will do
    problem: VaultProblem


# Back ends say the same thing with different exceptions; the first sign that fits counts.
_SIGNS = (
    _Sign("NoKeyringError", (), VaultProblem.ABSENT),
    # macOS raises KeyringLocked when the person says no.
    _Sign("KeyringLocked", ("keychain",), VaultProblem.DENIED),
    _Sign("KeyringLocked", (), VaultProblem.LOCKED),
    _Sign("LockedException", (), VaultProblem.LOCKED),
    # GNOME's way of saying that the keyring is locked and nobody could be asked.
    _Sign("InitError", ("dismissed",), VaultProblem.LOCKED),
    _Sign("InitError", (), VaultProblem.ABSENT),
    _Sign("SecretServiceNotAvailableException", (), VaultProblem.ABSENT),
    _Sign("Exception", ("denied", "cancelled", "canceled", "dismissed"), VaultProblem.DENIED),
    _Sign("Exception", (), VaultProblem.FAILED),
)

_STORE_NAMES = {
    "keyring.backends.SecretService": "Secret Service (GNOME Keyring, KWallet)",
    "keyring.backends.libsecret": "Secret Service (GNOME Keyring, KWallet)",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.Windows": "Windows Credential Manager",
    "keyring.backends.macOS": "macOS Keychain",
}


class Vault:
    """Keeps keys in the system's keyring, and nowhere else.

    Every call may take as long as the person needs to unlock the keyring, so make it off the
    window's thread. Every method raises VaultError.
    """

    def __init__(
        self, backend: "KeyringBackend | None" = None, *, seconds: float = SECONDS
    ) -> None:
        """``backend`` stands in for the system's keyring; ``seconds`` is how long to wait."""
        self._backend = backend
        self._seconds = seconds

    @property
    def store_name(self) -> str:
        """What the keys are kept in, by the name the person knows it by."""
        return _name(self._within(self._sound_backend, store=""))

    def save(self, account_name: str, credentials: Credentials) -> None:
        """Keep the keys of an account, and make sure that they can be read again."""
        service = _service(account_name)

        def keep(backend: Any) -> Credentials | None:
            backend.set_password(service, _CLIENT_ID, credentials.client_id)
            backend.set_password(service, _CLIENT_SECRET, credentials.client_secret)
            return _read(backend, service)

        if self._ask(keep) != credentials:
            raise VaultError(VaultProblem.FAILED, store=self.store_name)

    def load(self, account_name: str) -> Credentials:
        """Return the keys of an account. Raises VaultError MISSING_ENTRY if there are none."""
        service = _service(account_name)
        found = self._ask(lambda backend: _read(backend, service))
        if found is None:
            raise VaultError(VaultProblem.MISSING_ENTRY, store=self.store_name)
        return found

    def forget(self, account_name: str) -> None:
        """Delete the keys of an account, as far as there are any."""
        service = _service(account_name)

        def drop(backend: Any) -> None:
            for entry in (_CLIENT_ID, _CLIENT_SECRET):
                if backend.get_password(service, entry) is not None:
                    backend.delete_password(service, entry)

        self._ask(drop)

    def rename(self, account_name: str, new_name: str) -> None:
        """Move the keys of an account that is now called something else."""
        self.save(new_name, self.load(account_name))
        self.forget(account_name)

    def _ask(self, question: Callable[[Any], _T]) -> _T:
        backend = self._within(self._sound_backend, store="")
        return self._within(lambda: question(backend), store=_name(backend))

    def _sound_backend(self) -> Any:
        import keyring

        backend: Any = self._backend or keyring.get_keyring()
        while type(backend).__module__ == "keyring.backends.chainer":
            # It writes to the first that takes it and reads from whichever answers; one is enough.
            if not backend.backends:
                raise VaultError(VaultProblem.ABSENT)
            backend = backend.backends[0]
        module = type(backend).__module__
        if module == "keyring.backends.fail":
            raise VaultError(VaultProblem.ABSENT)
        plain = "plaintext" in type(backend).__name__.casefold()
        # keyrings.alt keeps its entries in files, some of them readable by anyone.
        if module == "keyring.backends.null" or module.startswith("keyrings.alt") or plain:
            raise VaultError(VaultProblem.REFUSED_STORE, store=_name(backend))
        return backend

    def _within(self, call: Callable[[], _T], *, store: str) -> _T:
        """Make the call in a thread of its own and wait for it, but not for ever."""
        results: list[_T] = []
        failures: list[VaultError] = []

        def make() -> None:
            try:
                results.append(call())
            except VaultError as error:
                failures.append(error)
            except Exception as error:  # noqa: BLE001 - back ends raise whatever their system does
                failures.append(_told(error, store))

        thread = threading.Thread(target=make, name="keyring", daemon=True)
        thread.start()
        thread.join(self._seconds)
        if thread.is_alive():
            raise VaultError(VaultProblem.HANGING, store=store)
        if failures:
            raise failures[0]
        return results[0]


def _service(account_name: str) -> str:
    return f"Cancel Desk: {account_name}"


def _read(backend: Any, service: str) -> Credentials | None:
    client_id = backend.get_password(service, _CLIENT_ID)
    client_secret = backend.get_password(service, _CLIENT_SECRET)
    return Credentials(client_id, client_secret) if client_id and client_secret else None


def _name(backend: Any) -> str:
    return _STORE_NAMES.get(type(backend).__module__) or str(backend.name)


def _told(error: Exception, store: str) -> VaultError:
    names = {base.__name__ for base in type(error).__mro__}
    text = str(error).casefold()
    sign = next(
        sign
        for sign in _SIGNS
        if sign.exception in names and (not sign.words or any(word in text for word in sign.words))
    )
    # The words of a keyring's own errors are made for people; others' could quote anything.
    detail = " ".join(str(error).split())[:200] if "KeyringError" in names else type(error).__name__
    return VaultError(sign.problem, store=store, detail=detail)
