"""macOS: a number on the dock's icon, and the system's own caffeinate."""

import os
import shutil
import subprocess

from PySide6.QtGui import QGuiApplication

from cancel_desk.ui.desktop.tray_message import TrayMessage


class MacDesktop:
    """A Desktop; see :class:`cancel_desk.ui.desktop.desktop.Desktop`."""

    def __init__(self) -> None:
        self._message = TrayMessage()
        self._awake: subprocess.Popen[bytes] | None = None

    def show_progress(self, done: int, total: int, *, paused: bool) -> None:  # noqa: ARG002 - a number can't show it
        """Show how many lines are left: the dock has numbers, but no bar."""
        self._badge(total - done)

    def clear_progress(self) -> None:
        """Show no number."""
        self._badge(0)

    def keep_awake(self, why: str) -> None:  # noqa: ARG002 - caffeinate gives no reason
        """Run ``caffeinate`` against idle sleep; it ends with this process at the latest."""
        program = shutil.which("caffeinate")
        if self._awake is None and program is not None:
            self._awake = subprocess.Popen([program, "-i", "-w", str(os.getpid())])  # noqa: S603

    def let_sleep(self) -> None:
        """End it."""
        if self._awake is not None:
            self._awake.terminate()
            self._awake.wait()
            self._awake = None

    def notify(self, title: str, text: str) -> None:
        """Show it as other programs do."""
        self._message.show(title, text)

    def close(self) -> None:
        """Take everything back."""
        self.clear_progress()
        self.let_sleep()
        self._message.close()

    def _badge(self, number: int) -> None:
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.setBadgeNumber(number)
