"""Which keyring the system offers, whether it protects what it is given, and what it is called."""

import os
from configparser import Error as ConfigError
from configparser import RawConfigParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cancel_desk.accounts.vault_problems import VaultError, VaultProblem

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

CHOICE = "PYTHON_KEYRING_BACKEND"
"""The environment variable that makes keyring use another store than the system's."""

SECRET_SERVICE = "Secret Service"  # noqa: S105 - what freedesktop.org calls it
_SECRET_SERVICES = ("keyring.backends.SecretService", "keyring.backends.libsecret")
_STORE_NAMES = {
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.Windows": "Windows Credential Manager",
    "keyring.backends.macOS": "macOS Keychain",
}
# Beginnings of the names of programs that serve the Secret Service.
_SERVERS = {
    "gnome-keyring": "GNOME Keyring",
    "kwallet": "KWallet",
    "ksecret": "KWallet",
    "keepassxc": "KeePassXC",
}
_BUS_SECONDS = 5.0


def sound_backend(given: "KeyringBackend | None") -> Any:
    """Return the keyring to use: ``given``, else the system's or the one chosen instead of it.

    Raises VaultError: ABSENT, REFUSED_STORE, BAD_CHOICE.
    """
    backend: Any = given or _chosen()
    while _module(backend) == "keyring.backends.chainer":
        # It writes to the first that takes it and reads from whichever answers; one is enough.
        if not backend.backends:
            raise VaultError(VaultProblem.ABSENT)
        backend = backend.backends[0]
    by = "" if given else chosen_by()
    if _module(backend) == "keyring.backends.fail":
        # Somebody may have chosen to have none.
        raise VaultError(VaultProblem.BAD_CHOICE if by else VaultProblem.ABSENT, store=by)
    if any(_protects_nothing(each) for each in type(backend).__mro__):
        raise VaultError(VaultProblem.REFUSED_STORE, store=store_name(backend), detail=by)
    return backend


def store_name(backend: Any) -> str:
    """Return what the person knows a keyring by."""
    module = _module(backend)
    if module in _SECRET_SERVICES:
        return _secret_service_name()
    return _STORE_NAMES.get(module) or str(backend.name)


def same_store(name: str, other: str) -> bool:
    """Say whether two names may mean one keyring.

    Which program serves the Secret Service can't always be told, so its plain name fits each.
    """
    if name == other:
        return True
    known = {SECRET_SERVICE, *_SERVERS.values()}
    return SECRET_SERVICE in (name, other) and {name, other} <= known


def chosen_by() -> str:
    """Return what chose the keyring in place of the system: a variable, a file, or ""."""
    if os.environ.get(CHOICE):
        return CHOICE
    from keyring.util.platform_ import config_root

    path = Path(str(config_root())) / "keyringrc.cfg"
    return str(path) if _names_a_keyring(path) else ""


def _names_a_keyring(path: Path) -> bool:
    """Say whether a file chooses a keyring; it may also tell only where to look for more."""
    parser = RawConfigParser()
    try:
        return bool(parser.read(path, encoding="utf-8")) and parser.has_option(
            "backend", "default-keyring"
        )
    except (OSError, ConfigError, UnicodeError):
        return True  # keyring stumbles over it too


def _chosen() -> Any:
    import keyring

    failure: Exception | None = None
    try:
        return keyring.get_keyring()
    except Exception as error:  # noqa: BLE001 - whatever importing the chosen one raises
        failure = error
    if by := chosen_by():
        raise VaultError(VaultProblem.BAD_CHOICE, store=by)
    raise failure


def _module(backend: Any) -> str:
    return type(backend).__module__


def _protects_nothing(kind: type) -> bool:
    # keyrings.alt keeps its entries in files, some of them readable by anyone.
    return (
        kind.__module__ == "keyring.backends.null"
        or kind.__module__.startswith("keyrings.alt")
        or "plaintext" in kind.__name__.casefold()
    )


def _secret_service_name() -> str:
    """Return the name of the program that serves the Secret Service in this session."""
    try:
        command = _server_command()
    except Exception:  # noqa: BLE001 - only the name is lost: no bus, another user's process
        return SECRET_SERVICE
    found = (name for begin, name in _SERVERS.items() if command.casefold().startswith(begin))
    return next(found, SECRET_SERVICE)


def _server_command() -> str:
    return Path(f"/proc/{_server_process()}/comm").read_text(encoding="utf-8")


def _server_process() -> int:
    # What keyring itself talks to the Secret Service with; elsewhere it is not installed.
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    bus = DBusAddress(
        "/org/freedesktop/DBus", "org.freedesktop.DBus", interface="org.freedesktop.DBus"
    )
    question = new_method_call(bus, "GetConnectionUnixProcessID", "s", ("org.freedesktop.secrets",))
    with open_dbus_connection() as connection:
        reply = connection.send_and_get_reply(question, timeout=_BUS_SECONDS)
    return int(reply.body[0])
