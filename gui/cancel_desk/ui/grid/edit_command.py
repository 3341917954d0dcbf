"""One step of undo: edits of the sheet that are done and taken back together."""

from collections.abc import Sequence
from typing import Protocol
from weakref import ref

from PySide6.QtGui import QUndoCommand

from cancel_desk.sheet.edits import Edit


class Editable(Protocol):
    """What a step is done to."""

    def apply(self, edits: Sequence[Edit]) -> Sequence[Edit]:
        """Apply edits in turn and return those that take them back, in the order to do so."""


class EditCommand(QUndoCommand):
    """Edits under one name, such as “paste of 200 cells”.

    It knows its sheet by a weak reference only: Python crashes while collecting a cycle that leads
    over a QUndoStack to its commands and back (PySide6 6.11).
    """

    def __init__(self, name: str, edits: Sequence[Edit], sheet: Editable) -> None:
        super().__init__(name)
        self._edits = edits
        self._inverses: Sequence[Edit] = ()
        self._sheet = ref(sheet)

    def redo(self) -> None:
        """Do the edits; the stack also does this when the command is pushed."""
        sheet = self._sheet()
        if sheet is not None:
            self._inverses = sheet.apply(self._edits)

    def undo(self) -> None:
        """Take the edits back."""
        sheet = self._sheet()
        if sheet is not None:
            self._edits = sheet.apply(self._inverses)
