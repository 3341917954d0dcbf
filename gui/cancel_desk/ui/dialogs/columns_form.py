"""Which column of the person's sheet holds what: a choice with samples for each column needed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSpinBox, QStackedWidget, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.sheet.columns import NEEDED, Column, ColumnMatch, match_columns
from cancel_desk.sheet.expansion import ExpandBy, Lookup
from cancel_desk.sheet.matching import Candidate, ColumnAnswer, ColumnQuestion
from cancel_desk.sheet.rows import RawSheet
from cancel_desk.texts.lists import listed
from cancel_desk.ui.grid.elided_label import ElidedLabel
from cancel_desk.ui.grid.reason_choices import Choice
from cancel_desk.ui.widgets.theme import SPACE

NOT_IN_FILE: Final = -1
_NOT_CHOSEN: Final = -2
_MOST_UNITS: Final = 9_999


class ColumnsForm(QWidget):
    """One line per column: the header it is taken from, and samples or a value for all rows."""

    changed = Signal()

    def __init__(self, reasons: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices: dict[Column, QComboBox] = {}
        self._samples: dict[Column, ElidedLabel] = {}
        self._beside: dict[Column, QStackedWidget] = {}
        self._texts: dict[int, str] = {}
        self._named: frozenset[Column] = frozenset()
        self.doubted: Mapping[Column, Sequence[int]] = {}
        self._hidden: frozenset[int] = frozenset()
        self._labels: dict[Column, QLabel] = {}
        self._make_values(reasons)
        self._make_names()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)
        named = QLabel(_("Your ro&ws name"))
        named.setBuddy(self.names)
        grid.addWidget(named, 0, 0)
        grid.addWidget(self.names, 0, 1, 1, 2)
        for at, (column, label) in enumerate(_labels().items(), start=1):
            self._add(grid, at, column, label)

    def _make_values(self, reasons: Sequence[Choice]) -> None:
        self.reason = QComboBox()
        self.reason.addItem(_("choose later, row by row"), "")
        for choice in reasons:
            self.reason.addItem(choice.label, choice.code)
        self.reason.setAccessibleName(_("Cancel reason for all rows"))
        self.reason.setToolTip(_("Use this reason for all rows"))
        self.quantity = QSpinBox(minimum=0, maximum=_MOST_UNITS)
        self.quantity.setSpecialValueText(_("all that is open"))
        self.quantity.setAccessibleName(_("Quantity for all rows"))
        self.quantity.setToolTip(_("Cancel so many units in each row"))
        self._values: dict[Column, QWidget] = {
            Column.REASON: self.reason,
            Column.QUANTITY: self.quantity,
        }

    def _make_names(self) -> None:
        self.names = QComboBox()
        for label, by in (
            (_("purchase orders"), None),
            (_("customer orders: get all that is open in them"), ExpandBy.CUSTOMER_ORDER),
            (_("SKUs only: get everything open for them"), ExpandBy.SKU),
        ):
            self.names.addItem(label, by)
        self.names.setAccessibleName(_("What your rows name"))
        self.names.setToolTip(
            _("What is no purchase order is looked up in the store's open orders; nothing is sent")
        )
        self.names.activated.connect(self._on_chosen)

    def _add(self, grid: QGridLayout, at: int, column: Column, label: str) -> None:
        choice = QComboBox()
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(18)
        name = QLabel(label)
        name.setBuddy(choice)
        choice.setAccessibleName(label.replace("&", ""))
        choice.setToolTip(_("The column of your file that holds it"))
        samples = ElidedLabel()
        samples.setProperty("role", "muted")
        beside = QStackedWidget()
        beside.addWidget(samples)
        if column in self._values:
            beside.addWidget(self._values[column])
        choice.activated.connect(self._on_chosen)
        self._labels[column] = name
        self.choices[column], self._samples[column], self._beside[column] = choice, samples, beside
        for place, widget in enumerate((name, choice, beside)):
            grid.addWidget(widget, at, place)

    def show_questions(self, raw: RawSheet, questions: Sequence[ColumnQuestion]) -> None:
        """Show the guess for each column; a column of other order numbers is never one."""
        match = match_columns(raw.headers)
        self.doubted = {each.column: each.doubted for each in questions if each.doubted}
        self._hidden = frozenset(raw.facts.hidden_columns)
        self._named = frozenset({*match.columns, *match.doubtful})
        other_orders = match.possible.get(Column.PO, ())
        for question in questions:
            choice = self.choices[question.column]
            choice.clear()
            if question.column is Column.PO or (question.must_ask and question.at is None):
                choice.addItem(_("Choose…"), _NOT_CHOSEN)
            if question.column is not Column.PO:
                choice.addItem(self._not_in_file(question.column), NOT_IN_FILE)
            for candidate in question.candidates:
                choice.addItem(_header(candidate), candidate.at)
                self._texts[candidate.at] = _told(candidate)
            doubted = question.column is Column.PO and question.must_ask
            at = None if doubted and question.at in other_orders else question.at
            if question.column is Column.PO:
                by = _named_instead(question, match)
                self.names.setCurrentIndex(self.names.findData(by))
                if question.lookup is not None and by is ExpandBy.CUSTOMER_ORDER:
                    at = question.lookup.at
            choice.setCurrentIndex(0 if at is None else choice.findData(at))
            if question.fixed is not None:
                self._show_fixed(question.column, question.fixed)
        self._on_chosen()

    def _not_in_file(self, column: Column) -> str:
        if column in self._values:
            return _("Not in my file; use for all rows:")
        return _("Not in my file")

    def _show_fixed(self, column: Column, text: str) -> None:
        if column is Column.REASON:
            self.reason.setCurrentIndex(max(self.reason.findData(text), 0))
        elif column is Column.QUANTITY:
            self.quantity.setValue(int(text) if text.isdecimal() else 0)

    @property
    def chosen(self) -> Mapping[Column, int]:
        """The index of the header each column is taken from."""
        return {
            column: at
            for column, at in self._picked().items()
            if column is not Column.PO or self.by is None
        }

    @property
    def by(self) -> ExpandBy | None:
        """What the rows name where it is no purchase order."""
        by = self.names.currentData()  # Qt makes plain text of it
        return None if by is None else ExpandBy(by)

    @property
    def lookup(self) -> Lookup | None:
        """What is to be looked up and in which column it is; None where that isn't chosen."""
        key = Column.SKU if self.by is ExpandBy.SKU else Column.PO
        at = self._picked().get(key)
        return None if self.by is None or at is None else Lookup(self.by, at)

    def _picked(self) -> Mapping[Column, int]:
        found = {column: int(choice.currentData()) for column, choice in self.choices.items()}
        return {column: at for column, at in found.items() if at >= 0}

    @property
    def twice(self) -> tuple[Column, ...]:
        """The columns that are taken from the same header as another."""
        picked = {**self._picked()}
        if self.by is ExpandBy.SKU:
            picked.pop(Column.PO, None)
        times = Counter(picked.values())
        return tuple(column for column, at in picked.items() if times[at] > 1)

    @property
    def unsettled(self) -> tuple[Column, ...]:
        """The columns, beside the orders, of which the person has yet to say where they are.

        One is settled too once all that might hold it are chosen for others.
        """
        picked = {*self._picked().values()}
        return tuple(
            column
            for column, places in self.doubted.items()
            if column is not Column.PO
            and self.choices[column].currentData() == _NOT_CHOSEN
            and not picked.issuperset(places)
        )

    def answer(self) -> ColumnAnswer:
        """Return what is chosen; a column with a fitting name that is not wanted is blank."""
        chosen = self.chosen
        fixed = {Column.REASON: str(self.reason.currentData())}
        fixed[Column.QUANTITY] = str(self.quantity.value() or "")
        texts = {
            column: fixed.get(column, "")
            for column in NEEDED
            if column not in chosen and (fixed.get(column) or column in self._named)
        }
        if self.by is not None:
            texts.pop(Column.PO, None)
        weighed = {at for places in self.doubted.values() for at in places}
        weighed |= self._hidden.intersection(chosen.values())
        return ColumnAnswer(chosen, texts, self.lookup, tuple(sorted(weighed)))

    @Slot()
    def _on_chosen(self) -> None:
        by_sku, label = self.by is ExpandBy.SKU, _labels()[Column.PO]
        if self.by is ExpandBy.CUSTOMER_ORDER:
            label = _("Customer &order number")
        self._labels[Column.PO].setText(label)
        self.choices[Column.PO].setAccessibleName(label.replace("&", ""))
        for widget in (self._labels[Column.PO], self.choices[Column.PO]):
            widget.setEnabled(not by_sku)
        picked = self._picked()
        for column, beside in self._beside.items():
            at = None if by_sku and column is Column.PO else picked.get(column)
            self._samples[column].show_text("" if at is None else self._texts[at])
            left_out = self.choices[column].currentData() == NOT_IN_FILE
            beside.setCurrentIndex(1 if left_out and column in self._values else 0)
        self.changed.emit()


def _named_instead(question: ColumnQuestion, match: ColumnMatch) -> ExpandBy | None:
    """Return what rows seem to name instead of purchase orders: only the person can tell."""
    if question.lookup is not None:
        return question.lookup.by
    named = Column.PO in match.columns or match.possible.get(Column.PO)
    nothing_like_it = question.at is None and not named
    return ExpandBy.SKU if nothing_like_it and Column.SKU in match.columns else None


def _labels() -> Mapping[Column, str]:
    return {
        Column.PO: _("Purchase &order number"),
        Column.LINE: _("Line nu&mber"),
        Column.SKU: _("S&KU"),
        Column.QUANTITY: _("&Quantity"),
        Column.REASON: _("Cancel &reason"),
    }


def _header(candidate: Candidate) -> str:
    name = " ".join(candidate.header.split()) or _("no name")
    if candidate.hidden:
        return _("{header} (column {place}, hidden in your file)").format(
            header=name, place=candidate.place
        )
    return _("{header} (column {place})").format(header=name, place=candidate.place)


def _told(candidate: Candidate) -> str:
    return listed(candidate.samples) or _("no values")
