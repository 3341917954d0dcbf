"""Choosing and sorting the rows of the grid in turns of the event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import ref

from PySide6.QtCore import QObject

from cancel_desk.ui.in_turns import InTurns, Slices

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cancel_desk.ui.grid.arrangement import Wish
    from cancel_desk.ui.grid.sheet_model import SheetModel


class Arranging(QObject):
    """Works out the rows to show for the latest wish, and begins anew whenever one is edited.

    The grid shows what it showed until all of it is worked out, and while a cell is typed into:
    other rows would close the field.
    """

    def __init__(self, model: SheetModel) -> None:
        super().__init__(model)
        self._to_model = ref(model)  # a cycle with it would be collected, and end the process
        self._turns = InTurns(self)
        self._wish: Wish | None = None
        self._anew = False
        self._staying: int | None = None
        self._looking = InTurns(self)
        self._look: Callable[[], Slices[None]] | None = None

    @property
    def _model(self) -> SheetModel:
        model = self._to_model()
        assert model is not None  # noqa: S101 - this goes with it
        return model

    @property
    def wish(self) -> Wish:
        """The latest wish, fulfilled or not."""
        return self._wish or self._model.arrangement.wish

    @property
    def busy(self) -> bool:
        """Whether other rows are about to be shown."""
        return self._wish is not None

    def ask(self, wish: Wish, *, anew: bool, staying: int | None) -> None:
        """Begin to fulfil a wish; ``anew`` to choose the rows too, not only their order."""
        self._anew = anew or (self._anew and self.busy)
        self._wish = wish
        self._staying = staying
        self._turns.start(self._arrange(wish))

    def again(self) -> None:
        """Begin from the start: the sheet is not what it was."""
        if self._wish is not None:
            self._turns.later(self._arrange(self._wish))
        if self._look is not None:
            self._looking.later(self._look())

    def drop(self) -> None:
        """Give up what was begun: it was about another sheet."""
        self._wish = self._look = None
        self._turns.stop()
        self._looking.stop()

    def rest(self, *, resting: bool) -> None:
        """Leave the rows as they are for a while."""
        self._turns.pause(paused=resting)

    def look_for_values(self, column: int, found: Callable[[Mapping[str, int]], None]) -> None:
        """Call ``found`` with what a column says, and in how many rows."""

        def look() -> Slices[None]:
            counts = yield from self._model.arrangement.values(column, self.wish)
            self._look = None
            found(counts)

        self._look = look
        self._looking.start(look())

    def _arrange(self, wish: Wish) -> Slices[None]:
        model = self._model
        if self._anew:
            row_ids = yield from model.arrangement.chosen(wish, staying=self._staying)
        else:
            row_ids = yield from model.arrangement.put_in_order(model.shown.row_ids, wish.order)
        self._wish = None
        (model.show_rows if self._anew else model.put_in_order)(wish, row_ids)
