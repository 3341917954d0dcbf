"""The SKUs to set to zero after cancels as out of stock, to be copied or saved."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
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
from cancel_desk.sheet.table_file import NamedTable
from cancel_desk.ui.models.columns import set_up_table
from cancel_desk.ui.models.table_model import TableModel
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE


class RestockDialog(QDialog):
    """Shows the list; nothing is set by it, as only the person knows what is in stock."""

    save_wanted = Signal()

    def __init__(self, table: NamedTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("SKUs to set to zero"))
        self.resize(620, 440)
        self._table = table
        count = len(table.rows)
        self.title = QLabel(
            ngettext(
                "{n} SKU was cancelled as out of stock",
                "{n} SKUs were cancelled as out of stock",
                count,
            ).format(n=grouped(count))
        )
        self.title.setProperty("role", "headline")
        why = QLabel(
            _(
                "Set their quantity to zero in Seller Center, or where you keep your stock: else "
                "the next order for them can't be shipped either. Nothing is changed from here."
            ),
            wordWrap=True,
        )
        self.view = QTableView()
        self.view.setModel(TableModel(table, self))
        self.view.setAccessibleName(self.windowTitle())
        set_up_table(self.view)
        self.view.verticalHeader().hide()
        self.view.horizontalHeader().setStretchLastSection(False)
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._make_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self.title)
        column.addWidget(why)
        column.addWidget(self.view, 1)
        column.addLayout(self._row())
        self.view.selectRow(0)
        self.view.setFocus()

    def _make_buttons(self) -> None:
        self.copied = QLabel()
        self.copied.setProperty("role", "good")
        self.copy = ActionButton(
            _("Copy"), keys="Ctrl+C", tip=_("Copy the list, to paste it into a spreadsheet")
        )
        self.save = ActionButton(
            _("Save…"), keys="Ctrl+S", tip=_("Save the list as .csv or .xlsx"), role="primary"
        )
        self.shut = ActionButton(_("Close"), keys="", tip=_("Close this list"))
        self.copy.clicked.connect(self._on_copy)
        self.save.clicked.connect(self._on_save)
        self.shut.clicked.connect(self.reject)

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.copied, 1)
        for button in (self.shut, self.copy, self.save):
            row.addWidget(button)
        return row

    def text(self) -> str:
        """Return the list as spreadsheet programs take it from the clipboard."""
        rows = [self._table.headers, *self._table.rows]
        return "\n".join("\t".join(map(str, row)) for row in rows)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.copied.setText(_("Copied."))

    @Slot()
    def _on_save(self) -> None:
        self.accept()
        self.save_wanted.emit()
