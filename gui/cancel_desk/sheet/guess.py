"""How a file would be read, with its first rows: for a person to look at and change."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cancel_desk.sheet.choice import GUESS, ReadingChoice
from cancel_desk.sheet.limits import DEFAULT_LIMITS, Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.reading import child_messages, sheet_facts
from cancel_desk.sheet.rows import FileKind, SheetFacts

PREVIEW_ROWS = 30


@dataclass(frozen=True, slots=True)
class ReadingGuess:
    """How a file is read: what was chosen, and for the rest what was guessed.

    ``sheet`` is None for text; ``encoding`` and ``delimiter`` are None for workbooks;
    ``header_row`` counts from 1, and 0 says that there is none. ``facts.sheets`` are the sheets to
    choose from, ``facts.hidden_sheets`` those that are hidden but can be chosen too; ``facts.sure``
    is False where the person should look before it counts.
    """

    kind: FileKind
    sheet: str | None
    encoding: str | None
    delimiter: str | None
    header_row: int
    facts: SheetFacts


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One of the first rows: its number as spreadsheet programs show it, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The guess, and the first rows that are not blank as they stand, the header among them."""

    guess: ReadingGuess
    rows: tuple[PreviewRow, ...]


def preview(
    path: Path,
    choice: ReadingChoice = GUESS,
    *,
    limits: Limits = DEFAULT_LIMITS,
    cancelled: Callable[[], bool] | None = None,
) -> Preview:
    """Return how a file would be read with this choice, in a process of its own.

    Several sheets that fit are no error here: the first is taken, and the guess is not sure.
    Raises SheetError, among others for a password that is missing or wrong.
    """
    first: list[Any] = []
    found: dict[str, Any] = {}
    for message in child_messages(
        path, choice, limits=limits, cancelled=cancelled, only_first=PREVIEW_ROWS
    ):
        if "problem" in message:
            raise SheetError(SheetProblem(message["problem"]), **message["params"])
        first += message.get("first_rows", ())
        if "headers" in message:
            found = message
    guess = ReadingGuess(
        kind=FileKind(found["kind"]),
        sheet=found["sheet"],
        encoding=found["encoding"],
        delimiter=found["delimiter"],
        header_row=found["header_row"],
        facts=sheet_facts(found["facts"]),
    )
    return Preview(guess, tuple(PreviewRow(row[0], tuple(row[1])) for row in first))
