"""Another program to drag files from: ``drag_source.py TITLE FILE...``, a small window."""

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Files(QLabel):
    """Drags its files as soon as the mouse moves with a button held."""

    def __init__(self, title: str, files: list[Path]) -> None:
        super().__init__("Drag from here")
        self._files = files
        self.setWindowTitle(title)
        self.setFixedSize(160, 120)

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin the drag; return when it has ended, and say how."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(each)) for each in self._files])
        drag = QDrag(self)
        drag.setMimeData(data)
        action = drag.exec(Qt.DropAction.CopyAction)
        sys.stdout.write(f"{action.name}\n")
        sys.stdout.flush()


def main() -> None:
    """Show the window until the process is ended."""
    application = QApplication([])
    files = Files(sys.argv[1], [Path(name) for name in sys.argv[2:]])
    files.show()
    application.exec()


if __name__ == "__main__":
    main()
