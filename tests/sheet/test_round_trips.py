"""Any rows written in any format come back as the same rows, to the letter."""

import io
import json
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from cancel_desk.sheet.choice import ReadingChoice
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.reader_process import messages
from cancel_desk.sheet.reading import ArrivingSheet
from sheet.files.ods import ods_workbook
from sheet.files.ole import ole_file
from sheet.files.xls import xls_workbook
from sheet.files.xlsb import xlsb_workbook
from sheet.files.xlsx import xlsx_bytes, xlsx_row

HEADERS = ["PO#", "Line#", "Note"]
Rows = list[list[str]]

# Letters of all scripts, signs and digits. Blanks at the ends, line breaks and control characters
# are kept by some formats only; the tests of each format look at these.
LETTERS = st.characters(
    exclude_categories=["Cs", "Cc", "Co", "Cn", "Zl", "Zp"], max_codepoint=0xFFFF
)
CELLS = st.text(LETTERS, max_size=10).map(lambda text: " ".join(text.split()))
WIDE = CELLS.filter(lambda text: "_x" not in text and not text.startswith(("<", "#")))
ROWS = st.lists(st.tuples(WIDE, WIDE, WIDE).map(list).filter(any), min_size=1, max_size=5)
SETTINGS = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _xlsx(rows: Rows) -> bytes:
    return xlsx_bytes(
        {"Po Details": "".join(xlsx_row(at, *row) for at, row in enumerate(rows, start=1))}
    )


def _openpyxl(rows: Rows) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet("Po Details")
    for row in rows:
        page.append([f"\u200b{cell}" if cell.startswith("=") else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _html(rows: Rows) -> bytes:
    cells = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table>{cells}</table>".encode()


def _xml(rows: Rows) -> bytes:
    cells = "".join(
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="String">{escape(cell)}</Data></Cell>' for cell in row)
        + "</Row>"
        for row in rows
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    book = f'<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="A"><Table>{cells}'
    return f'<?xml version="1.0"?>{book}</Table></Worksheet></Workbook>'.encode()


def _text(delimiter: str, encoding: str) -> Callable[[Rows], bytes]:
    def make(rows: Rows) -> bytes:
        quoted = ([cell.replace('"', '""') for cell in row] for row in rows)
        lines = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in quoted)
        return lines.encode(encoding)

    return make


FORMATS: dict[str, Callable[[Rows], bytes]] = {
    "xlsx": _xlsx,
    "xlsx of openpyxl": _openpyxl,
    "xlsb": lambda rows: xlsb_workbook({"Po Details": rows}),
    "xls": lambda rows: ole_file({"Workbook": xls_workbook([[*row] for row in rows])}),
    "ods": lambda rows: ods_workbook({"Po Details": rows}),
    "html": _html,
    "xml": _xml,
    "csv": _text(",", "utf-8-sig"),
    "tsv": _text("\t", "utf-16"),
    "semicolons": _text(";", "utf-8"),
    "pipes": _text("|", "utf-8"),
}


def read(data: bytes, path: Path) -> Rows:
    path.write_bytes(data)
    arriving = ArrivingSheet(str(path))
    for message in messages(path, ReadingChoice(header_row=1), Limits()):
        arriving.take(json.loads(json.dumps(message)))
    sheet = arriving.sheet()
    assert sheet.headers[:3] == tuple(HEADERS)
    assert not any(row.marks for row in sheet.rows)
    return [list(row.cells) for row in sheet.rows]


@pytest.mark.parametrize("name", FORMATS)
def test_any_rows_come_back_the_same(name: str, tmp_path: Path) -> None:
    make = FORMATS[name]

    @SETTINGS
    @given(rows=ROWS)
    def check(rows: Rows) -> None:
        expected = [[_kept(name, cell) for cell in row] for row in rows]
        assert read(make([HEADERS, *rows]), tmp_path / "orders.dat") == expected

    check()


def _kept(name: str, cell: str) -> str:
    """Return a cell as it is written: openpyxl takes no text that begins as a formula does."""
    return f"\u200b{cell}" if name == "xlsx of openpyxl" and cell.startswith("=") else cell


@pytest.mark.parametrize("name", ["xlsx", "xlsb", "xls", "ods"])
def test_whole_numbers_come_back_digit_by_digit(name: str, tmp_path: Path) -> None:
    @SETTINGS
    @given(numbers=st.lists(st.integers(0, 10**15 - 1), min_size=1, max_size=5))
    def check(numbers: list[int]) -> None:
        rows: list[list[str | float]] = [[*HEADERS]]
        rows += [[float(one), "1", "x"] for one in numbers]
        made = {
            "xlsx": lambda: _numbers_xlsx(numbers),
            "xlsb": lambda: xlsb_workbook({"A": rows}),
            "xls": lambda: ole_file({"Workbook": xls_workbook(rows)}),
            "ods": lambda: ods_workbook({"A": rows}),
        }[name]()
        expected = [[str(one), "1", "x"] for one in numbers]
        assert read(made, tmp_path / "orders.dat") == expected

    check()


def _numbers_xlsx(numbers: list[int]) -> bytes:
    rows = xlsx_row(1, *HEADERS) + "".join(
        xlsx_row(at, f'<c r="A{at}"><v>{one}</v></c>', *_texts(at))
        for at, one in enumerate(numbers, start=2)
    )
    return xlsx_bytes({"A": rows})


def _texts(at: int) -> tuple[str, str]:
    return (
        f'<c r="B{at}" t="str"><v>1</v></c>',
        f'<c r="C{at}" t="str"><v>x</v></c>',
    )
