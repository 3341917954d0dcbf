"""How to find a newer version: on the release page, and only when the person wants to."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cancel_desk import __version__
from cancel_desk.language import gettext as _
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.theme import SPACE

_WIDTH: Final = 480  # pixels


class UpdatesDialog(QDialog):
    """Accepted means that the release page is to be opened; without one, only tells of that."""

    def __init__(self, page: str, *, reminding: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Check for updates"))
        self.version = QLabel(_("This is Cancel Desk {version}.").format(version=__version__))
        self.version.setProperty("role", "headline")
        self.words = QLabel(_found_where(page), wordWrap=True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.remind = QCheckBox(_("Remind me once a month"))
        self.remind.setChecked(reminding)
        self.remind.setVisible(bool(page))
        self.close_button = ActionButton(_("Close"), keys="", tip=_("Open nothing"))
        self.open_page = ActionButton(
            _("Open the release page"), keys="", tip=_("Show it in your browser"), role="primary"
        )
        self.open_page.setVisible(bool(page))
        (self.open_page if page else self.close_button).setDefault(True)
        self.close_button.clicked.connect(self.reject)
        self.open_page.clicked.connect(self.accept)
        self._lay_out()
        # As high as its words are at this width, which Qt would only guess.
        self.resize(_WIDTH, self.heightForWidth(_WIDTH))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        column.addWidget(self.version)
        column.addWidget(self.words, 1)
        column.addWidget(self.remind)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.open_page)
        column.addLayout(row)


def _found_where(page: str) -> str:
    if not page:
        return _(
            "This copy does not come from a release, so it knows of no page with newer ones. Look "
            "for them where you got it. Cancel Desk itself never asks over the network."
        )
    return _(
        "Newer versions and what they change are on this page:\n{page}\n\n"
        "It opens in your browser. Cancel Desk itself asks nobody and sends nothing. A newer "
        "version keeps your runs, stores and settings."
    ).format(page=page)
