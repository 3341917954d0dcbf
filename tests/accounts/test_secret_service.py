"""The vault over a real Secret Service: GNOME Keyring, as it is on most Linux desktops."""

from pathlib import Path

import pytest

from accounts.secret_service import in_session, needs_secret_service

pytestmark = needs_secret_service

HERE = Path(__file__).parent


def acts(home: Path, *words: str, password: str = "") -> list[str]:
    """Return what each act found, in one session over the keyring below ``home``."""
    child = str(HERE / "secret_service_child.py")
    done = in_session(home, [child, *words], password=password)
    assert done.returncode == 0, done.stderr
    assert "marked" not in done.stdout + done.stderr
    return done.stdout.splitlines()


def test_keys_outlive_the_session_for_who_knows_the_password(tmp_path: Path) -> None:
    home = tmp_path / "home"
    name, before, saved, found = acts(home, "name", "load", "save", "load", password="pass")
    assert name == "GNOME Keyring"
    assert before.startswith("missing_entry|GNOME Keyring holds no keys for this account.")
    assert (saved, found) == ("saved", "same")
    assert not [path for path in home.rglob("*") if path.is_file() and b"marked" in _bytes(path)]
    for password in ("wrong", ""):
        load, save = acts(home, "load", "save", password=password)
        for found in (load, save):
            assert found.startswith("locked|GNOME Keyring is locked"), found
    again = ("load", "rename", "load", "save", "forget", "load", "forget")
    kept = acts(home, *again, password="pass")
    assert kept[:2] == ["same", "same"]
    assert kept[2].startswith("missing_entry|")
    assert kept[3:5] == ["saved", "forgotten"]
    assert kept[5].startswith("missing_entry|")
    assert kept[6] == "forgotten"


def test_a_keyring_that_was_never_made_and_nobody_to_ask(tmp_path: Path) -> None:
    """No password and no screen: the service is there, and can't ask for a password."""
    (found,) = acts(tmp_path / "home", "save")
    assert found.startswith("locked|GNOME Keyring is locked")


def test_a_keyring_that_hangs_is_not_waited_for(tmp_path: Path) -> None:
    saved, hanging, found = acts(tmp_path / "home", "save", "hang", "load", password="pass")
    assert saved == "saved"
    assert hanging.startswith("hanging|")
    assert "doesn't answer. Nothing was sent." in hanging
    assert found == "same"


def test_keyrings_own_tests_pass_over_the_vault(tmp_path: Path) -> None:
    """The same tests that the vault passes over a keyring in memory."""
    tests = str(HERE / "test_vault_as_backend.py")
    words = ["-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", tests]
    done = in_session(tmp_path / "home", words, password="pass", KEYRING_UNDER_TEST="system")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # a socket of the session
        pytest.fail(f"{path} can't be read")
