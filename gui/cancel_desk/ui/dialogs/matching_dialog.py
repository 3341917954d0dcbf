"""How a sheet is read and which of its columns is which, seen by the person before it counts."""

import threading
from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.desk import Desk
from cancel_desk.language import gettext as _
from cancel_desk.sheet.columns import Column, ColumnMatch, match_columns
from cancel_desk.sheet.expansion import ExpandBy
from cancel_desk.sheet.matching import ColumnAnswer
from cancel_desk.texts.issues import column_name
from cancel_desk.texts.lists import listed, sentences
from cancel_desk.texts.sheet import column_in_words, shortened_list
from cancel_desk.ui.dialogs.columns_form import ColumnsForm
from cancel_desk.ui.dialogs.reading_form import ReadingForm
from cancel_desk.ui.explain import explain
from cancel_desk.ui.grid.reason_choices import Choice
from cancel_desk.ui.models.preview_model import PreviewModel
from cancel_desk.ui.session.background import Background
from cancel_desk.ui.session.sheet_look import SheetLook, look_at_file
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.notice import Notice
from cancel_desk.ui.widgets.theme import SPACE

_PREVIEW_HEIGHT = 150
_CELL_WIDTH = 150
_ROW_HEIGHT = 24


class MatchingDialog(QDialog):
    """Accepted with ``look`` and ``answer``: the sheet as it was last shown, and its columns."""

    def __init__(
        self,
        desk: Desk,
        background: Background,
        look: SheetLook,
        reasons: Sequence[Choice],
        parent: QWidget | None = None,
        *,
        store: str = "Walmart",
    ) -> None:
        """``store`` is where rows that name no purchase order would be looked up."""
        super().__init__(parent)
        self._store = store
        self._desk = desk
        self._background = background
        self._stale = threading.Event()  # set when nobody waits for the look under way
        self._looking = False
        self.look = look
        self.setWindowTitle(_("Columns of your sheet"))
        self.resize(880, 560)
        self.title = QLabel(wordWrap=True)
        self.title.setProperty("role", "headline")
        self.reading = ReadingForm()
        self.columns = ColumnsForm(reasons)
        self.notice = Notice()
        self.hint = QLabel(wordWrap=True)
        self.hint.setProperty("role", "muted")
        self._make_preview()
        self._make_buttons()
        self._lay_out()
        self.reading.changed.connect(self._on_reading_changed)
        self.columns.changed.connect(self._on_columns_changed)
        self._show(look)
        open_ones = self.columns.unsettled if Column.PO in self.columns.chosen else ()
        first = self.columns.choices[next(iter(open_ones), Column.PO)]
        (first if first.isEnabled() else self.columns.names).setFocus()

    @property
    def answer(self) -> ColumnAnswer:
        """Which column is which, as chosen."""
        return self.columns.answer()

    def _make_preview(self) -> None:
        self.rows = PreviewModel(self)
        self.preview = QTableView()
        self.preview.setModel(self.rows)
        self.preview.setProperty("role", "rows")
        self.preview.setAccessibleName(_("The first rows of your sheet"))
        self.preview.setToolTip(_("The first rows as they stand in your file"))
        self.preview.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.preview.setTabKeyNavigation(False)
        self.preview.setWordWrap(False)
        self.preview.setCornerButtonEnabled(False)
        self.preview.setMinimumHeight(_PREVIEW_HEIGHT)
        self.preview.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.preview.horizontalHeader().setDefaultSectionSize(_CELL_WIDTH)
        self.preview.horizontalHeader().setHighlightSections(False)
        self.preview.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )

    def _make_buttons(self) -> None:
        self.use = ActionButton(
            "",
            keys="Ctrl+Return",
            tip=_("Open the sheet so; the answer is remembered for sheets with the same columns"),
            role="primary",
        )
        self.cancel = ActionButton(_("Cancel"), keys="", tip=_("Change nothing"))
        self.use.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.hint, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 2)
        column.addWidget(self.title)
        column.addWidget(self.reading)
        column.addWidget(self.notice)
        column.addWidget(self.preview, 1)
        column.addWidget(self.columns)
        column.addLayout(buttons)

    def _show(self, look: SheetLook) -> None:
        self.look = look
        name = look.path.name if look.path else _("what you copied")
        self.title.setText(_("Which column is which in {name}?").format(name=name))
        self.reading.show_guess(look.preview.guess, from_file=look.path is not None)
        self.rows.show_preview(look.preview)
        self.columns.show_questions(look.raw, look.questions)

    @Slot()
    def _on_columns_changed(self) -> None:
        chosen = self.columns.chosen
        names = {at: column_name(column) for column, at in chosen.items()}
        lookup, by = self.columns.lookup, self.columns.by
        if lookup is not None and by is ExpandBy.CUSTOMER_ORDER:
            names[lookup.at] = _("Customer order")
        self.rows.name_columns(names)
        self.use.set_label(_("Use these columns") if by is None else _("Get the open lines"))
        missing = Column.PO not in chosen if by is None else lookup is None
        twice, unsettled = self.columns.twice, self.columns.unsettled
        stuck = missing or twice or unsettled or self._looking or not self.look.raw.rows
        self.use.setEnabled(not stuck)
        self.hint.setText(self._hint(missing=missing, twice=twice))

    def _hint(self, *, missing: bool, twice: Sequence[Column]) -> str:
        if self._looking:
            return _("Reading your file…")
        if not self.look.raw.rows:
            return _("There are no rows below the column names. Choose another sheet or row.")
        if twice:
            return _("One column of your file is chosen for two things: {names}.").format(
                names=listed(map(column_name, twice))
            )
        by = self.columns.by
        if missing and by is not None:
            return _missing_key(by)
        if not missing and self.columns.unsettled:
            return self._about_doubted(self.columns.unsettled)
        return self._about_orders(missing=missing) if by is None else _looked_up(by, self._store)

    def _about_doubted(self, columns: Sequence[Column]) -> str:
        """Say what must be chosen first, and why: more would be cancelled, or what isn't seen."""
        found = self.columns.doubted
        places = sorted({at for column in columns for at in found[column]})
        hidden = [at for at in places if at in self.look.raw.facts.hidden_columns]
        if hidden:
            return _(
                "Choose the {columns}, or that it is not in your file. {names} may be it, but your "
                "file hides it from you."
            ).format(
                columns=listed(map(column_in_words, columns)),
                names=shortened_list([self.look.raw.headers[at] for at in hidden]),
            )
        return _(
            "Choose the {columns}, or that it is not in your file. {names} may be it, and without "
            "it more would be cancelled."
        ).format(
            columns=listed(map(column_in_words, columns)),
            names=shortened_list([self.look.raw.headers[at] for at in places]),
        )

    def _about_orders(self, *, missing: bool) -> str:
        match = match_columns(self.look.raw.headers)
        if not missing:
            return sentences(
                (*self._to_check(match), _("You see all rows before anything is sent."))
            )
        orders = match.possible.get(Column.PO, ())
        named = shortened_list([self.look.raw.headers[at] for at in orders])
        if not named:
            return _("Choose the column with the purchase order numbers.")
        return _(
            "Choose the column with the purchase order numbers. {names} may hold customer "
            "order numbers, which are different: if so, say it above."
        ).format(names=named)

    def _to_check(self, match: ColumnMatch) -> Iterator[str]:
        """Say why the person is asked at all, where a guess fills everything in."""
        if not self.look.preview.guess.facts.sure:
            yield _("How the file is read is a guess: check what is chosen above the rows.")
        several = [
            column_in_words(each.column)
            for each in self.look.questions
            if each.must_ask and each.column in match.doubtful
        ]
        if several:
            yield _("Several columns could be the {columns}: check which one is chosen.").format(
                columns=listed(several)
            )

    # reading it another way

    @Slot()
    def _on_reading_changed(self) -> None:
        path = self.look.path
        if path is None:
            return
        self._stale.set()
        self._stale = stale = threading.Event()
        choice = self.reading.wanted(self.look.choice)
        self._begin_looking()

        def looked(look: SheetLook) -> None:
            if not stale.is_set():
                self._end_looking(look)

        def failed(error: Exception) -> None:
            if not stale.is_set():
                self._end_looking(self.look)
                self.notice.explain(explain(error))

        def work() -> SheetLook:
            return look_at_file(self._desk, path, choice, cancelled=stale.is_set)

        self._background.start(work, looked, failed)

    def _begin_looking(self) -> None:
        self._looking = True
        self.notice.hide()
        self._on_columns_changed()

    def _end_looking(self, look: SheetLook) -> None:
        self._looking = False
        self._show(look)

    def done(self, result: int) -> None:
        """Close; a look under way is given up."""
        self._stale.set()
        super().done(result)


def _missing_key(by: ExpandBy) -> str:
    if by is ExpandBy.SKU:
        return _("Choose the column with the SKUs.")
    return _("Choose the column with the customer order numbers.")


def _looked_up(by: ExpandBy, store: str) -> str:
    """Say what the rows will come to."""
    if by is ExpandBy.SKU:
        words = _(
            "Every open line of {store} with one of these SKUs comes into the grid. "
            "You see all of them before anything is sent."
        )
    else:
        words = _(
            "Every open line of these customer orders at {store} comes into the grid. "
            "You see all of them before anything is sent."
        )
    return words.format(store=store)
