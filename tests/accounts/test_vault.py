"""The vault over keyrings that are sound, refused, locked, denying, absent, empty or hanging."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import (
    InitError,
    KeyringError,
    KeyringLocked,
    NoKeyringError,
    PasswordDeleteError,
    PasswordSetError,
)

from cancel_desk.accounts import keyrings
from cancel_desk.accounts.account import THIS_SESSION
from cancel_desk.accounts.vault import Vault, VaultError, VaultProblem
from cancel_desk.walmart.token import Credentials
from patience import PATIENCE

KEYS = Credentials("marked-id", "marked-sécret")


class Memory(KeyringBackend):
    """A keyring that forgets everything at the end of the test; ``met`` comes before each call."""

    priority = 1

    def __init__(self, met: Callable[[], object] = lambda: None) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.met = met

    def set_password(self, service: str, username: str, password: str) -> None:
        self.met()
        self.entries[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        self.met()
        return self.entries.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        self.met()
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError("not found")


@pytest.fixture(autouse=True)
def only_our_backends(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep keyring from offering the classes of this file to anybody else."""
    classes = set(KeyringBackend._classes)
    yield
    KeyringBackend._classes -= KeyringBackend._classes - classes


def failing(error: Exception) -> Memory:
    def fail() -> None:
        raise error

    return Memory(fail)


def problem_of(act: Callable[[], object]) -> VaultError:
    with pytest.raises(VaultError) as caught:
        act()
    assert "marked" not in str(caught.value)
    assert caught.value.__context__ is None
    return caught.value


def test_keys_are_kept_by_account_under_two_entries() -> None:
    backend = Memory()
    vault = Vault(backend)
    vault.save("North", KEYS)
    assert backend.entries == {
        ("Cancel Desk: North", "client_id"): "marked-id",
        ("Cancel Desk: North", "client_secret"): "marked-sécret",
    }
    assert Vault(backend).load("North") == KEYS
    assert problem_of(lambda: vault.load("South")).problem is VaultProblem.MISSING_ENTRY


def test_keys_can_be_replaced_renamed_and_forgotten() -> None:
    backend = Memory()
    vault = Vault(backend)
    vault.save("North", Credentials("old", "older"))
    vault.save("North", KEYS)
    vault.rename("North", "South")
    assert vault.load("South") == KEYS
    vault.forget("South")
    vault.forget("South")
    assert backend.entries == {}


@pytest.mark.parametrize("missing", ["client_id", "client_secret"])
def test_half_a_pair_is_a_missing_entry(missing: str) -> None:
    backend = Memory()
    vault = Vault(backend)
    vault.save("North", KEYS)
    del backend.entries["Cancel Desk: North", missing]
    assert problem_of(lambda: vault.load("North")).problem is VaultProblem.MISSING_ENTRY
    vault.forget("North")
    assert backend.entries == {}


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (NoKeyringError("No recommended backend was available."), VaultProblem.ABSENT),
        (KeyringLocked("Failed to unlock the item!"), VaultProblem.LOCKED),
        (KeyringLocked("Can't get password from keychain: (-128, ...)"), VaultProblem.DENIED),
        (InitError("Failed to create the collection: Prompt dismissed.."), VaultProblem.LOCKED),
        (InitError("Failed to open keyring: no bus."), VaultProblem.ABSENT),
        (PasswordSetError("Cancelled by user"), VaultProblem.DENIED),
        (KeyringError("something else"), VaultProblem.FAILED),
        (type("LockedException", (Exception,), {})("Item is locked"), VaultProblem.LOCKED),
        (
            type("SecretServiceNotAvailableException", (Exception,), {})("no bus"),
            VaultProblem.ABSENT,
        ),
        (PermissionError(13, "Permission denied"), VaultProblem.DENIED),
        (RuntimeError("marked-id"), VaultProblem.FAILED),
    ],
)
def test_what_a_keyring_raises_gets_its_problem(error: Exception, problem: VaultProblem) -> None:
    vault = Vault(failing(error))
    for act in (lambda: vault.load("North"), lambda: vault.save("North", KEYS)):
        assert problem_of(act).problem is problem


def test_a_keyring_that_keeps_nothing_is_noticed() -> None:
    class Forgetful(Memory):
        def get_password(self, service: str, username: str) -> str | None:
            self.entries.pop((service, username), None)
            return None

    assert problem_of(lambda: Vault(Forgetful()).save("N", KEYS)).problem is VaultProblem.FAILED


class PlaintextKeyring(Memory):
    """What some packages offer."""


