"""Fixes on their way into the sheet: shown first, then done as one step of undo."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, Slot

from cancel_desk.checks.issues import Code, Level
from cancel_desk.checks.reasons import ReasonCode, find_reason, folded
from cancel_desk.checks.value_fixes import ValueFix, ValueFixBook
from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.edits import CellText, SetCells
from cancel_desk.ui.dialogs.fix_dialog import FixDialog
from cancel_desk.ui.dialogs.value_fixes_dialog import ValueFixesDialog
from cancel_desk.ui.grid.findings import Group
from cancel_desk.ui.grid.fixes import Fix
from cancel_desk.ui.grid.problems_panel import ProblemsPanel
from cancel_desk.ui.grid.remembered import Again, again_label
from cancel_desk.ui.grid.sheet_view import SheetView
from cancel_desk.ui.models.changes_model import ChangesModel

_UNKNOWN: Final = Group(Level.ERROR, Code.REASON_UNKNOWN)


class FixOffers(QObject):
    """Shows what the fixes of the panel would change, and does what the person agrees to."""

    def __init__(self, view: SheetView, panel: ProblemsPanel) -> None:
        super().__init__(view)
        self._view = view
        self._model = view.sheet
        self._panel = panel
        self._book: ValueFixBook | None = None
        panel.fix_chosen.connect(self._on_fix)
        # After the field is closed: buttons that come while it closes make Qt crash.
        queued = Qt.ConnectionType.QueuedConnection
        self._model.reason_typed.connect(self._on_reason_typed, queued)
        panel.value_fix_chosen.connect(self._on_value_fix)
        panel.remembered_wanted.connect(self._on_remembered_wanted)

    def use_book(self, book: ValueFixBook) -> None:
        """Remember fixes in this book, and offer those that are in it."""
        self._book = book
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show which remembered fixes apply to the sheet as it stands, and to how many rows."""
        if self._book is None:
            return
        fixes = self._book.fixes(self._model.review.market)
        counts: Counter[str] = Counter()
        if any(fix.on for fix in fixes):
            unknown = self._model.findings.row_ids_of(_UNKNOWN)
            counts.update(folded(self._reason_text(row_id)) for row_id in unknown)
        again = [
            Again(fix, counts[folded(fix.text)])
            for fix in fixes
            if fix.on and counts[folded(fix.text)]
        ]
        self._panel.show_remembered(again, any_known=bool(fixes))

    def _rows(self, fix: ValueFix) -> list[int]:
        review = self._model.review
        return [
            row_id
            for row_id in self._model.findings.rows(_UNKNOWN)
            if fix.fits(review.market, self._reason_text(row_id))
        ]

    def _reason_text(self, row_id: int) -> str:
        table = self._model.review.table
        return table.text(table.row(row_id), Column.REASON)

    @Slot(object, object, str)
    def _on_fix(self, group: Group, fix: Fix, reason: str) -> None:
        self._model.settle()
        count = self._model.findings.count(group)
        issues = self._model.findings.group_issues(group)
        edit = fix.edit(self._model.review, issues, reason)
        meant = [self._reason_text(issue.row_id) for issue in issues] if group == _UNKNOWN else []

        def remember() -> None:
            if fix.picks_reason:
                self._remember(meant, ReasonCode(reason))

        self._offer(edit, fix.label(count), fix.tip(), fix.step(count), done=remember)

    @Slot(str, str)
    def _on_reason_typed(self, before: str, after: str) -> None:
        """Remember a single cell's fix too, so that it is offered for the others."""
        market = self._model.review.market
        reason = find_reason(market, after)
        if reason is not None and before.strip() and find_reason(market, before) is None:
            self._remember([before], reason.code)

    def _remember(self, texts: list[str], code: ReasonCode) -> None:
        if self._book is not None:
            self._book.remember(self._model.review.market, texts, code)
            self.refresh()

    @Slot(object)
    def _on_value_fix(self, fix: ValueFix) -> None:
        self._model.settle()
        rows = self._rows(fix)
        at = self._model.review.table.columns[Column.REASON]
        edit = SetCells(tuple(CellText(row_id, at, fix.code.value) for row_id in rows))
        step = ngettext("reason for {count} row", "reason for {count} rows", len(rows))
        self._offer(
            edit,
            again_label(Again(fix, len(rows))),
            _("Give these rows the reason you gave for the same words before"),
            step.format(count=grouped(len(rows))),
        )

    @Slot()
    def _on_remembered_wanted(self) -> None:
        if self._book is None:
            return
        dialog = ValueFixesDialog(self._book, self._model.review.market, self._view)
        dialog.changed.connect(self.refresh)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _offer(
        self,
        edit: SetCells,
        label: str,
        tip: str,
        step: str,
        *,
        done: Callable[[], None] | None = None,
    ) -> None:
        """Show what an edit would change; the person says whether it is done."""
        changes = ChangesModel(self._model.review, edit)
        if changes.rowCount() == 0:
            return
        dialog = FixDialog(label, tip, changes, self._view)
        # What was shown must be what is done, so a change of the sheet meanwhile calls it off.
        self._model.applied.connect(dialog.call_off)
        dialog.accepted.connect(partial(self._model.do, step, edit))
        if done is not None:
            dialog.accepted.connect(done)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    @Slot()
    def _on_closed(self) -> None:
        self._view.setFocus()
