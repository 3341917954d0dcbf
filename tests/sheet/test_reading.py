"""Reading in a process of its own: what arrives, what stops it, and what it leaves behind."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from cancel_desk.sheet.limits import DEFAULT_LIMITS, Limits
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.sheet.reading import read_sheet
from cancel_desk.sheet.rows import FileKind, Mark, Row, Source
from cancel_desk.texts.sheet import sheet_sentence
from sheet.files.unanswered import unanswered_path

WriteXlsx = Callable[..., Path]


def test_a_csv_arrives_as_raw_text(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text('PO#,Line#,Note\n001,1,"two\nlines"\n\n 1.2E+14 ,2\n', encoding="utf-8")
    sheet = read_sheet(path)
    assert sheet.source == Source(str(path), FileKind.TEXT, None, 1, "utf-8", ",")
    assert sheet.headers == ("PO#", "Line#", "Note")
    assert sheet.rows == (
        Row(1, 2, ("001", "1", "two\nlines")),
        Row(2, 4, (" 1.2E+14 ", "2", "")),
    )


def test_a_workbook_arrives_with_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "orders.xlsx"
    book = Workbook()
    page = book.create_sheet("Po Details", 0)
    for row in (["PO#", "Line#", "Qty"], ["0129114917403021", 1, 2], [], [12345678901234567, 2, 1]):
        page.append(row)
    book.save(path)
    sheet = read_sheet(path)
    assert sheet.source == Source(str(path), FileKind.XLSX, "Po Details", 1)
    assert sheet.rows[0] == Row(1, 2, ("0129114917403021", "1", "2"))
    assert (sheet.rows[1].number, sheet.rows[1].marks) == (4, ((0, Mark.ROUNDED),))


def test_rows_wider_than_the_header_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("PO#,Qty,,\n1,2,,\n3,4,,extra\n5\n")
    sheet = read_sheet(path)
    assert sheet.headers == ("PO#", "Qty", "", "")
    assert [row.cells for row in sheet.rows] == [
        ("1", "2", "", ""),
        ("3", "4", "", "extra"),
        ("5", "", "", ""),
    ]


def test_only_headers_give_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("PO#,Line#\n")
    assert read_sheet(path).rows == ()


def test_progress_counts_rows_up_to_the_last(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("PO#,Line#\n" + "1,2\n" * 25_000)
    told: list[int] = []
    sheet = read_sheet(path, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == len(sheet.rows) == 25_000
    assert len(set(told)) > 2
    assert [row.id for row in sheet.rows] == list(range(1, 25_001))


def test_cancelling_kills_the_child(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("PO#,Line#\n" + "1,2\n" * 200_000)
    running: list[int] = []

    def cancelled() -> bool:
        running.extend(child.pid or 0 for child in multiprocessing.active_children())
        return bool(running)

    with pytest.raises(SheetError) as caught:
        read_sheet(path, cancelled=cancelled)
    assert caught.value.problem is SheetProblem.CANCELLED
    assert running
    assert multiprocessing.active_children() == []
    with pytest.raises(ProcessLookupError):
        os.kill(running[0], 0)


def test_a_reading_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("PO#\n1\n")
    with pytest.raises(SheetError) as caught:
        read_sheet(path, limits=Limits(seconds=0.0))
    assert caught.value.problem is SheetProblem.TOO_SLOW
    assert multiprocessing.active_children() == []


@pytest.fixture
def unanswered(tmp_path: Path) -> Path:
    return unanswered_path(tmp_path)


def test_a_drive_that_never_answers_is_given_up(unanswered: Path) -> None:
    with pytest.raises(SheetError) as caught:
        read_sheet(unanswered, limits=Limits(seconds=1.0))
    assert caught.value.problem is SheetProblem.TOO_SLOW
    assert "network drive" in sheet_sentence(caught.value)
    assert multiprocessing.active_children() == []


def test_waiting_for_a_drive_can_be_stopped(unanswered: Path) -> None:
    asked: list[None] = []

    def cancelled() -> bool:
        asked.append(None)
        return len(asked) > 3

    with pytest.raises(SheetError) as caught:
        read_sheet(unanswered, cancelled=cancelled)
    assert caught.value.problem is SheetProblem.CANCELLED
    assert multiprocessing.active_children() == []


def test_a_child_that_dies_is_an_error_and_prints_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("PO#\n1\n")

    def kill() -> bool:
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)
        return False

    with pytest.raises(SheetError) as caught:
        read_sheet(path, cancelled=kill)
    assert caught.value.problem is SheetProblem.READER_STOPPED
    assert capfd.readouterr() == ("", "")


def test_a_native_reader_out_of_memory_is_an_error_and_prints_nothing(
    write_xlsx: WriteXlsx, capfd: pytest.CaptureFixture[str]
) -> None:
    near = '<row r="1"><c r="A1"><v>1</v></c></row>'
    far = '<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row>'
    path = write_xlsx(near + far)
    with pytest.raises(SheetError) as caught:
        read_sheet(path, limits=Limits(area=1 << 40))  # so that the guard lets it through
    assert caught.value.problem in {SheetProblem.READER_STOPPED, SheetProblem.OUT_OF_MEMORY}
    assert capfd.readouterr() == ("", "")


def test_problems_found_in_the_child_arrive_with_their_words(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text('PO#,Note\n1,fine\n2,"never closed\n3,x\n')
    with pytest.raises(SheetError) as caught:
        read_sheet(path)
    assert caught.value.problem is SheetProblem.UNCLOSED_QUOTE
    assert caught.value.params == {"line": 3}


def test_the_child_brings_no_heavy_library_for_a_text_file() -> None:
    code = (
        "import json, sys; import cancel_desk.sheet.reading; "
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = set(json.loads(done.stdout))
    assert not loaded & {"pandas", "numpy", "openpyxl", "python_calamine", "PySide6", "requests"}
    assert not loaded & {"zipfile", "html", "xml", "logging"}


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (MemoryError(), SheetProblem.OUT_OF_MEMORY),
        (ZeroDivisionError("a mistake of ours"), SheetProblem.READER_STOPPED),
    ],
)
def test_whatever_breaks_in_the_child_is_told(
    tmp_path: Path,
    problem_of: Callable[..., SheetError],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    problem: SheetProblem,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("cancel_desk.sheet.reader_process.find_rows", fail)
    caught = problem_of(tmp_path)
    assert caught.problem is problem
    assert str(error) in str(caught.params)


def test_a_process_that_can_not_be_started_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(multiprocessing.process.BaseProcess, "start", refuse)
    with pytest.raises(SheetError) as caught:
        read_sheet(tmp_path / "orders.csv")
    assert caught.value.problem is SheetProblem.READER_STOPPED


@pytest.mark.parametrize("more", [0, 1])
def test_a_million_rows_are_read_or_refused_but_never_half(tmp_path: Path, more: int) -> None:
    most = DEFAULT_LIMITS.rows
    path = tmp_path / "orders.csv"
    path.write_text("PO#\n" + "1\n" * (most - 1 + more) + "last\n")
    if more:
        with pytest.raises(SheetError) as caught:
            read_sheet(path)
        assert caught.value.problem is SheetProblem.TOO_MANY_ROWS
        assert caught.value.params == {"limit": most}
    else:
        rows = read_sheet(path).rows
        assert (len(rows), rows[-1]) == (most, Row(most, most + 1, ("last",)))
