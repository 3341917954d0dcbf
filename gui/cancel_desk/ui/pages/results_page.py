"""The fourth step: what became of every row, and what can be done next."""

from collections import Counter
from functools import partial

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.runs.outcome import State
from cancel_desk.runs.results import Result
from cancel_desk.runs.run import Run
from cancel_desk.texts.lists import counts_words
from cancel_desk.texts.outcomes import result_word
from cancel_desk.texts.times import local_moment
from cancel_desk.ui.grid.elided_label import ElidedLabel
from cancel_desk.ui.models.columns import set_up_table
from cancel_desk.ui.models.results_model import SIGNS, ResultsModel
from cancel_desk.ui.pages.result_actions import ResultActions
from cancel_desk.ui.pages.result_details import ResultDetails
from cancel_desk.ui.session.sending import SendingEnd
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.flow_layout import FlowLayout
from cancel_desk.ui.widgets.outcome_bar import OutcomeBar, Part
from cancel_desk.ui.widgets.result_colours import result_fill
from cancel_desk.ui.widgets.theme import PAGE_MARGIN, SPACE, Colours


class ResultsPage(QWidget):
    """A verdict in one line, a bar, chips, the rows with their results, and the next steps."""

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._colours = colours
        self._shown: tuple[SendingEnd, Run] | None = None
        self.model = ResultsModel(colours, self)
        self.verdict = QLabel()
        self.verdict.setProperty("role", "headline")
        self.about = ElidedLabel()
        self.about.setProperty("role", "muted")
        self.bar = OutcomeBar()
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Results of this run"))
        set_up_table(self.table)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.details = ResultDetails()
        self._make_chips()
        self.ways = ResultActions()
        self._lay_out()

    def _make_chips(self) -> None:
        self._group = QButtonGroup(self)
        self.chips: dict[Result | None, ActionButton] = {}
        for at, result in enumerate((None, *Result)):
            chip = ActionButton(
                "", keys=f"Ctrl+{at + 1}", tip=_("Show only these rows"), role="chip"
            )
            chip.setCheckable(True)
            chip.clicked.connect(partial(self._on_chip, result))
            self._group.addButton(chip)
            self.chips[result] = chip
        self.chips[None].set_tip(_("Show all rows"))

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        top = QHBoxLayout()
        top.addWidget(self.verdict, 1)
        top.addWidget(self.about)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        inside.setSpacing(SPACE)
        inside.addLayout(top)
        inside.addWidget(self.bar)
        chips = FlowLayout()
        for chip in self.chips.values():
            chips.addWidget(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN, PAGE_MARGIN, SPACE + 4)
        column.setSpacing(SPACE + 4)
        column.addWidget(card)
        column.addLayout(chips)
        column.addWidget(self.table, 1)
        column.addWidget(self.details)
        column.addWidget(self.ways)

    def set_colours(self, colours: Colours) -> None:
        """Take the colours for light or dark."""
        self._colours = colours
        self.model.set_colours(colours)
        self._show_bar(self.model.counts())

    def show_end(self, end: SendingEnd, run: Run) -> None:
        """Show how a run stands now."""
        self._shown = (end, run)
        self.model.show_results(end.results, run.headers)
        counts = self.model.counts()
        states = Counter(line.state for each in end.results for line in each.lines)
        self.verdict.setText(verdict(states, left_out=counts[Result.LEFT_OUT]))
        self.verdict.setAccessibleName(self.verdict.text())
        store = run.store
        parts = (local_moment(run.facts["created"]), store.name, store.market, store.environment)
        self.about.show_text(" · ".join(parts))
        self._show_bar(counts)
        for result, chip in self.chips.items():
            number = counts[result] if result else counts.total()
            sign = f"{SIGNS[result]} {result_word(result)}" if result else _("All")
            chip.set_label(f"{sign} {grouped(number)}")
            chip.setVisible(result is None or number > 0)
            if result:
                chip.set_tip(_("Show only the rows: {result}").format(result=result_word(result)))
        self.chips[None].setChecked(True)
        self.ways.show_results(end.results)
        self.details.show_row(None)

    def say_again(self) -> None:
        """Say words and counts anew, in the language spoken now."""
        self.model.say_again()
        if self._shown is not None:
            self.show_end(*self._shown)

    def _show_bar(self, counts: Counter[Result]) -> None:
        parts = [Part(counts[result], result_fill(self._colours, result)) for result in Result]
        self.bar.show_parts(parts, counts_words(counts))

    def _on_chip(self, result: Result | None) -> None:
        self.model.filter(result)
        self.details.show_row(None)

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.details.show_row(self.model.row_result(now.row()) if now.isValid() else None)


def verdict(states: Counter[State], *, left_out: int = 0) -> str:
    """Return in one line how a run went: its lines, then the rows that were no part of it."""
    if not left_out:
        return _lines_verdict(states)
    words = ngettext("{lines}; {n} row was left out", "{lines}; {n} rows were left out", left_out)
    return words.format(lines=_lines_verdict(states), n=grouped(left_out))


def _lines_verdict(states: Counter[State]) -> str:
    total, done = states.total(), states[State.CANCELLED]
    if not total:
        return _("Nothing was sent")
    if done == total:
        words = ngettext("The line is cancelled", "All {n} lines are cancelled", total)
        return words.format(n=grouped(total))
    words = ngettext("{done} of {n} line cancelled", "{done} of {n} lines cancelled", total)
    said = words.format(done=grouped(done), n=grouped(total))
    # Else whoever reads no further takes the others for not cancelled.
    unknown = states[State.UNKNOWN]
    return _("{said}, {n} unknown").format(said=said, n=grouped(unknown)) if unknown else said
