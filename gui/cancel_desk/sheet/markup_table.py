"""A table of a web page or of an XML spreadsheet: its rows, and what of it nobody sees."""

from dataclasses import dataclass, field

from cancel_desk.sheet.headed import ReadRow


@dataclass(slots=True)
class MarkupTable:
    """The rows, and what is hidden: rows by number, columns by index, or the whole table."""

    rows: list[ReadRow] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
