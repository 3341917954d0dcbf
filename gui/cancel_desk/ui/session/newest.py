"""Asking again and again off the window's thread, where only the newest answer counts."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from cancel_desk.ui.session.background import Background

_T = TypeVar("_T")
Stopped = Callable[[], bool]
"""Tells work that its answer is no longer wanted: it may then end as it likes."""


class Newest(Generic[_T]):
    """One question at a time; of those asked meanwhile only the last is asked after it."""

    def __init__(
        self,
        background: Background,
        answered: Callable[[_T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._background = background
        self._answered = answered
        self._failed = failed
        self._overtaken: threading.Event | None = None  # of the question under way
        self._waiting: Callable[[Stopped], _T] | None = None

    def ask(self, work: Callable[[Stopped], _T]) -> None:
        """Have ``work`` done; an answer that a newer question has overtaken is not told."""
        if self._overtaken is not None:
            self._overtaken.set()
            self._waiting = work
            return
        overtaken = self._overtaken = threading.Event()

        def stopped() -> bool:
            return overtaken.is_set() or self._background.closed

        self._background.start(lambda: work(stopped), self._on_done, self._on_failed)

    def stop(self) -> None:
        """Want no answer any more, until something is asked again."""
        self._waiting = None
        if self._overtaken is not None:
            self._overtaken.set()

    def _on_done(self, answer: _T) -> None:
        if not self._was_overtaken():
            self._answered(answer)

    def _on_failed(self, error: Exception) -> None:
        if not self._was_overtaken():
            self._failed(error)

    def _was_overtaken(self) -> bool:
        """Ask what waits, and tell whether nobody wants to know the answer that came."""
        overtaken, self._overtaken = self._overtaken, None
        work, self._waiting = self._waiting, None
        if work is not None:
            self.ask(work)
        return overtaken is not None and overtaken.is_set()
