"""The main window: files dropped anywhere on it, and a close that never cuts off a call.

It is shown before it is complete: what its parts need is imported when they are made.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, Slot
from PySide6.QtWidgets import QApplication

from cancel_desk.language import gettext as _
from cancel_desk.ui.shell import Shell
from cancel_desk.ui.widgets.dropping import dropped_file

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent

    from cancel_desk.ui.desktop.desktop import Desktop
    from cancel_desk.ui.flows.journey import Journey
    from cancel_desk.ui.flows.past_runs import PastRuns
    from cancel_desk.ui.flows.sending_outside import SendingOutside
    from cancel_desk.ui.session.session import Session

_GEOMETRY_KEY: Final = "geometry"


class MainWindow(Shell):
    """The whole program; call ``furnish`` with a session, then ``begin``."""

    session: Session
    journey: Journey
    past_runs: PastRuns

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self.settings = settings
        self._outside: SendingOutside | None = None
        self._closing = False
        self._may_lose_edits = False
        self.setWindowTitle(self.face.word)
        geometry = settings.value(_GEOMETRY_KEY)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)

    def furnish(self, session: Session) -> None:
        """Make all parts of the window, over a session."""
        from cancel_desk.ui.flows.journey import Journey
        from cancel_desk.ui.flows.month_counting import MonthCounting
        from cancel_desk.ui.flows.past_runs import PastRuns
        from cancel_desk.ui.flows.support_report import SupportReport
        from cancel_desk.ui.flows.update_check import UpdateCheck
        from cancel_desk.ui.flows.welcoming import Welcoming
        from cancel_desk.ui.language_choice import LanguageChoice

        self._make_parts()
        self.session = session
        self.journey = Journey(self, session)
        self._support_report = SupportReport(self, session)
        self._update_check = UpdateCheck(self, session)
        self.past_runs = PastRuns(self, session)
        self._month_counting = MonthCounting(self, session)
        self.welcoming = Welcoming(self, session)
        self.welcoming.file_dropped.connect(self.journey.open_file)
        self._language_choice = LanguageChoice(self, session.settings)
        self.pages.review.view.layout_of_columns.remember_in(session.settings)
        self.setAcceptDrops(True)
        session.sending_began.connect(self._on_sending_began)
        session.results_ready.connect(self._on_results)

    def begin(self, file: Path | None) -> None:
        """Show the first step, or begin to read a file."""
        self.past_runs.clear_old()
        self.journey.begin(file)
        self._update_check.remind()

    def join(self, desktop: Desktop) -> None:
        """Show runs on the desktop too, from now on."""
        from cancel_desk.ui.flows.sending_outside import SendingOutside

        self._outside = SendingOutside(self, desktop)

    def leave(self) -> None:
        """Close without a question, as nobody may be there to answer; runs stop safely.

        Edits are kept as they would be over a crash, and offered again.
        """
        self._may_lose_edits = True
        if self._furnished and self._has_work:
            self.journey.keeping.keep_for_next_time()
        self.close()

    @Slot(object)
    def take(self, path: Path) -> None:
        """Open a file that the system hands over, unless a question waits for its answer."""
        if QApplication.activeModalWidget() is None:
            self.journey.open_file(path)
        else:
            self.notice.tell(
                _("{name} was not opened: first answer what is asked here.").format(name=path.name)
            )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a drag that holds one file of this computer."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()
            self.pages.imports.show_hot(hot=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look as before."""
        self.pages.imports.show_hot(hot=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file; work that would be lost is asked about first."""
        self.pages.imports.show_hot(hot=False)
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.journey.open_file(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close at once, or once the calls under way have ended and been written down."""
        if not self._furnished:
            super().closeEvent(event)
            return
        self.journey.confirming.withdraw()
        if self.session.sending is not None:
            event.ignore()
            self._closing = True
            self.pages.send.stop_safely()
            self.notice.tell(
                _("Closing: the cancels under way are finished first. The rest can be resumed.")
            )
        elif self._has_work and not self._may_lose_edits:
            event.ignore()
            self._ask_before_closing()
        else:
            self.settings.setValue(_GEOMETRY_KEY, self.saveGeometry())
            self.guide.close()
            self.session.close()
            super().closeEvent(event)

    @property
    def _has_work(self) -> bool:
        return self.journey.keeping.unsent and self.pages.review.has_edits()

    def _ask_before_closing(self) -> None:
        from cancel_desk.ui.dialogs.questions import ask

        ask(
            self,
            _("Close and lose your changes?"),
            more=_("What you changed in the sheet here has not been sent and is not kept."),
            yes=_("Close"),
            no=_("Keep working"),
            agreed=self._on_close_agreed,
        )

    @Slot()
    def _on_close_agreed(self) -> None:
        self._may_lose_edits = True
        self.close()

    @Slot()
    def _on_sending_began(self) -> None:
        if self._outside is not None and self.session.sending is not None:
            self._outside.follow(self.session.sending)

    @Slot(object)
    def _on_results(self, _end: object) -> None:
        if self._outside is not None:
            self._outside.end(self.pages.results.verdict.text())
        if self._closing:
            self.close()
        else:
            # Asks for attention where the system can, if the window is not in front.
            QApplication.alert(self)
