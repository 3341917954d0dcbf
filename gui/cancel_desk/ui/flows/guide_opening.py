"""Opening the guide where the person is: from the window, and from every dialog over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import isValid

from cancel_desk.language import spoken_tongue
from cancel_desk.ui.explain import explain
from cancel_desk.ui.widgets.steps import Step

if TYPE_CHECKING:
    from cancel_desk.ui.guide.guide_window import GuideWindow
    from cancel_desk.ui.shell import Shell


class GuideOpening(QObject):
    """Opens one window with the guide, and has its key work in the dialogs of a shell."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._window: GuideWindow | None = None
        shell.installEventFilter(self)

    @property
    def window(self) -> GuideWindow | None:
        """The guide while it is open."""
        return self._window if self._window is not None and isValid(self._window) else None

    @Slot()
    def open_here(self) -> None:
        """Show the page about what is in front of the person."""
        from cancel_desk.ui.guide.guide_places import page_for

        pages, shown = self._shell.pages, self._shell.stack.currentWidget()
        step = next(step for step in Step if pages.of(step) is shown)
        self.open_at(page_for(step, QApplication.activeModalWidget()))

    def open_at(self, page: str) -> None:
        """Show a page of the guide."""
        # Only now: the window must not wait for what few look at.
        from cancel_desk.ui.guide.guide_pages import GuidePages
        from cancel_desk.ui.guide.guide_window import GuideWindow

        try:
            guide = self.window or GuideWindow(GuidePages(spoken_tongue().language))
            guide.show_page(page)
        except OSError as error:
            self._shell.notice.explain(explain(error))
            return
        self._window = guide

    def say_again(self) -> None:
        """Show the pages in the language spoken now, where the guide is open."""
        from cancel_desk.ui.guide.guide_pages import GuidePages

        if self.window is not None:
            self.window.take_pages(GuidePages(spoken_tongue().language))

    def close(self) -> None:
        """Close the guide, as the program does not go on for it alone."""
        if self.window is not None:
            self.window.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give a dialog that opens the key of the guide, which the window's own is not there."""
        if event.type() == QEvent.Type.WindowBlocked:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog) and dialog.parent() is watched:
                keys = QKeySequence(QKeySequence.StandardKey.HelpContents)
                QShortcut(keys, dialog).activated.connect(self.open_here)
                dialog.installEventFilter(self)
        return super().eventFilter(watched, event)
