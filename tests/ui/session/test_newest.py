"""Only the newest answer counts."""

import threading
from functools import partial

from pytestqt.qtbot import QtBot

from cancel_desk.ui.session.background import Background
from cancel_desk.ui.session.newest import Newest, Stopped
from patience import PATIENCE, until


def test_of_those_asked_meanwhile_only_the_last_is_asked_and_told(qtbot: QtBot) -> None:
    background, go = Background(), threading.Event()
    told: list[int] = []
    failures: list[Exception] = []
    asked: list[int] = []
    newest = Newest[int](background, told.append, failures.append)

    def work(number: int, _stopped: Stopped) -> int:
        go.wait(PATIENCE)
        asked.append(number)
        return number

    for number in (1, 2, 3):
        newest.ask(partial(work, number))
    go.set()
    qtbot.waitUntil(lambda: told == [3])
    assert asked == [1, 3]
    newest.ask(partial(work, 4))
    qtbot.waitUntil(lambda: told == [3, 4])
    assert failures == []
    background.close()


def test_a_failure_that_was_overtaken_is_not_told(qtbot: QtBot) -> None:
    background, go = Background(), threading.Event()
    told: list[int] = []
    failures: list[Exception] = []
    newest = Newest[int](background, told.append, failures.append)

    def fail(_stopped: Stopped) -> int:
        go.wait(PATIENCE)
        raise LookupError

    newest.ask(fail)
    newest.ask(lambda _stopped: 2)
    go.set()
    qtbot.waitUntil(lambda: told == [2])
    assert failures == []
    newest.ask(fail)
    qtbot.waitUntil(lambda: len(failures) == 1)
    background.close()


def wait_for_stop(began: threading.Event, stopped: Stopped) -> int:
    began.set()
    until(stopped, "the stop")
    return 1


def test_a_newer_question_stops_the_one_under_way(qtbot: QtBot) -> None:
    background, began = Background(), threading.Event()
    told: list[int] = []
    newest = Newest[int](background, told.append, lambda _error: told.append(-1))
    newest.ask(partial(wait_for_stop, began))
    assert began.wait(PATIENCE)
    newest.ask(lambda _stopped: 2)
    qtbot.waitUntil(lambda: told == [2])
    background.close()


def test_nothing_is_told_once_nobody_wants_to_know(qtbot: QtBot) -> None:
    background, began = Background(), threading.Event()
    told: list[int] = []
    newest = Newest[int](background, told.append, lambda _error: told.append(-1))
    newest.ask(partial(wait_for_stop, began))
    newest.ask(lambda _stopped: 2)
    newest.stop()
    qtbot.waitUntil(lambda: not background.busy)
    assert told == []
    newest.ask(lambda _stopped: 3)
    qtbot.waitUntil(lambda: told == [3])
    background.close()


def test_work_is_stopped_by_the_end_of_the_program(qtbot: QtBot) -> None:
    background, began = Background(), threading.Event()
    newest = Newest[int](background, lambda _told: None, lambda _error: None)
    stopped: list[int] = []

    def work(is_stopped: Stopped) -> int:
        stopped.append(wait_for_stop(began, is_stopped))
        return 1

    newest.ask(work)
    assert began.wait(PATIENCE)
    background.close(seconds=PATIENCE)
    assert stopped == [1]
