"""Gathering what a search looks at, bit by bit, before the first search of a large sheet."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cancel_desk.checks.review import Review
    from cancel_desk.ui.grid.sheet_model import SheetModel

AT_ONCE: Final = 5000
"""So many rows are looked at within a frame or two; no search waits for them."""

_CHUNK: Final = 200
_TURN: Final = 0.01  # seconds of work in each turn of the event loop


class SearchWords(QObject):
    """Makes the words of all rows, a little in each turn of the event loop."""

    gathered = Signal()

    def __init__(self, model: SheetModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._review: Review = model.review
        self._chunks: Iterator[list[int]] = iter(())
        self._turns = QTimer(self, interval=0)
        self._turns.timeout.connect(self._on_turn)

    @property
    def missing(self) -> bool:
        """Whether a search would have to make the words of many rows first."""
        return self._model.unsearched > AT_ONCE

    def gather(self) -> None:
        """Begin, unless it is under way: ``gathered`` follows, if the sheet stays the same."""
        if self._turns.isActive() and self._review is self._model.review:
            return
        self._review = self._model.review
        row_ids = self._review.table.row_ids
        self._chunks = (row_ids[at : at + _CHUNK] for at in range(0, len(row_ids), _CHUNK))
        self._turns.start()

    @Slot()
    def _on_turn(self) -> None:
        end = monotonic() + _TURN
        if self._review is not self._model.review:
            self._turns.stop()
            return
        for chunk in self._chunks:
            # Rows may have been deleted since.
            self._model.searched_texts(each for each in chunk if each in self._review.table)
            if monotonic() > end:
                return
        self._turns.stop()
        self.gathered.emit()
