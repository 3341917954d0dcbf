"""Starting the window: the application, its services, and nothing that costs before it shows."""

import os
import sys
from pathlib import Path

from cancel_desk.desk import Desk
from cancel_desk.ui.prerequisites import what_is_missing


def run(desk: Desk, file: Path | None) -> int:
    """Open the window, with ``file`` in it if one is given; return the exit code when it closes.

    2 where this machine can't open a window; standard error then says why.
    """
    missing = what_is_missing(os.environ)
    if missing:
        sys.stderr.write(missing + "\n")
        return 2
    # Qt ends the process by itself where something is missing, so it is not touched before this.
    from shiboken6 import delete

    from cancel_desk.ui.application import Application
    from cancel_desk.ui.desktop.desktop import this_desktop
    from cancel_desk.ui.last_resort import LastResort
    from cancel_desk.ui.leaving import Leaving
    from cancel_desk.ui.opening import make_application, make_window

    running = Application.instance()
    application = running if isinstance(running, Application) else make_application()
    window = make_window(desk)
    desktop = this_desktop(lambda: int(window.winId()))
    window.join(desktop)
    application.file_handed.connect(window.take)
    leaving = Leaving(application, window)
    last_resort = LastResort(desk.folders.root, window.notice.explain)
    try:
        window.show()
        window.begin(file)
        return application.exec()
    finally:
        last_resort.end()
        leaving.end()
        desktop.close()
        # Left to Python, the parts of the window would be destroyed in no particular order.
        delete(window)
