"""The report as a PDF: every part is on it, and the pages are turned as they fill."""

import math
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cancel_desk.report.web_page import PageParts
from cancel_desk.report.writing import results_parts
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.ui.flows.pdf_report import ROWS_A_PART, pdf_drawing
from cancel_desk.ui.in_turns import at_once
from cancel_desk.ui.session.background import Background
from outcomes_run import run_with_all_outcomes
from ui.person import LONG

Write = Callable[[Path, PageParts], Path]
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


@pytest.fixture
def background(qapp: object) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


@pytest.fixture
def written(background: Background, qtbot: QtBot) -> Write:
    """Write as the window does: drawn in its thread, a little in each turn."""

    def write(path: Path, page: PageParts) -> Path:
        saved: list[None] = []

        def save(write: Callable[[], None]) -> None:
            background.start(write, saved.append, fail)

        def fail(error: Exception) -> None:
            raise error

        background.start_here(pdf_drawing(path, "Title", page), save, fail)
        qtbot.waitUntil(lambda: bool(saved), timeout=LONG)
        return path

    return write


def page_of(overview: str, *rows: str, head: str = "") -> PageParts:
    return PageParts(overview, head, iter(rows))


def test_parts_share_a_page_until_it_is_full(tmp_path: Path, written: Write) -> None:
    assert pages_of(written(tmp_path / "one.pdf", page_of(*[LINE * 3] * 2))) == 1
    assert pages_of(written(tmp_path / "more.pdf", page_of(*[LINE * 3] * 20))) > 1


def test_the_head_stands_above_the_rows_of_every_sheet(tmp_path: Path, written: Write) -> None:
    page = page_of(LINE, *[LINE * 4] * 30, head="<p>Head</p>")
    path = written(tmp_path / "headed.pdf", page)
    assert pages_of(path) > 2
    assert texts_on(path) == 1 + 4 * 30 + pages_of(path)


def test_a_part_longer_than_a_page_goes_on_over_the_next(tmp_path: Path, written: Write) -> None:
    short = written(tmp_path / "short.pdf", page_of(LINE))
    long = written(tmp_path / "long.pdf", page_of(LINE, LINE * 200, LINE))
    assert (pages_of(short), texts_on(short)) == (1, 1)
    assert pages_of(long) > 4
    # What begins on the next page is drawn at the foot of a page as well, outside its margins.
    assert 202 <= texts_on(long) <= 202 + pages_of(long)


def test_a_place_that_cant_be_written_is_said(tmp_path: Path, qapp: object) -> None:
    write = at_once(pdf_drawing(tmp_path / "none" / "out.pdf", "Title", page_of(LINE)))
    with pytest.raises(SheetError) as raised:
        write()
    assert raised.value.problem is SheetProblem.OUTPUT_NO_FOLDER
    assert list(tmp_path.iterdir()) == []


def test_the_drawing_rests_after_each_part(tmp_path: Path, qapp: object) -> None:
    """Between two rests the window can answer: none is about more rows than a part has."""
    run = run_with_all_outcomes(tmp_path, orders=60)
    parts = list(results_parts(run, rows_a_part=ROWS_A_PART).rows)
    drawing = pdf_drawing(tmp_path / "out.pdf", "Title", page_of(LINE, *parts))
    assert sum(1 for _rest in drawing) == 1 + len(parts)
    assert len(parts) == math.ceil(len(run.results()) / ROWS_A_PART)
    run.close()


def test_a_window_that_closes_breaks_a_drawing_off(tmp_path: Path, background: Background) -> None:
    """Nothing is left of it, neither a file nor a painter on what is gone."""
    ended: list[object] = []
    page = page_of(LINE, *[LINE] * 10_000)
    background.start_here(pdf_drawing(tmp_path / "out.pdf", "", page), ended.append, ended.append)
    assert list(map(bool, (background.busy, ended))) == [True, False]
    background.close()
    QApplication.processEvents()
    assert ended == []
    assert list(tmp_path.iterdir()) == []
