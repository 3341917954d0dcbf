"""Fixes on their way into the sheet: shown first, then done as one step of undo."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from cancel_desk.sheet.edits import SetCells
from cancel_desk.ui.dialogs.fix_dialog import FixDialog
from cancel_desk.ui.grid.findings import Group
from cancel_desk.ui.grid.fixes import Fix
from cancel_desk.ui.grid.problems_panel import ProblemsPanel
from cancel_desk.ui.grid.sheet_view import SheetView
from cancel_desk.ui.models.changes_model import ChangesModel


class FixOffers(QObject):
    """Shows what the fixes of the panel would change, and does what the person agrees to."""

    def __init__(self, view: SheetView, panel: ProblemsPanel) -> None:
        super().__init__(view)
        self._view = view
        self._model = view.sheet
        panel.fix_chosen.connect(self._on_fix)

    @Slot(object, object, str)
    def _on_fix(self, group: Group, fix: Fix, reason: str) -> None:
        count = self._model.findings.count(group)
        issues = self._model.findings.group_issues(group)
        edit = fix.edit(self._model.review, issues, reason)
        self._offer(edit, fix.label(count), fix.tip(), fix.step(count))

    def _offer(self, edit: SetCells, label: str, tip: str, step: str) -> None:
        """Show what an edit would change; the person says whether it is done."""
        changes = ChangesModel(self._model.review, edit)
        if changes.rowCount() == 0:
            return
        dialog = FixDialog(label, tip, changes, self._view)
        # What was shown must be what is done, so a change of the sheet meanwhile calls it off.
        self._model.applied.connect(dialog.call_off)
        dialog.accepted.connect(partial(self._model.do, step, edit))
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    @Slot()
    def _on_closed(self) -> None:
        self._view.setFocus()
