"""The vault over keyring's back ends for Windows and macOS, with only the system replaced."""

from typing import Any

import pytest
from keyring.testing.backend import BackendBasicTests

from accounts.system_keyrings import SecurityFramework, WindowsError, mac_keyring, windows_keyring
from accounts.test_vault_as_backend import VaultBackend
from cancel_desk.accounts.vault import Vault, VaultError, VaultProblem
from cancel_desk.texts.connection import vault_error_sentence
from cancel_desk.walmart.token import Credentials

KEYS = Credentials("marked-id", "marked-sécret-" + "x" * 90)


def _begin(tests: Any, request: pytest.FixtureRequest) -> None:
    """Do what keyring's own fixture does, which could not be given a system to stand on."""
    tests.keyring = tests.init_keyring()
    tests.credentials_created = set()
    request.addfinalizer(tests.cleanup)


class TestVaultOnWindows(BackendBasicTests):
    """Everything keyring asks of a back end, over its own for Windows."""

    @pytest.fixture(autouse=True)
    def _init_properties(
        self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._below, _manager = windows_keyring(monkeypatch)
        _begin(self, request)

    def init_keyring(self) -> VaultBackend:
        """Return the vault over it."""
        return VaultBackend(Vault(self._below))


class TestVaultOnMac(BackendBasicTests):
    """Everything keyring asks of a back end, over its own for macOS."""

    @pytest.fixture(autouse=True)
    def _init_properties(
        self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._below, _framework = mac_keyring(monkeypatch)
        _begin(self, request)

    def init_keyring(self) -> VaultBackend:
        """Return the vault over it."""
        return VaultBackend(Vault(self._below))


def problem_of(vault: Vault) -> VaultError:
    with pytest.raises(VaultError) as caught:
        vault.load("North")
    assert "marked" not in str(caught.value)
    return caught.value


def test_windows_keeps_both_keys_of_an_account_and_all_accounts_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backend, manager = windows_keyring(monkeypatch)
    vault = Vault(backend)
    assert vault.store_name == "Windows Credential Manager"
    other = Credentials("other-id", "other-secret")
    vault.save("North", KEYS)
    vault.save("South", other)
    assert (vault.load("North"), vault.load("South")) == (KEYS, other)
    vault.rename("North", "NORTH")
    assert vault.load("NORTH") == KEYS, "to Windows it is the same name"
    vault.rename("NORTH", "East")
    assert (vault.load("East"), vault.load("South")) == (KEYS, other)
    vault.forget("East")
    vault.forget("South")
    assert manager.kept == {}


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (WindowsError(1312, "CredRead", "Eine Anmeldesitzung fehlt."), VaultProblem.ABSENT),
        (WindowsError(5, "CredRead", "Zugriff verweigert"), VaultProblem.DENIED),
        (WindowsError(1223, "CredRead", "Vorgang abgebrochen"), VaultProblem.DENIED),
        (WindowsError(87, "CredRead", "Falscher Parameter."), VaultProblem.FAILED),
    ],
)
def test_what_windows_says_in_any_language(
    error: WindowsError, problem: VaultProblem, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend, manager = windows_keyring(monkeypatch)
    manager.fails_with = error
    found = problem_of(Vault(backend))
    assert (found.problem, found.store) == (problem, "Windows Credential Manager")


def test_keys_too_long_for_windows_leave_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    backend, manager = windows_keyring(monkeypatch)
    with pytest.raises(VaultError) as caught:
        Vault(backend).save("North", Credentials("marked-id", "x" * 1281))
    assert caught.value.problem is VaultProblem.FAILED
    assert manager.kept == {}
    assert "Windows Credential Manager reported an error" in vault_error_sentence(caught.value)


def test_mac_keeps_the_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    backend, framework = mac_keyring(monkeypatch)
    vault = Vault(backend)
    assert vault.store_name == "macOS Keychain"
    vault.save("North", KEYS)
    assert vault.load("North") == KEYS
    vault.forget("North")
    assert framework.kept == {}
    assert problem_of(vault).problem is VaultProblem.MISSING_ENTRY


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (SecurityFramework.KeychainDenied(-128, "Keychain Access Denied"), VaultProblem.DENIED),
        (SecurityFramework.SecAuthFailure(-25293, "Security Auth Failure"), VaultProblem.DENIED),
        (SecurityFramework.Error(-25308, "Unknown Error"), VaultProblem.LOCKED),
        (SecurityFramework.Error(-25307, "Unknown Error"), VaultProblem.ABSENT),
        (SecurityFramework.Error(-67030, "Unknown Error"), VaultProblem.FAILED),
    ],
)
def test_what_mac_says(
    error: Exception, problem: VaultProblem, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend, framework = mac_keyring(monkeypatch)
    framework.fails_with = error
    found = problem_of(Vault(backend))
    assert (found.problem, found.store) == (problem, "macOS Keychain")
