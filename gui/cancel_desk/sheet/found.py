"""The rows of a file, whatever kind it is of: each kind is sent to its own reader."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from cancel_desk.sheet.blocks import RowStream, blocks_of, filled_blocks
from cancel_desk.sheet.characters import Decoded, decode
from cancel_desk.sheet.choice import ReadingChoice
from cancel_desk.sheet.content import Content, read_content
from cancel_desk.sheet.headed import names_orders
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.result_rows import ResultMark
from cancel_desk.sheet.rows import FileKind, SheetFacts
from cancel_desk.sheet.sheet_choice import Sheets, choose_sheet
from cancel_desk.sheet.web_page import is_web_page, named_charset


class FoundRows(NamedTuple):
    """What a file turned out to be, and its rows that are not blank."""

    kind: FileKind
    rows: RowStream
    facts: SheetFacts
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    fingerprint: str = ""
    mark: ResultMark | None = None


def find_rows(
    path: Path, choice: ReadingChoice, limits: Limits, *, asking: bool = False
) -> FoundRows:
    """Recognise a file by its content and begin to read it; SheetError, also while iterating.

    With ``asking``, several fitting sheets are no error: the first is taken, and not sure.
    """
    content = read_content(path, limits, password=choice.password)
    if content.kind is FileKind.TEXT:
        found = _text(content, choice, limits, asking=asking)
    else:
        from cancel_desk.sheet.result_mark import read_mark
        from cancel_desk.sheet.workbook import read_workbook

        mark = read_mark(content.data) if content.kind is FileKind.XLSX else None
        book = read_workbook(
            content.data, content.kind, choice, limits, asking=asking, results=mark is not None
        )
        found = FoundRows(content.kind, book.rows, book.facts, book.name, mark=mark)
    facts = replace(found.facts, unpacked=content.unpacked)
    rows = RowStream(filled_blocks(found.rows.blocks(), limits))
    return found._replace(rows=rows, facts=facts, fingerprint=content.fingerprint)


def _text(content: Content, choice: ReadingChoice, limits: Limits, *, asking: bool) -> FoundRows:
    decoded = decode(content.data, choice.encoding)
    if is_web_page(decoded.text):
        return _markup(content.data, decoded, choice, limits, asking=asking)
    from cancel_desk.sheet.text import read_text

    if choice.sheet is not None:
        raise SheetError(SheetProblem.NO_SUCH_SHEET, sheet=choice.sheet, names=[])
    text = read_text(decoded.text, delimiter=choice.delimiter)
    facts = SheetFacts(sure=decoded.sure)
    return FoundRows(FileKind.TEXT, text.rows, facts, None, decoded.encoding, text.delimiter)


def _markup(
    data: bytes, decoded: Decoded, choice: ReadingChoice, limits: Limits, *, asking: bool
) -> FoundRows:
    from cancel_desk.sheet.web_tables import read_tables
    from cancel_desk.sheet.xml_spreadsheet import is_xml_spreadsheet, read_xml_spreadsheet

    if is_xml_spreadsheet(decoded.text):
        kind, tables = FileKind.XML, read_xml_spreadsheet(decoded.text, limits)
    else:
        decoded = _as_the_page_says(data, decoded, choice)
        kind, tables = FileKind.HTML, read_tables(decoded.text, limits)
    sheets = Sheets(
        visible=[name for name, table in tables.items() if not table.hidden],
        hidden=[name for name, table in tables.items() if table.hidden],
        has_rows=lambda name: bool(tables[name].rows),
        has_orders=lambda name: names_orders(tables[name].rows),
    )
    name, sure = choose_sheet(sheets, choice.sheet, asking=asking)
    facts = SheetFacts(
        sheets=tuple(sheets.visible),
        hidden_sheets=tuple(sheets.hidden),
        hidden_rows=tuple(tables[name].hidden_rows),
        hidden_columns=tuple(sorted(tables[name].hidden_columns)),
        sure=sure,
    )
    return FoundRows(kind, RowStream(blocks_of(tables[name].rows)), facts, name, decoded.encoding)


def _as_the_page_says(data: bytes, decoded: Decoded, choice: ReadingChoice) -> Decoded:
    """Read a page in the encoding that it names, where its bytes alone don't tell."""
    named = named_charset(data)
    if decoded.sure or choice.encoding is not None or named is None:
        return decoded
    try:
        return decode(data, named)
    except SheetError:
        return decoded
