"""What stands below keyring's back ends on Windows and macOS, as far as they ask for it.

The back ends are keyring's own; only the system's calls are replaced, by ones that keep what they
are given in a dictionary and fail with the system's own codes.
"""

from types import SimpleNamespace
from typing import Any

import pytest

# CRED_MAX_CREDENTIAL_BLOB_SIZE of wincred.h, in bytes; keyring writes UTF-16.
_MOST_BYTES = 5 * 512


class WindowsError(Exception):
    """What pywintypes raises: a code, the function, and words in the language of the system."""

    def __init__(self, winerror: int, funcname: str, words: str) -> None:
        super().__init__(winerror, funcname, words)
        self.winerror = winerror
        self.funcname = funcname


# That is its name there; the vault goes by the names of classes.
WindowsError.__name__ = "error"


class CredentialManager:
    """Windows' own store, which knows no difference between small letters and capitals."""

    CRED_TYPE_GENERIC = 1
    CRED_PERSIST_ENTERPRISE = 3

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Any]] = {}
        self.fails_with: WindowsError | None = None

    def CredRead(self, *, Type: int, TargetName: str) -> dict[str, Any]:  # noqa: N802, N803
        self._met("CredRead", TargetName)
        assert Type == self.CRED_TYPE_GENERIC
        return self.kept[TargetName.casefold()]

    def CredWrite(self, credential: dict[str, Any], flags: int) -> None:  # noqa: N802
        if self.fails_with:
            raise self.fails_with
        blob = credential["CredentialBlob"].encode("utf-16-le")
        if len(blob) > _MOST_BYTES:
            raise WindowsError(1783, "CredWrite", "Die Fehlerstelle hat falsche Daten erhalten.")
        assert flags == 0
        key = credential["TargetName"].casefold()
        self.kept[key] = {**credential, "CredentialBlob": blob}

    def CredDelete(self, *, Type: int, TargetName: str) -> None:  # noqa: N802, N803
        self._met("CredDelete", TargetName)
        assert Type == self.CRED_TYPE_GENERIC
        del self.kept[TargetName.casefold()]

    def _met(self, function: str, target: str) -> None:
        if self.fails_with:
            raise self.fails_with
        if target.casefold() not in self.kept:
            raise WindowsError(1168, function, "Element nicht gefunden.")


class SecurityFramework:
    """macOS's Keychain, as keyring calls it."""

    class Error(Exception):
        """Any failure: a code of the system, and words."""

    class NotFound(Error):  # noqa: N818 - keyring's name for it
        """No such entry."""

    class KeychainDenied(Error):  # noqa: N818 - keyring's name for it
        """The person said no."""

    class SecAuthFailure(Error):  # noqa: N818 - keyring's name for it
        """The program may not have it."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.fails_with: Exception | None = None

    def set_generic_password(self, _name: None, service: str, username: str, password: str) -> None:
        self._met()
        self.kept[service, username] = password

    def find_generic_password(self, _name: None, service: str, username: str) -> str:
        self._met()
        if (service, username) not in self.kept:
            raise self.NotFound(-25300, "Item not found")
        return self.kept[service, username]

    def delete_generic_password(self, _name: None, service: str, username: str) -> None:
        self.find_generic_password(None, service, username)
        del self.kept[service, username]

    def _met(self) -> None:
        if self.fails_with:
            raise self.fails_with


def windows_keyring(monkeypatch: pytest.MonkeyPatch) -> tuple[Any, CredentialManager]:
    """Return keyring's back end for Windows, and what it keeps things in."""
    from keyring.backends import Windows

    manager = CredentialManager()
    monkeypatch.setattr(Windows, "win32cred", manager, raising=False)
    monkeypatch.setattr(Windows, "pywintypes", SimpleNamespace(error=WindowsError), raising=False)
    return Windows.WinVaultKeyring(), manager  # type: ignore[no-untyped-call]


def mac_keyring(monkeypatch: pytest.MonkeyPatch) -> tuple[Any, SecurityFramework]:
    """Return keyring's back end for macOS, and what it keeps things in."""
    from keyring.backends import macOS

    framework = SecurityFramework()
    monkeypatch.setattr(macOS, "api", framework, raising=False)
    return macOS.Keyring(), framework  # type: ignore[no-untyped-call]
