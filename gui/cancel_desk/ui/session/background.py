"""Long work beside the window: in threads of its own, or a little in each turn of the window's.

What Qt does has its place in the window's thread: a thread that calls into Qt keeps the interpreter
to itself meanwhile, and may wait there for a lock of Qt's that the window's thread holds while it
waits for the interpreter. Only signals may be emitted from any thread.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from cancel_desk.ui.in_turns import InTurns, Slices

_T = TypeVar("_T")


class Background(QObject):
    """Does work and calls back in the window's thread, in which it is made."""

    _arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        # What a thread works with is kept until the thread is gone: Qt's objects must be let go
        # of, and so destroyed, in the window's thread.
        self._threads: dict[threading.Thread, tuple[object, ...]] = {}
        self._turns: set[InTurns] = set()
        self._closed = False
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether any work is under way."""
        return bool(self._threads or self._turns)

    @property
    def closed(self) -> bool:
        """Whether nothing is delivered any more; work that asks may end at once."""
        return self._closed

    def start(
        self,
        work: Callable[[], _T],
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do ``work`` in a thread, then call ``done`` or ``failed`` in the window's thread."""

        def run() -> None:
            answer: Callable[[], None]
            try:
                answer = partial(done, work())
            except Exception as error:  # noqa: BLE001 - the window says what went wrong
                answer = partial(failed, error)
            self.deliver(partial(self._finish, thread, answer))

        thread = threading.Thread(target=run, name="background", daemon=True)
        self._threads[thread] = (work, done, failed)
        thread.start()

    def start_here(
        self,
        work: Slices[_T],
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do ``work`` in this thread, a little in each turn, then call ``done`` or ``failed``.

        Where all this is closed before, the work is broken off at one of its rests.
        """
        turns = InTurns(self)
        self._turns.add(turns)
        turns.start(self._in_turns(turns, work, done, failed))

    def deliver(self, call: Callable[[], None]) -> None:
        """Have ``call`` made in the window's thread; may be asked from any thread."""
        if not self._closed:
            # The program may be ending: then nobody is left to hear of it.
            with contextlib.suppress(RuntimeError):
                self._arrived.emit(call)

    def close(self, *, seconds: float = 5.0) -> None:
        """Deliver nothing more, and wait a while for what is under way."""
        self._closed = True
        for turns in self._turns:
            turns.stop()
        self._turns.clear()
        for thread in tuple(self._threads):
            thread.join(seconds)
        self._threads.clear()

    def _finish(self, thread: threading.Thread, answer: Callable[[], None]) -> None:
        thread.join()  # telling of its end was the last thing it did
        self._threads.pop(thread, None)
        answer()

    def _in_turns(
        self,
        turns: InTurns,
        work: Slices[_T],
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
    ) -> Iterator[None]:
        answer: Callable[[], None]
        try:
            answer = partial(done, (yield from work))
        except Exception as error:  # noqa: BLE001 - the window says what went wrong
            answer = partial(failed, error)
        self._turns.discard(turns)
        turns.deleteLater()
        answer()

    @Slot(object)
    def _on_arrived(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()
