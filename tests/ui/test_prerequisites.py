"""What is said where no window can open."""

import sys
from pathlib import Path

import pytest

from cancel_desk.desk import Desk
from cancel_desk.ui.app import run
from cancel_desk.ui.prerequisites import what_is_missing, x11_answers

X11 = {"DISPLAY": ":0"}


class Loader:
    """Loads every library but the named ones; they are missing from Qt's plugin too."""

    def __init__(self, *missing: str) -> None:
        self.missing = missing
        self.asked: list[str] = []

    def __call__(self, name: str) -> object:
        self.asked.append(Path(name).name)
        plugin = name.endswith("libqxcb.so")
        if name in self.missing or (plugin and self.missing):
            raise OSError(f"{self.missing[0]}: cannot open shared object file")
        return object()


def test_without_a_screen_the_demo_is_named() -> None:
    said = what_is_missing({}, platform="linux")
    assert "no screen" in said
    assert "cancel-desk demo" in said


@pytest.mark.parametrize(
    "environ", [X11, {"WAYLAND_DISPLAY": "w"}, {"QT_QPA_PLATFORM": "offscreen"}]
)
def test_a_screen_and_all_libraries_are_enough(environ: dict[str, str]) -> None:
    answers = {":0": True}.__getitem__
    assert what_is_missing(environ, platform="linux", load=Loader(), answers=answers) == ""


def test_a_screen_that_does_not_answer_is_named() -> None:
    said = what_is_missing(X11, platform="linux", load=Loader(), answers=lambda _display: False)
    assert "the screen :0 does not answer" in said
    assert "cancel-desk demo" in said


@pytest.mark.skipif(sys.platform != "linux", reason="X11 is the screen of Linux")
def test_a_display_that_nobody_serves_does_not_answer() -> None:
    assert not x11_answers(":4711")


def test_a_missing_library_of_x11_is_another_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.CDLL", Loader("libxcb.so.1"))
    assert x11_answers(":4711")


def test_other_systems_bring_everything() -> None:
    assert what_is_missing({}, platform="win32", load=Loader("libEGL.so.1")) == ""


def test_every_missing_library_is_named_by_its_package() -> None:
    loader = Loader("libxcb-icccm.so.4", "libxcb-cursor.so.0", "libEGL.so.1")
    said = what_is_missing(X11, platform="linux", load=loader)
    assert said.endswith("sudo apt install libegl1 libxcb-cursor0 libxcb-icccm4")
    assert loader.asked[0] == "libqxcb.so"


def test_an_unknown_library_is_named_by_the_systems_own_words() -> None:
    said = what_is_missing(X11, platform="linux", load=Loader("libnew.so.9"))
    assert "libnew.so.9" in said
    assert "\n" not in said


def test_x11s_libraries_are_not_asked_for_without_x11() -> None:
    loader = Loader()
    what_is_missing({"QT_QPA_PLATFORM": "offscreen"}, platform="linux", load=loader)
    assert loader.asked == ["libqoffscreen.so"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems bring what Qt needs")
def test_the_program_says_it_in_one_line_and_leaves(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert run(lambda: desk, desk.folders.root, None) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
