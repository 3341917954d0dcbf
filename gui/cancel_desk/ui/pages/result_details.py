"""Everything known about one row of a run, ready to be copied for Walmart's support."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.runs.results import RowResult
from cancel_desk.texts.outcomes import (
    correlation_ids,
    english_result,
    reason_text,
    result_time,
    result_word,
    walmart_words,
)
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE


class ResultDetails(QFrame):
    """Shows the row that is selected; hidden while none is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._row: RowResult | None = None
        self.why = _words(QLabel(wordWrap=True))
        self.words = _words(QLabel(wordWrap=True))
        self.ids = _words(QLabel(wordWrap=True))
        self._names = [_name(_("Walmart's words")), _name(_("Correlation ID"))]
        self.copy = ActionButton(
            _("Copy for Walmart support"),
            keys="Ctrl+Shift+C",
            tip=_("Copy the order, the time, Walmart's words and the correlation id"),
        )
        self.copy.clicked.connect(self._on_copy)
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.why, 0, 0, 1, 2)
        grid.addWidget(self.copy, 0, 2, 3, 1, Qt.AlignmentFlag.AlignTop)
        for row, (name, value) in enumerate(zip(self._names, (self.words, self.ids), strict=True)):
            grid.addWidget(name, row + 1, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row + 1, 1)
        self.hide()

    def show_row(self, row: RowResult | None) -> None:
        """Show what is known of a row; None for no row."""
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        said, ids = walmart_words(row), correlation_ids(row)
        word, why = result_word(row.result), reason_text(row)
        self.why.setText(why if why.startswith(word) else f"{word}. {why}")
        self.words.setText(said)
        self.ids.setText(ids)
        for name, value in zip(self._names, (self.words, self.ids), strict=True):
            name.setVisible(bool(value.text()))
            value.setVisible(bool(value.text()))
        self.copy.setVisible(bool(said or ids))

    def support_text(self) -> str:
        """Return what Walmart's support needs to find the call; no buyer's data.

        It is English whatever is spoken here, and the time is in UTC: nobody there knows the
        language or the zone of this computer.
        """
        row = self._row
        if row is None:
            return ""
        orders = ", ".join(f"{line.po} line {line.line}" for line in row.lines)
        parts = (
            ("Purchase order", orders),
            ("Result", english_result(row.result)),
            ("Time (UTC)", result_time(row)),
            ("Walmart's words", walmart_words(row)),
            ("WM_QOS.CORRELATION_ID", correlation_ids(row)),
        )
        return "\n".join(f"{name}: {value}" for name, value in parts if value)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.support_text())


def _words(label: QLabel) -> QLabel:
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _name(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    return label
