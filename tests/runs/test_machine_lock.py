"""The lock of a store that a copied state folder meets too."""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final, NoReturn

import pytest

from cancel_desk.folders import lock_places
from cancel_desk.runs.journal import RunInUse
from cancel_desk.runs.machine_lock import SETTLES, MachineLock, NoLockPlace, SentElsewhere
from cancel_desk.texts.runs import journal_error_sentence
from startup import sitecustomize

_VARIABLES: Final = (
    "HOME", "TMPDIR", "TEMP", "TMP", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "USER",
    "LOGNAME",
)  # fmt: skip
posix = pytest.mark.skipif(sys.platform == "win32", reason="about POSIX owners and modes")


class Machine:
    """Two state folders of one user, and a clock."""

    def __init__(self, folder: Path) -> None:
        self.now = 1000.0
        self.places = [folder / "locks"]
        self.state, self.copy = folder / "state", folder / "copy"
        for each in (self.state, self.copy):
            each.mkdir()
        self.held = ExitStack()

    def lock(self, folder: Path, name: str = "store") -> MachineLock:
        return MachineLock(self.places, name, folder, clock=lambda: self.now)

    def send_from(self, folder: Path, *, seconds: float = 0.0) -> None:
        """Send for so long, and end as a run ends."""
        let_go = self.lock(folder).take()
        self.now += seconds
        let_go()

    def die_sending_from(self, folder: Path) -> None:
        """End as a run ends whose program is killed."""
        let_go = self.lock(folder).take()
        taken = [cell.cell_contents for cell in let_go.__closure__ or ()]
        next(each for each in taken if isinstance(each, sqlite3.Connection)).close()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    made = Machine(tmp_path)
    with made.held:
        yield made


def test_two_folders_do_not_send_for_one_store_at_once(machine: Machine) -> None:
    machine.held.callback(machine.lock(machine.state).take())
    for folder in (machine.state, machine.copy):
        with pytest.raises(RunInUse):
            machine.lock(folder).take()
    machine.held.callback(machine.lock(machine.copy, "other store").take())


def test_another_folder_waits_until_a_reading_surely_shows_what_was_sent(machine: Machine) -> None:
    machine.send_from(machine.state, seconds=500)
    machine.now += 10
    with pytest.raises(SentElsewhere) as caught:
        machine.lock(machine.copy).take()
    assert caught.value.seconds == SETTLES - 10
    assert journal_error_sentence(caught.value).endswith("Resume the run in about 20 seconds.")
    machine.send_from(machine.state)
    machine.now += SETTLES
    machine.send_from(machine.copy)


def test_a_clock_that_was_set_back_closes_no_store_for_longer(machine: Machine) -> None:
    machine.send_from(machine.state)
    machine.now -= 3600
    with pytest.raises(SentElsewhere) as caught:
        machine.lock(machine.copy).take()
    assert caught.value.seconds == SETTLES


def test_a_killed_program_counts_as_having_sent_until_it_is_found(machine: Machine) -> None:
    machine.die_sending_from(machine.state)
    machine.now += 3600
    with pytest.raises(SentElsewhere) as caught:
        machine.lock(machine.copy).take()
    assert caught.value.seconds == SETTLES
    machine.now += SETTLES
    machine.send_from(machine.copy)
    machine.die_sending_from(machine.copy)
    machine.send_from(machine.copy)


def test_a_folder_put_in_the_place_of_another_is_another_one(machine: Machine) -> None:
    machine.send_from(machine.state)
    machine.state.rename(machine.state.with_name("set aside"))
    machine.copy.rename(machine.state)
    with pytest.raises(SentElsewhere):
        machine.lock(machine.state).take()


@posix
def test_a_place_that_others_may_write_to_is_not_used(machine: Machine, tmp_path: Path) -> None:
    for mode in (0o777, 0o720):
        machine.places[0].mkdir(exist_ok=True)
        machine.places[0].chmod(mode)
        with pytest.raises(NoLockPlace, match="open to others"):
            machine.lock(machine.state).take()
    machine.places = [tmp_path / "link", tmp_path / "file"]
    machine.places[0].symlink_to(machine.copy)
    machine.places[1].touch()
    with pytest.raises(NoLockPlace):
        machine.lock(machine.state).take()
    machine.places.append(tmp_path / "deep" / "own")
    machine.send_from(machine.state)
    assert machine.places[2].stat().st_mode & 0o777 == 0o700


def test_what_can_not_be_locked_sends_nothing_and_says_so(machine: Machine) -> None:
    machine.places[0].mkdir(mode=0o700)
    (machine.places[0] / "store.lock").write_text("this is no lock, and long enough to be read")
    with pytest.raises(NoLockPlace) as caught:
        machine.lock(machine.state).take()
    sentence = journal_error_sentence(caught.value)
    assert "nothing was sent" in sentence
    assert "home folder" in sentence


def test_an_odd_note_in_the_lock_sends_nothing(machine: Machine) -> None:
    machine.places[0].mkdir(mode=0o700)
    with closing(sqlite3.connect(machine.places[0] / "store.lock")) as odd:
        odd.execute("CREATE TABLE sent_from (other TEXT)")
        odd.commit()
    with pytest.raises(NoLockPlace):
        machine.lock(machine.state).take()


@posix
def test_the_place_depends_on_nothing_that_differs_between_terminal_and_schedule(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import pwd

    home, temporary = lock_places()
    assert home.is_relative_to(pwd.getpwuid(os.getuid()).pw_dir)
    assert str(os.getuid()) in temporary.name
    for name in _VARIABLES:
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)  # it would be remembered from before
    assert lock_places() == (home, temporary)

    monkeypatch.setenv(sitecustomize.HOME, "")
    assert lock_places() == (temporary,), "no folder of wherever the program was started"

    def unknown(uid: int) -> NoReturn:
        raise KeyError(uid)

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert lock_places() == (temporary,)
