"""Handing a run to another computer: its file, checked before it is taken in."""

import json
import os
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from cancel_desk.runs.history import SUFFIX
from cancel_desk.runs.journal import Journal, JournalError, RunInUse, utc_now
from cancel_desk.runs.results import row_results
from cancel_desk.runs.run_file import open_read_only

RUN_FILES = frozenset({SUFFIX})

_ID = re.compile(r"\d{4}-\d\d-\d\d-\d{6}-[0-9a-f]{4}")
_STATE_NAME = re.compile(r"[\w.-]{1,100}")
_TABLES = {("table", "run"), ("table", "row"), ("table", "line"), ("table", "call")}
_NEEDED = frozenset(
    {"created", "source", "headers", "store", "market", "environment", "address", "account"}
)
_ID_FACT = "run"


class NotARun(JournalError):  # noqa: N818 - it reads as what was found
    """A file is no whole run of this version of Cancel Desk."""


class AlreadyHere(JournalError):  # noqa: N818 - it reads as what was found
    """A run is on this computer already; its text is the run's id."""


def hand_over(journal: Journal, path: Path) -> None:
    """Write a copy of a run into an empty file at ``path``; JournalError.

    Wherever the copy goes, its name may change, so the run's id is written into it.
    """
    journal.copy_to(path)
    copy = Journal.open(path)
    copy.note(**{_ID_FACT: journal.path.stem})
    copy.close()


def take_in(folder: Path, path: Path) -> str:
    """Take a run that was handed over into the folder of runs; return its id.

    It is copied first and then checked, so that what was checked is what is kept. NotARun if it is
    anything but a whole run, AlreadyHere if this computer has it, JournalError.
    """
    trial = folder / f".taking-in-{os.getpid()}.part"
    try:
        os.close(os.open(trial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        shutil.copyfile(path, trial)
        run_id = _checked(trial, path.stem)
        place = folder / f"{run_id}{SUFFIX}"
        if place.exists():
            raise AlreadyHere(run_id)
        journal = Journal.open(trial)
        journal.note(imported=utc_now())
        journal.close()
        trial.rename(place)
    except RunInUse:
        raise
    except OSError as error:
        raise JournalError(str(error)) from error
    finally:
        for rest in (trial, *(trial.with_name(f"{trial.name}{end}") for end in ("-wal", "-shm"))):
            rest.unlink(missing_ok=True)
    return run_id


def _checked(path: Path, name: str) -> str:
    """Return the id of the run in a file; NotARun if not everything in it is as we write it."""
    try:
        _check_schema(path)
        journal = Journal.open_to_look(path)
        try:
            return _checked_run(journal, name)
        finally:
            journal.close()
    except (JournalError, sqlite3.Error, LookupError, ValueError, TypeError) as error:
        raise NotARun(str(error)) from error


def _check_schema(path: Path) -> None:
    """Refuse a file with anything that would run when it is read or written: triggers, views."""
    with closing(open_read_only(path)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        found = set(
            connection.execute(
                "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
            )
        )
        if found != _TABLES or connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise NotARun(path.name)


def _checked_run(journal: Journal, name: str) -> str:
    facts = journal.facts
    if not facts.keys() >= _NEEDED:
        raise NotARun(journal.path.name)
    # It names a file below the practice store's folder, and must not lead out of it.
    state = facts.get("practice_state", "state")
    if not _STATE_NAME.fullmatch(state) or state.strip(".") == "":
        raise NotARun(journal.path.name)
    set(map(tuple, json.loads(facts.get("seen", "[]"))))  # as it is read when the run is sent
    row_results(journal.rows(), journal.lines())
    run_id = facts.get(_ID_FACT, name)
    if not _ID.fullmatch(run_id):
        raise NotARun(journal.path.name)
    return run_id
