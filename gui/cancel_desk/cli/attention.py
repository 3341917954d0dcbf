"""Ctrl+C while something long goes on: the first stops it safely, the second leaves at once.

A request to end is taken as Ctrl+C, and so is a terminal that is closed.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import count
from types import FrameType
from typing import Final, TypeVar

_T = TypeVar("_T")
_LOOK_SECONDS = 0.1
_HANG_UP: Final = getattr(signal, "SIGHUP", None)  # Windows has no such signal
_ENDING: Final = (signal.SIGINT, signal.SIGTERM, *((_HANG_UP,) if _HANG_UP else ()))


class LeftAtOnce(Exception):  # noqa: N818 - it reads as what happened
    """The person pressed Ctrl+C a second time and does not wait for what is under way."""


def attend(
    work: Callable[[], _T], *, stop: Callable[[], None], look: Callable[[], None] | None = None
) -> _T:
    """Return what ``work`` gives, run in a thread of its own; its errors are raised here.

    Ctrl+C calls ``stop``, after which ``work`` should end soon. ``look`` is called several times a
    second meanwhile. LeftAtOnce at the second Ctrl+C.
    """
    outcome: Future[_T] = Future()
    # A daemon, so that leaving at once does not wait for it.
    thread = threading.Thread(target=_into, args=(outcome, work), name="work", daemon=True)
    ended = threading.Event()
    outcome.add_done_callback(lambda _: ended.set())
    with _ctrl_c() as presses:
        thread.start()
        while not ended.wait(_LOOK_SECONDS):
            if look is not None:
                look()
            for nth in presses():
                if nth > 1:
                    raise LeftAtOnce
                stop()
    return outcome.result()


@contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl+C, or a request to end, be KeyboardInterrupt within the block, a question."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    with _answered_by(interrupt):
        yield


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let nobody end the program within the block: what was done is being put on paper."""
    with _ctrl_c():
        yield


def _into(outcome: "Future[_T]", work: Callable[[], _T]) -> None:
    try:
        outcome.set_result(work())
    except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
        outcome.set_exception(error)


@contextmanager
def _ctrl_c() -> Iterator[Callable[[], list[int]]]:
    """Count Ctrl+C and polite requests to end; give what returns the new ones, numbered from 1."""
    arrived: list[int] = []
    seen: set[int] = set()
    numbers = count(1)

    def note(which: int, _frame: FrameType | None) -> None:
        # A terminal that closes may say so twice, by itself and by its shell: nobody is in a hurry.
        if which != _HANG_UP or which not in seen:
            arrived.append(next(numbers))
        seen.add(which)

    def new_ones() -> list[int]:
        found = arrived[:]
        del arrived[: len(found)]
        return found

    with _answered_by(note):
        yield new_ones


@contextmanager
def _answered_by(answer: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Have the signals that end a program answered within the block.

    One that is ignored stays so: under nohup, a terminal that closes changes nothing.
    """
    asked = [each for each in _ENDING if signal.getsignal(each) is not signal.SIG_IGN]
    former = {each: signal.signal(each, answer) for each in asked}
    try:
        yield
    finally:
        for each, action in former.items():
            signal.signal(each, action)
