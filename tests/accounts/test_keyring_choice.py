"""Keyrings that were chosen in place of the system's, in a program of its own each time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from patience import PATIENCE

ASKING = """
from cancel_desk.accounts.vault import Vault, VaultError
from cancel_desk.texts.connection import kept_sentence, vault_error_sentence
from cancel_desk.walmart.token import Credentials
vault = Vault()
try:
    vault.save("North", Credentials("marked-id", "marked-secret"))
    print(kept_sentence(vault.store_name, chosen_by=vault.chosen_by))
except VaultError as error:
    print(error.problem, vault_error_sentence(error), sep="|")
"""

PLAIN = """
from keyring.backend import KeyringBackend
class PlaintextKeyring(KeyringBackend):
    priority = 9
    def set_password(self, service, username, password):
        open({path!r}, "a").write(password)
    def get_password(self, service, username):
        return None
class Sound(KeyringBackend):
    name = "Sound Keyring"
    priority = {sound}
    kept = {{}}
    def set_password(self, service, username, password):
        self.kept[service, username] = password
    def get_password(self, service, username):
        return self.kept.get((service, username))
    def delete_password(self, service, username):
        del self.kept[service, username]
"""


class Home:
    """A person's home, with what they chose in it."""

    def __init__(self, folder: Path) -> None:
        self.config = folder / "config" / "python_keyring" / "keyringrc.cfg"
        self.config.parent.mkdir(parents=True)
        self.plain = folder / "plain.txt"
        self._modules = folder / "modules"
        self._modules.mkdir()
        self.offer(sound=0.1)
        self._environ = {
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"),
            "PYTHONPATH": str(self._modules),
            "PATH": os.environ["PATH"],
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/at/all",
        }

    def offer(self, *, sound: float) -> None:
        """Offer a keyring that protects and one that doesn't; ``sound`` is the former's rank."""
        module = self._modules / "offered.py"
        module.write_text(PLAIN.format(path=str(self.plain), sound=sound))

    def load_always(self) -> None:
        """Have both known to keyring from the start."""
        (self._modules / "sitecustomize.py").write_text("import offered\n")

    def says(self, **more: str) -> str:
        """Have keys kept, and return what was said; ``more`` are variables."""
        done = subprocess.run(
            [sys.executable, "-c", ASKING],
            check=True,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env={**self._environ, **more},
        )
        assert "marked" not in done.stdout + done.stderr
        assert not self.plain.exists(), "nothing is ever kept in the plain"
        return done.stdout.strip()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.mark.parametrize(
    ("choice", "begins", "named"),
    [
        ("keyring.backends.null.Keyring", "refused_store|", "PYTHON_KEYRING_BACKEND"),
        ("keyring.backends.fail.Keyring", "bad_choice|", "PYTHON_KEYRING_BACKEND"),
        ("offered.PlaintextKeyring", "refused_store|", "PYTHON_KEYRING_BACKEND"),
        ("nowhere.Keyring", "bad_choice|", "PYTHON_KEYRING_BACKEND"),
        ("no dots", "bad_choice|", "PYTHON_KEYRING_BACKEND"),
        ("keyring.backends.chainer.ChainerBackend", "absent|", "no keyring"),
        (
            "offered.Sound",
            "The keys are kept in: Sound Keyring (chosen by PYTHON_KEYRING_BACKEND)",
            "",
        ),
    ],
)
def test_a_variable_that_chooses(choice: str, begins: str, named: str, home: Home) -> None:
    said = home.says(PYTHON_KEYRING_BACKEND=choice)
    assert said.startswith(begins)
    assert named in said


@pytest.mark.parametrize(
    ("choice", "begins"),
    [
        ("keyring.backends.null.Keyring", "refused_store|"),
        ("keyring.backends.fail.Keyring", "bad_choice|"),
        ("offered.PlaintextKeyring", "refused_store|"),
        ("nowhere.Keyring", "bad_choice|"),
        ("offered.Sound", "The keys are kept in: Sound Keyring (chosen by "),
    ],
)
def test_a_file_that_chooses(choice: str, begins: str, home: Home) -> None:
    home.config.write_text(f"[backend]\ndefault-keyring={choice}\n")
    said = home.says()
    assert said.startswith(begins)
    assert str(home.config) in said


def test_a_file_that_makes_no_sense(home: Home) -> None:
    home.config.write_text("no sections at all")
    assert home.says().startswith(f"bad_choice|{home.config}")


def test_a_file_that_says_only_where_to_look_chooses_nothing(home: Home) -> None:
    home.config.write_text(f"[backend]\nkeyring-path={home.config.parent}\n")
    assert home.says().startswith("absent|")


def test_of_a_chain_the_first_is_named_or_refused(home: Home) -> None:
    """Nothing is silently put into another than the first."""
    chain = {"PYTHON_KEYRING_BACKEND": "keyring.backends.chainer.ChainerBackend"}
    home.load_always()
    assert home.says(**chain).startswith("refused_store|")
    home.offer(sound=20)
    assert home.says(**chain).startswith("The keys are kept in: Sound Keyring")
