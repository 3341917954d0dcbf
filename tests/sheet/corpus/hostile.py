"""Workbooks that are damaged, or made to do harm."""

import io
import zipfile
from collections.abc import Callable, Mapping
from html import escape

from openpyxl import Workbook

from cancel_desk.sheet.problems import SheetProblem
from sheet.corpus.case import PO, PO2, Case, Refused
from sheet.corpus.workbooks import GOOD, GOOD_ROWS, HEADER, part, xlsx_case
from sheet.files.xlsx import MAIN, xlsx_bytes, xlsx_row


def _flipped() -> bytes:
    """Return a workbook whose stored number differs from its checksum by one digit."""
    out = io.BytesIO()
    packed = io.BytesIO(xlsx_bytes({"A": GOOD}))
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry))
    return out.getvalue().replace(PO.encode(), PO2.encode())


def _cut(share: int) -> Callable[[], bytes]:
    """Return what makes a workbook of which only a share arrived, in percent."""

    def make() -> bytes:
        data = xlsx_bytes({"A": GOOD})
        return data[: len(data) * share // 100]

    return make


def _openpyxl() -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet("A")
    for row in (["PO#", "Qty"], [int(PO), 1]):
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_ENTITY = (
    f'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/hostname">]><worksheet xmlns="{MAIN}">'
    f'<sheetData>{HEADER}<row r="2"><c r="A2" t="str"><v>&x;</v></c></row></sheetData></worksheet>'
)
_LAUGHS = (
    '<!DOCTYPE worksheet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    + part(HEADER + '<row r="2"><c r="A2" t="str"><v>&b;</v></c></row>')
)


def _shared(text: str) -> Mapping[str, str]:
    """Return entries that give the first sheet a shared text."""
    return {
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{escape(text)}</t></si></sst>',
    }


HOSTILE = (
    Case("what openpyxl writes", "a.xlsx", _openpyxl, GOOD_ROWS),
    Case("a flipped bit", "a.xlsx", _flipped, Refused(SheetProblem.DAMAGED)),
    *(
        Case(f"cut off at {share} %", "a.xlsx", _cut(share), Refused(SheetProblem.DAMAGED))
        for share in (10, 20, 50, 90, 99)
    ),
    xlsx_case(
        "a far corner",
        HEADER + xlsx_row(1_048_576, '<c r="XFD1048576"><v>1</v></c>'),
        Refused(SheetProblem.FAR_CORNER, {"row": 1_048_576, "column": "XFD"}),
    ),
    xlsx_case(
        "too many columns",
        HEADER + xlsx_row(2, '<c r="XFD2"><v>1</v></c>'),
        Refused(SheetProblem.TOO_MANY_COLUMNS, {"limit": 1000}),
    ),
    xlsx_case(
        "a giant cell", HEADER + xlsx_row(2, "x" * 5_000_000), Refused(SheetProblem.CELL_TOO_LONG)
    ),
    xlsx_case(
        "a zip bomb",
        GOOD,
        Refused(SheetProblem.TOO_BIG),
        replaced={"xl/media/x.bin": "0" * 2_000_000},
        limits={"uncompressed": 1_000_000},
    ),
    xlsx_case(
        "shared texts without end",
        GOOD,
        Refused(SheetProblem.TOO_BIG),
        replaced=_shared("0" * 2_000_000),
        limits={"uncompressed": 1_000_000},
    ),
    xlsx_case("an external entity", _ENTITY, Refused(SheetProblem.DAMAGED)),
    xlsx_case("entities within entities", _LAUGHS, Refused(SheetProblem.DAMAGED)),
    xlsx_case(
        "a broken list of sheets",
        GOOD,
        Refused(SheetProblem.DAMAGED),
        replaced={"xl/workbook.xml": "<workbook"},
    ),
    xlsx_case(
        "a broken sheet",
        "<worksheet><sheetData><row r='1'><c r='A1'",
        Refused(SheetProblem.DAMAGED),
    ),
    xlsx_case(
        "links that lead nowhere",
        GOOD,
        Refused(SheetProblem.DAMAGED),
        replaced={"xl/_rels/workbook.xml.rels": None},
    ),
)
