"""Makes the pictures of README and guide: the real window, on its way through the practice store.

Run it from the root of the checkout: ``uv run packaging/screenshots.py``. It takes every picture
in light and in dark. ``--help`` names what else it can do: other sizes, scales and languages, to
look for what is clipped.
"""

import argparse
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar

# Qt reads it when the application is made: no screen is needed.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

import keyring
from keyring.backend import KeyringBackend
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from cancel_desk.desk import open_desk
from cancel_desk.language import OWN_NAMES, WISH
from cancel_desk.ui.dialogs.account_dialog import AccountDialog
from cancel_desk.ui.dialogs.confirm_dialog import ConfirmDialog
from cancel_desk.ui.dialogs.history_dialog import HistoryDialog
from cancel_desk.ui.dialogs.matching_dialog import MatchingDialog
from cancel_desk.ui.dialogs.month_dialog import MonthDialog
from cancel_desk.ui.dialogs.welcome_dialog import WelcomeDialog
from cancel_desk.ui.opening import make_application, make_window
from cancel_desk.ui.widgets.steps import Step
from cancel_desk.ui.window import MainWindow

_Dialog = TypeVar("_Dialog", bound=QDialog)

OUT = Path(__file__).parents[1] / "resources" / "guide" / "pictures"
SIZE = "1024x640"
PATIENCE = 90.0  # seconds for one step
LOOKS = ("light", "dark")
STEP = 0.005  # seconds
SETTLE = 0.5  # seconds in which layouts come to rest
COLOURS = 256  # of one picture: flat areas need no more, and the file is a third

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


class _Keyring(KeyringBackend):
    """Holds nothing; the pictures are the same on machines with and without a keyring."""

    priority = -1.0
    name = "GNOME Keyring"

    def get_password(self, service: str, username: str) -> None:
        """Return that there is none."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Refuse: nothing is to be kept."""
        raise NotImplementedError


class Camera:
    """Drives one window and takes its pictures."""

    def __init__(self, window: MainWindow, out: Path, suffix: str) -> None:
        self._window = window
        self._out = out
        self._suffix = suffix

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the window work until something is true. Raises TimeoutError."""
        end = monotonic() + PATIENCE
        while not until():
            if monotonic() > end:
                raise TimeoutError(self._window.notice.sentence.text())
            QApplication.processEvents()
            sleep(STEP)  # threads beside get their turn meanwhile, as in the real window
        QApplication.processEvents()

    def take(self, name: str, shown: QWidget | None = None) -> None:
        """Save the window or a dialog as it is, once nothing in it moves any more."""
        settled = monotonic() + SETTLE
        self.wait(lambda: monotonic() > settled)
        path = self._out / f"{name}{self._suffix}.png"
        with_few_colours((shown or self._window).grab().toImage()).save(str(path), quality=0)
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")

    @contextmanager
    def dialog(self, kind: type[_Dialog]) -> Iterator[_Dialog]:
        """Wait for a dialog of a kind, and close it in the end."""

        def opened() -> list[_Dialog]:
            return [each for each in self._window.findChildren(kind) if each.isVisible()]

        self.wait(lambda: bool(opened()))
        found = opened()[0]
        yield found
        if found.isVisible():
            found.reject()
        self.wait(lambda: not opened())


def with_few_colours(image: QImage) -> QImage:
    """Return a picture in its most frequent colours, the nearest one in place of each other."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counts = Counter(memoryview(plain.constBits()).cast("I").tolist())
    table = [colour for colour, _times in counts.most_common(COLOURS)]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table)


def main() -> None:
    """Take the pictures that the command line asks for."""
    wish = _wish()
    os.environ["QT_SCALE_FACTOR"] = str(wish.scale)
    os.environ[WISH] = wish.language
    out = wish.out.absolute()
    out.mkdir(parents=True, exist_ok=True)
    application = make_application()
    application.setStyle("Fusion")
    keyring.set_keyring(_Keyring())  # type: ignore[no-untyped-call]
    light = application.palette()
    for look in wish.look or LOOKS:
        application.setPalette(_dark(light) if look == "dark" else light)
        # From inside the folder, so that its name is in no picture.
        with tempfile.TemporaryDirectory() as folder, chdir(folder):
            window = make_window(open_desk(Path(), {}))
            window.resize(*(int(part) for part in wish.size.split("x")))
            window.show()
            _go_through(window, Camera(window, out, "-dark" if look == "dark" else ""))
            window.leave()


