"""What a fix would change, before it is done."""

from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.ui.models.changes_model import COLUMN, NOW, PO, ROW, THEN, ChangesModel
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE

_WIDTHS: Final = {ROW: 60, PO: 150, COLUMN: 110, NOW: 190}


class FixDialog(QDialog):
    """Shows every cell that changes, as it is and as it will be; accepted means: do it."""

    def __init__(
        self, label: str, tip: str, changes: ChangesModel, parent: QWidget | None = None
    ) -> None:
        """``label`` says what the fix does, ``tip`` what that means."""
        super().__init__(parent)
        self.setWindowTitle(label)
        self.changes = changes
        changes.setParent(self)
        self.table = QTableView()
        self._set_up_table()
        self.apply = ActionButton(label, keys="", tip=tip, role="primary")
        self.apply.setDefault(True)
        self.back = ActionButton(_("Change nothing"), keys="", tip=_("Back to the sheet"))
        self.apply.clicked.connect(self.accept)
        self.back.clicked.connect(self.reject)
        what = QLabel(tip, wordWrap=True)
        what.setProperty("role", "headline")
        self.extent = QLabel(_extent(changes), wordWrap=True)
        self.extent.setProperty("role", "muted")
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addWidget(what)
        column.addWidget(self.extent)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self.resize(820, 400)
        self.apply.setFocus()

    @Slot()
    def call_off(self) -> None:
        """Close without doing it, if that has not been decided yet."""
        if self.isVisible():
            self.reject()

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.changes)
        table.setAccessibleName(_("Cells that change"))
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setTextElideMode(Qt.TextElideMode.ElideRight)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in _WIDTHS.items():
            table.setColumnWidth(column, width)
        header.setSectionResizeMode(THEN, QHeaderView.ResizeMode.Stretch)


def _extent(changes: ChangesModel) -> str:
    count, rows = changes.rowCount(), changes.rows
    cells = ngettext("{count} cell", "{count} cells", count).format(count=grouped(count))
    words = ngettext(
        "{cells} in {rows} row changes. Undo takes it back.",
        "{cells} in {rows} rows change. Undo takes it back.",
        rows,
    )
    return words.format(cells=cells, rows=grouped(rows))
