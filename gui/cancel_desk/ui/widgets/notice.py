"""A sentence about what happened, shown in the page itself, with details folded away."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.ui.explain import Explanation
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE


class Notice(QFrame):
    """Hidden until there is something to say; the person closes it, or the next step does."""

    shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._lasting = False
        self.sentence = QLabel(wordWrap=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details = QPlainTextEdit(readOnly=True)
        self.details.setAccessibleName(_("Details"))
        self.details.setMaximumHeight(120)
        self.unfold = ActionButton(
            _("Details"), keys="", tip=_("Show what may help whoever helps you"), role="link"
        )
        self.copy = ActionButton(
            _("Copy"), keys="", tip=_("Copy the message and its details"), role="link"
        )
        self.dismiss = ActionButton("✕", keys="", tip=_("Close this message"), role="menu")
        self.dismiss.setAccessibleName(_("Close this message"))
        self.unfold.setCheckable(True)
        self.unfold.toggled.connect(self.details.setVisible)
        self.copy.clicked.connect(self._on_copy)
        self.dismiss.clicked.connect(self.hide)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.sentence, 1)
        for button in (self.unfold, self.copy, self.dismiss):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        column.addLayout(row)
        column.addWidget(self.details)

    def explain(self, explanation: Explanation) -> None:
        """Show what went wrong."""
        self._show(explanation.sentence, explanation.details, tone="bad")

    def tell(self, sentence: str, *, tone: str = "plain", lasting: bool = False) -> None:
        """Show a sentence; ``tone`` is plain, good or bad.

        ``lasting`` is what also counts while the person works on; see :meth:`pass_by`.
        """
        self._show(sentence, "", tone=tone, lasting=lasting)

    def pass_by(self) -> None:
        """Hide what was only about the last step."""
        if not self._lasting:
            self.hide()

    def _show(self, sentence: str, details: str, *, tone: str, lasting: bool = False) -> None:
        self._lasting = lasting
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)
        self.details.setPlainText(details)
        self.unfold.setChecked(False)
        self.details.hide()
        self.unfold.setVisible(bool(details))
        self.copy.setVisible(bool(details))
        self.show()

    def event(self, event: QEvent) -> bool:
        """Tell the window around it when it comes and goes, so that it leaves no gap."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.shown.emit(event.type() == QEvent.Type.ShowToParent)
        return super().event(event)

    @Slot()
    def _on_copy(self) -> None:
        text = f"{self.sentence.text()}\n\n{self.details.toPlainText()}"
        QGuiApplication.clipboard().setText(text)
