"""Web pages and XML under a spreadsheet's name, passwords, and archives."""

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from msoffcrypto.format.ooxml import OOXMLFile

from cancel_desk.sheet.problems import SheetProblem
from cancel_desk.sheet.rows import FileKind, Mark
from sheet.corpus.case import HEADERS, PLAIN_ROWS, PO, PO2, Case, Refused, Rows
from sheet.files.ole import ole_file
from sheet.files.xls import xls_workbook
from sheet.files.xls_password import Sealing, sealed_workbook
from sheet.files.xlsx import xlsx_bytes, xlsx_row

_CSV = f"PO#,Qty\n{PO},1\n".encode()
_CSV_ROWS = Rows(("PO#", "Qty"), ((PO, "1"),))
# msoffcrypto can't seal files under 4 KB, so there is a part of chance bytes in it.
_XLSX = xlsx_bytes(
    {"A": xlsx_row(1, "PO#", "Qty") + xlsx_row(2, PO, "1")},
    replaced={"xl/media/chance.bin": random.Random(1).randbytes(6000)},
)
_PAGE = "".join(
    "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (HEADERS, *PLAIN_ROWS)
)


def _page(
    name: str,
    html: str | bytes,
    expected: Rows | Refused,
    *,
    file: str = "orders.xls",
    **given: Any,
) -> Case:
    data = html.encode() if isinstance(html, str) else html
    return Case(name, file, lambda: data, expected, **given)


_ORDERS = f"<table><tr><th>PO#<th>Qty<tr><td>{PO}<td>1</table>"
_XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">%s</Workbook>"""
_XML_ROWS = (
    '<Worksheet ss:Name="May"><Table><Row><Cell><Data ss:Type="String">PO#</Data></Cell>'
    '<Cell><Data ss:Type="String">Qty</Data></Cell><Cell><Data ss:Type="String">Note</Data></Cell>'
    f'</Row><Row ss:Index="4"><Cell><Data ss:Type="Number">{PO}</Data></Cell>'
    '<Cell ss:Index="3"><Data ss:Type="String">a &amp; b</Data></Cell></Row>'
    '<Row><Cell><Data ss:Type="Error">#N/A</Data></Cell>'
    '<Cell><Data ss:Type="DateTime">2026-05-01T00:00:00.000</Data></Cell></Row></Table></Worksheet>'
)
_XML_HIDDEN = _XML_ROWS.replace('"May"', '"Old"').replace(
    "</Worksheet>",
    "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>",
)

