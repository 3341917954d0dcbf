"""What nobody foresaw in the window's own thread: the person is told, and nothing private leaks."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot

from cancel_desk.ui.explain import Explanation, explain
from cancel_desk.unforeseen import trail


class LastResort(QObject):
    """Takes the place of Python's own hook, which would print the words of an error.

    Those may hold keys or buyers' data, and nobody sees them beside a window: what happened is
    kept for a report instead, and said in the window. A use of it ends with :meth:`end`.
    """

    _met = Signal(object)

    def __init__(self, root: Path, tell: Callable[[Explanation], None]) -> None:
        """``root`` is the program's folder; ``tell`` is called in this thread."""
        super().__init__()
        self._root = root
        self._tell = tell
        self._told: set[str] = set()
        self._before = sys.excepthook, threading.excepthook
        self._met.connect(self._on_met, Qt.ConnectionType.QueuedConnection)
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def end(self) -> None:
        """Put back what was there before."""
        sys.excepthook, threading.excepthook = self._before

    def _caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception):
            # Only after what was under way has ended: it may be about to show something itself.
            self._met.emit(error)
        else:
            self._before[0](kind, error, trace)

    def _caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if isinstance(args.exc_value, Exception):
            self._met.emit(args.exc_value)

    @Slot(object)
    def _on_met(self, error: Exception) -> None:
        # What goes wrong with every stroke of a brush is told and kept once.
        if (told := trail(error)) not in self._told:
            self._told.add(told)
            self._tell(explain(error, root=self._root))
