"""A run whose file is deleted or replaced while it is open sends nothing more."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import OTHER_PO, PO, order, order_line
from cancel_desk.runs.journal import RunFileGone
from cancel_desk.runs.outcome import State
from pretended_store import PretendedStore
from runs_bench import RunBench


def replaced(path: Path) -> None:
    copy = path.with_suffix(".copy")
    shutil.copyfile(path, copy)
    copy.replace(path)


def renamed(path: Path) -> None:
    path.rename(path.with_suffix(".old"))


@pytest.mark.skipif(sys.platform == "win32", reason="an open file can't be deleted there")
@pytest.mark.parametrize("meddle", [os.unlink, replaced, renamed])
def test_the_call_under_way_is_written_down_and_no_other_begins(
    bench: RunBench, meddle: Callable[[Path], None]
) -> None:
    bench.create((PO, "1", 1), (OTHER_PO, "1", 1))
    shop = PretendedStore(order(order_line()), order(order_line(), po=OTHER_PO))
    shop.before_cancel = lambda: meddle(bench.path)
    end = bench.run(shop)
    assert isinstance(end.journal_error, RunFileGone)
    assert len(shop.calls) == 1
    assert [line.state for line in bench.lines()] == [State.CANCELLED, State.PENDING]
