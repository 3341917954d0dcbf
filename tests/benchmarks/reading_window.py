"""How long the real window is kept from answering while a large sheet is read and opened."""

import os
import sys
import tempfile
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main(sheet: Path) -> None:
    """Open the sheet in the window and print what the window's thread had of it."""
    # Here, for the process that reads the sheet imports this module too.
    from benchmarks.window import told, wait
    from cancel_desk.desk import Desk
    from cancel_desk.folders import Folders
    from cancel_desk.ui.opening import make_application, make_window
    from ui.fast_store import FastConnections
    from ui.heartbeat import Heart

    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        folders = Folders(Path(folder) / "data")
        folders.create()
        window = make_window(Desk(folders, FastConnections(folders)))
        window.show()
        window.begin(None)
        wait(application, lambda: not window.session.background.busy)
        heart = Heart()
        window.session.read(sheet)
        wait(application, lambda: window.session.review is not None)
        beats = len(heart.turns)
        # What it leaves behind for the next turns, such as the first painting, counts as well.
        wait(application, lambda: len(heart.turns) >= beats + 20)
        heart.stop()
        sys.stdout.write(told("the window while it opens a sheet", heart.turns) + "\n")
        window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
