"""Why keys can't be kept or had, and how a keyring's own errors say so."""

from enum import StrEnum
from typing import NamedTuple


class VaultProblem(StrEnum):
    """Why keys can't be kept or had."""

    ABSENT = "absent"  # no keyring on this machine
    REFUSED_STORE = "refused_store"  # one that keeps nothing, or keeps it readable by anyone
    BAD_CHOICE = "bad_choice"  # another one was chosen than the system's, and can't be used
    MOVED = "moved"  # kept in another keyring than the one in use now
    SESSION_OVER = "session_over"  # they were held in memory by a program that has ended
    LOCKED = "locked"
    DENIED = "denied"
    MISSING_ENTRY = "missing_entry"
    HANGING = "hanging"
    FAILED = "failed"


ASK_AGAIN = frozenset({VaultProblem.MOVED, VaultProblem.SESSION_OVER, VaultProblem.MISSING_ENTRY})
"""Problems that are over once the person has entered the keys again."""


class VaultError(Exception):
    """The keyring didn't do what was asked. ``store`` names it; ``detail`` is its own words.

    For MOVED, ``detail`` is the keyring that had the keys; for REFUSED_STORE, what chose it. Holds
    no secret, and no reference to the exception behind it, which might.
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
    # macOS, by the codes of its Security framework, which are the same in every language: nobody
    # can be asked (over a network, before signing in); then KeyringLocked when the person says no.
    _Sign("KeyringError", ("-25308", "-25315"), VaultProblem.LOCKED),
    _Sign("KeyringError", ("-25293",), VaultProblem.DENIED),
    _Sign("KeyringError", ("-25307", "-25294"), VaultProblem.ABSENT),
    _Sign("KeyringLocked", ("keychain",), VaultProblem.DENIED),
    # Windows, by its codes as well: nobody is signed in, as over a network; access is denied.
    _Sign("error", ("(1312,",), VaultProblem.ABSENT),
    _Sign("error", ("(5,", "(1223,"), VaultProblem.DENIED),
    _Sign("KeyringLocked", (), VaultProblem.LOCKED),
    _Sign("LockedException", (), VaultProblem.LOCKED),
    # GNOME's way of saying that the keyring is locked and nobody could be asked.
    _Sign("InitError", ("dismissed",), VaultProblem.LOCKED),
    _Sign("InitError", (), VaultProblem.ABSENT),
    _Sign("SecretServiceNotAvailableException", (), VaultProblem.ABSENT),
    _Sign("Exception", ("denied", "cancelled", "canceled", "dismissed"), VaultProblem.DENIED),
    _Sign("BaseException", (), VaultProblem.FAILED),
)


def told(error: BaseException, store: str) -> VaultError:
    """Return what an exception of a keyring means, without holding on to it."""
    names = {base.__name__ for base in type(error).__mro__}
    said = _words(error)
    text = said.casefold()
    sign = next(
        sign
        for sign in _SIGNS
        if sign.exception in names and (not sign.words or any(word in text for word in sign.words))
    )
    # The words of a keyring's own errors are made for people; others' could quote anything.
    detail = " ".join(said.split())[:200] if "KeyringError" in names else type(error).__name__
    return VaultError(sign.problem, store=store, detail=detail)


def _words(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - a class of its own may fail at that too
        return ""
