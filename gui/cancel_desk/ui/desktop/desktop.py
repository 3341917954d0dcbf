"""What the window asks of the desktop around it, whichever that is."""

import sys
from collections.abc import Callable
from typing import Protocol

from cancel_desk.desktop.awake import Awake


class Desktop(Awake, Protocol):
    """The desktop around the window; what it can't do, it leaves undone without a word.

    Every call returns at once. Nothing of it outlives :meth:`close`, nor the process.
    """

    def show_progress(self, done: int, total: int, *, paused: bool) -> None:
        """Show beside the window's icon how far a run is."""

    def clear_progress(self) -> None:
        """Show no progress any more."""

    def notify(self, title: str, text: str) -> None:
        """Tell the person something who looks elsewhere."""


def this_desktop(window_handle: Callable[[], int]) -> Desktop:
    """Return the desktop of this system; ``window_handle`` gives the window's native handle."""
    if sys.platform == "win32":
        from cancel_desk.ui.desktop.windows import WindowsDesktop

        return WindowsDesktop(window_handle)
    elif sys.platform == "darwin":  # noqa: RET505 - type checkers tell platforms apart like this
        from cancel_desk.ui.desktop.macos import MacDesktop

        return MacDesktop()
    else:
        from cancel_desk.desktop.freedesktop import FreeDesktop
        from cancel_desk.desktop.session_bus import SessionBus

        return FreeDesktop(SessionBus())
