"""The report for support, to be read before it is saved."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE


class ReportDialog(QDialog):
    """Shows the whole report; accepted means that it is to be saved."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Report for support"))
        self.resize(720, 560)
        words = QLabel(
            _(
                "This is everything that the report holds: no keys, no cells of your sheets and "
                "nothing about buyers, but the numbers of orders that did not go well, which "
                "support needs. It is saved on this computer and sent to nobody."
            ),
            wordWrap=True,
        )
        self.text = QPlainTextEdit(text, readOnly=True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(_("What the report holds"))
        self.save = ActionButton(
            _("Save…"), keys="Ctrl+S", tip=_("Choose where to save the report"), role="primary"
        )
        self.cancel = ActionButton(_("Close"), keys="", tip=_("Save nothing"))
        self.save.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addWidget(words)
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        column.addLayout(row)
