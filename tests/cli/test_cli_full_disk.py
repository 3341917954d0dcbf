"""A disk that gets full in the middle of a run, for real."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from cli.terminal import Said, Terminal, ended, keys_of, start
from journeys.selling import Wish, hold_against, read_results, write_csv
from standin.orders import Line, Order
from standin.walmart import Manners, StandIn

ORDERS = 40
FEW_KILOBYTES = 260
"""Enough to begin with, and for a few calls."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits files as POSIX does")


@pytest.fixture
def stand_in(terminal: Terminal) -> Iterator[StandIn]:
    orders = [Order(str(1577914061000 + at), str(at), [Line("1", "A", 1)]) for at in range(ORDERS)]
    manners = Manners(capacity=60, per_minute=600_000, latency=0.01)
    with StandIn(orders, manners=manners) as serving:
        terminal.environ = keys_of(serving.address)
        yield serving


@pytest.fixture
def rows(stand_in: StandIn) -> list[Wish]:
    return [Wish(po, "1", "A", "1", "oos", {(po, "1"): 1}) for po in stand_in.book.orders]


def limited(terminal: Terminal, words: Sequence[str | Path]) -> Said:
    """Run a command that can't make any file longer than this."""
    code = (
        "import resource, runpy, sys\n"
        # A library's compiled code would be cut short too, and stay so for everybody.
        "sys.dont_write_bytecode = True\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({FEW_KILOBYTES * 1024},) * 2)\n"
        "runpy.run_module('cancel_desk', run_name='__main__', alter_sys=True)\n"
    )
    argv = ["--data-dir", str(terminal.state), *map(str, words)]
    return ended(start(argv, terminal.environ, program=("-c", code)))


@pytest.fixture
def small_disk(terminal: Terminal, tmp_path: Path) -> Iterator[None]:
    """A disk of its own for the state folder, as small as that."""
    place = tmp_path / "disk"
    place.mkdir()
    if not mounted("-t", "tmpfs", "-o", f"size={FEW_KILOBYTES}k", "tmpfs", str(place)):
        pytest.skip("no disk can be made here")
    terminal.state = place / "state"
    yield
    umount = shutil.which("umount")
    assert umount is not None
    subprocess.run([umount, str(place)], check=True)


def mounted(*options: str) -> bool:
    """Mount something; return whether that is possible and allowed here."""
    mount = shutil.which("mount")
    if mount is None:
        return False
    return not subprocess.run([mount, *options], check=False, capture_output=True).returncode


def grown(terminal: Terminal, words: Sequence[str | Path]) -> Said:
    return ended(terminal.start(*words))


def make_room(folder: Path) -> None:
    assert mounted("-o", "remount,size=100m", str(folder / "disk"))


def fill(path: Path) -> None:
    """Write a file until nothing more fits."""
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    assert shutil.disk_usage(path).free == 0


def check(
    terminal: Terminal,
    stand_in: StandIn,
    rows: list[Wish],
    folder: Path,
    send: Callable[[Terminal, Sequence[str | Path]], Said],
    make_room: Callable[[], None],
) -> None:
    """Send until it is full, then resume: nothing twice, nothing untrue, and it is said."""
    sheet, out = write_csv(folder / "orders.csv", rows), folder / "out.xlsx"
    said = send(terminal, ("send", sheet, "--account", "env", "--results", out, "--yes", "--json"))
    assert said.status == 1
    assert "so nothing more is sent. Check the free space of the disk" in said.told
    assert "Traceback" not in said.err
    first = dict(stand_in.applied)
    assert 0 < len(first) < ORDERS
    assert hold_against(rows, read_results(out), stand_in.applied).wrong == []
    meanings = [row["What it means"] for row in read_results(out)]
    assert "Sending now." not in meanings
    assert said.json["cancelled"] + said.json["unknown"] >= len(first)
    make_room()
    again = terminal.type("resume", "--results", out, "--yes", "--json")
    assert again.json["cancelled"] == ORDERS
    assert all(calls == [1] for calls in stand_in.applied.values())
    assert hold_against(rows, read_results(out), stand_in.applied).wrong == []


def test_a_run_file_that_can_not_grow(
    terminal: Terminal, stand_in: StandIn, rows: list[Wish], tmp_path: Path
) -> None:
    check(terminal, stand_in, rows, tmp_path, limited, lambda: None)


@pytest.mark.usefixtures("small_disk")
def test_a_disk_without_room(
    terminal: Terminal, stand_in: StandIn, rows: list[Wish], tmp_path: Path
) -> None:
    check(terminal, stand_in, rows, tmp_path, grown, lambda: make_room(tmp_path))


@pytest.mark.usefixtures("small_disk")
def test_a_disk_that_is_full_from_the_start_sends_nothing(
    terminal: Terminal, stand_in: StandIn, rows: list[Wish], tmp_path: Path
) -> None:
    terminal.state.mkdir(mode=0o700)
    fill(tmp_path / "disk" / "filler")
    sheet, out = write_csv(tmp_path / "orders.csv", rows), tmp_path / "out.xlsx"
    said = grown(terminal, ("send", sheet, "--account", "env", "--results", out, "--yes", "--json"))
    assert (said.status, said.out) == (2, "")
    assert "Traceback" not in said.err
    assert "Nothing was sent, because the file of this run could not be written" in said.told
    assert "When there is room, send the sheet again." in said.told
    assert "cancelled there" not in said.told
    assert stand_in.applied == {}
    assert list((terminal.state / "runs").iterdir()) == []
    assert terminal.runs() == []
    make_room(tmp_path)
    (tmp_path / "disk" / "filler").unlink()
    again = terminal.type("send", sheet, "--account", "env", "--results", out, "--yes", "--json")
    assert again.json["cancelled"] == ORDERS


@pytest.mark.usefixtures("small_disk")
def test_runs_that_are_finished_are_read_on_a_full_disk(
    terminal: Terminal, stand_in: StandIn, rows: list[Wish], tmp_path: Path
) -> None:
    assert mounted("-o", "remount,size=4m", str(tmp_path / "disk"))
    sheet, out = write_csv(tmp_path / "orders.csv", rows), tmp_path / "out.xlsx"
    terminal.type("send", sheet, "--account", "env", "--results", out, "--yes", "--json")
    assert len(stand_in.applied) == ORDERS
    (terminal.state / "runs-index.sqlite").unlink(missing_ok=True)
    fill(tmp_path / "disk" / "filler")
    [found] = grown(terminal, ("runs", "--json")).json
    assert not found["unreadable"]
    assert found["counts"]["cancelled"] == ORDERS
