"""Starting the window: what a person sees first, and whatever costs time after it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cancel_desk.language import gettext as _
from cancel_desk.ui.prerequisites import what_is_missing

if TYPE_CHECKING:
    from cancel_desk.desk import Desk
    from cancel_desk.ui.application import Application
    from cancel_desk.ui.window import MainWindow


def run(open_desk: Callable[[], "Desk"], root: Path, file: Path | None) -> int:
    """Open the window, with ``file`` in it if one is given; return the exit code when it closes.

    ``open_desk`` makes the desk over the state folder ``root``, and is called once the window can
    be seen; where it raises OSError the window says so. 2 for that, and where this machine can't
    open a window; standard error then says why.
    """
    missing = what_is_missing(os.environ)
    if missing:
        sys.stderr.write(missing + "\n")
        return 2
    # Qt ends the process by itself where something is missing, so it is not touched before this.
    from shiboken6 import delete

    from cancel_desk.ui.application import Application
    from cancel_desk.ui.opening import make_application, make_frame, show_frame

    running = Application.instance()
    application = running if isinstance(running, Application) else make_application()
    window = make_frame(root)
    # macOS tells what to open as soon as events are heard, which is before the window is complete.
    handed = [file] if file else []
    application.file_handed.connect(handed.append)
    try:
        show_frame(window)
        if not window.isVisible():
            return 0
        try:
            desk = open_desk()
        except OSError as error:
            return _refuse(window, root, error)
        application.file_handed.disconnect(handed.append)
        return _use(application, window, desk, handed[-1] if handed else None)
    finally:
        # Left to Python, the parts of the window would be destroyed in no particular order.
        delete(window)


def _refuse(window: "MainWindow", root: Path, error: OSError) -> int:
    """Say that there can be no desk, and wait until that is closed."""
    from PySide6.QtCore import QEventLoop

    from cancel_desk.texts.runs import state_folder_sentence
    from cancel_desk.ui.dialogs.questions import tell

    sentence = state_folder_sentence(root, error)
    sys.stderr.write(sentence + "\n")
    loop = QEventLoop()
    tell(window, _("There is no place for the records"), sentence).finished.connect(loop.quit)
    loop.exec()
    return 2


def _use(application: "Application", window: "MainWindow", desk: "Desk", file: Path | None) -> int:
    from cancel_desk.ui.desktop.desktop import this_desktop
    from cancel_desk.ui.last_resort import LastResort
    from cancel_desk.ui.leaving import Leaving
    from cancel_desk.ui.opening import furnish

    furnish(window, desk)
    desktop = this_desktop(lambda: int(window.winId()))
    window.join(desktop)
    application.file_handed.connect(window.take)
    leaving = Leaving(application, window)
    last_resort = LastResort(desk.folders.root, window.notice.explain)
    try:
        window.begin(file)
        if file is None:
            window.welcoming.greet()
        return application.exec()
    finally:
        last_resort.end()
        leaving.end()
        desktop.close()
