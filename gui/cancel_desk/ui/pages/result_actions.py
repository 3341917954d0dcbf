"""What can be done with results: the buttons below them, and the menu of the rarer ways on."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal, SignalInstance, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.report.retrying import FAILED
from cancel_desk.report.rows import is_to_do
from cancel_desk.runs.deciding import Doubt, doubts
from cancel_desk.runs.outcome import Finding, RunLine, State
from cancel_desk.runs.results import RowResult
from cancel_desk.ui.widgets.buttons import ActionButton, with_keys
from cancel_desk.ui.widgets.flow_layout import FlowLayout

_LEFT: Final = frozenset({State.PENDING, State.UNSENT})
_IN_DOUBT: Final = frozenset({State.UNKNOWN, State.SENDING})


class ResultActions(QWidget):
    """The buttons, in one row where there is room; hidden where there is nothing to do."""

    save_wanted = Signal()
    save_left_wanted = Signal()
    report_wanted = Signal()
    restock_wanted = Signal()
    rows_of_file_wanted = Signal()
    fix_wanted = Signal()
    go_on_wanted = Signal()
    decide_wanted = Signal(object)  # list[Doubt]
    start_over_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doubts: list[Doubt] = []
        self._make_menu()
        self._make_buttons()
        kept = QLabel(_("Results are kept on this computer."))
        kept.setProperty("role", "muted")
        row = FlowLayout(ends=True)
        self.setLayout(row)
        row.addWidget(kept)
        for button in (
            self.start_over,
            self.more,
            self.decide,
            self.go_on,
            self.fix,
            self.save,
        ):
            row.addWidget(button)

    def _make_menu(self) -> None:
        self.menu = QMenu(self)
        self.save_left = self._entry(
            _("Save only &failures…"),
            "Ctrl+Shift+S",
            _("Save a sheet of just the rows that are not cancelled; it opens here again"),
            self.save_left_wanted,
        )
        self.report = self._entry(
            _("&Printable report…"),
            "Ctrl+P",
            _("Save the results as a PDF or a web page, to print or hand on"),
            self.report_wanted,
        )
        self.restock = self._entry(
            _("SKUs to set to &zero…"),
            "Ctrl+Shift+R",
            _("List the SKUs that were cancelled as out of stock, with their units"),
            self.restock_wanted,
        )
        self.rows_of_file = self._entry(
            "",
            "Ctrl+Shift+O",
            _("Open the rows of the result sheet as they stand in the file, without those done"),
            self.rows_of_file_wanted,
        )
        self.show_file("", 0)

    def _entry(self, text: str, keys: str, tip: str, chosen: SignalInstance) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setToolTip(with_keys(tip, action.shortcut()))
        action.triggered.connect(chosen)
        self.menu.addAction(action)
        self.addAction(action)  # its shortcut works while the menu is closed
        return action

    def _make_buttons(self) -> None:
        self.start_over = ActionButton(
            _("Start over"), keys="Ctrl+N", tip=_("Close these results and open another sheet")
        )
        self.more = ActionButton(
            _("More"), keys="Alt+O", tip=_("Failures alone, a report to print, SKUs to restock")
        )
        self.more.setMenu(self.menu)
        self.go_on = ActionButton(
            "",
            keys="Ctrl+R",
            tip=_("Look up what is unknown, and send what was not sent; nothing is sent twice"),
        )
        self.decide = ActionButton(
            "",
            keys="Ctrl+D",
            tip=_("Say what becomes of lines whose fate Walmart does not tell"),
        )
        self.fix = ActionButton(
            "",
            keys="Ctrl+T",
            tip=_("Open the rows that failed as a sheet, to correct them and send a new run"),
        )
        self.save = ActionButton(
            _("Save result sheet…"),
            keys="Ctrl+S",
            tip=_("Save your sheet with a result on every row, as .xlsx or .csv"),
            role="primary",
        )
        self.start_over.clicked.connect(self.start_over_wanted)
        self.go_on.clicked.connect(self.go_on_wanted)
        self.decide.clicked.connect(self._on_decide)
        self.fix.clicked.connect(self.fix_wanted)
        self.save.clicked.connect(self.save_wanted)

    def show_results(self, results: Sequence[RowResult]) -> None:
        """Offer what can be done with these results."""
        self._show_go_on([line for each in results for line in each.lines])
        failed = sum(each.result in FAILED and is_to_do(each) for each in results)
        fix = ngettext("Fix and retry {n}…", "Fix and retry {n}…", failed)
        self.fix.setVisible(failed > 0)
        self.fix.set_label(fix.format(n=grouped(failed)))
        self.save_left.setEnabled(any(map(is_to_do, results)))
        self.show_file("", 0)

    def _show_go_on(self, lines: Sequence[RunLine]) -> None:
        again = sum(line.finding is Finding.SEND_AGAIN for line in lines)
        unknown = sum(line.state in _IN_DOUBT and not line.left for line in lines) - again
        left = sum(line.state in _LEFT for line in lines) + again
        check = ngettext("Check the {n} unknown again", "Check the {n} unknown again", unknown)
        send = ngettext("Send the {n} left", "Send the {n} left", left)
        labels = [check.format(n=grouped(unknown))] if unknown else []
        labels += [send.format(n=grouped(left))] if left else []
        self.go_on.setVisible(bool(labels))
        self.go_on.set_label(" · ".join(labels))
        self._doubts = doubts(lines)
        number = len(self._doubts)
        decide = ngettext("Decide about {n} line…", "Decide about {n} lines…", number)
        self.decide.setVisible(number > 0)
        self.decide.set_label(decide.format(n=grouped(number)))

    @Slot()
    def _on_decide(self) -> None:
        self.decide_wanted.emit(self._doubts)

    def show_file(self, name: str, rows: int) -> None:
        """Offer the rows left in the result sheet that was opened; ``name`` is "" for none."""
        words = ngettext("&Open {n} row left in {name}…", "&Open {n} rows left in {name}…", rows)
        self.rows_of_file.setText(words.format(n=grouped(rows), name=name.replace("&", "&&")))
        self.rows_of_file.setVisible(bool(name) and rows > 0)
