"""What a person chose about the reading of a file, where the guess was not theirs."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReadingChoice:
    """None stands for a guess. ``header_row`` counts from 1 as shown; 0: there is no header.

    ``password`` never shows where the choice is printed.
    """

    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    password: str | None = field(default=None, repr=False)


GUESS = ReadingChoice()
