"""Rows come back to where they were seen, and none is ever lost."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancel_desk.ui import in_turns
from cancel_desk.ui.grid.shown_rows import ShownRows
from cancel_desk.ui.in_turns import at_once


def previous_in(file: list[int]) -> Callable[[int], int | None]:
    return lambda row_id: file[file.index(row_id) - 1] if file.index(row_id) else None


def test_rows_that_left_come_back_where_they_were_seen() -> None:
    shown = ShownRows([5, 3, 1, 4, 2])
    shown.remove(1, 2)
    shown.remove(0, 0)
    assert list(shown) == [4, 2]
    assert shown.with_incoming([1, 3, 5], previous_in([1, 2, 3, 4, 5])) == [5, 3, 1, 4, 2]


def test_new_rows_come_where_they_are_expected_or_behind_the_row_before_in_the_file() -> None:
    shown = ShownRows([3, 2, 1])
    shown.expect([8, 9], after=3)
    assert shown.with_incoming([8, 9], previous_in([1, 8, 9, 2, 3])) == [3, 8, 9, 2, 1]
    shown.expect([7], after=None)
    assert shown.with_incoming([7], previous_in([1, 2, 3, 7])) == [7, 3, 2, 1]
    assert shown.with_incoming([6], previous_in([1, 6, 2, 3])) == [3, 2, 1, 6]
    assert ShownRows().with_incoming([1, 2], previous_in([1, 2])) == [1, 2]


@given(st.permutations(range(1, 12)), st.integers(0, 11))
def test_a_row_is_found_wherever_it_is_and_never_where_it_was(order: list[int], many: int) -> None:
    shown = ShownRows(order)
    found = [shown.find(row_id) for row_id in order]  # the first by a search, then by its place
    assert found == list(range(len(order)))
    before = shown.row_ids
    kept = order[many:]
    shown.replace(kept)
    assert list(before) == order
    at_once(shown.find_places())
    assert [shown.find(row_id) for row_id in kept] == list(range(len(kept)))
    assert {shown.find(row_id) for row_id in [*order[:many], 0, 99]} == {None}


def test_places_of_rows_that_are_shown_no_more_are_not_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(in_turns, "PART", 1)
    shown = ShownRows([3, 1, 2])
    finding = shown.find_places()
    next(finding)
    shown.insert(0, [4])
    assert list(finding) == []
    assert [shown.find(row_id) for row_id in (4, 3, 1, 2)] == [0, 1, 2, 3]


MOVES = st.lists(
    st.tuples(st.sampled_from(["shuffle", "remove", "hide", "return"]), st.randoms()), max_size=12
)


@given(MOVES)
def test_no_row_is_lost_or_doubled(moves: list[tuple[str, object]]) -> None:
    """Whatever was remembered of rows that left long ago, in other orders."""
    file = list(range(8))
    shown, away = ShownRows(file), set[int]()
    for move, chance in moves:
        pick: Callable[[list[int], int], list[int]] = chance.sample  # type: ignore[attr-defined]
        here = list(shown)
        if move == "shuffle":
            shown.replace(pick(here, len(here)))
        elif move == "hide":
            shown.replace(here[: len(here) // 2])
        elif move == "remove":
            gone = frozenset(pick(file, 3))
            shown.forget_places(gone)
            shown.remove_all(gone)
            away |= gone
        else:
            shown.replace(shown.with_incoming(sorted(away - set(here)), previous_in(file)))
            assert away <= set(shown)
        assert len(set(shown)) == len(shown)
