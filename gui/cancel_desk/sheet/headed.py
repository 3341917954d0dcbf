"""Rows on their way from a reader: finding the header among them and holding them to limits."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from cancel_desk.sheet.columns import Column, match_columns
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import Mark

_LIKE_AN_ID = re.compile(r"\s*['#]?(?:[0-9]{12,16}(?:\.0)?|[0-9][.,][0-9]+[eE]\+[0-9]{1,2})\s*")

_LONG_NUMBER = re.compile(r"[0-9]{4}")

HEADER_SEARCH = 25
"""How many rows that are not blank are looked through for the header."""


class ReadRow(NamedTuple):
    """A row as a reader gives it: its number in the file, its cells, and marks by index."""

    number: int
    cells: list[str]
    marks: list[tuple[int, Mark]]


class HeadedRows(NamedTuple):
    """The header row, the rows below it that were read already, and the numbers of those above.

    Without a header row its number is 0 and it has no cells. ``sure`` is False where no row, or
    more than one, looks like the header, or a row above it looks like an order.
    """

    header: ReadRow
    below: list[ReadRow]
    above: tuple[int, ...]
    sure: bool


def find_header(
    stream: Iterator[ReadRow], *, wanted: int | None = None, results: bool = False
) -> HeadedRows:
    """Take the row with the most known column names as header, the first of several.

    That of a sheet of ``results`` written here is known by our own columns, in any language.

    The rows from there on are those ``below`` and what is left in the stream.
    ``wanted`` is the number of the header row where the person said which, 0 for none. Without a
    known name the first row is the header, unless it holds order numbers itself. Rows above the
    header (a title, a filter's settings) are no orders and are left out. SheetError if there is no
    row at all, or not the one that was wanted.
    """
    if wanted is not None and wanted > 0:
        return _wanted_header(stream, wanted)
    first = list(islice(stream, HEADER_SEARCH))
    if not first:
        raise SheetError(SheetProblem.EMPTY_FILE)
    known = [_known_names(row.cells) for row in first]
    most = max(known)
    if wanted is None and results:
        from cancel_desk.sheet.result_mark import result_columns

        ours = next((at for at, row in enumerate(first) if result_columns(row.cells)), None)
        if ours is not None:
            return _headed_at(first, ours, sure=_are_titles(first[:ours]))
    if wanted == 0 or (most == 0 and any(map(_LIKE_AN_ID.fullmatch, first[0].cells))):
        return HeadedRows(ReadRow(0, [], []), first, (), sure=wanted == 0)
    at = known.index(most)
    alone = most > 1 or (most == 1 and known.count(1) == 1)
    return _headed_at(first, at, sure=alone and _are_titles(first[:at]))


def _are_titles(rows: Iterable[ReadRow]) -> bool:
    return not any(_LIKE_AN_ID.fullmatch(cell) for row in rows for cell in row.cells)


def _headed_at(first: Sequence[ReadRow], at: int, *, sure: bool) -> HeadedRows:
    above = tuple(row.number for row in first[:at])
    return HeadedRows(first[at], list(first[at + 1 :]), above, sure)


def _wanted_header(stream: Iterator[ReadRow], wanted: int) -> HeadedRows:
    above: list[int] = []
    for row in stream:
        if row.number == wanted:
            return HeadedRows(row, [], tuple(above), sure=True)
        if row.number > wanted:
            break
        above.append(row.number)
    raise SheetError(SheetProblem.NO_SUCH_HEADER_ROW, row=wanted)


def filled_rows(rows: Iterable[ReadRow], limits: Limits, *, before: int = 0) -> Iterator[ReadRow]:
    """Pass on the rows that are not blank, without their empty last cells.

    ``before`` is how many came before these. Raises SheetError for the row that passes one of the
    limits.
    """
    count = before
    for number, cells, marks in rows:
        text = "".join(cells)
        if not marks and (not text or text.isspace()):
            continue
        width = len(cells) if cells and cells[-1] else used_width(cells, marks)
        count += 1
        if count > limits.rows + 1:  # the header is one more
            raise SheetError(SheetProblem.TOO_MANY_ROWS, limit=limits.rows)
        if width > limits.columns:
            raise SheetError(SheetProblem.TOO_MANY_COLUMNS, limit=limits.columns)
        if len(text) > limits.cell_length and max(map(len, cells)) > limits.cell_length:
            raise SheetError(SheetProblem.CELL_TOO_LONG, row=number, limit=limits.cell_length)
        yield ReadRow(number, cells if width == len(cells) else cells[:width], marks)


def used_width(cells: Sequence[str], marks: list[tuple[int, Mark]]) -> int:
    """Return how many cells a row has up to the last one with content."""
    width = len(cells)
    least = max((index + 1 for index, _ in marks), default=0)
    while width > least and not cells[width - 1]:
        width -= 1
    return width


def _known_names(cells: list[str]) -> int:
    match = match_columns(cells)
    return len(match.columns) + len(match.doubtful) + len(match.possible)


def names_orders(rows: Iterable[ReadRow]) -> bool:
    """Tell whether one of the first rows names a column with purchase order numbers and has some.

    A page that explains the columns names it too, with words below.
    """
    places: set[int] = set()
    for cells in islice((row.cells for row in rows if any(row.cells)), 2 * HEADER_SEARCH):
        if any(_LONG_NUMBER.search(cells[at]) for at in places if at < len(cells)):
            return True
        match = match_columns(cells)
        places.update(match.doubtful.get(Column.PO, ()))
        places.update(at for column, at in match.columns.items() if column is Column.PO)
    return False
