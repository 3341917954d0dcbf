"""The numbers of a month: a plot and a table by SKU, reason or store."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDateEdit,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.language import month as month_words
from cancel_desk.report.numbers import MonthNumbers
from cancel_desk.sheet.table_file import NamedTable
from cancel_desk.texts.lists import listed
from cancel_desk.ui.dialogs.rows_table import rows_table
from cancel_desk.ui.models.amounts_model import LINES, NAME, ORDERS, AmountsModel, name_words
from cancel_desk.ui.widgets.bar_chart import Bar, BarChart
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.notice import Notice
from cancel_desk.ui.widgets.theme import SPACE

_REASON, _SKU, _STORE = range(3)  # the order of the tables of a month
_ROW_HEIGHT = 28
_FIELD_HEIGHT = 30
_AMOUNT_WIDTH: Final = 86


class MonthDialog(QDialog):
    """Says which month and store are wanted, and shows their numbers."""

    changed = Signal()
    save_wanted = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Numbers of a month"))
        self.resize(980, 600)
        self._tables: Sequence[NamedTable] = ()
        self._by = _SKU
        self._make_choices(today)
        self._make_chips()
        self._make_table()
        self.chart = BarChart()
        self.title = QLabel()
        self.title.setProperty("role", "muted")
        self.totals = QLabel()
        self.totals.setProperty("role", "headline")
        self.nothing = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter, wordWrap=True)
        self.nothing.setProperty("role", "headline")
        self.hint = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter, wordWrap=True)
        self.hint.setProperty("role", "muted")
        self.missing = QLabel(wordWrap=True)
        self.missing.setProperty("role", "muted")
        self.notice = Notice()
        self.save = ActionButton(
            _("Save these numbers…"),
            keys="Ctrl+S",
            tip=_("Save the three tables, as .xlsx or .csv"),
            role="primary",
        )
        self.save.clicked.connect(self.save_wanted)
        self.leave = ActionButton(_("Close"), keys="", tip=_("Close the numbers (Esc)"))
        self.leave.clicked.connect(self.reject)
        self._lay_out()
        self.nothing.setText(_("Counting what the runs of this computer cancelled…"))
        self._faces.setCurrentWidget(self._empty)
        self.show_waiting()

    @property
    def month(self) -> date:
        """The first day of the month that is wanted."""
        day = self.picker.date()
        return date(day.year(), day.month(), 1)

    @property
    def store(self) -> str | None:
        """The store that is wanted; None for all live ones."""
        found: str | None = self.stores.currentData()
        return found

    def show_waiting(self) -> None:
        """Show that the numbers are being counted."""
        self.totals.setText(_("Counting…"))
        self.save.setEnabled(False)

    def show_numbers(
        self, numbers: MonthNumbers, tables: Sequence[NamedTable], stores: Sequence[str]
    ) -> None:
        """Show the numbers of the month and store that are wanted; ``stores`` may be chosen."""
        self._tables = tables
        self._show_stores(stores)
        parts = (
            ngettext("{n} line", "{n} lines", numbers.lines).format(n=grouped(numbers.lines)),
            ngettext("{n} unit", "{n} units", numbers.units).format(n=grouped(numbers.units)),
            ngettext("{n} order", "{n} orders", numbers.orders).format(n=grouped(numbers.orders)),
        )
        self.totals.setText(" · ".join(parts))
        self._show_nothing(stores)
        self.missing.setText(_missing_words(numbers.unread))
        self.save.setEnabled(numbers.lines > 0)
        self._faces.setCurrentWidget(self._both if numbers.lines else self._empty)
        self._show_by(self._by)

    # ---- parts

    def _make_choices(self, today: date) -> None:
        newest = QDate(today.year, today.month, 1)
        self.picker = QDateEdit(newest)
        # In the words of Qt: MMMM is the month's name, M its number, 'of' a word.
        self.picker.setDisplayFormat(_("MMMM yyyy"))
        self.picker.setMaximumDate(newest.addMonths(1).addDays(-1))
        self.picker.setKeyboardTracking(False)
        self.picker.setMinimumWidth(150)
        self.picker.setAccessibleName(_("Month"))
        self.before = ActionButton("◀", keys="Ctrl+PgUp", tip=_("Go to the month before"))
        self.after = ActionButton("▶", keys="Ctrl+PgDown", tip=_("Go to the month after"))
        self.before.clicked.connect(partial(self._go, -1))
        self.after.clicked.connect(partial(self._go, 1))
        for button in (self.before, self.after):
            button.setAccessibleName(button.accessibleDescription())
        self.stores = QComboBox()
        self.stores.setAccessibleName(_("Store"))
        self.stores.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.stores.addItem(_("All live stores"), None)
        self.stores.activated.connect(self._on_changed)
        self.picker.dateChanged.connect(self._on_month)
        self.after.setEnabled(False)
        for field in (self.picker, self.stores):
            field.setMinimumHeight(_FIELD_HEIGHT)

    def _make_chips(self) -> None:
        self._group = QButtonGroup(self)
        self.chips: dict[int, ActionButton] = {}
        for at, (by, label) in enumerate(
            ((_SKU, _("By SKU")), (_REASON, _("By reason")), (_STORE, _("By store")))
        ):
            tip = _("Count the lines that were cancelled: {label}").format(label=label)
            chip = ActionButton(label, keys=f"Ctrl+{at + 1}", tip=tip, role="chip")
            chip.setCheckable(True)
            chip.setChecked(by == self._by)
            chip.clicked.connect(partial(self._show_by, by))
            self._group.addButton(chip)
            self.chips[by] = chip

    def _make_table(self) -> None:
        self.amounts = AmountsModel(self)
        self.table = table = rows_table(self.amounts, row_height=_ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setDefaultSectionSize(_AMOUNT_WIDTH)
        header.setSortIndicator(LINES, Qt.SortOrder.DescendingOrder)
        table.setSortingEnabled(True)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        for widget in (self.before, self.picker, self.after, self.stores):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(self.totals)
        chips = QHBoxLayout()
        chips.setSpacing(SPACE)
        for chip in self.chips.values():
            chips.addWidget(chip)
        chips.addStretch(1)
        plot = QVBoxLayout()
        plot.addWidget(self.title)
        plot.addWidget(self.chart, 1)
        self._both = QWidget()
        beside = QHBoxLayout(self._both)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(2 * SPACE)
        beside.addLayout(plot, 1)
        beside.addWidget(self.table, 1)
        self._faces = QStackedWidget()
        self._faces.addWidget(self._both)
        self._empty = QWidget()
        middle = QVBoxLayout(self._empty)
        middle.setSpacing(SPACE)
        middle.addStretch(1)
        middle.addWidget(self.nothing)
        middle.addWidget(self.hint)
        middle.addStretch(1)
        self._faces.addWidget(self._empty)
        bottom = QHBoxLayout()
        bottom.setSpacing(SPACE)
        bottom.addWidget(self.missing, 1)
        bottom.addWidget(self.leave)
        bottom.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addLayout(top)
        column.addLayout(chips)
        column.addWidget(self.notice)
        column.addWidget(self._faces, 1)
        column.addLayout(bottom)

    # ---- what is shown

    def _show_stores(self, stores: Sequence[str]) -> None:
        """Offer the stores; the one that is chosen stays, even if it has nothing this month."""
        chosen = self.store
        self.stores.clear()
        self.stores.addItem(_("All live stores"), None)
        for store in dict.fromkeys((*stores, *filter(None, (chosen,)))):
            self.stores.addItem(store, store)
        self.stores.setCurrentIndex(max(0, self.stores.findData(chosen)) if chosen else 0)

    def _show_by(self, by: int, *_checked: object) -> None:
        self._by = by
        if not self._tables:
            return
        table = self._tables[by]
        self.amounts.show_table(table)
        self.table.setColumnWidth(NAME, self.table.viewport().width() - ORDERS * _AMOUNT_WIDTH)
        self.table.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.title.setText(
            _("Lines cancelled, {by}").format(by=table.name[:1].lower() + table.name[1:])
        )
        self.table.setAccessibleName(self.title.text())
        bars = [
            Bar(
                name_words(str(name)),
                int(lines),
                _("{lines} lines, {units} units").format(
                    lines=grouped(int(lines)), units=grouped(int(units))
                ),
            )
            for name, lines, units, _orders in table.rows
        ]
        self.chart.show_bars(bars, name=self.title.text())

    def _show_nothing(self, stores: Sequence[str]) -> None:
        """Say that there is nothing to count, and where there may be something."""
        month = month_words(self.month)
        self.nothing.setText(
            _("Nothing was cancelled in {month} at {store}").format(
                month=month, store=self.store or _("a live store")
            )
        )
        self.hint.setText(
            _("Other stores, and the practice store, are counted when you choose them above.")
            if self.store is None and stores
            else _("The arrows above, or Ctrl+PgUp, go to the months before.")
        )

    # ---- news

    def _go(self, months: int, *_checked: object) -> None:
        self.picker.setDate(self.picker.date().addMonths(months))

    def _on_month(self, day: QDate) -> None:
        newest = self.picker.maximumDate()
        self.after.setEnabled((day.year(), day.month()) < (newest.year(), newest.month()))
        self._on_changed()

    def _on_changed(self, *_news: object) -> None:
        self.show_waiting()
        self.changed.emit()


def _missing_words(unread: Sequence[str]) -> str:
    """Say what the numbers don't count."""
    if not unread:
        return _("Counted from the runs of this computer; those you deleted are not among them.")
    words = ngettext(
        "{n} run is not counted, because it is in use or can't be read: {runs}",
        "{n} runs are not counted, because they are in use or can't be read: {runs}",
        len(unread),
    )
    shown = listed(unread[:3]) + (" …" if len(unread) > 3 else "")
    return words.format(n=grouped(len(unread)), runs=shown)
