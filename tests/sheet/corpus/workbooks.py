"""Workbooks: XLSX cells and sheets, binary, old and OpenDocument ones, and damaged ones."""

from collections.abc import Mapping
from typing import Any

from cancel_desk.sheet.problems import SheetProblem
from cancel_desk.sheet.rows import FileKind, Mark, MergedRange
from sheet.corpus.case import PO, PO2, Case, Refused, Rows
from sheet.files.xlsx import MAIN, text_cell, xlsx_bytes, xlsx_row

HEADER = xlsx_row(1, "PO#", "Qty")
GOOD = HEADER + xlsx_row(2, PO, "1")
GOOD_ROWS = Rows(("PO#", "Qty"), ((PO, "1"),))


def xlsx_case(
    name: str,
    rows: str | Mapping[str, str],
    expected: Rows | Refused,
    *,
    file: str = "orders.xlsx",
    **given: Any,
) -> Case:
    sheets = {"Sheet1": rows} if isinstance(rows, str) else rows
    case = {key: given.pop(key) for key in ("choice", "limits", "alone") if key in given}
    return Case(name, file, lambda: xlsx_bytes(sheets, **given), expected, **case)


def part(rows: str, *, before: str = "", behind: str = "") -> str:
    """Return a whole sheet with something before or behind its rows."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{behind}</worksheet>'


def _cell(
    name: str, xml: str, text: str, mark: Mark | None = None, *, replaced: Any = None
) -> Case:
    marks = {(0, 0): mark} if mark else {}
    return xlsx_case(
        f"cell: {name}",
        HEADER + xlsx_row(2, xml, text_cell("B2", "5")),
        Rows(("PO#", "Qty"), ((text, "5"),), marks),
        replaced=replaced,
    )


_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="000000000000000"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="164"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)
_STYLED: Mapping[str, str] = {"xl/styles.xml": _STYLES}

CELLS = (
    _cell("15 digits", f'<c r="A2"><v>{PO}</v></c>', PO),
    _cell("15 digits as stored by Excel", '<c r="A2"><v>1.29114917403021E+14</v></c>', PO),
    _cell(
        "a whole number with point zero", '<c r="A2"><v>1796277083022.0</v></c>', "1796277083022"
    ),
    _cell("16 digits", '<c r="A2"><v>1291149174030210</v></c>', "1291149174030210", Mark.ROUNDED),
    _cell("text in E notation", text_cell("A2", "1.79628E+12"), "1.79628E+12"),
    _cell("text with leading zeros", text_cell("A2", "000123456789012"), "000123456789012"),
    _cell("text with an apostrophe", text_cell("A2", f"'{PO}"), f"'{PO}"),
    _cell("hashes", text_cell("A2", "########"), "########"),
    _cell("full-width digits", text_cell("A2", "\uff11\uff12"), "\uff11\uff12"),
    _cell("non-breaking spaces", text_cell("A2", f"\u00a0{PO}\u00a0"), f"\u00a0{PO}\u00a0"),
    _cell("a formula with its value", f'<c r="A2"><f>A1</f><v>{PO}</v></c>', PO),
    _cell("a formula with its text", f'<c r="A2" t="str"><f>A1</f><v>{PO}</v></c>', PO),
    _cell("a formula without its value", '<c r="A2"><f>A1</f></c>', "", Mark.NO_VALUE),
    _cell("an error", '<c r="A2" t="e"><v>#N/A</v></c>', "#N/A", Mark.ERROR),
    _cell("a newer error", '<c r="A2" t="e"><v>#SPILL!</v></c>', "#SPILL!", Mark.ERROR),
    _cell("true", '<c r="A2" t="b"><v>1</v></c>', "TRUE"),
    _cell(
        "a date by its style",
        '<c r="A2" s="2"><v>45000</v></c>',
        "2023-03-15",
        Mark.DATE,
        replaced=_STYLED,
    ),
    _cell(
        "shown with leading zeros",
        '<c r="A2" s="1"><v>12345678901</v></c>',
        "000012345678901",
        replaced=_STYLED,
    ),
    _cell(
        "as many digits as zeros",
        f'<c r="A2" s="1"><v>{PO}</v></c>',
        PO,
        replaced=_STYLED,
    ),
)

_NO_CELL = '<c r="A3"/>'
_STRIPPED = (
    "<row><c t='inlineStr'><is><t>PO#</t></is></c><c t='inlineStr'><is><t>Qty</t></is></c></row>"
    f"<row><c><v>{PO}</v></c><c t='e'><v>#N/A</v></c></row>"
    "<row/><row><c><f>A1</f></c><c><v>2</v></c></row>"
)
_PREFIXED = (
    f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
    '<x:row r="1"><x:c r="A1" t="str"><x:v>PO#</x:v></x:c></x:row>'
    f'<x:row r="2"><x:c r="A2"><x:v>{PO}</x:v></x:c></x:row></x:sheetData></x:worksheet>'
)

SHEETS = (
    xlsx_case(
        "the usual workbook",
        GOOD,
        Rows(("PO#", "Qty"), ((PO, "1"),), source={"kind": FileKind.XLSX}),
    ),
    xlsx_case("a workbook named xls", GOOD, GOOD_ROWS, file="orders.xls"),
    xlsx_case("a workbook named csv", GOOD, GOOD_ROWS, file="orders.csv"),
    xlsx_case(
        "a workbook with macros",
        GOOD,
        GOOD_ROWS,
        file="orders.xlsm",
        replaced={"xl/vbaProject.bin": "x"},
    ),
    xlsx_case(
        "the order sheet beside one of one's own",
        {"Po Details": GOOD, "To cancel": GOOD},
        Refused(SheetProblem.SEVERAL_SHEETS, {"names": ["Po Details", "To cancel"]}),
    ),
    xlsx_case(
        "a page that explains the columns",
        {
            "Help": xlsx_row(1, "PO#", "the order") + xlsx_row(2, "Qty", "units"),
            "May": GOOD,
        },
        Rows(("PO#", "Qty"), ((PO, "1"),), source={"sheet": "May"}),
    ),
    xlsx_case(
        "the order sheet among others",
        {"Notes": xlsx_row(1, "PO#", "Qty"), "Po Details": GOOD},
        Rows(
            ("PO#", "Qty"),
            ((PO, "1"),),
            source={"sheet": "Po Details"},
            facts={"sheets": ("Notes", "Po Details")},
        ),
    ),
    xlsx_case(
        "one sheet with orders among others",
        {"Notes": xlsx_row(1, "a", "b") + xlsx_row(2, "c"), "May": GOOD},
        Rows(("PO#", "Qty"), ((PO, "1"),), source={"sheet": "May"}),
    ),
    xlsx_case(
        "two sheets with orders",
        {"May": GOOD, "June": GOOD},
        Refused(SheetProblem.SEVERAL_SHEETS, {"names": ["May", "June"]}),
    ),
    xlsx_case(
        "two sheets with orders, one chosen",
        {"May": GOOD, "June": GOOD},
        Rows(("PO#", "Qty"), ((PO, "1"),), source={"sheet": "June"}),
        choice={"sheet": " june"},
    ),
    xlsx_case(
        "a sheet that is not there",
        {"May": GOOD},
        Refused(SheetProblem.NO_SUCH_SHEET, {"sheet": "July", "names": ["May"]}),
        choice={"sheet": "July"},
    ),
    xlsx_case(
        "a hidden sheet beside",
        {"May": GOOD, "Old": GOOD},
        Rows(
            ("PO#", "Qty"), ((PO, "1"),), source={"sheet": "May"}, facts={"hidden_sheets": ("Old",)}
        ),
        hidden=frozenset({"Old"}),
    ),
    xlsx_case(
        "hidden rows",
        HEADER + xlsx_row(2, PO, "1", attributes='hidden="1"') + xlsx_row(3, PO2, "2"),
        Rows(("PO#", "Qty"), ((PO, "1"), (PO2, "2")), facts={"hidden_rows": (2,)}),
    ),
    xlsx_case(
        "hidden columns",
        part(
            xlsx_row(1, "PO#", "Qty", "Note", "Amount") + xlsx_row(2, PO, "3", "x", "1"),
            before='<cols><col min="1" max="1" width="9"/>'
            '<col min="2" max="2" width="9" hidden="1"/><col max="3" min="3" width="0"/>'
            '<col min="5" max="16384" hidden="true"/></cols>',
        ),
        Rows(
            ("PO#", "Qty", "Note", "Amount"),
            ((PO, "3", "x", "1"),),
            facts={"hidden_columns": (1, 2)},
        ),
    ),
    xlsx_case(
        "hidden columns right of empty ones",
        part(
            xlsx_row(1, text_cell("C1", "PO#"), text_cell("D1", "Qty"))
            + xlsx_row(2, text_cell("C2", PO), text_cell("D2", "3")),
            before="<cols><col min='4' max='4' hidden='1'/></cols>",
        ),
        Rows(("", "", "PO#", "Qty"), (("", "", PO, "3"),), facts={"hidden_columns": (3,)}),
    ),
    xlsx_case(
        "hidden columns of cells without places",
        part(_STRIPPED, before='<cols><col min="2" max="2" width="0.0"/></cols>'),
        Rows(
            ("PO#", "Qty"),
            ((PO, "#N/A"), ("", "2")),
            {(0, 1): Mark.ERROR, (1, 0): Mark.NO_VALUE},
            facts={"hidden_columns": (1,)},
        ),
    ),
    xlsx_case(
        "rows of no height",
        HEADER
        + xlsx_row(2, PO, "1", attributes='ht="0" customHeight="1"')
        + xlsx_row(3, PO2, "2", attributes='ht="0.75"')
        + xlsx_row(4, PO, "2", attributes='ht="15"'),
        Rows(("PO#", "Qty"), ((PO, "1"), (PO2, "2"), (PO, "2")), facts={"hidden_rows": (2,)}),
    ),
    xlsx_case(
        "merged cells",
        part(
            GOOD + xlsx_row(3, _NO_CELL, text_cell("B3", "2")),
            behind='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>',
        ),
        Rows(("PO#", "Qty"), ((PO, "1"), ("", "2")), facts={"merged": (MergedRange(2, 0, 3, 0),)}),
    ),
    xlsx_case(
        "a title block",
        xlsx_row(1, "Open orders")
        + xlsx_row(3, "Status", "All")
        + xlsx_row(5, "PO#", "Qty")
        + xlsx_row(8, PO, "1"),
        Rows(("PO#", "Qty"), ((PO, "1"),), source={"header_row": 5}, facts={"rows_above": (1, 3)}),
    ),
    xlsx_case(
        "orders above what looks like the header",
        GOOD + xlsx_row(4, "PO#", "Line#", "Qty") + xlsx_row(5, PO2, "1", "1"),
        Rows(
            ("PO#", "Line#", "Qty"),
            ((PO2, "1", "1"),),
            facts={"rows_above": (1, 2), "sure": False},
        ),
    ),
    xlsx_case(
        "the same header once more",
        GOOD + xlsx_row(4, "PO#", "Qty") + xlsx_row(5, PO2, "2"),
        Rows(("PO#", "Qty"), ((PO, "1"), ("PO#", "Qty"), (PO2, "2"))),
    ),
    xlsx_case(
        "totals and notes below the orders",
        GOOD + xlsx_row(3, "Total", "1") + xlsx_row(5, "Please before Friday!"),
        Rows(("PO#", "Qty"), ((PO, "1"), ("Total", "1"), ("Please before Friday!", ""))),
    ),
    xlsx_case(
        "two tables side by side",
        xlsx_row(1, "PO#", "Qty", "", "PO#") + xlsx_row(2, PO, "1", "", PO2),
        Rows(("PO#", "Qty", "", "PO#"), ((PO, "1", "", PO2),)),
    ),
    xlsx_case(
        "the orders on a hidden sheet",
        {"Cover": xlsx_row(1, "Hello"), "May": GOOD},
        Rows(("Hello",), (), facts={"hidden_sheets": ("May",)}),
        hidden=frozenset({"May"}),
    ),
    xlsx_case(
        "5,000 columns",
        xlsx_row(1, "PO#", text_cell("GJH1", "c")) + xlsx_row(2, PO),
        Refused(SheetProblem.TOO_MANY_COLUMNS, {"limit": 1000}),
    ),
    xlsx_case(
        "data that begins in C4",
        '<row r="4">'
        + text_cell("C4", "PO#")
        + '</row><row r="9">'
        + text_cell("C9", PO)
        + "</row>",
        Rows(("", "", "PO#"), (("", "", PO),), source={"header_row": 4}),
    ),
    xlsx_case(
        "cells without places",
        _STRIPPED,
        Rows(
            ("PO#", "Qty"), ((PO, "#N/A"), ("", "2")), {(0, 1): Mark.ERROR, (1, 0): Mark.NO_VALUE}
        ),
    ),
    xlsx_case(
        "many cells without places",
        "<row><c t='str'><v>PO#</v></c></row>" + f"<row><c><v>{PO}</v></c></row>" * 130_000,
        Refused(SheetProblem.TOO_MANY_ROWS, {"limit": 100_000}),
        limits={"rows": 100_000},
    ),
    xlsx_case(
        "two rows of one number",
        GOOD + xlsx_row(2, PO2, "2"),
        Refused(SheetProblem.DAMAGED),
    ),
    xlsx_case(
        "a number in two pieces",
        HEADER + xlsx_row(2, '<c r="A2"><v>129114<!-- -->917403021</v></c>'),
        Refused(SheetProblem.DAMAGED),
    ),
    xlsx_case(
        "a remark of the program that wrote it",
        part(GOOD, before="<!-- made by hand -->"),
        GOOD_ROWS,
    ),
    xlsx_case("elements with a prefix", _PREFIXED, Rows(("PO#",), ((PO,),))),
    xlsx_case("a lying dimension", part(GOOD, before='<dimension ref="A1"/>'), GOOD_ROWS),
    xlsx_case(
        "a dimension that lies high",
        part(GOOD, before='<dimension ref="A1:XFD1048576"/>'),
        GOOD_ROWS,
    ),
    xlsx_case(
        "a million formatted empty rows",
        GOOD
        + "".join(f'<row r="{at}" s="1"><c r="A{at}" s="0"/></row>' for at in range(3, 60_000))
        + '<row r="1048576"><c r="A1048576" s="0"/></row>',
        GOOD_ROWS,
    ),
    xlsx_case(
        "styled cells far outside",
        GOOD + '<row r="1048576"><c r="XFD1048576" s="0"/></row>',
        GOOD_ROWS,
    ),
    xlsx_case("an order in the last row", HEADER + xlsx_row(1_048_576, PO, "1"), GOOD_ROWS),
    xlsx_case("no rows", "", Refused(SheetProblem.EMPTY_FILE)),
    xlsx_case("no rows in several sheets", {"A": "", "B": ""}, Refused(SheetProblem.EMPTY_FILE)),
    xlsx_case(
        "no header",
        xlsx_row(1, PO, "1") + xlsx_row(2, PO2, "2"),
        Rows(("", ""), ((PO, "1"), (PO2, "2")), source={"header_row": 0}),
    ),
)

WORKBOOKS = (*CELLS, *SHEETS)
