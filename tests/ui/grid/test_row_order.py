"""Sorting of rows by what a column says."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancel_desk.ui.grid.row_order import in_order
from cancel_desk.ui.in_turns import at_once


def ordered(texts: list[str], *, descending: bool = False) -> list[str]:
    return [texts[at] for at in at_once(in_order(range(len(texts)), texts, descending=descending))]


@pytest.mark.parametrize(
    ("texts", "up", "down"),
    [
        (["10", "9", "1"], ["1", "9", "10"], ["10", "9", "1"]),
        (
            ["b", "", "A", "2", "10", " "],
            ["2", "10", "A", "b", "", " "],
            ["b", "A", "10", "2", "", " "],
        ),
        (
            ["1.5", "-2", "+1", "1.79628E+12"],
            ["-2", "+1", "1.5", "1.79628E+12"],
            ["1.79628E+12", "1.5", "+1", "-2"],
        ),
        (["²", "3"], ["3", "²"], ["²", "3"]),
        ([], [], []),
    ],
)
def test_numbers_go_by_size_words_by_letters_and_blanks_last(
    texts: list[str], up: list[str], down: list[str]
) -> None:
    assert ordered(texts) == up
    assert ordered(texts, descending=True) == down


@given(st.lists(st.sampled_from(["", "a", "A", "1", "01", "2", "b1"])), st.booleans())
def test_equal_rows_keep_their_order_and_none_is_lost(texts: list[str], down: bool) -> None:
    found = at_once(in_order(range(len(texts)), texts, descending=down))
    assert sorted(found) == list(range(len(texts)))
    for one, other in pairwise(found):
        if texts[one] == texts[other]:
            assert one < other
