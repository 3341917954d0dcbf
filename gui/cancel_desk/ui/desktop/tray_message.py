"""A notification through the tray, whose icon goes away with it: Windows and macOS."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

_STAYS_MS: Final = 15_000


class TrayMessage(QObject):
    """Shows one message at a time; the tray holds an icon only as long as the message lasts."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = QSystemTrayIcon(QGuiApplication.windowIcon(), self)
        self._icon.messageClicked.connect(self._on_clicked)
        self._leaving = QTimer(self, interval=_STAYS_MS, singleShot=True)
        self._leaving.timeout.connect(self._icon.hide)

    def show(self, title: str, text: str) -> None:
        """Show a message."""
        if QSystemTrayIcon.supportsMessages():
            self._icon.show()
            self._icon.showMessage(title, text)
            self._leaving.start()

    def close(self) -> None:
        """Leave no icon behind."""
        self._leaving.stop()
        self._icon.hide()

    @Slot()
    def _on_clicked(self) -> None:
        self.close()
        for window in QGuiApplication.topLevelWindows():
            if window.isVisible():
                window.requestActivate()
