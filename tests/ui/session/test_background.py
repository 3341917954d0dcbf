"""Work in threads whose results arrive in the window's thread."""

import gc
import sys
import threading

from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from cancel_desk.ui.garbage import A_SHEET, GarbageCollection
from cancel_desk.ui.in_turns import Slices
from cancel_desk.ui.session.background import Background


def test_the_result_arrives_in_the_windows_thread(qtbot: QtBot) -> None:
    background = Background()
    came: list[tuple[str, threading.Thread]] = []
    worked_in: list[threading.Thread] = []

    def work() -> str:
        worked_in.append(threading.current_thread())
        return "done"

    background.start(
        work,
        lambda told: came.append((told, threading.current_thread())),
        lambda _error: came.clear(),
    )
    assert background.busy
    qtbot.waitUntil(lambda: bool(came))
    assert came == [("done", threading.main_thread())]
    assert worked_in[0] is not threading.main_thread()
    assert not background.busy


def test_an_error_arrives_instead_of_a_result(qtbot: QtBot) -> None:
    background = Background()
    failures: list[Exception] = []

    def work() -> None:
        raise OSError("no")

    background.start(work, lambda _none: failures.append(AssertionError()), failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], OSError)


def test_work_of_this_thread_gives_its_result_too(qtbot: QtBot) -> None:
    background = Background()
    worked_in: set[threading.Thread] = set()
    came: list[object] = []

    def work(end: Exception | None) -> Slices[str]:
        for _ in range(3):
            worked_in.add(threading.current_thread())
            yield
        if end is not None:
            raise end
        return "done"

    error = OSError("no")
    background.start_here(work(None), came.append, lambda _error: None)
    background.start_here(work(error), lambda _none: None, came.append)
    qtbot.waitUntil(lambda: not background.busy)
    assert came == ["done", error]
    assert worked_in == {threading.main_thread()}


def test_nothing_arrives_after_it_is_closed(qtbot: QtBot) -> None:
    background = Background()
    go_on = threading.Event()
    came: list[bool] = []
    background.start(go_on.wait, came.append, lambda _error: came.append(False))
    background.deliver(lambda: came.append(False))
    go_on.set()
    background.close()
    last = Background()
    last.start(lambda: None, lambda _none: came.append(True), lambda _error: None)
    qtbot.waitUntil(lambda: bool(came))
    assert came == [True]


def test_what_a_thread_works_with_is_let_go_of_here(qtbot: QtBot) -> None:
    """A Qt object whose last reference went in another thread would be destroyed there."""
    background = Background()
    ended_in: list[threading.Thread] = []

    class Work:
        def __call__(self) -> None:
            pass

        def __del__(self) -> None:
            ended_in.append(threading.current_thread())

    for _ in range(20):
        background.start(Work(), lambda _none: None, lambda _error: None)
    qtbot.waitUntil(lambda: len(ended_in) == 20)
    assert set(ended_in) == {threading.main_thread()}


def test_garbage_is_collected_in_this_thread_alone(qtbot: QtBot) -> None:
    collection = GarbageCollection()
    assert not gc.isenabled()
    collected_in: list[threading.Thread] = []
    note = lambda _phase, _info: collected_in.append(threading.current_thread())  # noqa: E731
    gc.callbacks.append(note)
    try:
        # Some lists come from Python's store of used ones, which it does not count.
        kept = [[] for _ in range(2 * gc.get_threshold()[0])]  # type: list[list[int]]
        collection.look()
    finally:
        gc.callbacks.remove(note)
    assert kept
    assert set(collected_in) == {threading.main_thread()}


def test_the_rows_of_a_large_sheet_are_not_looked_through(qtbot: QtBot) -> None:
    collection = GarbageCollection()
    collections: list[str] = []
    note = lambda phase, _info: collections.append(phase)  # noqa: E731
    before = gc.get_freeze_count()
    gc.callbacks.append(note)
    try:
        rows = [[at] for at in range(2 * A_SHEET)]
        collection.look()
    finally:
        gc.callbacks.remove(note)
    assert collections == []
    assert gc.get_freeze_count() - before >= len(rows)


class _Speaker(QObject):
    said = Signal(bool)


def test_qt_keeps_its_references_to_true(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 loses one with every signal, until the process dies."""
    speaker = _Speaker()
    before = sys.getrefcount(True)
    for _ in range(200):
        speaker.said.emit(True)
    assert abs(sys.getrefcount(True) - before) < 100
