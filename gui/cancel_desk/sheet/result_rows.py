"""What a result sheet holds: its columns, its rows, its summary and the mark of its run."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from cancel_desk.language import gettext as _
from cancel_desk.language import gettext_noop
from cancel_desk.sheet.sheet_choice import ORDER_SHEET, names_summary

# What Excel takes: no more than 31 characters, none of these, no apostrophe at its ends.
_PAGE_NAME = re.compile(r"(?!')[^][:*?/\\\x00-\x1f]{1,31}(?<!')")

RESULT_COLUMNS = (
    gettext_noop("Result"),
    gettext_noop("What it means"),
    gettext_noop("Walmart's words"),
    gettext_noop("Units cancelled"),
    gettext_noop("Time"),
    gettext_noop("Correlation ID"),
)
"""What a result sheet adds; its headers are these in the language of whoever has it written."""

TELLING = frozenset(RESULT_COLUMNS[:3])
"""Names that stand beside each other in no sheet but those written here."""

UNITS_AT = RESULT_COLUMNS.index("Units cancelled")


class ResultRow(NamedTuple):
    """One row of the sheet as it shall be written; ``cells`` are the person's own columns.

    ``number`` is the row's number in the person's file, ``kind`` the result as a stable code,
    ``result`` its word. ``units`` are those known to be cancelled: None where that isn't known.
    ``time`` is UTC in ISO 8601.
    """

    cells: tuple[str, ...]
    number: int | None
    kind: str
    result: str
    meaning: str
    walmart_words: str
    units: int | None
    time: str
    correlation_id: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Every cell of the row as text, in the order of the columns."""
        units = "" if self.units is None else str(self.units)
        return (
            *self.cells,
            self.result,
            self.meaning,
            self.walmart_words,
            units,
            self.time,
            self.correlation_id,
        )


class Tally(NamedTuple):
    """One row of a count: a name, rows and units; ``kind`` is a result's code, if it is one."""

    name: str
    rows: int
    units: int
    kind: str = ""


class LeftOutRow(NamedTuple):
    """A row that nothing was sent for: its number in the file, its order, and why."""

    number: str
    order: str
    why: str


class SummaryWords(NamedTuple):
    """The headings of a summary."""

    title: str
    results: str
    reasons: str
    rows: str
    lines: str
    units: str
    left_out: str
    row: str
    order: str
    why: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The page behind the rows: facts by name, counts by result and by reason, what was left out.

    ``words`` are the headings in the language of the person.
    """

    facts: tuple[tuple[str, str], ...]
    results: tuple[Tally, ...]
    reasons: tuple[Tally, ...]
    left_out: tuple[LeftOutRow, ...]
    words: SummaryWords


class ResultMark(NamedTuple):
    """What a result workbook says of itself, unseen: the run it is of.

    ``only_left``: it holds only the rows that are not done.
    """

    run: str
    only_left: bool = False


class Origin(NamedTuple):
    """The workbook that the rows were read from, whose formatting the result sheet takes over.

    ``fingerprint`` is that of the file as it was read: of a file that changed since, nothing is
    taken over.
    """

    path: str
    sheet: str
    header_row: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ResultSheet:
    """Everything that is written into a result sheet; ``count`` is the number of rows.

    ``ids`` are the indexes of own columns that stay text whatever they were: orders, lines, SKUs.
    ``name`` is what the person's sheet was called, "" for none.
    """

    headers: tuple[str, ...]
    rows: Iterable[ResultRow]
    count: int
    summary: Summary
    mark: ResultMark
    origin: Origin | None = None
    ids: frozenset[int] = frozenset()
    name: str = ""

    @property
    def page_name(self) -> str:
        """The name of the page with the rows: the person's own, where a workbook can have it.

        The page behind it has a name of its own. Under the other one a sheet opens without a
        question which of the two is meant, as it is Seller Center's.
        """
        taken = self.name.strip().casefold() in {"", "history"} or names_summary(self.name)
        return self.name if not taken and _PAGE_NAME.fullmatch(self.name) else ORDER_SHEET

    @property
    def all_headers(self) -> tuple[str, ...]:
        """The person's own headers and those of the results."""
        return (*self.headers, *map(_, RESULT_COLUMNS))
