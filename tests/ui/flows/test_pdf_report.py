"""The report as a PDF: every part is on it, and the pages are turned as they fill."""

import re
import threading
import time
import zlib
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cancel_desk.report.web_page import PageParts
from cancel_desk.report.writing import results_parts
from cancel_desk.runs.run import Run
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.ui.flows.pdf_report import ROWS_A_PART, write_pdf
from outcomes_run import run_with_all_outcomes
from ui.heartbeat import Heart, Turn

LINE = "<p>One line of the report</p>"


def pages_of(path: Path) -> int:
    return path.read_bytes().count(b"/Type /Page\n")


def texts_on(path: Path) -> int:
    """Count the pieces of text that are drawn in a PDF."""
    found = re.findall(rb"stream\r?\n(.*?)endstream", path.read_bytes(), re.DOTALL)
    return sum(_unpacked(each).count(b"\nBT\n") for each in found)


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def let_draw(thread: threading.Thread) -> None:
    """Let the window work until a thread has drawn.

    To connect or disconnect meanwhile, as pytest-qt's own waiting does all the time, can stop both
    for ever: Qt then holds a lock of its connections while PySide waits for the interpreter, which
    the drawing keeps while it waits for that lock.
    """
    end = time.monotonic() + 60
    while thread.is_alive() and time.monotonic() < end:
        QApplication.processEvents()
        thread.join(0.001)
    assert not thread.is_alive()


def written(path: Path, parts: list[str], qtbot: QtBot, *, head: str = "") -> Path:
    """Write as the window does: off its thread. The first part is the overview."""
    page = PageParts(parts[0], head, iter(parts[1:]))
    thread = threading.Thread(target=write_pdf, args=(path, "Title", page))
    thread.start()
    let_draw(thread)
    return path


def test_parts_share_a_page_until_it_is_full(tmp_path: Path, qtbot: QtBot) -> None:
    assert pages_of(written(tmp_path / "one.pdf", [LINE * 3] * 2, qtbot)) == 1
    assert pages_of(written(tmp_path / "more.pdf", [LINE * 3] * 20, qtbot)) > 1


def test_the_head_stands_above_the_rows_of_every_sheet(tmp_path: Path, qtbot: QtBot) -> None:
    path = written(tmp_path / "headed.pdf", [LINE] + [LINE * 4] * 30, qtbot, head="<p>Head</p>")
    assert pages_of(path) > 2
    assert texts_on(path) == 1 + 4 * 30 + pages_of(path)


def test_a_part_longer_than_a_page_goes_on_over_the_next(tmp_path: Path, qtbot: QtBot) -> None:
    short = written(tmp_path / "short.pdf", [LINE], qtbot)
    long = written(tmp_path / "long.pdf", [LINE, LINE * 200, LINE], qtbot)
    assert (pages_of(short), texts_on(short)) == (1, 1)
    assert pages_of(long) > 4
    # What begins on the next page is drawn at the foot of a page as well, outside its margins.
    assert 202 <= texts_on(long) <= 202 + pages_of(long)


def test_a_place_that_cant_be_written_is_said(tmp_path: Path, qapp: object) -> None:
    with pytest.raises(SheetError) as raised:
        write_pdf(tmp_path / "none" / "out.pdf", "Title", PageParts(LINE, "", iter(())))
    assert raised.value.problem is SheetProblem.OUTPUT_NO_FOLDER
    assert list(tmp_path.iterdir()) == []


LONGEST = 0.05  # seconds
TRIES = 3


def turns_while_drawn(path: Path, run: Run, qtbot: QtBot) -> list[Turn]:
    parts = results_parts(run, rows_a_part=ROWS_A_PART)
    thread = threading.Thread(target=write_pdf, args=(path, "Title", parts))
    heart = Heart()
    thread.start()
    let_draw(thread)
    heart.stop()
    return heart.turns


def test_the_window_lives_while_a_report_is_drawn(tmp_path: Path, qtbot: QtBot) -> None:
    """What counts is the work of the window's own thread between two beats of its heart."""
    run = run_with_all_outcomes(tmp_path, orders=600)
    longest = []
    for at in range(TRIES):
        turns = turns_while_drawn(tmp_path / f"{at}.pdf", run, qtbot)
        assert pages_of(tmp_path / f"{at}.pdf") > 10
        assert len(turns) > 5
        longest.append(max(turn.work for turn in turns))
        if longest[-1] < LONGEST:
            break
    else:
        pytest.fail(f"longest turns: {longest}")
    run.close()
