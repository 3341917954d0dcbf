"""Makes the README's pictures: the real window, on its way through the practice store's sample.

Run it from the root of the checkout: ``uv run packaging/screenshots.py``.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic

# Qt reads it when the application is made: no screen is needed.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from cancel_desk.desk import open_desk
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.opening import make_application, make_window
from cancel_desk.ui.steps import Step
from cancel_desk.ui.window import MainWindow

OUT = Path(__file__).parents[1] / "resources" / "screenshots"
SIZE = (1280, 760)
PATIENCE = 60.0  # seconds for one step
LOOKS = ("light", "dark")
STEP_MS = 20
SETTLE = 0.5  # seconds in which layouts come to rest

_DARK = {
    QPalette.ColorRole.Window: "#2b2d30",
    QPalette.ColorRole.WindowText: "#e6e6e6",
    QPalette.ColorRole.Base: "#1e1f22",
    QPalette.ColorRole.AlternateBase: "#26282b",
    QPalette.ColorRole.Text: "#e6e6e6",
    QPalette.ColorRole.Button: "#3a3c40",
    QPalette.ColorRole.ButtonText: "#e6e6e6",
    QPalette.ColorRole.PlaceholderText: "#9a9a9a",
    QPalette.ColorRole.Highlight: "#3574f0",
    QPalette.ColorRole.HighlightedText: "#ffffff",
}


class Camera:
    """Drives one window and takes its picture."""

    def __init__(self, application: QApplication, window: MainWindow, look: str) -> None:
        self._application = application
        self._window = window
        self._look = look

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the window work until something is true. Raises TimeoutError."""
        end = monotonic() + PATIENCE
        while not until():
            if monotonic() > end:
                raise TimeoutError(self._window.notice.sentence.text())
            self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, STEP_MS)
        self._application.processEvents()

    def take(self, name: str) -> None:
        """Save the window as it is, once nothing in it moves any more."""
        settled = monotonic() + SETTLE
        self.wait(lambda: monotonic() > settled)
        path = OUT / f"{name}{'' if self._look == LOOKS[0] else '-' + self._look}.png"
        self._window.grab().save(str(path))
        print(path.relative_to(OUT.parents[1]))


def main() -> None:
    """Take the pictures in light or dark, as the first argument says."""
    look = sys.argv[1] if len(sys.argv) > 1 else LOOKS[0]
    if look not in LOOKS:
        sys.exit(f"Say {' or '.join(LOOKS)}.")
    OUT.mkdir(parents=True, exist_ok=True)
    application = make_application()
    application.setStyle("Fusion")
    if look == "dark":
        palette = application.palette()
        for role, colour in _DARK.items():
            palette.setColor(role, QColor(colour))
        application.setPalette(palette)
    with tempfile.TemporaryDirectory() as folder:
        window = make_window(open_desk(Path(folder), {}))
        window.resize(*SIZE)
        window.show()
        _go_through(window, Camera(application, window, look))
        window.close()


def _go_through(window: MainWindow, camera: Camera) -> None:
    pages, session, journey = window.pages, window.session, window.journey
    window.begin(None)
    camera.wait(lambda: not session.background.busy)
    camera.take("import")
    pages.imports.practice.click()
    camera.wait(lambda: journey.step is Step.REVIEW)
    pages.review.check_requested.emit()
    camera.wait(lambda: session.background.busy)
    camera.wait(lambda: not session.background.busy)
    camera.take("review")
    pages.review.send_requested.emit()
    camera.wait(lambda: any(each.isVisible() for each in window.findChildren(ConfirmDialog)))
    window.findChildren(ConfirmDialog)[0].send.click()
    camera.wait(lambda: journey.step is Step.RESULTS)
    window.notice.hide()
    pages.results.table.selectRow(0)
    camera.take("results")


if __name__ == "__main__":
    main()
