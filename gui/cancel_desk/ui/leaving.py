"""The end of the session, or a signal to end: sending stops safely before the program is gone."""

import signal
import socket
from types import FrameType
from typing import Any, Final

from PySide6.QtCore import QEventLoop, QObject, QSocketNotifier, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QSessionManager

from cancel_desk.language import gettext as _
from cancel_desk.ui.window import MainWindow

_SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGHUP")
_LONGEST_MS: Final = 4_000
"""How long a session's end is held up: Windows grants five seconds before it asks the person."""


class Leaving(QObject):
    """Closes the window at a signal, and stops sending when the session ends."""

    def __init__(self, application: QGuiApplication, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._before: dict[int, Any] = {}
        application.commitDataRequest.connect(self._on_session_ending)
        application.saveStateRequest.connect(self._on_state_wanted)
        # Python calls its handlers between two of its own instructions, and there are none while
        # Qt waits: a byte in a socket wakes it.
        self._wakes, self._woken = socket.socketpair()
        for end in (self._wakes, self._woken):
            end.settimeout(0)
        self._notifier = QSocketNotifier(self._woken.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)
        self._wakeup_before = signal.set_wakeup_fd(self._wakes.fileno())
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                self._before[number] = signal.signal(number, self._on_signal)

    def end(self) -> None:
        """Let signals do again what they did before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._wakes.close()
        self._woken.close()

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        # Whoever sends it twice means it: the journal can bear that too.
        signal.signal(number, signal.SIG_DFL)
        QTimer.singleShot(0, self._window, self._window.leave)

    @Slot()
    def _on_woken(self) -> None:
        self._woken.recv(64)

    def _on_state_wanted(self, manager: QSessionManager) -> None:
        """Have the next session not start the program by itself.

        All that a session could keep is on disk already, and only a person goes on with a run.
        """
        manager.setRestartHint(QSessionManager.RestartHint.RestartNever)

    @Slot(object)
    def _on_session_ending(self, _manager: object) -> None:
        """Return once the calls under way are written down, or the time is up.

        The window stays: another program may still keep the session from ending. What is cut off
        nevertheless is in the journal, and is looked up when the run is resumed.
        """
        window = self._window
        window.journey.confirming.withdraw()
        window.journey.keeping.keep_now()
        if window.session.sending is None:
            return
        window.pages.send.stop_safely()
        loop = QEventLoop()
        window.session.results_ready.connect(loop.quit)
        QTimer.singleShot(_LONGEST_MS, loop, loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        window.notice.tell(
            _("This session was about to end, so sending was stopped. The rest can be resumed.")
        )
