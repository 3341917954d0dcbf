"""Blocks of cells survive the way through text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancel_desk.ui.grid.clipboard import from_text, to_text

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
