"""One step of undo: edits of the sheet that are done and taken back together."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QUndoCommand

from cancel_desk.sheet.edits import Edit

Apply = Callable[[Sequence[Edit]], Sequence[Edit]]
"""Applies edits in turn and returns those that take them back, in the order to do so."""


class EditCommand(QUndoCommand):
    """Edits under one name, such as “paste of 200 cells”."""

    def __init__(self, name: str, edits: Sequence[Edit], apply: Apply) -> None:
        super().__init__(name)
        self._edits = edits
        self._inverses: Sequence[Edit] = ()
        self._apply = apply

    def redo(self) -> None:
        """Do the edits; the stack also does this when the command is pushed."""
        self._inverses = self._apply(self._edits)

    def undo(self) -> None:
        """Take the edits back."""
        self._edits = self._apply(self._inverses)
