"""A run as it shows outside its window: on the desktop, while the person looks elsewhere."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from cancel_desk.language import gettext as _
from cancel_desk.texts.connection import call_failed_sentence
from cancel_desk.texts.runs import store_words
from cancel_desk.ui.desktop.desktop import Desktop
from cancel_desk.ui.session.sending import Sending
from cancel_desk.ui.shell import Shell
from cancel_desk.walmart.failures import CallFailed


def window_in_front() -> bool:
    """Return whether the person works in a window of this program."""
    return QApplication.activeWindow() is not None


class SendingOutside(QObject):
    """Keeps the desktop in step with one run after the other."""

    def __init__(
        self, shell: Shell, desktop: Desktop, *, in_front: Callable[[], bool] = window_in_front
    ) -> None:
        super().__init__(shell)
        self._shell = shell
        self._desktop = desktop
        self._in_front = in_front
        self._sending: Sending | None = None
        self._awake = False

    def follow(self, sending: Sending) -> None:
        """Show a run that begins or goes on."""
        self._sending = sending
        sending.waited.connect(self._on_waited)
        sending.broke_off.connect(self._on_broke_off)
        sending.first_sent.connect(self._on_first_sent)
        self._on_waited()

    def end(self, verdict: str) -> None:
        """Take the run off the desktop, and tell what came of it where nobody looks."""
        if self._sending is None:
            return
        self._desktop.clear_progress()
        self._keep_awake(wanted=False)
        self._notify(verdict)
        self._sending = None

    @Slot()
    def _on_waited(self) -> None:
        if self._sending is not None:
            states, left = self._shell.pages.send.model.states, self._shell.pages.send.left
            total = states.total()
            paused = self._sending.paused
            self._desktop.show_progress(total - left, total, paused=paused)
            # A run that waits for the person may wait for hours.
            self._keep_awake(wanted=not paused)

    @Slot(object)
    def _on_broke_off(self, failure: CallFailed) -> None:
        self._on_waited()
        if self._sending is not None:
            said = call_failed_sentence(failure, store=self._sending.run.store.name)
            self._notify(_("The run is paused and waits for you. {said}").format(said=said))

    @Slot()
    def _on_first_sent(self) -> None:
        self._on_waited()
        self._notify(_("The first order was sent. The others wait for your answer."))

    def _keep_awake(self, *, wanted: bool) -> None:
        if wanted is self._awake:
            return
        self._awake = wanted
        if wanted:
            self._desktop.keep_awake(_("Cancels are being sent to Walmart"))
        else:
            self._desktop.let_sleep()

    def _notify(self, text: str) -> None:
        if self._sending is not None and not self._in_front():
            self._desktop.notify(store_words(self._sending.run.store), text)