PAGES = (
    _page(
        "a table named xls",
        f"<html><body><table>{_PAGE}</table></body></html>",
        Rows(source={"kind": FileKind.HTML}),
    ),
    _page("a table named csv", f"<table>{_PAGE}</table>", Rows(), file="orders.csv"),
    _page("cells and rows without ends", _ORDERS, _CSV_ROWS),
    _page("a page in UTF-16", _ORDERS.encode("utf-16"), _CSV_ROWS),
    _page(
        "a page that names its encoding",
        "<html><head><meta charset='cp1251'></head><table><tr><td>PO#<td>Цвет"
        f"<tr><td>{PO}<td>и</table>".encode("cp1251"),
        Rows(("PO#", "Цвет"), ((PO, "и"),), source={"encoding": "cp1251"}),
    ),
    _page(
        "blanks, breaks and entities",
        f"<table><tr><td>PO#</td><td>Note</td></tr><tr><td>\n  {PO}\n</td>"
        "<td>a&nbsp;&amp;\n  b<br>c &lt;d&gt;</td></tr></table>",
        Rows(("PO#", "Note"), ((PO, "a\u00a0& b\nc <d>"),)),
    ),
    _page(
        "styles and scripts are no text",
        "<html><style>td {mso-number-format:'0'}</style><table><tr><td>PO#"
        f"<script>x()</script><tr><td>{PO}</table>",
        Rows(("PO#",), ((PO,),)),
    ),
    _page(
        "the number behind a shortened one",
        "<table><tr><td>PO#<td>Qty"
        f'<tr><td x:num="{PO}">1.29115E+14<td x:num>1'
        f'<tr><td data-sheets-value=\'{{"1":3,"3":{PO2}}}\'>1.09007E+14<td>2</table>',
        Rows(("PO#", "Qty"), ((PO, "1"), (PO2, "2"))),
    ),
    _page(
        "a shortened number and nothing behind it",
        "<table><tr><td>PO#<tr><td>1.29115E+14</table>",
        Rows(("PO#",), (("1.29115E+14",),)),
    ),
    _page(
        "cells over several rows and columns",
        f"<table><tr><td colspan=2>Open orders<tr><td>PO#<td>Qty<tr><td rowspan=2>{PO}<td>1"
        "<tr><td>2</table>",
        Rows(("PO#", "Qty"), ((PO, "1"), ("", "2")), facts={"rows_above": (1,)}),
    ),
    _page(
        "the table with orders among others",
        f"<table><tr><td>Menu<td>Help</table>{_ORDERS}",
        Rows(("PO#", "Qty"), ((PO, "1"),), source={"sheet": "Table 2"}),
    ),
    _page(
        "two tables with orders",
        _ORDERS + _ORDERS,
        Refused(SheetProblem.SEVERAL_SHEETS, {"names": ["Table 1", "Table 2"]}),
    ),
    _page("a table inside a table", f"<table><tr><td>{_ORDERS}</td></tr></table>", _CSV_ROWS),
    _page(
        "a page to sign in",
        "<!DOCTYPE html><html><p>Please sign in",
        Refused(SheetProblem.WEB_PAGE),
    ),
    _page(
        "a page without end",
        "<table>" + "<tr><td>1" * 50,
        Refused(SheetProblem.TOO_MANY_ROWS),
        limits={"rows": 20},
    ),
    _page(
        "a cell over a million columns",
        f"<table><tr><td>PO#<tr><td colspan=1000000>{PO}<td>1</table>",
        Refused(SheetProblem.TOO_MANY_COLUMNS),
    ),
    _page(
        "rows that a page does not show",
        "<table><tr><td>PO#<td>Qty<tr style='height:0;display:none'>"
        f"<td>{PO}<td>1<tr hidden><td>{PO}<td>2"
        f"<tr style='display:none'><td>{PO}</td><td>4</td></tr><tr><td>{PO2}<td>3</table>",
        Rows(
            ("PO#", "Qty"),
            ((PO, "1"), (PO, "2"), (PO, "4"), (PO2, "3")),
            facts={"hidden_rows": (2, 3, 4)},
        ),
    ),
    _page(
        "an XML spreadsheet with a hidden row and sheet",
        _XML % (_XML_ROWS.replace("<Row ss:Index", '<Row ss:Hidden="1" ss:Index') + _XML_HIDDEN),
        Rows(
            ("PO#", "Qty", "Note"),
            ((PO, "", "a & b"), ("#N/A", "2026-05-01T00:00:00.000", "")),
            {(1, 0): Mark.ERROR, (1, 1): Mark.DATE},
            facts={"sheets": ("May",), "hidden_sheets": ("Old",), "hidden_rows": (4,)},
        ),
    ),
    _page(
        "an XML spreadsheet with hidden columns",
        _XML
        % _XML_ROWS.replace(
            "<Table>",
            '<Table><Column/><Column ss:Hidden="1"/>'
            '<Column ss:Index="3" ss:Width="0" ss:Span="1"/>',
        ),
        Rows(
            ("PO#", "Qty", "Note"),
            ((PO, "", "a & b"), ("#N/A", "2026-05-01T00:00:00.000", "")),
            {(1, 0): Mark.ERROR, (1, 1): Mark.DATE},
            facts={"hidden_columns": (1, 2, 3)},
        ),
    ),
    _page("other XML", '<?xml version="1.0"?><Workbook/>', Refused(SheetProblem.WEB_PAGE)),
    _page(
        "an XML spreadsheet of 2003",
        _XML % _XML_ROWS,
        Rows(
            ("PO#", "Qty", "Note"),
            ((PO, "", "a & b"), ("#N/A", "2026-05-01T00:00:00.000", "")),
            {(1, 0): Mark.ERROR, (1, 1): Mark.DATE},
            source={"kind": FileKind.XML, "sheet": "May", "header_row": 1},
        ),
    ),
    _page(
        "an XML spreadsheet cut off",
        (_XML % _XML_ROWS)[:400],
        Refused(SheetProblem.DAMAGED),
    ),
    _page(
        "an XML spreadsheet with entities",
        (_XML % _XML_ROWS).replace("<Workbook", '<!DOCTYPE x [<!ENTITY a "b">]><Workbook'),
        Refused(SheetProblem.DAMAGED),
    ),
)


