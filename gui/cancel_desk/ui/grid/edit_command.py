"""One step of undo: edits of the sheet that are done and taken back together."""

from collections.abc import Callable, Sequence
from typing import Protocol
from weakref import ref

from PySide6.QtGui import QUndoCommand

from cancel_desk.sheet.edits import Edit


class Editable(Protocol):
    """What a step is done to."""

    def settle(self) -> None:
        """Have done all of the step before, if that takes a while."""

    def carry_out(self, edits: Sequence[Edit], done: Callable[[list[Edit]], None]) -> None:
        """Apply edits one by one; ``done`` gets those that take them back, in the order to do so.

        It may get them only in a while.
        """


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
            sheet.settle()
            sheet.carry_out(self._edits, self._keep_inverses)

    def undo(self) -> None:
        """Take the edits back."""
        sheet = self._sheet()
        if sheet is not None:
            sheet.settle()
            sheet.carry_out(self._inverses, self._keep_edits)

    def _keep_inverses(self, inverses: Sequence[Edit]) -> None:
        self._inverses = inverses

    def _keep_edits(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
