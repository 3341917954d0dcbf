"""Sheets made of what is on the clipboard: a range of cells, or order numbers in free text."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from cancel_desk.sheet.blocks import Block, RowStream, blocks_of, filled_blocks
from cancel_desk.sheet.damage import Damage, damage_of
from cancel_desk.sheet.headed import ReadRow, find_header
from cancel_desk.sheet.limits import DEFAULT_LIMITS, Limits
from cancel_desk.sheet.markup_table import MarkupTable
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import FileKind, RawSheet, Row, SheetFacts, Source

# A number, or what spreadsheet programs make of one; ASCII letters or digits around it make it
# another, Chinese ones do not.
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_-])(?<![0-9]\.)"
    r"([0-9][.,][0-9]{1,14}[eE]\+[0-9]{1,2}|[0-9]{13,15}|[A-Z][0-9]{8})"
    r"(?:\.0+)?(?![A-Za-z0-9_-]|\.[0-9])"
)
_KINDS = re.compile(
    r"(?P<purchase_order>\bp\.?o\b|\bpurchase orders?\b|\borden(?:es)? de compra\b"
    r"|\u91c7\u8d2d(?:\u8ba2\u5355|\u5355)?)"
    r"|(?P<customer_order>\b(?:customer )?orders?\b|\bpedidos?\b|\u8ba2\u5355)"
    r"|(?P<other>track|\bups\b|fedex|usps|\bupc\b|\bgtin\b|\bean\b|\bphone|\btel\b|\bitem\b|\bsku\b"
    r"|\u7269\u6d41|\u7535\u8bdd)",
    re.IGNORECASE,
)


class NumberKind(StrEnum):
    """What a number in a text is called there."""

    PURCHASE_ORDER = "purchase_order"  # or nothing at all
    CUSTOMER_ORDER = "customer_order"
    OTHER = "other"  # a tracking number, a phone number


class PickedNumber(NamedTuple):
    """A number found in a text, what it is called there, and damage if there is any."""

    text: str
    kind: NumberKind
    damage: Damage | None


def sheet_from_clipboard(
    text: str, html: str | None = None, *, limits: Limits = DEFAULT_LIMITS
) -> RawSheet:
    """Return the rows of a range that was copied in a spreadsheet program or web page.

    ``html`` is the clipboard's other form, which may hold whole numbers where ``text`` has
    shortened ones. Rows are numbered as they were pasted, from 1. Raises SheetError.
    """
    table = _html_table(html, limits) if html else None
    rows: Iterable[ReadRow] = _text_rows(text) if table is None else table.rows
    hidden = () if table is None else tuple(table.hidden_rows)
    stream = RowStream(filled_blocks(blocks_of(rows), limits))
    head = find_header(stream)
    facts = SheetFacts(hidden_rows=hidden, rows_above=head.above, sure=head.sure)
    return _sheet(head.header, [*blocks_of(head.below), *stream.blocks()], facts)


def pick_order_numbers(text: str) -> tuple[PickedNumber, ...]:
    """Return the numbers in a text that may be purchase orders, each once, in their order.

    Those of 13 to 15 digits, Canada's (a letter and 8 digits), and damaged ones. What the words
    before a number, or the last ones of a line above, call a customer order, a tracking number or
    the like is named so.
    """
    found: dict[str, PickedNumber] = {}
    spoken_of = NumberKind.PURCHASE_ORDER
    for line in text.splitlines():
        at, kind = 0, spoken_of
        for match in _NUMBER.finditer(line):
            kind = _last_kind(line[at : match.start()], kind)
            at = match.end()
            picked = PickedNumber(match[1], kind, damage_of(match[1], None))
            known = found.get(picked.text)
            if known is None or known.kind is not NumberKind.PURCHASE_ORDER:
                found[picked.text] = picked
        kind = _last_kind(line[at:], kind)
        if kind is not NumberKind.OTHER:  # a heading speaks of the lines below it
            spoken_of = kind
    return tuple(found.values())


def sheet_of_numbers(numbers: Iterable[PickedNumber]) -> RawSheet:
    """Return a sheet with one purchase order in each row, for the numbers the person kept."""
    rows = tuple(Row(at, at, (number.text,)) for at, number in enumerate(numbers, start=1))
    return RawSheet(Source("", FileKind.CLIPBOARD, None, 0), ("PO#",), rows)


def _last_kind(words: str, kind: NumberKind) -> NumberKind:
    """Return what the last telling word speaks of, or the kind that was spoken of before."""
    for match in _KINDS.finditer(words):
        kind = NumberKind(str(match.lastgroup))
    return kind


def _html_table(html: str, limits: Limits) -> MarkupTable | None:
    from cancel_desk.sheet.web_tables import read_tables

    start = html.find("<")  # before it stands where on Windows the part begins
    try:
        tables = read_tables(html[max(start, 0) :], limits)
    except SheetError as error:
        if error.problem is SheetProblem.WEB_PAGE:  # no table in it
            return None
        raise
    return max(tables.values(), key=lambda table: len(table.rows))


def _text_rows(text: str) -> Iterator[ReadRow]:
    """Read tab-separated lines; a cell in quotes may hold line ends, any other quote is a sign."""
    if "\t" not in text and "," in text.partition("\n")[0]:
        from cancel_desk.sheet.text import read_text

        yield from read_text(text).rows
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    try:
        for number, cells in enumerate(reader, start=1):
            yield ReadRow(number, cells, [])
    except csv.Error as error:
        limit = csv.field_size_limit()
        raise SheetError(SheetProblem.CELL_TOO_LONG, row=reader.line_num, limit=limit) from error


def _sheet(header: ReadRow, blocks: Sequence[Block], facts: SheetFacts) -> RawSheet:
    width = max((len(block.columns) for block in blocks), default=0)
    headers = _padded(header.cells, width)
    made: list[Row] = []
    for block in blocks:
        empty = [("",) * len(block.numbers)] * (len(headers) - len(block.columns))
        rows = zip(block.numbers, zip(*block.columns, *empty, strict=True), strict=True)
        made += [
            Row(len(made) + at + 1, number, cells, tuple(block.marks.get(at, ())))
            for at, (number, cells) in enumerate(rows)
        ]
    source = Source("", FileKind.CLIPBOARD, None, header.number)
    return RawSheet(source, headers, tuple(made), facts)


def _padded(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return (*cells, *[""] * (width - len(cells)))
