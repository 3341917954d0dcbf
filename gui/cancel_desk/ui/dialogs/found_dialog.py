"""What a result sheet says whose run is not on this computer, and the way on with its rows."""

from collections import Counter
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QTableView, QVBoxLayout, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.runs.results import Result
from cancel_desk.sheet.table_file import NamedTable
from cancel_desk.texts.lists import counts_words, listed
from cancel_desk.texts.outcomes import result_words
from cancel_desk.ui.models.columns import set_up_table
from cancel_desk.ui.models.table_model import TableModel
from cancel_desk.ui.session.sheet_look import FoundSheet
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.outcome_bar import OutcomeBar, Part
from cancel_desk.ui.widgets.result_colours import result_fill
from cancel_desk.ui.widgets.theme import SPACE, colours

_WIDTH: Final = 140  # pixels of a column


class FoundDialog(QDialog):
    """Shows the results as they stand in the sheet; accepted means to go on with what is left."""

    def __init__(self, sheet: FoundSheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Result sheet"))
        self.resize(860, 520)
        self.title = QLabel(
            _("{name} is a result sheet").format(name=sheet.path.name), wordWrap=True
        )
        self.title.setProperty("role", "headline")
        self.about = QLabel(_about(sheet), wordWrap=True)
        self.bar = OutcomeBar()
        self.counts = QLabel(wordWrap=True)
        self._show_counts(sheet)
        self.view = QTableView()
        rows = [row.cells for row in sheet.raw.rows]
        self.view.setModel(TableModel(NamedTable("", sheet.raw.headers, rows), self))
        self.view.setAccessibleName(_("Rows of the result sheet"))
        set_up_table(self.view)
        self.view.verticalHeader().hide()
        self._show_results_first(sheet)
        left = len(sheet.left.rows)
        words = ngettext("Go on with the {n} row left", "Go on with the {n} rows left", left)
        self.go_on = ActionButton(
            words.format(n=grouped(left)),
            keys="Ctrl+Return",
            tip=_("Open the rows that are not done, to check them anew; nothing is sent by this"),
            role="primary",
        )
        self.go_on.setEnabled(left > 0)
        self.shut = ActionButton(_("Close"), keys="", tip=_("Open nothing"))
        self.go_on.clicked.connect(self.accept)
        self.shut.clicked.connect(self.reject)
        self._lay_out()
        self.view.selectRow(0)
        self.view.setFocus()

    def _show_counts(self, sheet: FoundSheet) -> None:
        """Count the results by their words; whatever else stands there is counted as it is."""
        palette = colours(QGuiApplication.palette())
        kinds = {word.casefold(): result for result in Result for word in result_words(result)}
        counts: Counter[Result] = Counter()
        said = []
        for word, number in sheet.words.most_common():
            if (result := kinds.get(word.casefold())) is not None:
                counts[result] += number
            elif word:
                said.append(f"{grouped(number)} {word}")
            else:
                words = ngettext("{n} without a result", "{n} without a result", number)
                said.append(words.format(n=grouped(number)))
        known = counts_words(counts)
        self.counts.setText(
            listed(filter(None, (known, *said))) or _("Its column of results is gone.")
        )
        parts = [Part(counts[result], result_fill(palette, result)) for result in Result]
        self.bar.show_parts(parts, self.counts.text())
        self.bar.setVisible(any(counts.values()))

    def _show_results_first(self, sheet: FoundSheet) -> None:
        """Put the result before the person's own columns, which may be many."""
        header = self.view.horizontalHeader()
        for column in range(len(sheet.raw.headers)):
            self.view.setColumnWidth(column, _WIDTH)
        for place, name in enumerate(("Result", "What it means")):
            if (at := sheet.found.columns.get(name)) is not None:
                header.moveSection(header.visualIndex(at), place)
        if (at := sheet.found.columns.get("What it means")) is not None:
            self.view.setColumnWidth(at, 2 * _WIDTH)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self.shut)
        buttons.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        for widget in (self.title, self.about, self.bar, self.counts):
            column.addWidget(widget)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)


def _about(sheet: FoundSheet) -> str:
    if sheet.found.run:
        words = _(
            "Its run {run} can't be opened on this computer, so this is what the file itself says. "
            "Nothing was sent."
        )
        return words.format(run=sheet.found.run)
    return _(
        "It does not say which run it is of, as other programs and .csv files drop that. So this "
        "is what the file itself says. Nothing was sent."
    )
