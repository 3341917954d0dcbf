"""keyring's own tests for back ends, over the vault, as far as they fit it.

The vault keeps pairs by account instead of passwords by service and user; here each user of a
service is an account, and a password is the second of the pair. An empty secret is no secret to
the vault, so a sign stands before each.
"""

import os

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError
from keyring.testing.backend import BackendBasicTests

from cancel_desk.accounts.vault import Vault, VaultError, VaultProblem
from cancel_desk.walmart.token import Credentials
from memory_keyring import MemoryKeyring


class VaultBackend(KeyringBackend):
    """A vault in the clothes of a back end."""

    priority = -1.0

    def __init__(self, vault: Vault) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.vault = vault

    def set_password(self, service: str, username: str, password: str) -> None:
        self.vault.save(_account(service, username), Credentials("id", f"={password}"))

    def get_password(self, service: str, username: str) -> str | None:
        try:
            return self.vault.load(_account(service, username)).client_secret[1:]
        except VaultError as error:
            if error.problem is not VaultProblem.MISSING_ENTRY:
                raise
            return None

    def delete_password(self, service: str, username: str) -> None:
        if self.get_password(service, username) is None:
            raise PasswordDeleteError(service)
        self.vault.forget(_account(service, username))


def _account(service: str, username: str) -> str:
    return f"{service}/{username}"


class TestVault(BackendBasicTests):
    """Everything keyring asks of a back end."""

    def init_keyring(self) -> VaultBackend:
        """Return the vault over the keyring in question."""
        if os.environ.get("KEYRING_UNDER_TEST") == "system":
            from keyring.backends.SecretService import Keyring

            return VaultBackend(Vault(Keyring()))  # type: ignore[no-untyped-call]
        return VaultBackend(Vault(MemoryKeyring()))


@pytest.fixture(autouse=True)
def only_known_backends() -> None:
    """Keep keyring from offering the class above to anybody else."""
    KeyringBackend._classes.discard(VaultBackend)
