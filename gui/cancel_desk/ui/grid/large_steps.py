"""Steps of undo over very many cells, carried out part by part in turns of the event loop."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from cancel_desk.sheet.edits import SetCells
from cancel_desk.ui import in_turns
from cancel_desk.ui.in_turns import InTurns, Slices

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cancel_desk.sheet.edits import Edit

_AT_ONCE: Final = 2  # parts of a step that takes no turns
_FAR: Final = 8  # so many rows looked at for each cell


class LargeSteps(QObject):
    """Carries out one step at a time.

    After each part of it the checks agree with what is shown, and rows come and go in one piece
    before any cell is changed: what is looked up by its place meanwhile stays where it is. Whatever
    needs all of a step has what is left of it done at once.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._turns = InTurns(self, long=2)

    @property
    def busy(self) -> bool:
        """Whether a step is under way."""
        return self._turns.busy

    def settle(self) -> None:
        """Do at once what is left of the step that is under way."""
        self._turns.finish()

    def carry_out(
        self,
        edits: Sequence[Edit],
        apply: Callable[[Edit], tuple[Edit, int]],
        done: Callable[[list[Edit]], None],
    ) -> None:
        """Apply edits one by one; ``done`` gets what takes them back, in the order to do so.

        ``apply`` gives what takes an edit back, and how many rows it concerned. A step under way
        has to be settled before.
        """
        in_turn = _rows_first(edits)
        cells = sum(len(edit.cells) for edit in edits if isinstance(edit, SetCells))
        if in_turn is None or cells <= _AT_ONCE * in_turns.PART:
            done([apply(edit)[0] for edit in edits][::-1])
        else:
            self._turns.start(self._work(in_turn, apply, done))

    def _work(
        self,
        edits: Sequence[Edit],
        apply: Callable[[Edit], tuple[Edit, int]],
        done: Callable[[list[Edit]], None],
    ) -> Slices[None]:
        inverses: list[Edit] = []
        size, looked_at = in_turns.PART, 0
        enough = _FAR * sum(len(edit.cells) for edit in edits if isinstance(edit, SetCells))
        for edit in edits:
            if not isinstance(edit, SetCells):
                inverses.append(apply(edit)[0])
                continue
            at, former = 0, list[SetCells]()
            while at < len(edit.cells):
                inverse, concerned = apply(SetCells(edit.cells[at : at + size]))
                if isinstance(inverse, SetCells):
                    former.append(inverse)
                at += size
                looked_at += concerned
                if looked_at > enough:
                    size *= 2  # rows of one order concern one another anew with each part
                yield
            inverses.append(SetCells(tuple(chain(*(part.cells for part in reversed(former))))))
        self._turns.stop()  # whoever is told may begin another step
        done(inverses[::-1])


def _rows_first(edits: Sequence[Edit]) -> list[Edit] | None:
    """Return edits with those of whole rows first; None where that may change what they do."""
    rows = [edit for edit in edits if not isinstance(edit, SetCells)]
    cells = [edit for edit in edits if isinstance(edit, SetCells)]
    if rows and cells and list(edits) != [*rows, *cells]:
        moved = frozenset[int]().union(*(edit.row_ids for edit in rows))
        if not all(moved.isdisjoint(edit.row_ids) for edit in cells):
            return None
    return [*rows, *cells]
