"""Short questions and messages that wait for the person without a loop of their own."""

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QWidget


def ask(
    parent: QWidget,
    question: str,
    *,
    yes: str,
    no: str,
    agreed: Callable[[], None],
    more: str = "",
) -> QMessageBox:
    """Open a question; ``agreed`` is called for ``yes``. Enter and Esc mean ``no``."""
    box = QMessageBox(QMessageBox.Icon.Question, "Cancel Desk", question, parent=parent)
    box.setInformativeText(more)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(refuse)
    box.setEscapeButton(refuse)
    agree.clicked.connect(agreed)
    box.finished.connect(box.deleteLater)
    box.open()
    return box


def tell(parent: QWidget, title: str, text: str) -> QMessageBox:
    """Open a message that only needs closing."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, "Cancel Desk", title, parent=parent)
    box.setInformativeText(text)
    box.addButton(QMessageBox.StandardButton.Close)
    box.finished.connect(box.deleteLater)
    box.open()
    return box
