"""Building the application and its window: first what can be seen, then all of it."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtGui import QGuiApplication
from shiboken6 import delete

from cancel_desk import __version__
from cancel_desk.resources import resource
from cancel_desk.ui.application import Application
from cancel_desk.ui.garbage import GarbageCollection
from cancel_desk.ui.spoken_language import speak_in_window, wanted_in_window
from cancel_desk.ui.window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from cancel_desk.desk import Desk

DESKTOP_ENTRY: Final = "cancel-desk"
"""The name of the desktop entry that the packages install, without its suffix."""

_TURN_SECONDS: Final = 0.001
"""How long a thread may keep the interpreter that others wait for; Python's own is 5 ms."""


_LONGEST_UNSEEN_MS: Final = 500


def make_application() -> Application:
    """Return the application, named; its icon comes with what furnishes a window."""
    application = Application([])
    # While a thread plans or checks a large sheet, whatever Qt calls back here waits this long for
    # the interpreter: a page that is painted asks a hundred times.
    sys.setswitchinterval(_TURN_SECONDS)
    application.setApplicationName("cancel-desk")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName(DESKTOP_ENTRY)
    GarbageCollection(application)
    application.aboutToQuit.connect(leave_plain_text)
    return application


def leave_plain_text() -> None:
    """Leave what was copied here as text alone.

    Cells are copied as an object of Python's, and some platforms let go of that only after Python
    has ended, which ends the process badly.
    """
    clipboard = QGuiApplication.clipboard()
    from cancel_desk.ui.grid.clipboard import CELLS

    data: QMimeData | None = clipboard.mimeData()
    if data is not None and data.hasFormat(CELLS):
        clipboard.setText(clipboard.text())


def make_frame(root: Path) -> MainWindow:
    """Return a window that can be shown, but is not furnished yet, for a state folder."""
    settings = QSettings(str(root / "window.ini"), QSettings.Format.IniFormat)
    speak_in_window(wanted_in_window(settings))
    return MainWindow(settings)


def show_frame(window: MainWindow) -> None:
    """Show a window that is not furnished, and return once it has been painted or closed."""
    loop = QEventLoop()
    window.face.painted.connect(loop.quit)
    # A system may find that nobody can see it, and never have it painted.
    QTimer.singleShot(_LONGEST_UNSEEN_MS, loop, loop.quit)
    window.show()
    loop.exec()


def furnish(window: MainWindow, desk: "Desk") -> None:
    """Make all parts of a window, on a desk; its settings are a file in the desk's own folder."""
    from PySide6.QtGui import QIcon

    from cancel_desk.ui.session.background import Background
    from cancel_desk.ui.session.session import Session

    QGuiApplication.setWindowIcon(QIcon(str(resource("icon.svg"))))
    path = Path(window.settings.fileName())
    with suppress(OSError):  # then settings are not kept at all
        # Qt makes it readable by everybody, and keeps what it finds.
        path.touch(mode=0o600)
        path.chmod(0o600)
    window.furnish(Session(desk, Background(), window.settings))


def make_window(desk: "Desk") -> MainWindow:
    """Return a whole window on a desk."""
    window = make_frame(desk.folders.root)
    furnish(window, desk)
    return window


def show_once(desk: "Desk") -> int:
    """Open the window, have it painted, and close it; return how many colours it showed."""
    application = make_application()
    window = make_window(desk)
    try:
        window.show()
        window.begin(None)
        application.processEvents()
        picture = window.grab().toImage()
        columns, rows = range(0, picture.width(), 4), range(0, picture.height(), 4)
        shown = {picture.pixel(x, y) for x in columns for y in rows}
        window.close()
        # Left to Qt, it would be written when the folder may be gone, and make it anew.
        window.session.settings.sync()
        return len(shown)
    finally:
        # Left to Python, the parts of the window would be destroyed in no particular order.
        delete(window)
