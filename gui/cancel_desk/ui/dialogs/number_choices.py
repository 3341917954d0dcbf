"""The orders that may fit one damaged number, to choose one of them."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.sheet.real_numbers import NumberCandidate
from cancel_desk.texts.real_numbers import candidate_words
from cancel_desk.ui.models.numbers_model import spoken_for
from cancel_desk.ui.widgets.theme import SPACE

MOST_CHOICES: Final = 50
"""How many orders are listed for one row; the likeliest stand first."""

_HEIGHT = 130
_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class NumberChoices(QWidget):
    """A list whose first entry takes a choice back."""

    chosen = Signal(object)  # NumberCandidate, or None for none of them

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self.list = QListWidget()
        self.list.setAccessibleName(_("Orders that may fit"))
        self.list.setToolTip(_("Click, or press Enter, to choose an order for the row above"))
        self.list.setFixedHeight(_HEIGHT)
        self.list.setSpacing(2)
        self.list.setTabKeyNavigation(False)
        self.title.setBuddy(self.list)
        self.list.itemClicked.connect(self._on_picked)
        self.list.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.title)
        column.addWidget(self.list)

    def show_choices(
        self, row: str, choices: Sequence[NumberCandidate], chosen: NumberCandidate | None
    ) -> None:
        """Show what may fit the row with this number, and what is chosen."""
        self.title.setText(_("These &may fit row {row}; choose one:").format(row=row))
        self.list.clear()
        self._add(_("None of these"), None)
        for candidate in choices[:MOST_CHOICES]:
            self._add(f"{candidate_words(candidate)} · {spoken_for(candidate)}", candidate)
        if (more := len(choices) - MOST_CHOICES) > 0:
            words = ngettext(
                "{n} more may fit: copy the number from Seller Center",
                "{n} more may fit: copy the number from Seller Center",
                more,
            )
            self._add(words.format(n=grouped(more)), None).setFlags(Qt.ItemFlag.NoItemFlags)
        at = choices.index(chosen) + 1 if chosen in choices[:MOST_CHOICES] else 0
        self.list.setCurrentRow(at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose with Enter or the space bar, which must not press a button of the dialog."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _CHOOSING
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            self._on_picked(self.list.currentItem())
            return True
        return super().eventFilter(watched, event)

    def _add(self, words: str, candidate: NumberCandidate | None) -> QListWidgetItem:
        item = QListWidgetItem(words, self.list)
        item.setData(Qt.ItemDataRole.UserRole, [candidate])
        item.setToolTip(words)
        return item

    @Slot(QListWidgetItem)
    def _on_picked(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            [candidate] = item.data(Qt.ItemDataRole.UserRole)
            self.chosen.emit(candidate)
