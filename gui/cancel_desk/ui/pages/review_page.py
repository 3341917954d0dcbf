"""The second step: the rows, what is wrong with them, and the way on to sending."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import (
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.checks.filling_in import FilledIn, fill_in
from cancel_desk.checks.live import Look
from cancel_desk.checks.review import Review
from cancel_desk.language import gettext as _
from cancel_desk.language import ngettext
from cancel_desk.sheet.edits import Edit
from cancel_desk.sheet.rows import FileKind, RawSheet, Source
from cancel_desk.sheet.table import Table
from cancel_desk.ui.grid.filter_bar import SEARCH_KEYS, FilterBar
from cancel_desk.ui.grid.findings import IN_ERROR, Group
from cancel_desk.ui.grid.fix_offers import FixOffers
from cancel_desk.ui.grid.grid_pane import GridPane
from cancel_desk.ui.grid.jumps import Cell, next_problem
from cancel_desk.ui.grid.problems_panel import ProblemsPanel
from cancel_desk.ui.grid.reason_choices import reason_choices
from cancel_desk.ui.grid.row_filter import RowFilter, fitting_rows
from cancel_desk.ui.grid.sheet_model import SheetModel
from cancel_desk.ui.grid.sheet_view import SheetView
from cancel_desk.ui.grid.step_actions import StepActions
from cancel_desk.ui.pages.review_footer import ReviewFooter
from cancel_desk.ui.widgets.buttons import ActionButton, SignButton
from cancel_desk.ui.widgets.theme import PAGE_MARGIN, SPACE

UNDO_STEPS = 1000
_PANEL = 270


class ReviewPage(QWidget):
    """Chips and search, the grid with its problems beside it, and what to do next."""

    send_requested = Signal()
    check_requested = Signal()
    stop_check_requested = Signal()
    edited = Signal()
    clean_changed = Signal(bool)  # whether the sheet is as it was opened
    columns_wanted = Signal()
    save_wanted = Signal()
    numbers_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._going_to_first = False
        self._waiting: set[int] = set()  # rows for whole orders, until an error in them is fixed
        self._undo_stack = QUndoStack(self)
        self._undo_stack.setUndoLimit(UNDO_STEPS)
        self.model = SheetModel(_no_review(), self._undo_stack, self)
        self.view = SheetView(self.model)
        self.grid = GridPane(self.view)
        self.footer = ReviewFooter(self.view)
        self.filters = FilterBar()
        self.problems = ProblemsPanel()
        self.offers = FixOffers(self.view, self.problems)
        self._make_extras()
        self._make_actions()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.view)
        self._count()

    # ---- what the window calls

    def show_review(self, review: Review, source: str) -> None:
        """Show a sheet; ``source`` says in a few words where it came from."""
        self.footer.show_source(source)
        self.problems.offer(reason_choices(review.market))
        with QSignalBlocker(self.filters):  # the model shows all rows of a new sheet by itself
            self.filters.show_all()
        self._waiting = set()
        self.model.show_review(review)
        extras = sum(column.extra for column in self.model.columns)
        self.extras.setVisible(extras > 0)
        self.extras.setChecked(False)
        self._name_extras(extras)
        self._count()

    def say_again(self, source: str) -> None:
        """Say names and counts anew, in the language spoken now; the rows stay as they are."""
        self.footer.show_source(source)
        self._steps.say_again()
        self.model.say_again()
        self.view.layout_of_columns.follow()
        self.problems.offer(reason_choices(self.model.review.market))
        if extras := sum(column.extra for column in self.model.columns):
            self._name_extras(extras)
        self._count()

    def _name_extras(self, extras: int) -> None:
        self.extras.set_label(
            ngettext("+ {count} column", "+ {count} columns", extras).format(count=extras)
        )

    def add_looks(self, looks: Mapping[str, Look]) -> None:
        """Take in what reading orders gave."""
        self.model.add_looks(looks)
        self._count()

    def fill_in(self) -> FilledIn:
        """Show the lines of whole orders as rows and fill in blank quantities, as one step.

        Return what was done. A row that is being typed into stays as it is.
        """
        return self._fill_in(None)

    def _fill_in(self, only: Collection[int] | None) -> FilledIn:
        self.model.settle()
        filled = fill_in(self.model.review, besides=self.model.open_row, only=only)
        self._waiting = (self._waiting.difference(only) if only else set()) | filled.waiting
        self.model.do(_("filling in what Walmart says"), *filled.edits)
        return filled

    def refresh(self) -> None:
        """Look at every row again, after the review has forgotten what Walmart said."""
        self.model.refresh()
        self._count()

    @Slot(object)
    def look_again(self, row_ids: set[int]) -> None:
        """Look at these rows again: what is known of them changed."""
        if row_ids:
            self.model.look_again(row_ids)
            self._count()

    @property
    def undo_stack(self) -> QUndoStack:
        """The steps that can be taken back."""
        return self._undo_stack

    def has_edits(self) -> bool:
        """Tell whether the sheet differs from the one that was opened."""
        return not self._undo_stack.isClean()

    def count_as_edited(self) -> None:
        """Take the sheet for changed, although there is no step to take back."""
        self._undo_stack.resetClean()

    # ---- parts

    def _make_extras(self) -> None:
        self.extras = ActionButton(
            "",
            keys="Ctrl+E",
            tip=_("Show your own other columns, behind the note"),
            role="chip",
        )
        self.extras.setCheckable(True)

    def _make_actions(self) -> None:
        self._steps = StepActions(self._undo_stack, self)
        self.undo, self.redo = self._steps.undo, self._steps.redo
        self.search = QAction(_("Search"), self, shortcut=SEARCH_KEYS)
        self.next = QAction(_("Next problem"), self, shortcut=QKeySequence("F8"))
        self.previous = QAction(_("Previous problem"), self, shortcut=QKeySequence("Shift+F8"))
        for action in (self.undo, self.redo, self.search, self.next, self.previous):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)

    def _lay_out(self) -> None:
        for action, sign in ((self.undo, "↶"), (self.redo, "↷")):
            self.filters.between.addWidget(SignButton(sign, action))
        self.filters.between.addWidget(self.extras)
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.addWidget(self.grid)
        middle.addWidget(self.problems)
        middle.setStretchFactor(0, 1)
        middle.setStretchFactor(1, 0)
        middle.setChildrenCollapsible(False)
        middle.setHandleWidth(SPACE)
        middle.setSizes([1280 - _PANEL, _PANEL])
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, SPACE + 4, PAGE_MARGIN, SPACE + 4)
        column.setSpacing(SPACE + 2)
        column.addWidget(self.filters)
        column.addWidget(middle, 1)
        column.addWidget(self.footer)

    def _connect(self) -> None:
        self.model.applied.connect(self._on_applied)
        self._undo_stack.cleanChanged.connect(self.clean_changed)
        self.filters.changed.connect(self._on_filter)
        self.model.arranged.connect(self._on_arranged)
        self.filters.search_left.connect(self.view.setFocus)
        self.problems.group_chosen.connect(self._on_group)
        self.problems.numbers_wanted.connect(self.numbers_wanted)
        self.extras.toggled.connect(self._on_extras)
        self.footer.check_requested.connect(self.check_requested)
        self.footer.stop_check_requested.connect(self.stop_check_requested)
        footer = self.footer
        for asking in (footer.change.clicked, footer.save.clicked, footer.send.clicked):
            asking.connect(self.model.settle)  # each is about all of the sheet
        self.footer.change.clicked.connect(self.columns_wanted)
        self.footer.save.clicked.connect(self.save_wanted)
        self.footer.send.clicked.connect(self.send_requested)
        self.search.triggered.connect(self._on_find)
        self.next.triggered.connect(self._on_next)
        self.previous.triggered.connect(self._on_previous)

    # ---- news from the grid

    def _count(self) -> None:
        """Bring every count on the page up to date."""
        findings = self.model.findings
        self.filters.count(findings.tally())
        self.problems.show_findings(findings)
        self.offers.refresh()
        self.problems.mark(self.filters.wanted().group)
        self.footer.count(findings.lines())
        self.footer.tell()

    @Slot(object)
    def _on_applied(self, edits: Sequence[Edit]) -> None:
        self._count()
        self.edited.emit()
        if self._waiting and self._waiting.intersection(*(edit.row_ids for edit in edits)):
            # In a turn of its own: a field may be putting its text into the sheet just now.
            QTimer.singleShot(0, self, self._on_waiting_edited)

    @Slot()
    def _on_waiting_edited(self) -> None:
        """Show the lines of whole orders whose rows were fixed, where the orders are known."""
        review, state = self.model.review, self.model.findings.state
        self._waiting = {each for each in self._waiting if each in review.table}
        fixed = {each for each in self._waiting if state(each) not in IN_ERROR}
        known = {each for each in fixed if review.live(each) is not None}
        if known and not self.footer.checking:
            self._fill_in(known)

    @Slot(object)
    def _on_filter(self, wanted: RowFilter) -> None:
        """Choose the rows anew; they stay until the next choice, whatever is edited."""
        self.model.choose(partial(fitting_rows, self.model, wanted))
        self.problems.mark(wanted.group)

    @Slot()
    def _on_arranged(self) -> None:
        """Tell of the rows that are shown now, and go to the first problem where one asked."""
        self.footer.tell()
        if self._going_to_first:
            self._going_to_first = False
            self._go_to_problem(Cell(0, -1), forward=True)

    @Slot(object)
    def _on_group(self, group: Group) -> None:
        if self.filters.wanted().group == group:
            self.filters.show_all()
            return
        self._going_to_first = True
        self.filters.show_group(group)

    @Slot(bool)
    def _on_extras(self, shown: bool) -> None:  # noqa: FBT001
        self.view.show_extras(shown=shown)

    @Slot()
    def _on_find(self) -> None:
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    @Slot()
    def _on_next(self) -> None:
        self._go_to_problem(self._current(), forward=True)

    @Slot()
    def _on_previous(self) -> None:
        self._go_to_problem(self._current(), forward=False)

    def _current(self) -> Cell:
        index = self.view.currentIndex()
        return Cell(index.row(), index.column()) if index.isValid() else Cell(0, -1)

    def _go_to_problem(self, current: Cell, *, forward: bool) -> None:
        cell = next_problem(self.model, self.view.visible_columns(), current, forward=forward)
        if cell is not None:
            self.view.go_to(*cell)
            self.view.setFocus()


def _no_review() -> Review:
    """Return a review of nothing, for the time before a sheet is opened."""
    source = Source("", FileKind.TEXT, None, 1)
    return Review(Table(RawSheet(source, (), ()), {}), "US")
