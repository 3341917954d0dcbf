"""A window that sends slowly, as a program of its own: ``leaving_child.py FOLDER``."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from cancel_desk.desk import Desk
from cancel_desk.folders import Folders
from cancel_desk.practice.faults import Faults
from cancel_desk.ui.app import run
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.opening import make_application
from cancel_desk.ui.window import MainWindow
from ui.fast_store import FastConnections


def the_window() -> MainWindow:
    """Return the program's window."""
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))


def main(root: Path) -> int:
    """Send the sample slowly; say when that is under way."""
    make_application()
    folders = Folders(root)
    folders.create()
    connections = FastConnections(folders)
    timer = QTimer(interval=20)
    steps: list[Callable[[], bool]] = []

    def begin() -> bool:
        the_window().session.try_practice()
        return True

    def ask() -> bool:
        if the_window().session.review is None:
            return False
        the_window().session.prepare()
        return True

    def confirm() -> bool:
        dialogs = the_window().findChildren(ConfirmDialog)
        if dialogs:
            connections.stores[-1].faults = Faults(latency=0.5)
            dialogs[0].send.click()
        return bool(dialogs)

    def say() -> bool:
        if the_window().pages.send.model.states.total() == 0:
            return False
        sys.stdout.write("sending\n")
        sys.stdout.flush()
        return True

    steps += [begin, ask, confirm, say]

    def step() -> None:
        if steps and steps[0]():
            del steps[0]

    timer.timeout.connect(step)
    timer.start()
    return run(lambda: Desk(folders, connections), root, None)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
