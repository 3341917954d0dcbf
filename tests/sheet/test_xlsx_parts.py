"""Searching the parts of an XLSX file: how far they reach, and which cells are faulty."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.rows import Mark
from cancel_desk.sheet.xlsx_parts import column_letters, scan_part, sheet_parts
from sheet.files.xlsx import xlsx_bytes

WriteXlsx = Callable[..., Path]

HEADER = (
    '<row r="1">'
    + "".join(
        f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
        for place, text in (("A1", "PO#"), ("B1", "Qty"))
    )
    + "</row>"
)


def test_prefixed_xml_is_searched_as_well(write_xlsx: WriteXlsx) -> None:
    sheet_xml = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:sheetData><x:row r="3"><x:c r="B3" t="e"><x:v>#N/A</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    path = write_xlsx(sheet_xml)
    facts = scan_part(path.read_bytes(), sheet_parts(path.read_bytes())["Sheet1"], Limits())
    assert (facts.last_row, facts.widest) == (3, 2)
    assert facts.faults == {3: {1: ("#N/A", Mark.ERROR)}}


def test_faults_are_found_across_the_pieces_of_a_long_sheet(write_xlsx: WriteXlsx) -> None:
    rows = "".join(
        f'<row r="{at}"><c r="A{at}" t="e"><v>#N/A</v></c>'
        f'<c r="B{at}" t="str"><v>{"x" * 900}</v></c></row>'
        for at in range(1, 3001)
    )
    path = write_xlsx(rows)
    facts = scan_part(path.read_bytes(), "xl/worksheets/sheet1.xml", Limits())
    assert (facts.last_row, facts.widest) == (3000, 2)
    assert sorted(facts.faults) == list(range(1, 3001))


def test_rows_without_cells_cost_nothing_and_cells_without_places_are_counted(
    write_xlsx: WriteXlsx,
) -> None:
    heights = "".join(f'<row r="{at}" ht="15" customHeight="1"/>' for at in range(3, 150_000))
    nowhere = '<row><c t="e"><v>#N/A</v></c></row>'
    path = write_xlsx(HEADER + nowhere + heights)
    facts = scan_part(path.read_bytes(), "xl/worksheets/sheet1.xml", Limits())
    assert (facts.last_row, facts.widest) == (2, 2)
    assert facts.faults == {2: {0: ("#N/A", Mark.ERROR)}}


@pytest.mark.parametrize("before", [True, False])
def test_long_parts_beside_the_rows_are_no_long_cells(write_xlsx: WriteXlsx, before: bool) -> None:
    other = '<merge ref="C1:D1"/>' * 300_000
    path = write_xlsx(
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{other if before else ''}<sheetData>{HEADER}</sheetData>{'' if before else other}"
        "</worksheet>"
    )
    facts = scan_part(path.read_bytes(), "xl/worksheets/sheet1.xml", Limits())
    assert (facts.last_row, facts.widest, facts.faults) == (1, 2, {})


@pytest.mark.parametrize(("width", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (16384, "XFD")])
def test_columns_have_their_letters(width: int, letters: str) -> None:
    assert column_letters(width) == letters


@given(
    st.lists(
        st.lists(st.sampled_from([0, 1, 2, 3, 25, 26, 30, 800]), max_size=4, unique=True),
        min_size=1,
        max_size=30,
    ),
    st.sampled_from(['<c r="{place}"{rest}', "<c r='{place}'{rest}", '<c s="1" r="{place}"{rest}']),
    st.integers(0, 2),
)
def test_the_extent_is_exact_in_every_way_of_writing(
    rows: list[list[int]], cell: str, empty: int
) -> None:
    written: list[str] = []
    for at, columns in enumerate(rows, start=1):
        cells = [
            cell.format(
                place=f"{column_letters(column + 1)}{at}",
                rest="/>" if (at + column) % 3 < empty else "><v>1</v></c>",
            )
            for column in sorted(columns)
        ]
        written.append(f'<row r="{at}">{"".join(cells)}</row>')
    filled = [
        (at, column + 1)
        for at, columns in enumerate(rows, start=1)
        for column in columns
        if (at + column) % 3 >= empty
    ]
    data = xlsx_bytes({"A": "".join(written)})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cancel_desk.sheet.xlsx_parts._CHUNK", 400)
        facts = scan_part(data, next(iter(sheet_parts(data).values())), Limits())
    expected = tuple(map(max, zip(*filled, strict=True))) if filled else (0, 0)
    assert (facts.last_row, facts.widest) == expected
