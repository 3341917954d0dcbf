"""Workbooks: choosing the sheet, and its rows as text."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from cancel_desk.sheet.blocks import Block, RowStream, batches, block_of, blocks_of, rows_of
from cancel_desk.sheet.cell_text import column_text
from cancel_desk.sheet.choice import ReadingChoice
from cancel_desk.sheet.headed import ReadRow, names_orders
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.part_facts import Faults, PartFacts
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import FileKind, Mark, MergedRange, SheetFacts
from cancel_desk.sheet.sheet_choice import ORDER_SHEET, Sheets, choose_sheet
from cancel_desk.sheet.unpacking import ZIP_ERRORS

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

__all__ = ["ORDER_SHEET", "WorkbookSheet", "read_workbook", "with_faults"]

_MOST_MERGED = 100_000

Scan = Callable[[str], PartFacts]
"""Looks through a sheet, by its name, before its reader does; SheetError beyond the limits."""


class WorkbookSheet(NamedTuple):
    """The sheet that was chosen, its rows, and what to tell of them."""

    name: str
    rows: RowStream
    facts: SheetFacts


class _Book(NamedTuple):
    data: bytes
    kind: FileKind
    calamine: "CalamineWorkbook"
    scan: Scan


def read_workbook(
    data: bytes,
    kind: FileKind,
    choice: ReadingChoice,
    limits: Limits,
    *,
    asking: bool = False,
    results: bool = False,
) -> WorkbookSheet:
    """Read the sheet that was chosen, or the one that holds the orders.

    ``results``: it is a result workbook written here, whose summary holds none.

    Raises SheetError if no or, unless the person will be asked, several sheets fit, or the file
    can't be read.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        scan = _scan(data, kind, limits)
        book = _Book(data, kind, CalamineWorkbook.from_filelike(io.BytesIO(data)), scan)
        sheets = _sheets(book)._replace(results=results)
        name, sure = choose_sheet(sheets, choice.sheet, asking=asking)
        found = book.scan(name)
        blocks, merged = _blocks(book, name)
        facts = SheetFacts(
            sheets=tuple(sheets.visible),
            hidden_sheets=tuple(sheets.hidden),
            hidden_rows=tuple(found.hidden),
            hidden_columns=tuple(sorted(at for at in found.hidden_columns if at < found.widest)),
            merged=merged,
            sure=sure,
        )
    except PasswordError as error:
        raise SheetError(SheetProblem.SEALED) from error
    except CalamineError as error:
        raise SheetError(SheetProblem.DAMAGED) from error
    return WorkbookSheet(name, RowStream(with_faults(blocks, found.faults)), facts)


def with_faults(blocks: Iterable[Block], faults: Faults) -> Iterator[Block]:
    """Put the faulty cells, which the reader left blank or out, into the rows."""
    waiting = sorted(faults, reverse=True)
    for block in blocks:
        if not waiting or waiting[-1] > block.numbers[-1]:
            yield block
            continue
        here: Faults = {}
        while waiting and waiting[-1] <= block.numbers[-1]:
            number = waiting.pop()
            here[number] = faults[number]
        yield block_of(list(_rows_with_faults(rows_of(block), here)))
    behind = {number: faults[number] for number in reversed(waiting)}
    yield from blocks_of(_rows_with_faults((), behind))


def _rows_with_faults(rows: Iterable[ReadRow], faults: Faults) -> Iterator[ReadRow]:
    waiting = sorted(faults, reverse=True)
    for row in rows:
        while waiting and waiting[-1] < row.number:
            number = waiting.pop()
            yield _faulty(ReadRow(number, [], []), faults[number])
        if waiting and waiting[-1] == row.number:
            yield _faulty(row, faults[waiting.pop()])
        else:
            yield row
    for number in reversed(waiting):
        yield _faulty(ReadRow(number, [], []), faults[number])


def _faulty(row: ReadRow, faults: dict[int, tuple[str, Mark | None]]) -> ReadRow:
    cells = row.cells + [""] * (max(faults) + 1 - len(row.cells))
    marks = dict(row.marks)
    for index, (text, mark) in faults.items():
        cells[index] = text
        if mark is not None:
            marks[index] = mark
    return ReadRow(row.number, cells, sorted(marks.items()))


def _scan(data: bytes, kind: FileKind, limits: Limits) -> Scan:
    """Return what looks through a sheet of this kind of file."""
    if kind is FileKind.XLSX:
        from cancel_desk.sheet.xlsx_parts import scan_part, sheet_parts, zero_styles

        parts, zeros = sheet_parts(data), zero_styles(data)
        return lambda name: (
            scan_part(data, parts[name], limits, zeros=zeros) if name in parts else PartFacts()
        )
    if kind is FileKind.XLSB:
        from cancel_desk.sheet.xlsb_facts import xlsb_facts

        return lambda name: xlsb_facts(data, name, limits)
    if kind is FileKind.XLS:
        from cancel_desk.sheet.xls_facts import xls_facts

        return lambda name: xls_facts(data, name, limits)
    from cancel_desk.sheet.ods_facts import ods_facts

    found = ods_facts(data, limits)
    return lambda name: found.get(name, PartFacts())


def _sheets(book: _Book) -> Sheets:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [one for one in book.calamine.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
    return Sheets(
        visible=[one.name for one in sheets if one.visible is SheetVisibleEnum.Visible],
        hidden=[one.name for one in sheets if one.visible is not SheetVisibleEnum.Visible],
        has_rows=lambda name: book.scan(name).last_row > 0,
        has_orders=lambda name: names_orders(RowStream(_blocks(book, name)[0])),
    )


def _blocks(book: _Book, name: str) -> tuple[Iterator[Block], tuple[MergedRange, ...]]:
    """Return the rows, and the merged cells where the reader tells of them."""
    from python_calamine import CalamineError

    try:
        sheet = book.calamine.get_sheet_by_name(name)
    except CalamineError:
        if book.kind is not FileKind.XLSX:
            raise
        # One error code that it does not know makes calamine refuse a whole sheet.
        return _text_blocks(_openpyxl_rows(book.data, name)), ()
    merged = tuple(
        MergedRange(first[0] + 1, first[1], last[0] + 1, last[1])
        for first, last in (sheet.merged_cell_ranges or [])[:_MOST_MERGED]
    )
    # calamine leaves out empty columns on the left, but not empty rows at the top.
    left = sheet.start[1] if sheet.start else 0
    return _text_blocks(sheet.iter_rows(), left), merged


def _openpyxl_rows(data: bytes, name: str) -> Iterator[Sequence[object]]:
    """Yield the rows as openpyxl reads them: slower, but no error code stops it."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book[name]
        sheet.reset_dimensions()  # a sheet may say that it is smaller than it is
        yield from sheet.iter_rows(values_only=True)
    except (*ZIP_ERRORS, TypeError, SyntaxError) as error:
        raise SheetError(SheetProblem.DAMAGED) from error


def _text_blocks(rows: Iterable[Sequence[object]], left: int = 0) -> Iterator[Block]:
    """Yield a sheet's rows, from the first on, as text; ``left`` columns before them are empty."""
    first = 1
    for batch in batches(rows, len):
        columns: list[Sequence[str]] = [[""] * len(batch)] * left
        marks: dict[int, list[tuple[int, Mark]]] = {}
        for values in zip_longest(*batch, fillvalue=""):
            texts, found = column_text(values)
            for at, mark in found:
                marks.setdefault(at, []).append((len(columns), mark))
            columns.append(texts)
        yield Block(range(first, first + len(batch)), columns, marks)
        first += len(batch)
