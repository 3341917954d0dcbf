"""What is done with the vault inside a session with a Secret Service; prints what it found.

``secret_service_child.py ACT ...`` prints one line for each act.
"""

import os
import signal
import sys
from collections.abc import Callable

from cancel_desk.accounts import keyrings
from cancel_desk.accounts.vault import Vault, VaultError
from cancel_desk.texts.connection import vault_error_sentence
from cancel_desk.walmart.token import Credentials

KEYS = Credentials("marked-id", "marked-sécret-" + "x" * 3000)


def _save() -> str:
    Vault().save("Nörth", KEYS)
    return "saved"


def _load() -> str:
    return "same" if Vault().load("Nörth", kept_in="GNOME Keyring") == KEYS else "other"


def _rename() -> str:
    Vault().rename("Nörth", "South")
    return "same" if Vault().load("South") == KEYS else "other"


def _forget() -> str:
    Vault().forget("Nörth")
    return "forgotten"


def _name() -> str:
    return Vault().store_name


def _hang() -> str:
    """Ask a keyring that was stopped in the middle of its life."""
    daemon = keyrings._server_process()
    os.kill(daemon, signal.SIGSTOP)
    try:
        Vault(seconds=0.5).load("Nörth")
    finally:
        os.kill(daemon, signal.SIGCONT)
    return "answered"


_ACTS: dict[str, Callable[[], str]] = {
    "save": _save,
    "load": _load,
    "rename": _rename,
    "forget": _forget,
    "name": _name,
    "hang": _hang,
}


def main(acts: list[str]) -> None:
    """Do these acts one after the other."""
    for act in acts:
        try:
            found = _ACTS[act]()
        except VaultError as error:
            found = f"{error.problem}|{vault_error_sentence(error)}"
        sys.stdout.write(f"{found}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
