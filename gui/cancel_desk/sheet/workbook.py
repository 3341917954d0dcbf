"""Workbooks: choosing the sheet, and its rows as text."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cancel_desk.sheet.cell_text import cell_text
from cancel_desk.sheet.headed import ReadRow
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.rows import FileKind, Mark
from cancel_desk.sheet.xlsx_parts import Faults, PartFacts, scan_part, sheet_parts

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

ORDER_SHEET = "Po Details"
"""The sheet that holds the orders in a download from Seller Center."""

_SUFFIXES = {
    FileKind.XLSX: {".xlsx", ".xlsm"},
    FileKind.XLSB: {".xlsb"},
    FileKind.XLS: {".xls"},
    FileKind.ODS: {".ods"},
}


class WorkbookSheet(NamedTuple):
    """The sheet that was chosen, and its rows."""

    name: str
    rows: Iterator[ReadRow]


class _Book(NamedTuple):
    path: Path
    calamine: "CalamineWorkbook"
    parts: dict[str, str]  # of an XLSX file; the other kinds have none that can be scanned
    limits: Limits


def read_workbook(
    path: Path, kind: FileKind, *, sheet: str | None, limits: Limits
) -> WorkbookSheet:
    """Read the sheet of this name, or the one that holds the orders.

    Without a name that is ``Po Details`` if there is one, else the only visible sheet with rows.
    Raises SheetError if no or several sheets fit, or the file can't be read.
    """
    from python_calamine import CalamineError, PasswordError

    parts = sheet_parts(path) if kind is FileKind.XLSX else {}
    try:
        book = _Book(path, _open(path, kind), parts, limits)
        name = _choose(book, sheet)
        facts = _scan(book, name)
        rows = _rows(book, name)
    except PasswordError as error:
        raise SheetError(SheetProblem.PROTECTED) from error
    except CalamineError as error:
        raise SheetError(SheetProblem.DAMAGED) from error
    return WorkbookSheet(name, with_faults(rows, facts.faults))


def with_faults(rows: Iterable[ReadRow], faults: Faults) -> Iterator[ReadRow]:
    """Put the faulty cells, which the reader left blank or out, into the rows."""
    if not faults:
        yield from rows
        return
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


def _faulty(row: ReadRow, faults: dict[int, tuple[str, Mark]]) -> ReadRow:
    cells = row.cells + [""] * (max(faults) + 1 - len(row.cells))
    marks = dict(row.marks)
    for index, (text, mark) in faults.items():
        cells[index] = text
        marks[index] = mark
    return ReadRow(row.number, cells, sorted(marks.items()))


def _open(path: Path, kind: FileKind) -> "CalamineWorkbook":
    """Open by content where the file's name says something else; calamine goes by the name."""
    from python_calamine import CalamineWorkbook

    if path.suffix.casefold() in _SUFFIXES[kind]:
        return CalamineWorkbook.from_path(path)
    with path.open("rb") as file:
        return CalamineWorkbook.from_filelike(file)


def _scan(book: _Book, name: str) -> PartFacts:
    part = book.parts.get(name)
    return scan_part(book.path, part, book.limits) if part else PartFacts()


def _choose(book: _Book, wanted: str | None) -> str:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [one for one in book.calamine.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
    visible = [one.name for one in sheets if one.visible is SheetVisibleEnum.Visible]
    if wanted is not None:
        return _named([one.name for one in sheets], wanted)
    orders = [name for name in visible if name.strip().casefold() == ORDER_SHEET.casefold()]
    if orders or len(visible) == 1:
        return (orders or visible)[0]
    filled = [name for name in visible if _has_rows(book, name)]
    if not filled:
        raise SheetError(SheetProblem.EMPTY_FILE)
    if len(filled) > 1:
        raise SheetError(SheetProblem.SEVERAL_SHEETS, names=filled)
    return filled[0]


def _named(names: list[str], wanted: str) -> str:
    """Return the sheet's own spelling of a name; case and blanks at its ends do not count."""
    if wanted in names:
        return wanted
    alike = [name for name in names if name.strip().casefold() == wanted.strip().casefold()]
    if len(alike) != 1:
        raise SheetError(SheetProblem.NO_SUCH_SHEET, sheet=wanted, names=names)
    return alike[0]


def _has_rows(book: _Book, name: str) -> bool:
    if name in book.parts:
        return _scan(book, name).last_row > 0
    return bool(book.calamine.get_sheet_by_name(name).height)


def _rows(book: _Book, name: str) -> Iterator[ReadRow]:
    from python_calamine import CalamineError

    try:
        return _calamine_rows(book.calamine.get_sheet_by_name(name))
    except CalamineError:
        # One error code that it does not know makes calamine refuse a whole sheet.
        return _openpyxl_rows(book.path, name)


def _calamine_rows(sheet: "CalamineSheet") -> Iterator[ReadRow]:
    """Return an iterator over the rows that are not empty.

    calamine leaves out empty columns on the left, but not empty rows at the top.
    """
    left = sheet.start[1] if sheet.start else 0
    return (
        _text_row(at, left, values)
        for at, values in enumerate(sheet.iter_rows(), start=1)
        if values.count("") < len(values)
    )


def _openpyxl_rows(path: Path, name: str) -> Iterator[ReadRow]:
    """Yield the rows as openpyxl reads them: slower, but no error code stops it."""
    from openpyxl import load_workbook

    try:
        with path.open("rb") as file:  # it refuses names that it does not know
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheet = book[name]
            sheet.reset_dimensions()  # a sheet may say that it is smaller than it is
            for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield _text_row(number, 0, values)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise SheetError(SheetProblem.DAMAGED) from error


def _text_row(number: int, left: int, values: Iterable[object]) -> ReadRow:
    cells = [""] * left
    marks: list[tuple[int, Mark]] = []
    for value in values:
        text, mark = cell_text(value)
        if mark is not None:
            marks.append((len(cells), mark))
        cells.append(text)
    return ReadRow(number, cells, marks)
