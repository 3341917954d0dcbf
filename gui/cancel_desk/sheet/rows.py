"""Rows of the person's sheet as raw text, and where they came from."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from cancel_desk.sheet.result_rows import ResultMark


class Mark(StrEnum):
    """What is known about a cell that the cell's text can't say.

    The first ones come from the reader; the others say why no order line was found for a row that
    names something else than a purchase order, and are on its blank order cell.
    A mark belongs to the text it was read with: typing over the cell removes it.
    """

    ROUNDED = "rounded"  # a number of more than 15 digits: the last ones are gone
    DATE = "date"  # a date cell, written out as text
    ERROR = "error"  # an error cell such as #N/A
    NO_VALUE = "no_value"  # a formula that was saved without its result
    MERGED = "merged"  # blank, but shown as one with a cell above it

    NOTHING_OPEN = "nothing_open"  # no open line has this SKU or customer order
    NOT_NAMED = "not_named"  # the cell with the SKU or customer order is blank
    NAMED_BEFORE = "named_before"  # an earlier row stands for all of its lines
    WHICH_LINE = "which_line"  # which of several lines so many units are of can't be told
    NAME_DAMAGED = "name_damaged"  # the SKU or customer order is not what once was there
    HIDDEN = "hidden"  # the file hides the row


class Row(NamedTuple):
    """One row: a permanent id, its number in the person's file, and raw text cells.

    ``number`` counts from 1 as spreadsheet programs show it; None for a row inserted here.
    ``marks`` pairs the index of a cell with what the reader knew about it; most rows have none.
    Results are joined to rows by ``id``, never by position.
    """

    id: int
    number: int | None
    cells: tuple[str, ...]
    marks: tuple[tuple[int, Mark], ...] = ()

    def mark(self, index: int) -> Mark | None:
        """Return the mark of the cell at ``index``, or None."""
        if not self.marks:  # nearly every row, and asked for every cell
            return None
        return next((mark for at, mark in self.marks if at == index), None)

    def with_cell(self, index: int, text: str, mark: Mark | None = None) -> "Row":
        """Return the row with another text (and mark) in the cell at ``index``."""
        cells = (*self.cells[:index], text, *self.cells[index + 1 :])
        marks = tuple(pair for pair in self.marks if pair[0] != index)
        if mark is not None:
            marks = tuple(sorted((*marks, (index, mark))))
        return self._replace(cells=cells, marks=marks)


class FileKind(StrEnum):
    """What a file is by its content, whatever its name says."""

    TEXT = "text"
    HTML = "html"  # tables of a web page, as some sites offer for download
    XML = "xml"  # "XML spreadsheet 2003"
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    CLIPBOARD = "clipboard"
    ORDERS = "orders"  # rows made of the store's own orders


class MergedRange(NamedTuple):
    """Cells shown as one: rows count from 1 as shown, columns from 0 as indexes; both ends count.

    Only the first cell holds the text; the others are blank.
    """

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What a person should be told of how the sheet was found; rows count from 1 as shown.

    Hidden rows are among the rows that were read; hidden sheets, the rows above the header and the
    template's example are not. ``hidden_columns`` are indexes, from 0.
    ``unpacked`` names the file that was taken out of a zip archive.
    ``sure`` is False where sheet, header or characters were a guess that may be wrong.
    """

    sheets: tuple[str, ...] = ()
    hidden_sheets: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[MergedRange, ...] = ()
    rows_above: tuple[int, ...] = ()
    example_rows: tuple[int, ...] = ()
    unpacked: str | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows came from.

    ``sheet`` is None for text files; ``header_row`` counts from 1, and 0 says that there is none;
    ``encoding`` and ``delimiter`` are None for workbooks. ``fingerprint`` tells the file's bytes
    from any others, "" where there is no file. ``mark`` is what a result sheet written here says
    of its run; ``former`` the run of which these rows are what is left, "" for none.
    """

    path: str
    kind: FileKind
    sheet: str | None
    header_row: int
    encoding: str | None = None
    delimiter: str | None = None
    fingerprint: str = field(default="", compare=False)
    mark: ResultMark | None = None
    former: str = ""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it was read: header names and rows of text, before columns are matched.

    Every row has exactly as many cells as there are headers. Blank rows are not among ``rows``.
    """

    source: Source
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    facts: SheetFacts = SheetFacts()
