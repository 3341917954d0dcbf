"""A screen of its own with a window manager, a mouse and a keyboard: what Qt can't pretend."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from cancel_desk.ui.prerequisites import what_is_missing
from patience import PATIENCE, until

PROGRAMS = ("Xvfb", "openbox", "xdotool")


class Place(NamedTuple):
    """Where something is on the screen, in pixels."""

    x: int
    y: int


def why_there_is_none() -> str:
    """Return why no screen can be made here; empty if one can."""
    if sys.platform != "linux":
        return "the screen is made with Xvfb, which is Linux's"
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    # The screen is made after this is asked, so whether it answers is not.
    return what_is_missing({"DISPLAY": ":0"}, answers=lambda _display: True)


class Screen:
    """Everything that a person does with mouse and keyboard, done by xdotool."""

    def __init__(self, display: str) -> None:
        kept = {key: value for key, value in os.environ.items() if key != "WAYLAND_DISPLAY"}
        self.environ = kept | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}

    @contextmanager
    def running(self, command: Sequence[str]) -> Iterator["subprocess.Popen[str]"]:
        """Start a program on this screen; it is ended with the block."""
        with subprocess.Popen(
            command, env=self.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as program:
            try:
                yield program
            finally:
                program.kill()

    def do(self, *words: object) -> str:
        """Return what xdotool said; CalledProcessError where it could not."""
        done = subprocess.run(
            ["xdotool", *map(str, words)],  # noqa: S607 - wherever it is installed
            env=self.environ,
            check=True,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        return done.stdout

    def is_managed(self) -> bool:
        """Return whether a window manager is there, so that windows can be brought to the front."""
        try:
            self.do("get_num_desktops")
        except subprocess.CalledProcessError:
            return False
        return True

    def window(self, title: str) -> str:
        """Return the id of the window with just this title, once there is one."""
        found: list[str] = []

        def look() -> bool:
            with suppress(subprocess.CalledProcessError):
                found.extend(self.do("search", "--onlyvisible", "--name", f"^{title}$").split())
            return bool(found)

        until(look, f"a window {title!r}; there are {self.titles()}")
        return found[0]

    def titles(self) -> list[str]:
        """Return the titles of all windows that can be seen."""
        with suppress(subprocess.CalledProcessError):
            ids = self.do("search", "--onlyvisible", "--name", ".").split()
            return [self.do("getwindowname", each).strip() for each in ids]
        return []

    def place(self, window: str, across: float, down: float) -> Place:
        """Return a place in a window, by the share of its width and height."""
        lines = self.do("getwindowgeometry", "--shell", window).split()
        facts = {key: int(value) for key, _, value in (line.partition("=") for line in lines)}
        return Place(
            round(facts["X"] + across * facts["WIDTH"]),
            round(facts["Y"] + down * facts["HEIGHT"]),
        )

    def drag(self, begin: Place, end: Place, *, let_go: bool = True) -> None:
        """Drag from one place to another in small steps, as a hand does."""
        self.do("mousemove", *begin, "mousedown", 1)
        steps = 12
        for step in range(1, steps + 1):
            x, y = (round(a + (b - a) * step / steps) for a, b in zip(begin, end, strict=True))
            self.do("mousemove", "--sync", x, y)
        self.do("mousemove", end.x + 1, end.y)
        if let_go:
            self.do("mouseup", 1)

    def press(self, window: str, keys: str) -> None:
        """Press keys with a window in front."""
        self.do("windowactivate", "--sync", window, "key", "--clearmodifiers", keys)


@contextmanager
def screen() -> Iterator[Screen]:
    """Make a screen with a window manager for the time of the block."""
    told, tell = os.pipe()
    command = ["Xvfb", "-displayfd", str(tell), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    # Else it begins anew whenever its last client goes, and throws out who is just coming: xdotool
    # goes many times before the window manager has come.
    command += ["-noreset"]
    with subprocess.Popen(command, pass_fds=(tell,), stderr=subprocess.DEVNULL) as server:
        os.close(tell)
        try:
            with os.fdopen(told) as number:
                made = Screen(f":{int(number.readline())}")
            with made.running(["openbox"]):
                until(made.is_managed, "a window manager")
                yield made
        finally:
            server.terminate()