def from_package(name: str) -> KeyringBackend:
    made: KeyringBackend = type("FileKeyring", (Memory,), {"__module__": name})()
    return made


BACKENDS: Any = keyring.backends  # its classes are not annotated


@pytest.mark.parametrize(
    ("backend", "problem"),
    [
        (BACKENDS.fail.Keyring(), VaultProblem.ABSENT),
        (BACKENDS.null.Keyring(), VaultProblem.REFUSED_STORE),
        (PlaintextKeyring(), VaultProblem.REFUSED_STORE),
        (from_package("keyrings.alt.file"), VaultProblem.REFUSED_STORE),
    ],
)
def test_stores_that_protect_nothing_are_refused(
    backend: KeyringBackend, problem: VaultProblem
) -> None:
    vault = Vault(backend)
    for act in (
        lambda: vault.save("North", KEYS),
        lambda: vault.load("North"),
        lambda: vault.store_name,
    ):
        assert problem_of(act).problem is problem


def test_the_systems_keyring_is_used_when_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Memory()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    Vault().save("North", KEYS)
    assert len(backend.entries) == 2


def test_of_a_chain_the_first_keyring_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    first, chain = Memory(), BACKENDS.chainer.ChainerBackend()
    monkeypatch.setattr(type(chain), "backends", [first, PlaintextKeyring()])
    Vault(chain).save("North", KEYS)
    assert len(first.entries) == 2
    monkeypatch.setattr(type(chain), "backends", [PlaintextKeyring(), first])
    assert problem_of(lambda: Vault(chain).load("N")).problem is VaultProblem.REFUSED_STORE
    monkeypatch.setattr(type(chain), "backends", [])
    assert problem_of(lambda: Vault(chain).load("N")).problem is VaultProblem.ABSENT


def test_stores_have_the_name_that_people_know() -> None:
    assert Vault(Memory()).store_name == "test vault Memory"
    windows = type("WinVaultKeyring", (Memory,), {"__module__": "keyring.backends.Windows"})()
    assert Vault(windows).store_name == "Windows Credential Manager"


def test_a_keyring_chosen_by_hand_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def missing() -> None:
        raise ModuleNotFoundError("No module named 'nowhere'")

    monkeypatch.setattr(keyring, "get_keyring", missing)
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    assert problem_of(lambda: Vault().load("N")).problem is VaultProblem.FAILED
    assert Vault().chosen_by == ""
    monkeypatch.setattr("keyring.util.platform_.config_root", lambda: tmp_path)
    (tmp_path / "keyringrc.cfg").write_text("[backend]\ndefault-keyring=nowhere.Keyring\n")
    error = problem_of(lambda: Vault().load("N"))
    assert (error.problem, error.store) == (
        VaultProblem.BAD_CHOICE,
        str(tmp_path / "keyringrc.cfg"),
    )
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "nowhere.Keyring")
    assert problem_of(lambda: Vault().store_name).store == "PYTHON_KEYRING_BACKEND"
    assert Vault(Memory()).chosen_by == ""


def test_a_kind_of_plain_file_is_refused_by_whatever_name() -> None:
    class Renamed(PlaintextKeyring):
        pass

    error = problem_of(lambda: Vault(Renamed()).save("N", KEYS))
    assert error.problem is VaultProblem.REFUSED_STORE


def test_keys_of_another_keyring_are_not_taken_for_the_accounts() -> None:
    vault = Vault(Memory())
    vault.save("North", KEYS)
    assert vault.load("North", kept_in=vault.store_name) == KEYS
    error = problem_of(lambda: vault.load("North", kept_in="KWallet"))
    assert (error.problem, error.store, error.detail) == (
        VaultProblem.MOVED,
        "test vault Memory",
        "KWallet",
    )


