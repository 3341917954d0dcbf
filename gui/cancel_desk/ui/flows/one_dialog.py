"""A dialog that is open once at most, and gives way to what can't wait."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QDialog

from cancel_desk.ui.session.session import Session

_D = TypeVar("_D", bound=QDialog)


class OneDialog(Generic[_D]):
    """Holds the dialog while it is open: what is asked next must not lie behind it."""

    def __init__(self, session: Session, closed: Callable[[], None]) -> None:
        """``closed`` is called whenever it is gone, whoever closed it."""
        self.now: _D | None = None
        self._closed = closed
        session.plan_made.connect(self.close)
        session.sending_began.connect(self.close)

    def show(self, dialog: _D) -> None:
        """Open a dialog; there must be none."""
        self.now = dialog
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def close(self, *_news: object) -> None:
        """Close the dialog, if it is open."""
        if self.now is not None:
            self.now.reject()

    def _on_finished(self, _answer: int) -> None:
        if self.now is not None:
            self.now.deleteLater()
            self.now = None
            self._closed()
