"""The application object: takes the files that the system hands to a program that runs already."""

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """macOS names a file that is opened with the program by an event, never on the command line."""

    file_handed = Signal(object)  # Path

    def event(self, event: QEvent) -> bool:
        """Tell of a file that is to be opened."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_handed.emit(Path(event.file()))
            return True
        return super().event(event)
