"""Binary, old and OpenDocument workbooks."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from cancel_desk.sheet.problems import SheetProblem
from cancel_desk.sheet.rows import FileKind, Mark
from sheet.corpus.case import HEADERS, PLAIN_ROWS, PO, PO2, Case, Refused, Rows
from sheet.files.ods import ods_cell, ods_rows, ods_workbook
from sheet.files.ole import ole_file
from sheet.files.xls import xls_workbook
from sheet.files.xlsb import xlsb_workbook

TABLE: list[list[str | float]] = [[*row] for row in (HEADERS, *PLAIN_ROWS)]


def _ods_row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


_BINARY: list[list[str | float]] = [["PO#", "Qty"], [PO, 1.0], [float(PO2), "#N/A"], ["#REF!", ""]]
_BINARY_ROWS = Rows(
    ("PO#", "Qty"),
    ((PO, "1"), (PO2, "#N/A"), ("#REF!", "")),
    {(1, 1): Mark.ERROR, (2, 0): Mark.ERROR},
    facts={"hidden_rows": (3,)},
)
_HIDDEN_QUANTITY = Rows(("PO#", "Qty"), ((PO, "3"),), facts={"hidden_columns": (1,)})
_ODS_ERROR = (
    '<table:table-cell table:formula="of:=NA()" office:value-type="string" '
    'office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
)
_MANY_TIMES = 'table:number-columns-repeated="1024"'
_ODS_FAR = (
    f'<table:table-row table:number-rows-repeated="1048576">'
    f"{ods_cell(1.0, _MANY_TIMES)}</table:table-row>"
)


def _xls(rows: list[list[str | float]], **given: Any) -> Callable[[], bytes]:
    return lambda: ole_file({"Workbook": xls_workbook(rows, **given)})


def _ods(xml: str) -> Callable[[], bytes]:
    return lambda: ods_workbook({"May": xml})


OTHER_KINDS = (
    Case("xls", "orders.xls", _xls(TABLE), Rows(source={"kind": FileKind.XLS})),
    Case("xls named xlsx", "orders.xlsx", _xls(TABLE), Rows()),
    Case(
        "xls with errors and hidden rows",
        "a.xls",
        _xls(_BINARY, hidden_rows=frozenset({3})),
        _BINARY_ROWS,
    ),
    Case(
        "xls with a hidden column",
        "a.xls",
        _xls([["PO#", "Qty"], [PO, 3.0]], hidden_columns=frozenset({2})),
        _HIDDEN_QUANTITY,
    ),
    Case(
        "xlsb with a hidden column",
        "a.xlsb",
        lambda: xlsb_workbook({"May": [["PO#", "Qty"], [PO, 3.0]]}, hidden_columns=frozenset({2})),
        _HIDDEN_QUANTITY,
    ),
    Case(
        "ods with a hidden column",
        "a.ods",
        _ods(
            '<table:table-column/><table:table-column table:visibility="collapse" '
            'table:number-columns-repeated="1023"/>' + ods_rows([["PO#", "Qty"], [PO, 3.0]])
        ),
        _HIDDEN_QUANTITY,
    ),
    Case(
        "ods with a group of columns folded away",
        "a.ods",
        _ods(
            '<table:table-column/><table:table-column-group table:display="false">'
            "<table:table-column/></table:table-column-group><table:table-column/>"
            + ods_rows([["PO#", "Qty"], [PO, 3.0]])
        ),
        _HIDDEN_QUANTITY,
    ),
    Case(
        "xls with Chinese text",
        "a.xls",
        _xls([["采购订单号"], [PO]]),
        Rows(("采购订单号",), ((PO,),)),
    ),
    Case("xls without rows", "a.xls", _xls([]), Refused(SheetProblem.EMPTY_FILE)),
    Case(
        "xlsb",
        "a.xlsb",
        lambda: xlsb_workbook({"May": TABLE}),
        Rows(source={"kind": FileKind.XLSB}),
    ),
    Case("xlsb named xlsx", "a.xlsx", lambda: xlsb_workbook({"May": TABLE}), Rows()),
    Case(
        "xlsb with errors and hidden rows",
        "a.xlsb",
        lambda: xlsb_workbook({"May": _BINARY}, hidden_rows=frozenset({3})),
        _BINARY_ROWS,
    ),
    Case(
        "xlsb with two sheets",
        "a.xlsb",
        lambda: xlsb_workbook({"May": TABLE, "June": TABLE}),
        Refused(SheetProblem.SEVERAL_SHEETS, {"names": ["May", "June"]}),
    ),
    Case("ods", "a.ods", lambda: ods_workbook({"May": TABLE}), Rows(source={"kind": FileKind.ODS})),
    Case("ods named csv", "a.csv", lambda: ods_workbook({"May": TABLE}), Rows()),
    Case(
        "ods with errors and hidden rows",
        "a.ods",
        _ods(
            ods_rows([["PO#", "Qty"]])
            + _ods_row(ods_cell(PO), _ODS_ERROR, attributes='table:visibility="filter"')
            + _ods_row('<table:table-cell table:formula="of:=A1"/>', ods_cell(2.0))
        ),
        Rows(
            ("PO#", "Qty"),
            ((PO, "#N/A"), ("", "2")),
            {(0, 1): Mark.ERROR, (1, 0): Mark.NO_VALUE},
            facts={"hidden_rows": (2,)},
        ),
    ),
    Case(
        "ods with a group folded away",
        "a.ods",
        _ods(
            ods_rows([["PO#"]])
            + '<table:table-row-group table:display="false">'
            + _ods_row(ods_cell(PO))
            + "</table:table-row-group>"
            + _ods_row(ods_cell(PO2))
        ),
        Rows(("PO#",), ((PO,), (PO2,)), facts={"hidden_rows": (2,)}),
    ),
    Case(
        "ods with a note on a cell",
        "a.ods",
        _ods(
            ods_rows([["PO#"]])
            + _ods_row(
                '<table:table-cell office:value-type="string"><office:annotation>'
                f"<text:p>call 99</text:p></office:annotation><text:p>{PO}</text:p>"
                "</table:table-cell>"
            )
        ),
        Rows(("PO#",), ((PO,),)),
    ),
    Case(
        "ods with repeated rows",
        "a.ods",
        _ods(
            ods_rows([["PO#"]])
            + _ods_row(ods_cell(PO), attributes='table:number-rows-repeated="2"')
            + _ods_row(ods_cell("", _MANY_TIMES), attributes='table:number-rows-repeated="1048573"')
        ),
        Rows(("PO#",), ((PO,), (PO,))),
    ),
    Case(
        "ods that repeats a cell without end",
        "a.ods",
        _ods(_ODS_FAR),
        Refused(SheetProblem.FAR_CORNER),
    ),
    Case(
        "ods with a password",
        "a.ods",
        lambda: _with_entry(
            ods_workbook({"May": TABLE}), "META-INF/manifest.xml", b"<manifest:encryption-data/>"
        ),
        Refused(SheetProblem.SEALED),
    ),
)


def _with_entry(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return out.getvalue()