def _locked(password: str) -> Callable[[], bytes]:
    def make() -> bytes:
        out = io.BytesIO()
        OOXMLFile(io.BytesIO(_XLSX)).encrypt(password, out)
        return out.getvalue()

    return make


def _broken_package() -> bytes:
    return ole_file({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"?" * 5000})


def _locked_xls() -> bytes:
    book = xls_workbook([["PO#", "Qty"], [PO, "1"]])
    return ole_file({"Workbook": sealed_workbook(book, "Ünter 1", Sealing.CRYPTO_API)})


PASSWORDS = (
    Case("no password given", "a.xlsx", _locked("Ünter 1"), Refused(SheetProblem.PROTECTED)),
    Case("the password", "a.xlsx", _locked("Ünter 1"), _CSV_ROWS, {"password": "Ünter 1"}),
    Case(
        "another password",
        "a.xlsx",
        _locked("Ünter 1"),
        Refused(SheetProblem.WRONG_PASSWORD),
        {"password": "unter 1"},
    ),
    Case("a password for an open file", "a.csv", lambda: _CSV, _CSV_ROWS, {"password": "x"}),
    Case("locked against changes only", "a.xlsx", _locked("VelvetSweatshop"), _CSV_ROWS),
    Case("a locked file named csv", "a.csv", _locked("x"), _CSV_ROWS, {"password": "x"}),
    Case("an old one without password", "a.xls", _locked_xls, Refused(SheetProblem.PROTECTED)),
    Case("an old one with it", "a.xls", _locked_xls, _CSV_ROWS, {"password": "Ünter 1"}),
    Case(
        "an old one with another password",
        "a.xls",
        _locked_xls,
        Refused(SheetProblem.WRONG_PASSWORD),
        {"password": "x"},
    ),
    Case(
        "a broken locked file",
        "a.xlsx",
        _broken_package,
        Refused(SheetProblem.DAMAGED),
        {"password": "x"},
    ),
)


def _zip(files: Mapping[str, bytes], *, flag: int = 0) -> Callable[[], bytes]:
    def make() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        data = bytearray(out.getvalue())
        data[data.index(b"PK\x01\x02") + 8] |= flag
        return bytes(data)

    return make


ARCHIVES = (
    Case(
        "a zip with one text in it",
        "orders.csv",
        _zip({"May/orders.csv": _CSV, "__MACOSX/._orders.csv": b"x", ".DS_Store": b"x"}),
        Rows(("PO#", "Qty"), ((PO, "1"),), facts={"unpacked": "May/orders.csv"}),
    ),
    Case("a zip with one workbook in it", "a.zip", _zip({"orders.xlsx": _XLSX}), _CSV_ROWS),
    Case(
        "a zip with two files",
        "a.zip",
        _zip({"may.csv": _CSV, "june.csv": _CSV}),
        Refused(SheetProblem.ARCHIVE, {"names": ["may.csv", "june.csv"]}),
    ),
    Case(
        "an empty zip", "a.zip", lambda: b"PK\x05\x06" + bytes(18), Refused(SheetProblem.EMPTY_FILE)
    ),
    Case(
        "a zip with a password",
        "a.zip",
        _zip({"a.csv": _CSV}, flag=1),
        Refused(SheetProblem.SEALED),
    ),
    Case(
        "a zip bomb with one text",
        "a.zip",
        _zip({"a.csv": b"0" * 2_000_000}),
        Refused(SheetProblem.TOO_BIG),
        limits={"uncompressed": 1_000_000},
    ),
    Case(
        "only the start of a zip",
        "a.xlsx",
        lambda: b"PK\x03\x04 and",
        Refused(SheetProblem.DAMAGED),
    ),
    Case(
        "a sheet of Numbers",
        "orders.numbers",
        _zip({"Index/Document.iwa": b"x", "Metadata/Properties.plist": b"x"}),
        Refused(SheetProblem.NUMBERS_FILE),
    ),
    Case(
        "a letter",
        "letter.docx",
        _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}),
        Refused(SheetProblem.NOT_A_SHEET),
    ),
    Case(
        "an old letter",
        "letter.doc",
        lambda: ole_file({"WordDocument": b"Dear customer"}),
        Refused(SheetProblem.NOT_A_SHEET),
    ),
    Case(
        "the start of an old workbook",
        "a.xls",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        Refused(SheetProblem.DAMAGED),
    ),
)

OTHERS = (*PAGES, *PASSWORDS, *ARCHIVES)
