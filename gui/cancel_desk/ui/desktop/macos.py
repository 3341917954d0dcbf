"""macOS: a number on the dock's icon, and the messages of its menu bar."""

from PySide6.QtGui import QGuiApplication

from cancel_desk.desktop.awake import Caffeinate
from cancel_desk.ui.desktop.tray_message import TrayMessage


class MacDesktop(Caffeinate):
    """A Desktop; see :class:`cancel_desk.ui.desktop.desktop.Desktop`."""

    def __init__(self) -> None:
        super().__init__()
        self._message = TrayMessage()

    def show_progress(self, done: int, total: int, *, paused: bool) -> None:  # noqa: ARG002 - a number can't show it
        """Show how many lines are left: the dock has numbers, but no bar."""
        self._badge(total - done)

    def clear_progress(self) -> None:
        """Show no number."""
        self._badge(0)

    def notify(self, title: str, text: str) -> None:
        """Show it as other programs do."""
        self._message.show(title, text)

    def close(self) -> None:
        """Take everything back."""
        self.clear_progress()
        super().close()
        self._message.close()

    def _badge(self, number: int) -> None:
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.setBadgeNumber(number)
