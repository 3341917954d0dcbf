"""The field in which a reason is typed or picked."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QMoveEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.ui.grid.reason_choices import Choice
from cancel_desk.ui.grid.reason_list import ReasonList

Fitting = Callable[[str], Sequence[Choice]]
"""Gives the reasons that typed text may mean; all of them for no text."""


class ReasonEditor(QLineEdit):
    """A field with the list of reasons under it; what is typed narrows the list.

    The list is a child of the window, not a window of its own: so the field keeps the focus.
    """

    picked = Signal()  # a reason was clicked

    def __init__(self, fitting: Fitting, parent: QWidget) -> None:
        super().__init__(parent)
        self._fitting = fitting
        self.setFrame(False)
        self.setAccessibleName(_("Reason"))
        self.setPlaceholderText(_("Type or pick a reason"))
        self.reasons = ReasonList(fitting(""), self.window())
        # A click on the list must not take the focus: the field would close before it is heard.
        self.reasons.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.reasons.setFocusProxy(self)
        self.reasons.hide()
        self.reasons.clicked.connect(self._on_clicked)
        self.textEdited.connect(self._on_typed)
        self.destroyed.connect(self.reasons.deleteLater)

    def begin(self, label: str) -> None:
        """Begin with the reason that is there, picked out among all of them."""
        self.setText(label)
        self.selectAll()
        choices = self._fitting("")
        current = next((choice for choice in choices if choice.label == label), None)
        self.reasons.show_choices(choices, current)

    def chosen(self) -> str:
        """Return the code of the reason picked out in the list, else what was typed."""
        choice = self.reasons.current()
        return choice.code.value if choice and self.text().strip() else self.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the list with the arrows; everything else is typing."""
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.reasons.step(by)
            self._take_over()

    def showEvent(self, event: QShowEvent) -> None:
        """Drop the list down."""
        super().showEvent(event)
        self._place()
        self.reasons.show()
        self.reasons.raise_()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the list away."""
        self.reasons.hide()
        super().hideEvent(event)

    def moveEvent(self, event: QMoveEvent) -> None:
        """Take the list along when the grid scrolls."""
        super().moveEvent(event)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the list under the field."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        corner = self.mapTo(self.window(), QPoint(0, 0))
        self.reasons.place_at(QRect(corner, self.size()))

    def _take_over(self) -> None:
        choice = self.reasons.current()
        if choice:
            self.setText(choice.label)
            self.selectAll()
            self.setModified(True)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        choices = self._fitting(text)
        self.reasons.show_choices(choices, choices[0] if choices and text.strip() else None)
        self._place()
        self.reasons.setVisible(bool(choices))

    @Slot(QModelIndex)
    def _on_clicked(self, _index: QModelIndex) -> None:
        self._take_over()
        self.picked.emit()
