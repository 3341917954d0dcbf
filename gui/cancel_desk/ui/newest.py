"""Asking again and again off the window's thread, where only the newest answer counts."""

from collections.abc import Callable
from typing import Generic, TypeVar

from cancel_desk.ui.background import Background

_T = TypeVar("_T")


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
        self._busy = False
        self._waiting: Callable[[], _T] | None = None

    def ask(self, work: Callable[[], _T]) -> None:
        """Have ``work`` done; an answer that a newer question has overtaken is not told."""
        if self._busy:
            self._waiting = work
            return
        self._busy = True
        self._background.start(work, self._on_done, self._on_failed)

    def _on_done(self, answer: _T) -> None:
        if not self._ask_waiting():
            self._answered(answer)

    def _on_failed(self, error: Exception) -> None:
        if not self._ask_waiting():
            self._failed(error)

    def _ask_waiting(self) -> bool:
        self._busy = False
        work, self._waiting = self._waiting, None
        if work is not None:
            self.ask(work)
        return work is not None
