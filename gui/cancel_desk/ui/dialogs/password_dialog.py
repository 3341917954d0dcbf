"""Asking for the password of a workbook; it is handed on and kept nowhere."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE


class PasswordDialog(QDialog):
    """Accepted with ``password.text()``; ``wrong`` is a sentence about the one before."""

    def __init__(self, name: str, *, wrong: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Password"))
        self.setMinimumWidth(460)
        title = QLabel(_("“{name}” is protected with a password").format(name=name), wordWrap=True)
        title.setProperty("role", "headline")
        self.wrong = QLabel(wrong, wordWrap=True)
        self.wrong.setVisible(bool(wrong))
        self.wrong.setProperty("role", "bad")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        label = QLabel(_("&Password"))
        label.setBuddy(self.password)
        self.password.setAccessibleName(_("Password"))
        promise = QLabel(_("It is only used to open this file, and is not kept."), wordWrap=True)
        promise.setProperty("role", "muted")
        self.open_file = ActionButton(
            _("Open"), keys="Return", tip=_("Open the file with this password"), role="primary"
        )
        self.cancel = ActionButton(_("Cancel"), keys="", tip=_("Leave the file closed"))
        self.open_file.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.password.textChanged.connect(self._on_typed)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.password, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.open_file)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        for part in (title, self.wrong):
            column.addWidget(part)
        column.addLayout(row)
        column.addWidget(promise)
        column.addLayout(buttons)
        self._on_typed()
        self.password.setFocus()

    @Slot()
    def _on_typed(self) -> None:
        self.open_file.setEnabled(bool(self.password.text()))
