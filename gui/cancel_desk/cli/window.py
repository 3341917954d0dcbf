"""The words that open the window. They are known before the command line itself is loaded."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from cancel_desk.folders import default_root

if TYPE_CHECKING:
    from cancel_desk.desk import Desk

DATA_DIR: Final = "--data-dir"


class WindowWish(NamedTuple):
    """The window is wanted: with this state folder, if not the usual one, and this file."""

    root: Path | None
    file: Path | None


def window_wish(argv: Sequence[str]) -> WindowWish | None:
    """Return what was typed if it plainly asks for the window; None to leave it to the commands.

    Those know the rest: options, and a file whose name could be a command.
    """
    words = list(argv)
    root = None
    if words[:1] == [DATA_DIR] and len(words) > 1:
        root = Path(words[1])
        del words[:2]
    if not words:
        return WindowWish(root, None)
    file = Path(words[0])
    if len(words) == 1 and file.suffix and not words[0].startswith("-"):
        return WindowWish(root, file)
    return None


def open_window(root: Path | None, environ: Mapping[str, str], file: Path | None) -> int:
    """Open the window, with ``file`` in it if one is given; return the exit status."""
    from cancel_desk.ui.app import run

    folder = root or default_root()

    def open_desk() -> "Desk":
        from cancel_desk.desk import open_desk as make

        return make(folder, environ)

    return run(open_desk, folder, file)
