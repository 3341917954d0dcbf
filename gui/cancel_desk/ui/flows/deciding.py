"""From lines in doubt to what the person decides of them: nothing is sent by that alone."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from cancel_desk.runs.deciding import Doubt
from cancel_desk.ui.dialogs.doubts_dialog import DoubtsDialog
from cancel_desk.ui.session.session import Session
from cancel_desk.ui.shell import Shell


class Deciding(QObject):
    """Asks about the lines in doubt of the run that is open, and has the answers written down."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self._shell = shell
        self._session = session
        shell.pages.results.ways.decide_wanted.connect(self._on_wanted)

    @Slot(object)
    def _on_wanted(self, doubts: Sequence[Doubt]) -> None:
        dialog = DoubtsDialog(doubts, self._shell)
        dialog.accepted.connect(lambda: self._session.decide(dialog.answers()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
