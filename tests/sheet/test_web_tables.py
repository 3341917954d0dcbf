"""Tables of web pages: plain rows are read as the parser of whole pages reads them."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancel_desk.sheet import web_tables
from cancel_desk.sheet.headed import ReadRow
from cancel_desk.sheet.limits import Limits
from cancel_desk.sheet.markup_table import MarkupTable
from cancel_desk.sheet.problems import SheetError
from cancel_desk.sheet.web_tables import read_tables

GIVEN = st.sampled_from(
    [
        "",
        " ",
        ' x:num="1796277083022"',
        " SDVAL='1796277083022'",
        " class=xl65 height=20",
        ' colspan="2"',
        " rowspan=2",
        ' title="a=b c',
        " a",
        "/",
        " hidden",
        " style='height:0;display:none'",
        ' STYLE="DISPLAY: NONE"',
        "\u00a0x=1",
        ' style="a&amp;b"',
        " x=\u017f1",
        ' a="1"b="2"',
    ]
)
TEXT = st.sampled_from(
    ["", "1.79628E+12", " a  \n b ", "a&amp;b", "&", "<br>", "\u00a0x", "<", "###", "</td", "-->"]
)
CELL = st.builds("<{0}{1}>{2}</{0}>".format, st.sampled_from(["td", "TD", "th"]), GIVEN, TEXT)
ROW = st.builds(
    "<tr{}>{}{}</tr>".format, GIVEN, st.sampled_from(["", "\n ", "x"]), st.lists(CELL).map("".join)
)
OTHER = st.sampled_from(
    [
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<title>",
        "</title>",
        "<table>",
        "</table>",
        "<td>",
        "</tr>",
        "&am",
        "text",
        "<td ",
        "<![CDATA[",
        "</",
    ]
)
PAGE = st.lists(ROW | OTHER, max_size=8).map(lambda parts: "<table>" + "".join(parts))


def read(page: str) -> dict[str, MarkupTable] | object:
    try:
        return read_tables(page, Limits(columns=4))
    except SheetError as error:
        return error.problem


@given(PAGE)
def test_plain_rows_are_read_as_the_parser_reads_them(page: str) -> None:
    short = read(page)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(web_tables, "_PLAIN_ROW", re.compile("(?!)"))
        whole = read(page)
    assert short == whole


def test_rows_of_a_spreadsheet_take_the_short_way(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[int] = []
    parse = HTMLParser.parse_starttag

    def record(page: HTMLParser, at: int) -> int:
        parsed.append(at)
        return parse(page, at)

    monkeypatch.setattr(HTMLParser, "parse_starttag", record)
    row = (
        "<tr height=20 style='height:15.0pt'>\n <td class=xl65 align=right x:num=\"5\">5</td>"
        "<td style='mso-number-format:\"\\@\"'>a</td>\n</tr>"
    )
    [table] = read_tables(f"<table>{row * 3}</table>", Limits()).values()
    assert table.rows == [ReadRow(number, ["5", "a"], []) for number in (1, 2, 3)]
    assert len(parsed) == 1  # the table
