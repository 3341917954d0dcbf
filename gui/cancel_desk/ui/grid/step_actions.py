"""Undo and redo, each named with the step it is about."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence, QUndoStack

from cancel_desk.language import gettext as _

_UNDO_KEYS = ("Ctrl+Z",)
_REDO_KEYS = ("Ctrl+Y", "Ctrl+Shift+Z")


class StepActions(QObject):
    """Takes steps of a stack back and does them again.

    The stack's own actions keep the word before the step's name in the language they were made in.
    """

    def __init__(self, stack: QUndoStack, parent: QObject) -> None:
        super().__init__(parent)
        self._stack = stack
        self.undo = self._action(_UNDO_KEYS)
        self.redo = self._action(_REDO_KEYS)
        self.undo.triggered.connect(stack.undo)
        self.redo.triggered.connect(stack.redo)
        stack.canUndoChanged.connect(self.undo.setEnabled)
        stack.canRedoChanged.connect(self.redo.setEnabled)
        # A stack tells of this while it is destroyed, too: it must not be asked then.
        stack.undoTextChanged.connect(self._on_undo_text)
        stack.redoTextChanged.connect(self._on_redo_text)
        self.say_again()

    def _action(self, keys: tuple[str, ...]) -> QAction:
        action = QAction(self.parent())
        action.setShortcuts([QKeySequence(each) for each in keys])
        action.setEnabled(False)
        return action

    def say_again(self) -> None:
        """Name the steps, in the language spoken now."""
        self._on_undo_text(self._stack.undoText())
        self._on_redo_text(self._stack.redoText())

    @Slot(str)
    def _on_undo_text(self, step: str) -> None:
        self.undo.setText(_("Undo {step}").format(step=step) if step else _("Undo"))

    @Slot(str)
    def _on_redo_text(self, step: str) -> None:
        self.redo.setText(_("Redo {step}").format(step=step) if step else _("Redo"))
