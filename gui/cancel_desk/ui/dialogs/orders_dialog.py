"""Which of a store's open orders are wanted."""

from datetime import date

from PySide6.QtCore import QDate, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.language import gettext as _
from cancel_desk.sheet.order_rows import OrderFilter
from cancel_desk.ui.session.open_orders import OrdersWanted
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE
from cancel_desk.walmart.open_orders import ACKNOWLEDGED, LONGEST_DAYS, NEW

_USUAL_DAYS = 30
_SKU_LINES = 90


class OrdersDialog(QDialog):
    """Accepted with ``wanted``."""

    def __init__(self, store: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Get open orders"))
        self.setMinimumWidth(560)
        self._make_fields()
        self.get = ActionButton(
            _("Get open orders"),
            keys="Ctrl+Return",
            tip=_("Read the orders and open them as a sheet; nothing is changed at Walmart"),
            role="primary",
        )
        self.cancel = ActionButton(_("Cancel"), keys="", tip=_("Get nothing"))
        self.get.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        title = QLabel(_("Open orders of {store}").format(store=store), wordWrap=True)
        title.setProperty("role", "headline")
        promise = QLabel(
            _("They come into the grid, without a reason. Nothing is cancelled by this."),
            wordWrap=True,
        )
        promise.setProperty("role", "muted")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.get)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addWidget(title)
        column.addLayout(self._form())
        column.addWidget(promise)
        column.addLayout(buttons)

    def _make_fields(self) -> None:
        self.status = QComboBox()
        for label, statuses in (
            (_("New and acknowledged"), ()),
            (_("New only"), (NEW,)),
            (_("Acknowledged only"), (ACKNOWLEDGED,)),
        ):
            self.status.addItem(label, statuses)
        self.days = QSpinBox(minimum=1, maximum=LONGEST_DAYS, value=_USUAL_DAYS)
        self.by_date = QCheckBox(_("Only to &ship"))
        today = QDate.currentDate()
        self.ship_from = QDateEdit(today)
        self.ship_until = QDateEdit(today)
        for day in (self.ship_from, self.ship_until):
            day.setCalendarPopup(True)
        self.skus = QPlainTextEdit(placeholderText=_("All SKUs; or one in each line"))
        self.skus.setTabChangesFocus(True)
        self.skus.setFixedHeight(_SKU_LINES)
        self.by_date.toggled.connect(self._show_dates)
        for field, name, tip in (
            (self.status, _("Status"), _("Acknowledged: you told Walmart that you have seen it")),
            (self.days, _("Ordered in the last days"), _("Older orders are not listed")),
            (
                self.by_date,
                _("Only to be shipped by a date"),
                _("Only orders that Walmart wants shipped in these days"),
            ),
            (self.ship_from, _("First day"), _("First day, in UTC as Walmart counts")),
            (self.ship_until, _("Last day"), _("Last day, in UTC as Walmart counts")),
            (self.skus, _("SKUs"), _("Only lines with these SKUs")),
        ):
            field.setAccessibleName(name)
            field.setToolTip(tip)

    def _form(self) -> QFormLayout:
        dates = QHBoxLayout()
        dates.setSpacing(SPACE)
        for label, field in ((_("from"), self.ship_from), (_("until"), self.ship_until)):
            dates.addWidget(QLabel(label))
            dates.addWidget(field)
        dates.addStretch(1)
        self.days.setSuffix(" " + _("days"))
        form = QFormLayout()
        form.setVerticalSpacing(SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.addRow(_("S&tatus"), self.status)
        form.addRow(_("Ordered in the &last"), self.days)
        form.addRow(self.by_date, dates)
        form.addRow(_("S&KUs"), self.skus)
        self._show_dates()
        return form

    @Slot()
    def _show_dates(self) -> None:
        for field in (self.ship_from, self.ship_until):
            field.setEnabled(self.by_date.isChecked())

    @property
    def wanted(self) -> OrdersWanted:
        """What is asked for."""
        by_date = self.by_date.isChecked()
        skus = (line.strip() for line in self.skus.toPlainText().splitlines())
        lines = OrderFilter(
            statuses=frozenset(self.status.currentData()),
            skus=frozenset(filter(None, skus)),
            ship_from=_day(self.ship_from) if by_date else None,
            ship_until=_day(self.ship_until) if by_date else None,
        )
        return OrdersWanted(self.days.value(), lines)


def _day(field: QDateEdit) -> date:
    day = field.date()
    return date(day.year(), day.month(), day.day())
