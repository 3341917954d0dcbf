"""The line below the grid: what is selected, how far a check is, and the way on."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.texts.issues import issue_sentence
from cancel_desk.texts.lists import about
from cancel_desk.ui.grid.cell_words import row_name
from cancel_desk.ui.grid.elided_label import ElidedLabel
from cancel_desk.ui.grid.findings import IN_ERROR
from cancel_desk.ui.grid.sheet_view import SheetView
from cancel_desk.ui.in_turns import InTurns, Slices, parts_of, rest_after
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE

_BAR_WIDTH: Final = 120


class ReviewFooter(QWidget):
    """Tells of the rows that are selected in a grid, and holds what can be done with the sheet."""

    check_requested = Signal()
    stop_check_requested = Signal()

    def __init__(self, view: SheetView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._source = ""
        self._telling = InTurns(self)
        self.checking = False
        self._make_links()
        self._make_buttons()
        self._lay_out()
        self.check.clicked.connect(self._on_check)
        view.selected.connect(self.tell)

    def _make_links(self) -> None:
        self.where = ElidedLabel()
        self.where.setProperty("role", "muted")
        self.change = ActionButton(
            _("Change…"),
            keys="Ctrl+L",
            tip=_("Change how the file is read and which column is which"),
            role="link",
        )
        self.save = ActionButton(
            _("Save as…"),
            keys="Ctrl+S",
            tip=_("Save these rows with your changes as a new file; nothing is sent"),
            role="link",
        )

    def _make_buttons(self) -> None:
        self.progress = ElidedLabel()
        self.bar = QProgressBar(textVisible=False)
        self.bar.setProperty("tone", "plain")
        self.bar.setAccessibleName(_("Orders read"))
        self.bar.setFixedWidth(_BAR_WIDTH)
        self.check = ActionButton("", keys="F5", tip="")
        self.send = ActionButton(
            "",
            keys="F9",
            tip=_("Show what would be cancelled and where; nothing is sent yet"),
            role="primary",
        )
        self.set_checking(0, 0)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.where)
        row.addWidget(self.change)
        row.addWidget(self.save)
        row.addStretch(1)
        row.addWidget(self.progress)
        row.addWidget(self.bar)
        row.addWidget(self.check)
        row.addWidget(self.send)

    # ---- what the page calls

    def show_source(self, source: str) -> None:
        """Say from now on in a few words where the sheet came from."""
        self._source = source

    def set_checking(self, done: int, total: int) -> None:
        """Show how many orders have been read; a ``total`` of 0 means that no check is running."""
        self.checking = total > 0
        self.progress.setVisible(self.checking)
        self.bar.setVisible(self.checking)
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.progress.show_text(
            _("Reading orders: {done} of {total}").format(done=grouped(done), total=grouped(total))
        )
        self.check.set_label(_("Stop checking") if self.checking else _("Check with Walmart"))
        self.check.set_tip(
            _("Read no further orders; what was read stays")
            if self.checking
            else _("See and fill in what can still be cancelled; at Walmart, nothing is changed")
        )

    def count(self, lines: int) -> None:
        """Say how many lines there are to send."""
        words = ngettext("Review and send {count} line…", "Review and send {count} lines…", lines)
        self.send.set_label(
            words.format(count=grouped(lines)) if lines else _("Nothing to send yet")
        )
        self.send.setEnabled(lines > 0)

    # ---- what is selected

    @Slot()
    def tell(self) -> None:
        """Say what is selected, and what is wrong with a single row."""
        self._telling.start(self._tell_of(self._view.selected_rows()))

    def _tell_of(self, rows: Sequence[int]) -> Slices[None]:
        if len(rows) == 1:
            words = self._about_row(rows[0])
        else:
            words = yield from self._about_rows(rows)
        self.where.show_text(" · ".join(filter(None, (words, self._source))))

    def _about_row(self, row: int) -> str:
        sheet = self._view.sheet
        row_id = sheet.shown[row]
        issue = sheet.findings.gravest(row_id)
        if issue is None:
            return ""
        name = row_name(sheet.review.table.row(row_id).number)
        return about(name[:1].upper() + name[1:], issue_sentence(issue))

    def _about_rows(self, rows: Sequence[int]) -> Slices[str]:
        shown, findings = self._view.sheet.shown, self._view.sheet.findings
        if not rows:
            return "" if len(shown) else self._view.words_when_empty()
        errors = 0
        for part in parts_of(rows):
            errors += sum(findings.state(shown[row]) in IN_ERROR for row in part)
            yield from rest_after(part)
        words = (
            _("{rows} rows selected, {errors} with errors") if errors else _("{rows} rows selected")
        )
        return words.format(rows=grouped(len(rows)), errors=grouped(errors))

    @Slot()
    def _on_check(self) -> None:
        (self.stop_check_requested if self.checking else self.check_requested).emit()
