"""A sheet kept on disk: whole, its own user's, and nobody's while a window works on it."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import HEADERS, PO, table
from cancel_desk.checks.review import Review
from cancel_desk.runs.kept_sheet import (
    KeepingFailed,
    KeptSheet,
    KeptSheetLost,
    SheetState,
    kept_sheets,
)
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.edits import InsertRows, RemoveRows
from cancel_desk.sheet.leaving_out import leave_out
from cancel_desk.sheet.rows import Mark
from cancel_desk.sheet.table import Table

MARKS = {(1, 0): Mark.ROUNDED}


def edited() -> Table:
    """A sheet without a reason column, with a row left out, one gone, and one put in."""
    made = table(
        (PO, "1", "A"),
        (PO, "2", "B"),
        (PO, "3", "=C"),
        headers=HEADERS[:3],
        marks=MARKS,
        hidden=(3,),
    )
    made.apply(leave_out(made, {1: "so."}))
    made.apply(RemoveRows((3,)))
    made.apply(InsertRows(((1, made.new_row((PO, "4", "", "", "oos"))),)))
    return made


def kept(folder: Path, made: Table | None = None) -> KeptSheet:
    sheet = KeptSheet.new(folder)
    sheet.save(SheetState.of(edited() if made is None else made, answered=True))
    return sheet


def test_the_same_sheet_comes_back_with_edits_columns_and_facts(tmp_path: Path) -> None:
    made = edited()
    sheet = kept(tmp_path, made)
    sheet.close()
    state = KeptSheet(sheet.path).load()
    found = state.table()
    assert state.answered
    assert (found.rows, found.columns, found.headers) == (made.rows, made.columns, made.headers)
    assert (found.source, found.facts) == (made.source, made.facts)
    assert not found.has_own(Column.REASON)
    ours, theirs = Review(made, "US"), Review(found, "US")
    assert [ours.issues(row.id) for row in made.rows] == [
        theirs.issues(row.id) for row in found.rows
    ]
    assert found.new_row().id not in {row.id for row in made.rows}
    assert state.own_rows()[0].cells == (PO, "1", "A")


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.text(), min_size=5, max_size=5), max_size=5))
def test_any_text_comes_back(tmp_path: Path, rows: list[list[str]]) -> None:
    made = table(*(tuple(row) for row in rows))
    sheet = kept(tmp_path, made)
    assert KeptSheet.load(sheet).table().rows == made.rows
    sheet.delete()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other means")
def test_only_this_user_can_read_it(tmp_path: Path) -> None:
    sheet = kept(tmp_path / "sheets")
    for path in (tmp_path / "sheets").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    assert stat.S_IMODE((tmp_path / "sheets").stat().st_mode) == 0o700
    sheet.delete()


def test_what_a_window_works_on_is_offered_to_no_other(tmp_path: Path) -> None:
    sheet = kept(tmp_path)
    assert kept_sheets(tmp_path) == []
    with pytest.raises(KeptSheetLost):
        KeptSheet(sheet.path).load()
    sheet.close()
    [note] = kept_sheets(tmp_path)
    assert (note.path, note.source, note.rows) == (sheet.path, "orders.csv", 3)
    assert note.saved.endswith("Z")


def test_a_deleted_sheet_stays_deleted(tmp_path: Path) -> None:
    sheet = kept(tmp_path)
    sheet.delete()
    sheet.save(SheetState.of(edited(), answered=False))
    assert list(tmp_path.iterdir()) == []
    sheet.delete()


def test_what_comes_too_late_is_not_written_over_the_last_edits(tmp_path: Path) -> None:
    earlier, latest = edited(), edited()
    latest.apply(RemoveRows((1,)))
    sheet = kept(tmp_path, earlier)
    sheet.save_and_leave(SheetState.of(latest))
    sheet.save(SheetState.of(earlier))
    (note,) = kept_sheets(tmp_path)
    again = KeptSheet(note.path)
    assert again.load().table().rows == latest.rows
    again.close()


def test_a_save_that_fails_leaves_the_one_before(tmp_path: Path) -> None:
    made = edited()
    sheet = kept(tmp_path, made)
    broken = table((PO, "1", "", "", "\ud800"))
    row = broken.at(0)
    broken.replace_rows([type(row)(row.id, 2**70, row.cells)])  # no such number fits a file
    with pytest.raises((KeepingFailed, OverflowError)):
        sheet.save(SheetState.of(broken, answered=False))
    assert sheet.load().table().rows == made.rows
    sheet.close()


def test_a_folder_that_can_not_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "sheets").write_text("a file")
    with pytest.raises(KeepingFailed):
        kept(tmp_path / "sheets")


@pytest.mark.parametrize(
    "spoil",
    [
        "DELETE FROM sheet",
        "UPDATE sheet SET value = '9' WHERE key = 'version'",
        "UPDATE sheet SET value = '{' WHERE key = 'headers'",
        "UPDATE row SET cells = '[1'",
    ],
)
def test_a_spoilt_file_is_said_to_be_lost(tmp_path: Path, spoil: str) -> None:
    sheet = kept(tmp_path)
    sheet.close()
    with sqlite3.connect(sheet.path) as db:
        db.execute(spoil)
    db.close()
    with pytest.raises(KeptSheetLost):
        KeptSheet(sheet.path).load()


def test_rows_that_do_not_fit_the_columns_are_lost(tmp_path: Path) -> None:
    sheet = kept(tmp_path)
    sheet.close()
    with sqlite3.connect(sheet.path) as db:
        db.execute("UPDATE row SET cells = '[\"1\"]' WHERE position = 0")
    db.close()
    again = KeptSheet(sheet.path)
    state = again.load()
    with pytest.raises(KeptSheetLost):
        state.table()
    again.close()


def test_noise_is_named_and_can_be_removed(tmp_path: Path) -> None:
    path = tmp_path / "noise.sheet"
    path.write_bytes(b"x" * 5000)
    [note] = kept_sheets(tmp_path)
    assert (note.path, note.source, note.readable) == (path, "", False)
    assert note.saved.endswith("Z")
    KeptSheet(note.path).delete()
    assert kept_sheets(tmp_path) == []


def test_a_file_without_a_sheet_is_not_offered(tmp_path: Path) -> None:
    (tmp_path / "empty.sheet").touch()
    assert kept_sheets(tmp_path) == []
