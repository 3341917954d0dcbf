"""What is known of a sheet before its rows are read: its extent, faulty cells, what is hidden."""

from dataclasses import dataclass, field

from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import Mark

Faults = dict[int, dict[int, tuple[str, Mark | None]]]
"""By row number (from 1) and column index (from 0): the text to show, and its mark."""

MOST_HIDDEN = 10_000  # of hidden rows, more are not named one by one
_MOST_COLUMNS = 16_384  # of a sheet of any kind


@dataclass(slots=True)
class PartFacts:
    """The last row and the widest column with content, counted from 1, and what to know of cells.

    ``faults`` are the cells that a native reader shows as blank or otherwise than they look;
    ``hidden`` are the numbers of hidden rows, ``hidden_columns`` the indexes of hidden columns.
    """

    last_row: int = 0
    widest: int = 0
    faults: Faults = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)

    def reach(self, row: int, column: int) -> None:
        """Note a cell with content, both counted from 1."""
        self.last_row = max(self.last_row, row)
        self.widest = max(self.widest, column)

    def fault(self, row: int, column: int, text: str, mark: Mark | None) -> None:
        """Note what to show in a cell, both counted from 1."""
        self.faults.setdefault(row, {})[column - 1] = (text, mark)

    def hide(self, row: int) -> None:
        """Note a hidden row."""
        if len(self.hidden) < MOST_HIDDEN:
            self.hidden.append(row)

    def hide_columns(self, first: int, last: int) -> None:
        """Note hidden columns, both ends counted from 1."""
        self.hidden_columns.update(range(first - 1, min(last, _MOST_COLUMNS)))

    def hold(self, limits: Limits) -> None:
        """Raise SheetError if the sheet reaches beyond the limits."""
        if self.last_row * self.widest > limits.area:
            column = column_letters(self.widest)
            raise SheetError(SheetProblem.FAR_CORNER, row=self.last_row, column=column)
        if self.widest > limits.columns:
            raise SheetError(SheetProblem.TOO_MANY_COLUMNS, limit=limits.columns)


def column_letters(width: int) -> str:
    """Return the letters of the column that is the ``width``-th: 1 is A, 27 is AA."""
    letters = ""
    while width:
        width, rest = divmod(width - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


ERROR_TEXTS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""The error codes of binary workbooks, old (BIFF8) and new (XLSB)."""
