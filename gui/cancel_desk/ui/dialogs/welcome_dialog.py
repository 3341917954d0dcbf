"""The welcome: what the program promises, a try without risk, and the way to real orders."""

from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from cancel_desk.language import gettext as _
from cancel_desk.resources import resource
from cancel_desk.ui.widgets.buttons import ActionButton
from cancel_desk.ui.widgets.dropping import dropped_file
from cancel_desk.ui.widgets.theme import SPACE

_ICON = 56  # pixels at 100 %
_WIDTH = 560


class WelcomeStep(NamedTuple):
    """One of the three steps: its title, what it says, and what can be done right here."""

    title: str
    paragraphs: tuple[str, ...]
    buttons: tuple[ActionButton, ...] = ()


class WelcomeDialog(QDialog):
    """Three steps to go through or to close; not modal, so that it is in nobody's way."""

    file_dropped = Signal(object)  # Path
    practice_chosen = Signal()
    add_account_chosen = Signal()
    keys_page_chosen = Signal()
    guide_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Welcome to Cancel Desk"))
        self.setMinimumWidth(_WIDTH)
        self.setAcceptDrops(True)
        self._make_buttons()
        self.stack = QStackedWidget()
        for step in self._steps():
            self.stack.addWidget(_page(step))
        self.place = QLabel()
        self.place.setProperty("role", "muted")
        self._lay_out()
        self.stack.currentChanged.connect(self._on_step)
        QShortcut(QKeySequence("Alt+Right"), self).activated.connect(self._on_next)
        QShortcut(QKeySequence("Alt+Left"), self).activated.connect(self._on_back)
        help_keys = QKeySequence(QKeySequence.StandardKey.HelpContents)
        QShortcut(help_keys, self).activated.connect(self.guide_chosen)
        self._on_step()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file as the window does: whoever reads “drop a sheet here” may do it here."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell of the file."""
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            # Only after the drop has ended: the welcome closes when a file is opened.
            QTimer.singleShot(0, self, lambda: self.file_dropped.emit(path))

    def _make_buttons(self) -> None:
        self.practice = ActionButton(
            _("Try it with the practice store"),
            keys="Alt+T",
            tip=_("Open a sample sheet for a pretended store: nothing real can happen"),
            role="primary",
        )
        self.add = ActionButton(
            _("Add a store…"), keys="Alt+A", tip=_("Enter the keys of your store")
        )
        self.keys = ActionButton(
            _("How to get keys"), keys="Alt+K", tip=_("Open the page of the guide"), role="link"
        )
        self.back = ActionButton(_("Back"), keys="", tip=_("Go to the step before (Alt+Left)"))
        self.next = ActionButton(
            _("Next"), keys="", tip=_("Go to the next step (Alt+Right)"), role="primary"
        )
        self.shut = ActionButton(
            _("Close"), keys="", tip=_("Close the welcome; the menu ☰ has it again (Esc)")
        )
        self.practice.clicked.connect(self.practice_chosen)
        self.add.clicked.connect(self.add_account_chosen)
        self.keys.clicked.connect(self.keys_page_chosen)
        self.back.clicked.connect(self._on_back)
        self.next.clicked.connect(self._on_next)
        self.shut.clicked.connect(self.accept)

    def _steps(self) -> tuple[WelcomeStep, ...]:
        return (
            WelcomeStep(
                _("Cancel order lines from a spreadsheet"),
                (
                    _(
                        "Drop a sheet with purchase orders, lines and reasons here. Fix what is "
                        "wrong in the grid, look at what will be cancelled, and send it. Your "
                        "sheet comes back with a result on every row."
                    ),
                    _(
                        "A cancel can't be undone, so there is one promise: no line is cancelled "
                        "that you did not see and confirm, none is cancelled twice, and none is "
                        "reported wrongly."
                    ),
                ),
            ),
            WelcomeStep(
                _("Try it first: nothing real can happen"),
                (
                    _(
                        "The practice store is a small pretended store on this computer. Its "
                        "sample sheet has the mistakes that sheets usually have: fix them, send, "
                        "and see the results."
                    ),
                    _(
                        "The badge at the top always says whose orders you touch: PRACTICE in "
                        "green, LIVE in red."
                    ),
                ),
                (self.practice,),
            ),
            WelcomeStep(
                _("When you are ready: your own store"),
                (
                    _(
                        "Walmart gives you a client ID and a client secret for your store. They "
                        "are kept in the keyring of this computer, and go to Walmart alone."
                    ),
                    _("Begin with a sheet of a few rows, and have the first order sent alone."),
                ),
                (self.add, self.keys),
            ),
        )

    def _lay_out(self) -> None:
        icon = QLabel()
        icon.setPixmap(QIcon(str(resource("icon.svg"))).pixmap(_ICON, _ICON))
        top = QHBoxLayout()
        top.setSpacing(3 * SPACE)
        top.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.stack, 1)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.place)
        row.addStretch(1)
        for button in (self.shut, self.back, self.next):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addLayout(top, 1)
        column.addLayout(row)

    @Slot()
    def _on_step(self) -> None:
        at, all_of_them = self.stack.currentIndex(), self.stack.count()
        self.place.setText(_("Step {n} of {all}").format(n=at + 1, all=all_of_them))
        self.back.setEnabled(at > 0)
        self.next.setVisible(at + 1 < all_of_them)
        # One button of a step stands out: what the step offers, or else the way on.
        self.next.setProperty("role", "plain" if at else "primary")
        self.next.style().unpolish(self.next)
        self.next.style().polish(self.next)
        first = (self.next, self.practice, self.add)[at]
        first.setFocus()
        first.setDefault(True)

    @Slot()
    def _on_next(self) -> None:
        self.stack.setCurrentIndex(min(self.stack.currentIndex() + 1, self.stack.count() - 1))

    @Slot()
    def _on_back(self) -> None:
        self.stack.setCurrentIndex(max(self.stack.currentIndex() - 1, 0))


def _page(step: WelcomeStep) -> QWidget:
    title = QLabel(step.title, wordWrap=True)
    title.setProperty("role", "title")
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE + SPACE // 2)
    column.addWidget(title)
    for paragraph in step.paragraphs:
        column.addWidget(QLabel(paragraph, wordWrap=True))
    row = QHBoxLayout()
    for button in step.buttons:
        row.addWidget(button)
    row.addStretch(1)
    column.addLayout(row)
    column.addStretch(1)
    return page
