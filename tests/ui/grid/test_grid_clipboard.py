"""Blocks of cells survive the way through text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancel_desk.ui.grid.clipboard import Block, from_both, from_text, to_html, to_text

cells = st.text(alphabet="ab\t\n\r\" ,;'1é", max_size=6)
widths = st.integers(min_value=1, max_value=4)
blocks = widths.flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(blocks)
def test_a_block_comes_back_as_it_was(block: list[list[str]]) -> None:
    assert from_text(to_text(block)) == block


@given(st.text(alphabet='ab\t\n\r"', max_size=30))
def test_any_text_is_read_to_its_end(text: str) -> None:
    assert sum(map(len, from_text(text))) <= len(text) + 1


@given(st.text(alphabet="ab\t\n\r", max_size=30))
def test_text_without_quotes_is_read_as_with_them(text: str) -> None:
    quoted = from_text(f'{text}\n"z"')
    assert [*from_text(f"{text}\n"), ["z"]] == quoted


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("", []),
        ("a", [["a"]]),
        ("a\n", [["a"]]),
        ("a\r\n", [["a"]]),
        ("a\n\n", [["a"], [""]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\t", [["a", ""]]),
        ('"a\tb"\t"c\nd"', [["a\tb", "c\nd"]]),
        ('"say ""hi"""', [['say "hi"']]),
        ('5" pipe\tx', [['5" pipe', "x"]]),
        ('"open\tx', [['"open', "x"]]),
        ('"a" b\tc', [['"a" b', "c"]]),
    ],
)
def test_text_from_spreadsheet_programs(text: str, block: list[list[str]]) -> None:
    assert from_text(text) == block


def test_one_cell_is_copied_without_a_line_end() -> None:
    assert to_text([["1796277083022"]]) == "1796277083022"
    assert to_text([["a"], ["b"]]) == "a\nb\n"


@given(blocks)
def test_text_and_table_of_one_copy_agree(block: list[list[str]]) -> None:
    assert from_both(to_text(block), to_html(block)) == block


EXCEL = """Version:1.0 StartHTML:000 <html xmlns:x="urn:schemas-microsoft-com:office:excel"><body>
<table><tr><td x:num="1796277083022">1.79628E+12</td><td x:num="46353">11/27/2026</td></tr>
<tr><td x:num>7</td><td class=xl65>0012</td></tr></table></body></html>"""
CALC = """<table><tr><td align="right" sdval="1796277083022" sdnum="1033;">1.79628E+12</td>
<td sdval="46353" sdnum="1033;0;DD.MM.YYYY">27.11.2026</td></tr></table>"""
SHEETS = """<table><tr><td data-sheets-value='{"1":3,"3":1796277083022}'>1,796,277,083,022</td>
</tr></table>"""


@pytest.mark.parametrize(
    ("text", "page", "block"),
    [
        (
            "1.79628E+12\t11/27/2026\n7\t0012\n",
            EXCEL,
            [["1796277083022", "11/27/2026"], ["7", "0012"]],
        ),
        ("1.79628E+12\t27.11.2026\n", CALC, [["1796277083022", "27.11.2026"]]),
        ("1,796,277,083,022", SHEETS, [["1796277083022"]]),
        ("########", EXCEL.replace("1.79628E+12", "###"), [["########"]]),
        ("a  b\tc", "<table><tr><td>a b</td><td>c</td></tr></table>", [["a  b", "c"]]),
        ("plain", "<p>plain</p>", [["plain"]]),
        ("x", "<table><tr><td>1</td></tr></table><table><tr><td>2</td></tr></table>", [["x"]]),
        ("", "<table><tr><td>1</td><td>b</td></tr></table>", [["1", "b"]]),
    ],
)
def test_text_and_table_from_spreadsheet_programs(text: str, page: str, block: Block) -> None:
    assert from_both(text, page) == block
