"""Run files from elsewhere: only a whole run is taken in, and nothing in it can do harm."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cancel_desk.runs.handing_over import AlreadyHere, NotARun, take_in
from cancel_desk.runs.journal import JournalError
from outcomes_run import run_with_all_outcomes
from texts_of import sentence_of


@pytest.fixture
def handed(tmp_path: Path) -> Path:
    """A run as another computer hands it over."""
    there = tmp_path / "there"
    there.mkdir()
    run = run_with_all_outcomes(there, orders=2)
    path = tmp_path / "handed.run"
    path.touch()
    run.hand_over(path)
    run.close()
    return path


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


def changed(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def test_the_copy_is_one_file(handed: Path, here: Path) -> None:
    assert sorted(path.name for path in handed.parent.iterdir()) == ["handed.run", "here", "there"]
    run_id = take_in(here, handed)
    assert [path.stem for path in here.iterdir()] == [run_id]
    assert (here / f"{run_id}.run").stat().st_mode & 0o077 == 0


def test_a_run_that_is_here_already_is_not_replaced(handed: Path, here: Path) -> None:
    run_id = take_in(here, handed)
    before = (here / f"{run_id}.run").read_bytes()
    with pytest.raises(AlreadyHere) as caught:
        take_in(here, handed)
    assert run_id in sentence_of(caught.value)
    assert (here / f"{run_id}.run").read_bytes() == before


SPOILT: dict[str, Callable[[Path], object]] = {
    "no run": lambda path: path.write_text("no run"),
    "empty": lambda path: path.write_bytes(b""),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:9000]),
    "facts": lambda path: changed(path, "DELETE FROM run WHERE key = 'address'"),
    "state": lambda path: changed(path, "UPDATE line SET state = 'odd'"),
    "cells": lambda path: changed(path, "UPDATE row SET cells = '{'"),
    "trigger": lambda path: changed(
        path, "CREATE TRIGGER t AFTER UPDATE ON line BEGIN DELETE FROM line; END"
    ),
    "view": lambda path: changed(path, "DROP TABLE call", "CREATE VIEW call AS SELECT 1"),
    "version": lambda path: changed(path, "PRAGMA user_version = 99"),
    "path": lambda path: changed(path, "UPDATE run SET value = '../../x' WHERE key = 'run'"),
    "practice": lambda path: changed(path, "INSERT INTO run VALUES ('practice_state', '../../x')"),
    "seen": lambda path: changed(path, "INSERT OR REPLACE INTO run VALUES ('seen', '5')"),
    "dots": lambda path: changed(path, "INSERT INTO run VALUES ('practice_state', '..')"),
}


@pytest.mark.parametrize("spoil", SPOILT)
def test_anything_but_a_whole_run_is_refused(handed: Path, here: Path, spoil: str) -> None:
    SPOILT[spoil](handed)
    with pytest.raises(NotARun) as caught:
        take_in(here, handed)
    assert "not taken in" in sentence_of(caught.value)
    assert list(here.iterdir()) == []


def test_a_file_that_is_not_there_is_an_error(here: Path) -> None:
    with pytest.raises(JournalError):
        take_in(here, here / "none.run")
    assert list(here.iterdir()) == []
