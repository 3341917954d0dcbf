"""Rows on their way from a reader: finding the header among them and holding them to limits."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from cancel_desk.sheet.columns import match_columns
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import Mark

HEADER_SEARCH = 25
"""How many rows that are not blank are looked through for the header."""


class ReadRow(NamedTuple):
    """A row as a reader gives it: its number in the file, its cells, and marks by index."""

    number: int
    cells: list[str]
    marks: list[tuple[int, Mark]]


class HeadedRows(NamedTuple):
    """The header row and an iterator over the rows below it."""

    header: ReadRow
    rows: Iterator[ReadRow]


def find_header(rows: Iterable[ReadRow]) -> HeadedRows:
    """Take the row with the most known column names as header, the first of several.

    Without a known name the first row is the header. Rows above it (a title, a filter's settings)
    are no orders and are left out. SheetError if there is no row at all.
    """
    stream = iter(rows)
    first = list(islice(stream, HEADER_SEARCH))
    if not first:
        raise SheetError(SheetProblem.EMPTY_FILE)
    at = max(range(len(first)), key=lambda index: _known_names(first[index].cells))
    return HeadedRows(first[at], chain(first[at + 1 :], stream))


def filled_rows(rows: Iterable[ReadRow], limits: Limits) -> Iterator[ReadRow]:
    """Pass on the rows that are not blank, without their empty last cells.

    Raises SheetError for the row that passes one of the limits.
    """
    count = 0
    for number, cells, marks in rows:
        width = _used_width(cells, marks)
        if not marks and not "".join(cells).strip():
            continue
        count += 1
        if count > limits.rows + 1:  # the header is one more
            raise SheetError(SheetProblem.TOO_MANY_ROWS, limit=limits.rows)
        if width > limits.columns:
            raise SheetError(SheetProblem.TOO_MANY_COLUMNS, limit=limits.columns)
        if max(map(len, cells)) > limits.cell_length:
            raise SheetError(SheetProblem.CELL_TOO_LONG, row=number, limit=limits.cell_length)
        yield ReadRow(number, cells[:width], marks)


def _used_width(cells: list[str], marks: list[tuple[int, Mark]]) -> int:
    width = len(cells)
    least = max((index + 1 for index, _ in marks), default=0)
    while width > least and not cells[width - 1]:
        width -= 1
    return width


def _known_names(cells: list[str]) -> int:
    match = match_columns(cells)
    return len(match.columns) + len(match.doubtful)