def test_the_secret_service_may_be_served_by_any_program() -> None:
    secret_service = type("Keyring", (Memory,), {"__module__": "keyring.backends.SecretService"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyrings, "_server_command", lambda: "gnome-keyring-d\n")
        assert Vault(secret_service()).store_name == "GNOME Keyring"
        patch.setattr(keyrings, "_server_command", lambda: "something else\n")
        assert Vault(secret_service()).store_name == "Secret Service"
        patch.undo()
        patch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
        assert Vault(secret_service()).store_name == "Secret Service"
    assert keyrings.same_store("GNOME Keyring", "Secret Service")
    assert keyrings.same_store("Secret Service", "KWallet")
    assert not keyrings.same_store("GNOME Keyring", "KWallet")
    assert not keyrings.same_store("Secret Service", "macOS Keychain")


def test_keys_for_this_session_are_in_no_keyring() -> None:
    backend = Memory()
    vault = Vault(backend)
    vault.hold("North", KEYS)
    vault.rename("North", "South")
    assert vault.load("South", kept_in=THIS_SESSION) == KEYS
    assert "marked" not in repr(vault) + str(vault)
    assert backend.entries == {}
    error = problem_of(lambda: Vault(backend).load("South", kept_in=THIS_SESSION))
    assert error.problem is VaultProblem.SESSION_OVER
    vault.forget("South")
    assert problem_of(lambda: vault.load("South")).problem is VaultProblem.MISSING_ENTRY


def test_keys_for_this_session_need_no_keyring() -> None:
    vault = Vault(BACKENDS.fail.Keyring())
    vault.hold("North", KEYS)
    assert vault.load("North", kept_in=THIS_SESSION) == KEYS


@pytest.mark.parametrize("before", [None, Credentials("old", "older")])
def test_a_saving_that_fails_in_the_middle_leaves_what_was(before: Credentials | None) -> None:
    class Full(Memory):
        def set_password(self, service: str, username: str, password: str) -> None:
            if password == KEYS.client_secret:
                raise PasswordSetError("no room")
            super().set_password(service, username, password)

    backend = Full()
    vault = Vault(backend)
    if before:
        vault.save("North", before)
    entries = dict(backend.entries)
    assert problem_of(lambda: vault.save("North", KEYS)).problem is VaultProblem.FAILED
    assert backend.entries == entries


def test_a_keyring_that_knows_no_capitals_keeps_the_keys_of_a_renamed_account() -> None:
    class Folding(Memory):
        def set_password(self, service: str, username: str, password: str) -> None:
            super().set_password(service.casefold(), username, password)

        def get_password(self, service: str, username: str) -> str | None:
            return super().get_password(service.casefold(), username)

        def delete_password(self, service: str, username: str) -> None:
            super().delete_password(service.casefold(), username)

    vault = Vault(Folding())
    vault.save("north", KEYS)
    vault.rename("north", "North")
    assert vault.load("North") == KEYS
    vault.rename("nobody", "Nobody")


def test_a_keyring_that_hangs_is_not_waited_for() -> None:
    released = threading.Event()
    hanging = Memory(lambda: released.wait(PATIENCE))
    error = problem_of(lambda: Vault(hanging, seconds=0.02).load("North"))
    assert (error.problem, error.store) == (VaultProblem.HANGING, "test vault Memory")
    released.set()
    join_keyring_threads()


class Unspeakable(BaseException):
    """An error that is no Exception, and can't even be put in words."""

    def __str__(self) -> str:
        raise ValueError("marked")


def test_a_keyring_that_breaks_every_rule_is_still_a_sentence() -> None:
    for error in (Unspeakable(), SystemExit(3), KeyboardInterrupt(), GeneratorExit()):

        def fail(error: BaseException = error) -> None:
            raise error

        assert problem_of(lambda: Vault(Memory(fail)).load("N")).problem is VaultProblem.FAILED


@pytest.mark.parametrize("value", [b"marked", 5, ["marked"]])
def test_an_entry_that_is_no_text_is_not_taken_for_keys(value: Any) -> None:
    backend = Memory()
    for entry in ("client_id", "client_secret"):
        backend.entries["Cancel Desk: North", entry] = value
    assert problem_of(lambda: Vault(backend).load("North")).problem is VaultProblem.FAILED


def test_a_keyring_that_hangs_at_its_own_name_is_not_waited_for_either() -> None:
    released = threading.Event()

    class Nameless(Memory):
        @property
        def name(self) -> str:
            released.wait(PATIENCE)
            return "late"

    vault = Vault(Nameless(lambda: released.wait(PATIENCE)), seconds=0.02)
    error = problem_of(lambda: vault.load("North"))
    assert (error.problem, error.store) == (VaultProblem.HANGING, "")
    assert problem_of(lambda: vault.store_name).problem is VaultProblem.HANGING
    released.set()
    join_keyring_threads()


def test_a_keyring_whose_name_fails_is_still_told_of() -> None:
    class Nameless(Memory):
        @property
        def name(self) -> str:
            raise RuntimeError("marked")

    error = problem_of(lambda: Vault(Nameless(failing(KeyError("x")).met)).load("North"))
    assert (error.problem, error.store) == (VaultProblem.FAILED, "")


def join_keyring_threads() -> None:
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join(PATIENCE)
