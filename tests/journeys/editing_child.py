"""A window in which a person edits a sheet and then waits, to be killed.

``editing_child.py STATE SHEET`` opens the sheet, leaves its first row out and types a SKU into its
second one after what is there, and prints a line when the state folder has it.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cancel_desk.desk import open_desk
from cancel_desk.runs.kept_sheet import KeptSheet, SheetState
from cancel_desk.ui.opening import make_application, make_window
from cancel_desk.ui.window import MainWindow

_SKU = 3


def main(state: str, sheet: str) -> None:
    """Edit the sheet in a real window, until somebody ends the process."""
    application = make_application()
    window = make_window(open_desk(Path(state), os.environ))
    window.session.review_opened.connect(lambda: QTimer.singleShot(0, lambda: edit(window)))
    window.show()
    window.begin(Path(sheet))
    save = KeptSheet.save

    def save_and_tell(self: KeptSheet, state: SheetState) -> None:
        save(self, state)
        sys.stdout.write("kept\n")
        sys.stdout.flush()

    KeptSheet.save = save_and_tell  # type: ignore[method-assign]
    sys.exit(application.exec())


def edit(window: MainWindow) -> None:
    """Leave a row out, and type over a cell."""
    view = window.pages.review.view
    view.setFocus()
    view.go_to(0, 0)
    QTest.keyClick(view, Qt.Key.Key_Space)
    view.go_to(1, _SKU)
    QTest.keyClick(view, Qt.Key.Key_F2)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "typed")
    QTest.keyClick(field, Qt.Key.Key_Return)


if __name__ == "__main__":
    main(*sys.argv[1:])
