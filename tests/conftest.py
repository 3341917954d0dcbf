"""What holds for every test: no screen, no network but this machine, no state of the person's."""

import os
import signal
import socket
import sys
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import settings

from cancel_desk.language import Tongue, speak
from memory_keyring import MemoryKeyring
from startup import sitecustomize

if TYPE_CHECKING:
    from cancel_desk.ui.application import Application
    from ui.patient_bot import PatientBot

# Qt reads it when the first window is made.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Whatever is started from a test speaks the language its sentences are compared in.
os.environ["CANCEL_DESK_LANGUAGE"] = "en"


def pytest_configure(config: pytest.Config) -> None:
    """Tolerate the one message that the offscreen platform has for every dialog.

    And let an example take as long as it takes: on a busy machine a time limit says nothing.
    """
    settings.register_profile("cancel-desk", deadline=None)
    settings.load_profile("cancel-desk")
    config.addinivalue_line("qt_log_ignore", "does not support propagateSizeHints")
    _hear_what_ends_a_program()


def _hear_what_ends_a_program() -> None:
    """Have the programs that tests start answer Ctrl+C, even where the tests run in the background.

    A shell has what it starts there ignore it, and nohup a terminal that closes; both are handed on
    to every program started from there.
    """
    for name in ("SIGINT", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave no test another language than English."""
    yield
    speak(Tongue("en"))


@pytest.fixture(scope="session", autouse=True)
def only_this_machine() -> Iterator[None]:
    """Refuse every connection to another machine."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def refuse_others(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address):
            pytest.fail(f"a test wanted to reach {address}")

    def checked_connect(self: socket.socket, address: object) -> None:
        refuse_others(self, address)
        connect(self, address)  # type: ignore[arg-type]

    def checked_connect_ex(self: socket.socket, address: object) -> int:
        refuse_others(self, address)
        return connect_ex(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", checked_connect)
        patch.setattr(socket.socket, "connect_ex", checked_connect_ex)
        yield


def _is_here(address: object) -> bool:
    if not isinstance(address, tuple) or not address:
        return False
    host = str(address[0])
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def no_state_of_the_person(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Hide the person's accounts, settings and data folders from the test."""
    for name in [name for name in os.environ if name.startswith("CANCEL_DESK_")]:
        monkeypatch.delenv(name)
    # One for each test: a store that was sent to a moment ago is closed to other folders, and two
    # tests may have their stores at the same port one after the other.
    home = tmp_path_factory.getbasetemp() / "homes" / uuid4().hex
    monkeypatch.setenv("USERPROFILE" if sys.platform == "win32" else "HOME", str(home))
    # The user database knows it, too: here, and in every Python that the test starts.
    monkeypatch.setenv(sitecustomize.HOME, str(home))
    monkeypatch.setenv("PYTHONPATH", str(Path(sitecustomize.__file__).parent))
    for name, folder in (
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
    ):
        monkeypatch.setenv(name, str(home / folder))


@pytest.fixture(autouse=True)
def memory_keyring() -> Iterator[MemoryKeyring]:
    """A keyring of the test's own in place of the system's."""
    import keyring

    before = keyring.get_keyring()
    mine = MemoryKeyring()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


@pytest.fixture(scope="session")
def qapp_cls() -> "type[Application]":
    """The program's own application in the tests of its window."""
    from cancel_desk.ui.application import Application

    return Application


@pytest.fixture
def qtbot(qapp: "Application", request: pytest.FixtureRequest) -> "PatientBot":
    """The hands of the tests of the window, which never give up on a machine that is busy."""
    from ui.patient_bot import PatientBot

    return PatientBot(request)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """An empty folder for the program's state."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder
