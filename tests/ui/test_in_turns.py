"""Long work of the window's thread, a little in each turn of its event loop."""

import pytest
from pytestqt.qtbot import QtBot

from cancel_desk.ui import in_turns
from cancel_desk.ui.in_turns import InTurns, Slices, at_once, parts_of, rest_after


@pytest.fixture
def turns(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> InTurns:
    monkeypatch.setattr(in_turns, "_TURN", 0.0)
    assert qtbot
    return InTurns()


def counting(done: list[int], upto: int) -> Slices[None]:
    for at in range(upto):
        done.append(at)
        yield


def test_work_goes_on_turn_by_turn_to_its_end(turns: InTurns, qtbot: QtBot) -> None:
    done: list[int] = []
    turns.start(counting(done, 5))
    assert done == [0]
    qtbot.waitUntil(lambda: not turns.busy)
    assert done == [0, 1, 2, 3, 4]


def test_work_for_later_leaves_this_turn_to_others(turns: InTurns, qtbot: QtBot) -> None:
    done: list[int] = []
    turns.later(counting(done, 2))
    assert done == []
    qtbot.waitUntil(lambda: not turns.busy)
    assert done == [0, 1]


def test_short_work_is_done_at_once(turns: InTurns) -> None:
    done: list[int] = []
    turns.start(counting(done, 0))
    assert not turns.busy


def test_later_work_takes_the_place_of_what_is_under_way(turns: InTurns, qtbot: QtBot) -> None:
    former: list[int] = []
    later: list[int] = []
    turns.start(counting(former, 5))
    turns.start(counting(later, 3))
    qtbot.waitUntil(lambda: not turns.busy)
    assert (former, later) == ([0], [0, 1, 2])


def test_work_can_begin_other_work_at_its_end(turns: InTurns, qtbot: QtBot) -> None:
    done: list[int] = []

    def first() -> Slices[None]:
        yield
        turns.start(counting(done, 3))

    turns.start(first())
    qtbot.waitUntil(lambda: not turns.busy)
    assert done == [0, 1, 2]


def test_nothing_is_done_while_it_rests(turns: InTurns, qtbot: QtBot) -> None:
    done: list[int] = []
    other: list[int] = []
    turns.start(counting(done, 3))
    turns.pause(paused=True)
    beside = InTurns()
    beside.start(counting(other, 5))
    qtbot.waitUntil(lambda: not beside.busy)
    assert done == [0]
    turns.start(counting(done, 2))
    assert done == [0]
    turns.pause(paused=False)
    qtbot.waitUntil(lambda: not turns.busy)
    assert done == [0, 0, 1]


def test_stopped_work_stays_undone(turns: InTurns) -> None:
    done: list[int] = []
    turns.start(counting(done, 3))
    turns.stop()
    turns.pause(paused=False)
    assert (turns.busy, done) == (False, [0])


def test_what_breaks_is_told_once_and_ends_the_work(turns: InTurns, qtbot: QtBot) -> None:
    def breaking() -> Slices[None]:
        yield
        raise ValueError

    with qtbot.captureExceptions() as told:
        turns.start(breaking())
        qtbot.waitUntil(lambda: not turns.busy)
    assert [kind for kind, *_ in told] == [ValueError]


def test_few_items_are_one_part_and_take_no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_turns, "PART", 3)
    assert list(parts_of(range(7))) == [range(3), range(3, 6), range(6, 7)]
    assert list(parts_of([])) == []
    assert [len(list(rest_after(part))) for part in parts_of(range(7))] == [1, 1, 0]


def test_work_done_at_once_gives_its_result() -> None:
    def work() -> Slices[str]:
        yield
        return "done"

    assert at_once(work()) == "done"
