"""The window's frame: header, notice and the pages, without any idea of the journey.

It is shown before it is complete: what its parts need is imported when they are made.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from cancel_desk import __version__
from cancel_desk.language import gettext as _
from cancel_desk.ui.opening_face import OpeningFace
from cancel_desk.ui.widgets.steps import Step, step_name
from cancel_desk.ui.widgets.theme import PAGE_MARGIN, SPACE, colours, style_sheet

if TYPE_CHECKING:
    from cancel_desk.ui.flows.guide_opening import GuideOpening
    from cancel_desk.ui.pages.pages import Pages
    from cancel_desk.ui.widgets.header import Header
    from cancel_desk.ui.widgets.notice import Notice


class Shell(QMainWindow):
    """Shows one page at a time under the header; follows the system's light and dark.

    Until its parts are made it shows that it is being opened.
    """

    guide: GuideOpening
    header: Header
    notice: Notice
    pages: Pages
    stack: QStackedWidget

    def __init__(self) -> None:
        super().__init__()
        self._furnished = False
        self.face = OpeningFace()
        self.setCentralWidget(self.face)
        self.setMinimumSize(800, 520)
        self.resize(1280, 760)

    def _make_parts(self) -> None:
        """Make header, notice and pages in place of the word that they are coming."""
        from cancel_desk.ui.flows.guide_opening import GuideOpening
        from cancel_desk.ui.pages.pages import make_pages
        from cancel_desk.ui.widgets.header import Header
        from cancel_desk.ui.widgets.notice import Notice

        self._colours = colours(QGuiApplication.palette())
        self.header = Header()
        self.notice = Notice()
        self.pages = make_pages(self._colours)
        self.stack = QStackedWidget()
        for step in Step:
            self.stack.addWidget(self.pages.of(step))
        self._lay_out()
        self.setStyleSheet(style_sheet(self._colours))
        self._furnished = True
        self.guide = GuideOpening(self)
        self.header.guide_chosen.connect(self.guide.open_here)
        self.header.shortcuts_chosen.connect(self.show_shortcuts)
        self.header.about_chosen.connect(self.show_about)
        self.header.quit_chosen.connect(self.close)

    def _lay_out(self) -> None:
        around = QWidget()
        margin = QVBoxLayout(around)
        margin.setContentsMargins(PAGE_MARGIN, SPACE + 4, PAGE_MARGIN, 0)
        margin.addWidget(self.notice)
        self._around_notice = around
        middle = QWidget()
        middle.setObjectName("pages")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(around)
        column.addWidget(self.stack, 1)
        self.setCentralWidget(middle)
        self.notice.shown.connect(around.setVisible)
        around.hide()

    def show_step(self, step: Step, *, open_steps: Collection[Step], source: Path | None) -> None:
        """Show the page of a step; ``source`` is the file it is about."""
        self.header.show_step(step, open_steps=open_steps)
        page = self.pages.of(step)
        self.stack.setCurrentWidget(page)
        name = f"{source.name}[*] — Cancel Desk" if source else "Cancel Desk[*]"
        self.setWindowTitle(name)
        if step is Step.IMPORT:
            self.setWindowModified(False)
            self.pages.imports.choose.setFocus()
        else:
            page.setFocus()

    @Slot()
    def show_shortcuts(self) -> None:
        """Open the list of keyboard shortcuts."""
        from cancel_desk.ui.dialogs.shortcuts_dialog import ShortcutsDialog

        parts: list[tuple[str, QWidget]] = [(_("Everywhere"), self.header)]
        parts += [(step_name(step), self.pages.of(step)) for step in Step]
        dialog = ShortcutsDialog(parts, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def show_about(self) -> None:
        """Open a word about the program."""
        from cancel_desk.ui.dialogs.questions import tell

        tell(
            self,
            f"Cancel Desk {__version__}",
            _(
                "Cancels order lines at Walmart Marketplace from a spreadsheet. No line is "
                "cancelled that you did not see and confirm, none twice, and none is reported "
                "wrongly. Free software under the MIT licence."
            ),
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system when it changes between light and dark."""
        if event.type() == QEvent.Type.PaletteChange:
            found = colours(QGuiApplication.palette())
            if found != self._colours and self._furnished:
                self._colours = found
                self.setStyleSheet(style_sheet(found))
                self.pages.send.model.set_colours(found)
                self.pages.results.set_colours(found)
        super().changeEvent(event)
