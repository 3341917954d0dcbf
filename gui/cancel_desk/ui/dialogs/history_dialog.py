"""All runs of this computer: found as one types, and what can be done with each."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.runs.found_runs import FoundRuns
from cancel_desk.runs.history import RunSummary
from cancel_desk.texts.lists import counts_words
from cancel_desk.ui.dialogs.badge_delegate import BadgeDelegate
from cancel_desk.ui.dialogs.rows_table import rows_table
from cancel_desk.ui.dialogs.run_actions import RunActions
from cancel_desk.ui.models.runs_model import (
    BADGE,
    BEGAN,
    FILE,
    RESULT,
    ROWS,
    STANDING,
    STORE,
    RunsModel,
)
from cancel_desk.ui.widgets.notice import Notice
from cancel_desk.ui.widgets.theme import SPACE, colours

_WIDTHS: Final = {BADGE: 90, STORE: 120, FILE: 140, ROWS: 56}
_WHOLE: Final = (BEGAN, STANDING)
_ROW_HEIGHT = 30
_MOVING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class HistoryDialog(QDialog):
    """Shows the runs it is given, and says what is looked for and what is wanted of a run."""

    searched = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("History"))
        self.resize(980, 600)
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.search = QLineEdit()
        self.search.setProperty("role", "field")
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(_("Find by order number, SKU, store, file or day  (Ctrl+F)"))
        self.search.setAccessibleName(_("Find runs by order number, SKU, store, file or day"))
        self.notice = Notice()
        self.notice.hide()
        self.runs = RunsModel(colours(QGuiApplication.palette()), self)
        self._make_table()
        self.nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.nothing.setProperty("role", "muted")
        self.about = QLabel(wordWrap=True)
        self.about.setProperty("role", "muted")
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.acts = RunActions()
        self._lay_out()
        self._connect()
        self.show_waiting()

    def _make_table(self) -> None:
        self.table = table = rows_table(self.runs, row_height=_ROW_HEIGHT)
        table.setAccessibleName(_("Runs, the latest first"))
        table.setItemDelegateForColumn(BADGE, BadgeDelegate(table))
        table.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        header = table.horizontalHeader()
        header.setSectionResizeMode(RESULT, QHeaderView.ResizeMode.Stretch)
        header.setResizeContentsPrecision(0)  # of the rows that can be seen
        for column in _WHOLE:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for column, width in _WIDTHS.items():
            table.setColumnWidth(column, width)

    def _lay_out(self) -> None:
        title = QLabel(_("Runs of this computer"))
        title.setProperty("role", "headline")
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(self.count)
        self._faces = QStackedWidget()
        self._faces.addWidget(self.table)
        self._faces.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 2)
        column.addLayout(top)
        column.addWidget(self.search)
        column.addWidget(self.notice)
        column.addWidget(self._faces, 1)
        column.addWidget(self.about)
        column.addWidget(self.acts)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.searched)
        self.search.installEventFilter(self)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.doubleClicked.connect(self.acts.open_results.click)
        self.acts.close_history.clicked.connect(self.reject)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setWhatsThis(_("Find a run"))
        find.activated.connect(self.search.setFocus)
        find.activated.connect(self.search.selectAll)

    @property
    def chosen(self) -> RunSummary | None:
        """The run that is chosen in the table."""
        row = self.table.currentIndex().row()
        return self.runs.run(row) if 0 <= row < self.runs.rowCount() else None

    def show_waiting(self) -> None:
        """Show that the runs are being looked for."""
        self.count.setText(_("Looking…"))
        self.nothing.setText(_("Looking through the runs of this computer…"))
        self._faces.setCurrentWidget(self.nothing)
        self._on_row()

    def show_runs(self, runs: FoundRuns, *, here: str = "", sending: bool = False) -> None:
        """Show what was found; ``here`` is the id of the run that the window has open.

        The run that was chosen stays chosen where it is still among them.
        """
        chosen = self.chosen
        self._scroll_within(len(runs))
        self.runs.show_runs(runs, here=here, sending=sending)
        self.acts.sending = sending
        words = ngettext("{n} run", "{n} runs", len(runs)).format(n=grouped(len(runs)))
        self.count.setText(words)
        self.nothing.setText(
            _("No run has an order, SKU, store, file or day like that.")
            if self.search.text().strip()
            else _(
                "There are no runs on this computer yet. As soon as you send a sheet, its run is "
                "kept here with the result of every row."
            )
        )
        self._faces.setCurrentWidget(self.table if runs else self.nothing)
        self.choose(chosen.id if chosen else "")

    def _scroll_within(self, rows: int) -> None:
        """Have the table stand where so many rows are.

        Where it stands beyond them all, Qt measures every row, which takes 0.1 s for a thousand.
        """
        bar, shown = self.table.verticalScrollBar(), self.table.viewport().height()
        bar.setValue(min(bar.value(), max(0, rows * _ROW_HEIGHT - shown)))

    def choose(self, run_id: str) -> None:
        """Choose a run, or the first where it isn't shown."""
        row = self.runs.row_of(run_id) or 0
        self.table.setCurrentIndex(self.runs.index(row, BEGAN))
        self._on_row()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move through the table while one types."""
        if (
            watched is self.search
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _MOVING
        ):
            self.table.event(event)
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system when it changes between light and dark."""
        if event.type() == QEvent.Type.PaletteChange:
            self.runs.set_colours(colours(QGuiApplication.palette()))
        super().changeEvent(event)

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, *_rows: object) -> None:
        run = self.chosen
        self.about.setText(_about(run) if run else "")
        self.acts.show_run(run, here=run is not None and self.runs.is_here(run))


def _about(run: RunSummary) -> str:
    """Return what else is known of a run."""
    parts = [_("Run {run}").format(run=run.id)]
    if run.in_use:
        parts.append(_("another window or program is working on it; look again when it is done"))
    if run.unreadable:
        parts.append(_("its file is damaged, or of another version of Cancel Desk"))
    if run.former:
        parts.append(_("tries again what failed in run {run}").format(run=run.former))
    if run.imported:
        parts.append(_("from another computer"))
    parts += filter(None, (counts_words(run.counts), run.source))
    return " · ".join(parts)