def _wish() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    words.add_argument("--look", action="append", choices=LOOKS, help="one look alone")
    words.add_argument("--size", default=SIZE, help=f"of the window, as {SIZE}")
    words.add_argument("--scale", default=1, type=float, help="2 for 200 %%")
    words.add_argument("--language", default="en", choices=tuple(OWN_NAMES))
    words.add_argument("--out", default=OUT, type=Path, help="another folder for the pictures")
    return words.parse_args()


def _dark(light: QPalette) -> QPalette:
    palette = QPalette(light)
    for role, colour in _DARK.items():
        palette.setColor(role, QColor(colour))
    return palette


def _go_through(window: MainWindow, camera: Camera) -> None:
    window.begin(None)
    camera.wait(lambda: not window.session.background.busy)
    camera.take("import")
    window.header.welcome_chosen.emit()
    with camera.dialog(WelcomeDialog) as welcome:
        camera.take("welcome", welcome)
    window.header.add_account_chosen.emit()
    with camera.dialog(AccountDialog) as account:
        account.form.name.setText("Northwind Goods")
        camera.wait(lambda: bool(account.kept_in.text()))
        camera.take("account", account)
    _review(window, camera)
    _send(window, camera)
    _look_back(window, camera)
    _interrupt(window, camera)


def _review(window: MainWindow, camera: Camera) -> None:
    pages, session = window.pages, window.session
    pages.imports.practice.click()
    camera.wait(lambda: window.journey.step is Step.REVIEW)
    pages.review.footer.change.click()
    with camera.dialog(MatchingDialog) as matching:
        camera.take("columns", matching)
    pages.review.check_requested.emit()
    camera.wait(lambda: session.background.busy)
    camera.wait(lambda: not session.background.busy)
    window.notice.hide()
    camera.take("review")


def _send(window: MainWindow, camera: Camera) -> None:
    pages = window.pages
    pages.review.send_requested.emit()
    with camera.dialog(ConfirmDialog) as confirm:
        camera.take("confirm", confirm)
        confirm.send.click()
    camera.wait(lambda: window.journey.step is Step.SEND)
    camera.take("sending")
    camera.wait(lambda: window.journey.step is Step.RESULTS)
    window.notice.hide()
    pages.results.table.selectRow(0)
    camera.take("results")


def _look_back(window: MainWindow, camera: Camera) -> None:
    window.header.history_chosen.emit()
    with camera.dialog(HistoryDialog) as history:
        camera.wait(lambda: not window.session.background.busy)
        camera.take("history", history)
    window.header.numbers_chosen.emit()
    with camera.dialog(MonthDialog) as month:
        camera.wait(lambda: not window.session.background.busy)
        last = month.stores.count() - 1
        month.stores.setCurrentIndex(last)
        month.stores.activated.emit(last)
        camera.wait(lambda: not window.session.background.busy)
        camera.take("month", month)


def _interrupt(window: MainWindow, camera: Camera) -> None:
    """Show the first page after a run that did not come to its end."""
    pages = window.pages
    pages.imports.practice.click()
    camera.wait(lambda: window.journey.step is Step.REVIEW)
    pages.review.send_requested.emit()
    with camera.dialog(ConfirmDialog) as confirm:
        confirm.send.click()
    camera.wait(lambda: window.journey.step is Step.SEND)
    pages.send.stop.click()
    camera.wait(lambda: window.journey.step is Step.RESULTS)
    pages.results.ways.start_over_wanted.emit()
    camera.wait(lambda: window.journey.step is Step.IMPORT)
    camera.wait(lambda: not window.session.background.busy)
    window.notice.hide()
    camera.take("unfinished")


if __name__ == "__main__":
    main()
