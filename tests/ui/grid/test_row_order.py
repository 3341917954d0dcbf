"""Sorting of rows by what a column says."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancel_desk.ui import in_turns
from cancel_desk.ui.grid import row_order
from cancel_desk.ui.grid.column_index import ColumnIndex, gather
from cancel_desk.ui.grid.row_order import ranked
from cancel_desk.ui.in_turns import at_once

TEXTS = st.lists(
    st.sampled_from(["", " ", "a", "A", "1", "01", "2", "b1", "3" * 5000, "1.5"]), max_size=40
)


def index_of(texts: Sequence[str]) -> ColumnIndex:
    """Return the index of a sheet whose rows have the places of their texts as ids."""
    return at_once(gather(range(len(texts)), lambda ids: [texts[at] for at in ids], ranked))


def places(texts: Sequence[str], *, descending: bool = False) -> list[int]:
    return list(at_once(index_of(texts).in_order(descending=descending)))


def ordered(texts: Sequence[str], *, descending: bool = False) -> list[str]:
    return [texts[at] for at in places(texts, descending=descending)]


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


@given(TEXTS, st.booleans())
def test_equal_rows_keep_their_order_and_none_is_lost(texts: list[str], down: bool) -> None:
    found = places(texts, descending=down)
    assert sorted(found) == list(range(len(texts)))
    for one, other in pairwise(found):
        if texts[one].casefold() == texts[other].casefold():
            assert one < other


@given(TEXTS)
def test_an_index_says_what_the_rows_say(texts: list[str]) -> None:
    index = index_of(texts)
    assert [index.texts[code] for code in index.codes] == texts
    assert len(set(index.texts)) == len(index.texts)
    wanted = at_once(index.among({"a", "01"}))
    assert [text for text, one in zip(index.texts, wanted, strict=True) if one] == [
        text for text in index.texts if text in {"a", "01"}
    ]
    counts = {at: len(text) for at, text in enumerate(index.texts) if text}
    in_order = [index.texts[at] for at in index.ranks.order if index.texts[at]]
    assert list(at_once(index.counted(counts)).items()) == [(each, len(each)) for each in in_order]


@given(TEXTS, st.booleans())
def test_rows_parted_to_be_sorted_come_in_the_same_order(texts: list[str], down: bool) -> None:
    at_a_time = places(texts, descending=down)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(in_turns, "PART", 1)
        patched.setattr(row_order, "PART", 1)
        assert places(texts, descending=down) == at_a_time
