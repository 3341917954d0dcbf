"""What a store's open orders offer for damaged numbers; the person says which are taken."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.sheet.real_numbers import Fit, NumberCandidate, NumberSearch
from cancel_desk.texts.lists import listed
from cancel_desk.ui.dialogs.number_choices import NumberChoices
from cancel_desk.ui.models.numbers_model import OFFERED, ROW, SHOWN, TAKE, NumbersModel
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE

_WIDTHS = {TAKE: 64, ROW: 60, SHOWN: 150, OFFERED: 330}
_ROW_HEIGHT = 28
_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NumbersDialog(QDialog):
    """Shows how far the list of orders is, then what was found; accepted with ``taken``."""

    def __init__(self, store: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Find the real numbers"))
        self.resize(940, 520)
        self.title = QLabel(
            _("Which open orders of {store} may the damaged numbers be?").format(store=store),
            wordWrap=True,
        )
        self.title.setProperty("role", "headline")
        self.summary = QLabel(wordWrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setProperty("tone", "plain")
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(_("Listing the open orders"))
        self.every = QCheckBox()
        self.every.setToolTip(_("You can still untick single rows"))
        self._make_table()
        self.choices = NumberChoices()
        self._make_buttons()
        self._lay_out()
        self.every.toggled.connect(self._on_every)
        self.rows.ticked.connect(self._on_ticked)
        self.choices.chosen.connect(self._on_chosen)
        self.show_progress(0)

    @property
    def taken(self) -> list[tuple[NumberSearch, NumberCandidate]]:
        """What the person ticked."""
        return self.rows.taken

    def show_progress(self, orders: int) -> None:
        """Show how many orders were listed so far."""
        self.summary.setText(
            ngettext(
                "Listing the open orders: {n} so far. Nothing is changed by this.",
                "Listing the open orders: {n} so far. Nothing is changed by this.",
                orders,
            ).format(n=grouped(orders))
        )
        self._show_parts(found=False)

    def show_found(self, found: Sequence[NumberSearch]) -> None:
        """Show what the orders offer for each row."""
        self.rows.show_found(found)
        proposed = self.rows.proposed
        self.every.setText(
            ngettext(
                "Tick the &row that only one order fits",
                "Tick all {n} &rows that only one order fits",
                proposed,
            ).format(n=grouped(proposed))
        )
        self.summary.setText(_summary(found))
        self._show_parts(found=True)
        self.every.setVisible(proposed > 0)
        self.table.setCurrentIndex(self.rows.index(0, TAKE))
        self._on_row()
        self.table.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tick the current row with the space bar, or go on to its choices."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _KEYS
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            row = self.table.currentIndex().row()
            if self.rows.choices(row) and self.rows.chosen(row) is None:
                self.choices.list.setFocus()
            else:
                self.rows.toggle(row)
            return True
        return super().eventFilter(watched, event)

    # ---- parts

    def _make_table(self) -> None:
        self.rows = NumbersModel(self)
        self.table = QTableView()
        self.table.setModel(self.rows)
        self.table.setProperty("role", "rows")
        self.table.setAccessibleName(_("Rows with damaged numbers"))
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setCornerButtonEnabled(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, width)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.installEventFilter(self)

    def _make_buttons(self) -> None:
        self.take = ActionButton(
            "",
            keys="Ctrl+Return",
            tip=_("Put the ticked numbers into the sheet; undo brings the damaged ones back"),
            role="primary",
        )
        self.cancel = ActionButton(_("Cancel"), keys="", tip=_("Leave the sheet as it is"))
        self.take.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.every)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addWidget(self.title)
        column.addWidget(self.summary)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.choices)
        column.addStretch(0)
        column.addLayout(buttons)

    def _show_parts(self, *, found: bool) -> None:
        self.bar.setVisible(not found)
        self.table.setVisible(found)
        self.choices.hide()
        self.take.setVisible(found)
        self.every.setVisible(found)
        self.cancel.set_label(_("Cancel") if found else _("Stop"))
        self._on_ticked()

    # ---- news

    @Slot()
    def _on_ticked(self) -> None:
        count = len(self.rows.taken)
        words = ngettext("Take {n} number", "Take {n} numbers", count).format(n=grouped(count))
        self.take.set_label(words if count else _("Nothing ticked yet"))
        self.take.setEnabled(count > 0)

    @Slot(bool)
    def _on_every(self, on: bool) -> None:  # noqa: FBT001
        self.rows.tick_proposed(on=on)

    @Slot()
    def _on_row(self) -> None:
        """Show what may be chosen for the row that is current."""
        row = self.table.currentIndex().row()
        choices = self.rows.choices(row) if row >= 0 else ()
        self.choices.setVisible(bool(choices))
        if choices:
            number = str(self.rows.index(row, ROW).data())
            self.choices.show_choices(number, choices, self.rows.chosen(row))

    @Slot(object)
    def _on_chosen(self, candidate: NumberCandidate | None) -> None:
        self.rows.choose(self.table.currentIndex().row(), candidate)


def _summary(found: Sequence[NumberSearch]) -> str:
    """Say how many rows have one fit, several, and none."""
    counts = {fit: sum(each.fit is fit for each in found) for fit in Fit}
    parts = (
        (Fit.ONE, ngettext("{n} row has one fit", "{n} rows have one fit", counts[Fit.ONE])),
        (
            Fit.SEVERAL,
            ngettext(
                "{n} row has several to choose from",
                "{n} rows have several to choose from",
                counts[Fit.SEVERAL],
            ),
        ),
        (Fit.NONE, ngettext("{n} row has none", "{n} rows have none", counts[Fit.NONE])),
    )
    told = listed(words.format(n=grouped(counts[fit])) for fit, words in parts if counts[fit])
    return _("{counts}. Take only what you know to be right; the rest stays as it is.").format(
        counts=told
    )
