"""Only the newest answer counts."""

import threading
from functools import partial

from pytestqt.qtbot import QtBot

from cancel_desk.ui.background import Background
from cancel_desk.ui.newest import Newest


def test_of_those_asked_meanwhile_only_the_last_is_asked_and_told(qtbot: QtBot) -> None:
    background, go = Background(), threading.Event()
    told: list[int] = []
    failures: list[Exception] = []
    asked: list[int] = []
    newest = Newest[int](background, told.append, failures.append)

    def work(number: int) -> int:
        go.wait(10)
        asked.append(number)
        return number

    for number in (1, 2, 3):
        newest.ask(partial(work, number))
    go.set()
    qtbot.waitUntil(lambda: told == [3])
    assert asked == [1, 3]
    newest.ask(lambda: work(4))
    qtbot.waitUntil(lambda: told == [3, 4])
    assert failures == []
    background.close()


def test_a_failure_that_was_overtaken_is_not_told(qtbot: QtBot) -> None:
    background, go = Background(), threading.Event()
    told: list[int] = []
    failures: list[Exception] = []
    newest = Newest[int](background, told.append, failures.append)

    def fail() -> int:
        go.wait(10)
        raise LookupError

    newest.ask(fail)
    newest.ask(lambda: 2)
    go.set()
    qtbot.waitUntil(lambda: told == [2])
    assert failures == []
    newest.ask(fail)
    qtbot.waitUntil(lambda: len(failures) == 1)
    background.close()
