"""Opening the window, and saying what is missing where it can't be opened."""

import ctypes
import importlib.util
import sys
from collections.abc import Mapping
from gettext import gettext as _
from pathlib import Path

from cancel_desk.cli.front import Front
from cancel_desk.cli.halt import Halt

# Debian's and Ubuntu's names for what a desktop nearly always has.
_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
_XCB = Path("Qt/plugins/platforms/libqxcb.so")


def open_window(front: Front, path: Path | None) -> int:
    """Open the window, with a file if one is given; return its exit status when it is closed.

    Halt where this computer has no screen, or lacks a library that windows need.
    """
    if sys.platform == "linux":
        _check_screen(front.environ)
    try:
        from cancel_desk.ui.app import run_window
    except ImportError as error:
        raise Halt(missing_library(str(error))) from error
    return run_window(front.desk, path)


def missing_library(message: str) -> str:
    """Return what to install, from what the system's loader said."""
    library = message.partition(":")[0]
    package = _PACKAGES.get(library)
    if package is None:
        return _(
            "The window can't be opened on this computer ({message}). The commands work without "
            "it: see “cancel-desk --help”."
        ).format(message=message)
    return _(
        "The window can't be opened, because the library {library} is missing. On Debian and "
        "Ubuntu, install it with: sudo apt install {package}. "
        "The commands work without it: see “cancel-desk --help”."
    ).format(library=library, package=package)


def _check_screen(environ: Mapping[str, str]) -> None:
    """Qt ends the whole process where it finds no screen or no library, so look beforehand."""
    if environ.get("QT_QPA_PLATFORM"):
        return
    if environ.get("WAYLAND_DISPLAY"):
        return
    if not environ.get("DISPLAY"):
        raise Halt(
            _(
                "There is no screen here to open a window on. “cancel-desk demo” shows the whole "
                "job in the terminal, “cancel-desk send” does it: see “cancel-desk --help”."
            )
        )
    found = importlib.util.find_spec("PySide6")
    if found is None or found.origin is None:
        return
    plugin = Path(found.origin).parent / _XCB
    if not plugin.exists():
        return
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        raise Halt(missing_library(str(error))) from error
