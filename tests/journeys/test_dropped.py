"""A file dragged from another program onto the window, on a real screen, and sent from there."""

import ctypes
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cancel_desk.desk import open_desk
from cancel_desk.practice.catalogue import SEED, sample_orders
from cancel_desk.practice.sample import clean_rows, write_sheet
from cancel_desk.runs.results import Result
from cancel_desk.ui.prerequisites import PACKAGES
from journeys.real_screen import PROGRAMS, Screen, screen, why_there_is_none
from patience import PATIENCE, until

on_a_screen = pytest.mark.skipif(bool(why_there_is_none()), reason=why_there_is_none())

WINDOW = "Cancel Desk"
SOURCE = "A folder"
DRAG_SOURCE = str(Path(__file__).with_name("drag_source.py"))


@pytest.fixture(scope="module")
def real_screen() -> Iterator[Screen]:
    with screen() as made:
        yield made


def program(state: Path) -> list[str]:
    return [sys.executable, "-m", "cancel_desk", "--data-dir", str(state)]


def source(*files: Path) -> list[str]:
    return [sys.executable, DRAG_SOURCE, SOURCE, *map(str, files)]


def drop(made: Screen, window: str, taken_from: str, at: tuple[float, float]) -> None:
    """Drag what the other program has onto a place of the window, by shares of its size."""
    made.do("windowmove", "--sync", window, 0, 0)
    made.do("windowmove", "--sync", taken_from, 1100, 760)
    made.do("windowraise", taken_from)
    made.drag(made.place(taken_from, 0.5, 0.5), made.place(window, *at))


def can_be_loaded(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def test_only_what_is_not_installed_keeps_the_others_from_running() -> None:
    programs = [each for each in PROGRAMS if shutil.which(each) is None]
    libraries = [each for each in PACKAGES if not can_be_loaded(each)]
    assert programs or libraries or not why_there_is_none()


@on_a_screen
def test_a_dragged_file_is_opened_checked_and_sent(real_screen: Screen, tmp_path: Path) -> None:
    made, state = real_screen, tmp_path / "state"
    orders = sample_orders(SEED, datetime.now(UTC).date())
    rows = clean_rows(orders)[:2]
    path = tmp_path / "März & mine.xlsx"
    write_sheet(path, rows)
    with made.running(program(state)) as window, made.running(source(path)) as other:
        opened, taken_from = made.window(WINDOW), made.window(SOURCE)
        drop(made, opened, taken_from, (0.4, 0.3))
        assert other.stdout is not None
        assert other.stdout.readline() == "CopyAction\n"
        opened = made.window(f"{re.escape(path.name)} — {WINDOW}")
        made.press(opened, "F9")
        made.press(made.window("Review and send"), "ctrl+Return")
        until(lambda: bool(calls(state)), "the cancel at the practice store")
        made.press(opened, "ctrl+q")
        assert window.wait(timeout=PATIENCE) == 0
    (call,) = calls(state)
    assert f'"po":"{rows[0]["PO#"]}"' in call
    (run,) = open_desk(state, {}).runs()
    assert run.counts == Counter({Result.CANCELLED: len(rows)})


def calls(state: Path) -> list[str]:
    """Return the cancels that the practice store has carried out, each as it wrote it down."""
    files = list((state / "practice").glob("*.jsonl"))
    return [line for each in files for line in each.read_text().splitlines() if '"po"' in line]


@on_a_screen
def test_two_files_at_once_are_not_taken(real_screen: Screen, tmp_path: Path) -> None:
    made = real_screen
    files = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for each in files:
        each.write_text("PO#,Line#,Qty,Reason\n1796277093636,1,1,oos\n")
    with made.running(program(tmp_path / "state")), made.running(source(*files)) as other:
        opened, taken_from = made.window(WINDOW), made.window(SOURCE)
        drop(made, opened, taken_from, (0.4, 0.3))
        assert other.stdout is not None
        assert other.stdout.readline() == "IgnoreAction\n"
        assert made.window(WINDOW) == opened
