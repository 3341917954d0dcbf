"""What Qt needs of a Linux machine, looked for before Qt ends the process over it."""

import ctypes
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from cancel_desk.language import gettext as _

PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""The libraries that Qt's packages leave to the system, and Debian's names for them."""


def x11_answers(display: str) -> bool:
    """Tell whether an X11 display can be reached; True too where its library is missing."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # what is missing is told by its name
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def what_is_missing(
    environ: Mapping[str, str],
    *,
    platform: str = sys.platform,
    load: Callable[[str], object] = ctypes.CDLL,
    answers: Callable[[str], bool] = x11_answers,
) -> str:
    """Return a sentence on why no window can open here and what to do; empty if one can.

    ``load`` opens a shared library and raises OSError where that fails; ``answers`` tells whether a
    display can be reached.
    """
    if platform != "linux":
        return ""
    wanted = environ.get("QT_QPA_PLATFORM", "")
    x11, wayland = environ.get("DISPLAY"), environ.get("WAYLAND_DISPLAY")
    if not wanted and not x11 and not wayland:
        return _(
            "There is no screen to open a window on. Without a screen, `cancel-desk demo` shows "
            "the whole job, and `cancel-desk --help` lists the commands."
        )
    plugin = "libqxcb.so" if wanted.startswith("xcb") or (not wanted and not wayland) else ""
    trouble = _load_trouble(plugin or "libqoffscreen.so", load)
    if not trouble:
        return "" if not plugin or not x11 or answers(x11) else _no_answer(x11)
    packages = [package for name, package in PACKAGES.items() if _fails(name, load)]
    if not packages:
        return _(
            "No window can be opened, because a library of the system is missing: {why}"
        ).format(why=trouble)
    return _(
        "No window can be opened, because libraries of the system are missing. On Debian or "
        "Ubuntu, install them with: sudo apt install {packages}"
    ).format(packages=" ".join(packages))


def _no_answer(display: str) -> str:
    return _(
        "No window can be opened, because the screen {display} does not answer. Start Cancel Desk "
        "on a desktop. Without a screen, `cancel-desk demo` shows the whole job, and `cancel-desk "
        "--help` lists the commands."
    ).format(display=display)


def _load_trouble(plugin: str, load: Callable[[str], object]) -> str:
    """Return why Qt's plugin can't be loaded; empty if it can, or if there is none to try."""
    found = find_spec("PySide6")
    for folder in (found and found.submodule_search_locations) or ():
        path = Path(folder) / "Qt" / "plugins" / "platforms" / plugin
        if path.exists():
            try:
                load(str(path))
            except OSError as error:
                return str(error)
    return ""


def _fails(name: str, load: Callable[[str], object]) -> bool:
    try:
        load(name)
    except OSError:
        return True
    return False
