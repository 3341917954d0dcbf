"""A table of a web page or of an XML spreadsheet: its rows, and what of it nobody sees."""

from dataclasses import dataclass, field

from cancel_desk.sheet.headed import ReadRow


@dataclass(slots=True)
class MarkupTable:
    """The rows, the numbers of those that are hidden, and whether the whole table is."""

    rows: list[ReadRow] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden: bool = False
