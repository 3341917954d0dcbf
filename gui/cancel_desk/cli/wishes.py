"""What a person asked for on the command line."""

from dataclasses import dataclass, field
from pathlib import Path

from cancel_desk.sheet.expansion import ExpandBy


@dataclass(frozen=True, slots=True)
class SheetWish:
    """The sheet to work on; ``reason`` is for the rows that have none.

    ``by`` is what the rows name where it is no purchase order, ``column`` the header it is under;
    ``ask`` says whether that may be asked for.
    ``password`` opens a protected workbook and never shows where the wish is printed.
    """

    path: Path
    sheet: str | None = None
    reason: str | None = None
    password: str | None = field(default=None, repr=False)
    by: ExpandBy | None = None
    column: str | None = None
    ask: bool = True


@dataclass(frozen=True, slots=True)
class SendWish:
    """How to send: ``results`` is the result sheet to write, ``yes`` confirms beforehand.

    ``at_most`` is the largest number of lines agreed to, ``hold`` the seconds in which sending can
    be undone before it begins, ``first_alone`` asks again after the first order. ``kept`` says
    whether the run outlives the command, so that it can be named and resumed.
    """

    results: Path
    yes: bool = False
    as_json: bool = False
    at_most: int | None = None
    hold: float = 0.0
    first_alone: bool = False
    kept: bool = True


@dataclass(frozen=True, slots=True)
class PracticeWish:
    """The practice store to open: ``port`` 0 is any free one, ``orders`` None the usual stock."""

    port: int
    state: Path | None
    seed: int
    orders: int | None
    per_minute: float
    sample: Path | None
