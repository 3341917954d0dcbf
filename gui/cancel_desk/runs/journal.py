"""The journal of one run: one SQLite file, written before and after each call."""

import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from cancel_desk.checks.earlier import LineKey
from cancel_desk.checks.issues import Code, Issue
from cancel_desk.checks.plan import Request
from cancel_desk.runs.journal_rows import (
    issues,
    issues_text,
    new_line,
    outcome_columns,
    parsed,
    run_lines,
)
from cancel_desk.runs.judge import Seen
from cancel_desk.runs.outcome import Credit, Finding, Outcome, RunLine, State
from cancel_desk.runs.run_file import open_read_only, remove_run_file

_SCHEMA = """
CREATE TABLE run (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE row (
    id INTEGER PRIMARY KEY, position INTEGER NOT NULL, number INTEGER, cells TEXT NOT NULL,
    left_out TEXT NOT NULL
) STRICT;
CREATE TABLE line (
    id INTEGER PRIMARY KEY, request INTEGER NOT NULL, po TEXT NOT NULL, row_id INTEGER NOT NULL,
    line TEXT NOT NULL, units INTEGER NOT NULL, reason TEXT NOT NULL, sku TEXT NOT NULL,
    state TEXT NOT NULL, finding TEXT, params TEXT, words TEXT, status INTEGER,
    correlation_id TEXT, time TEXT, cancelled_before INTEGER, open_before INTEGER
) STRICT;
CREATE TABLE call (
    correlation_id TEXT PRIMARY KEY, po TEXT NOT NULL, lines TEXT NOT NULL, began TEXT NOT NULL,
    ended TEXT, status INTEGER, words TEXT
) STRICT;
"""
_SCHEMA_VERSION = 1
# What was seen before the first call whose fate is unknown stays, so that whatever that call
# cancelled is still counted as ours. UNKNOWN lines are claimed only after they were looked up.
_CLAIM = """
UPDATE line SET
    cancelled_before = CASE state WHEN 'unknown' THEN cancelled_before ELSE :cancelled END,
    open_before = CASE state WHEN 'unknown' THEN open_before ELSE :open END,
    state = 'sending', correlation_id = :correlation_id
WHERE id = :id AND state IN ('pending', 'unsent', 'unknown')
"""
_RECORD = """
UPDATE line SET
    state = :state, finding = :finding, params = :params, words = :words, status = :status,
    correlation_id = CASE :correlation_id WHEN '' THEN correlation_id ELSE :correlation_id END,
    time = :time
WHERE id = :id
"""


class JournalError(Exception):
    """The run file can't be read or written; nothing may be sent without it."""


class RunInUse(JournalError):  # noqa: N818 - it reads as what happened
    """Another copy of the program has the run open."""


class ClaimLost(JournalError):  # noqa: N818 - it reads as what happened
    """A line was not in the state it was about to be sent from: it must not be sent."""


class RunNotBegun(JournalError):  # noqa: N818 - it reads as what happened
    """A new run could not be written: nothing was sent, and no file of it is left."""


class RunFileGone(JournalError):  # noqa: N818 - it reads as what happened
    """The run's file was deleted or replaced while it was open: nobody would find what is sent."""


class SheetRow(NamedTuple):
    """A row of the person's sheet as the run keeps it: the columns that are written back.

    ``left_out`` are the issues that kept it from being sent; empty for rows that have lines.
    """

    id: int
    number: int | None
    cells: tuple[str, ...]
    left_out: tuple[Issue, ...] = ()

    @property
    def already_cancelled(self) -> bool:
        """Whether the row was left out because there was nothing left to do."""
        return any(issue.code is Code.ALREADY_CANCELLED for issue in self.left_out)


def utc_now() -> str:
    """Return the time in UTC as ISO 8601 to the second, ending in Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Journal:
    """The only writer of a run's file, locked against every other process while it is open."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Use :meth:`create` or :meth:`open` instead."""
        self.path = path
        self._connection = connection
        self._lock = threading.Lock()
        self._file = _identity(path)
        self._elsewhere: Mapping[LineKey, Sequence[Credit]] = {}

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        facts: Mapping[str, str],
        rows: Iterable[SheetRow],
        requests: Sequence[Request],
    ) -> "Journal":
        """Write a new run, readable by this user only, every line PENDING; RunNotBegun."""
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except OSError as error:
            raise RunNotBegun(str(error)) from error
        try:
            journal = cls(path, open_exclusively(path))
            try:
                journal._fill(facts, rows, requests)
            except BaseException:
                journal.close()
                raise
        except BaseException as error:
            remove_run_file(path)
            if isinstance(error, JournalError):
                raise RunNotBegun(str(error)) from error
            raise
        return journal

    def _fill(
        self, facts: Mapping[str, str], rows: Iterable[SheetRow], requests: Sequence[Request]
    ) -> None:
        """Write what a new run is made of into its empty file, all of it or nothing."""
        with self._writing() as db:
            for statement in filter(str.strip, _SCHEMA.split(";")):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
            db.executemany("INSERT INTO run VALUES (?, ?)", facts.items())
            db.executemany(
                "INSERT INTO row VALUES (?, ?, ?, ?, ?)",
                (
                    (row.id, at, row.number, json.dumps(row.cells), issues_text(row.left_out))
                    for at, row in enumerate(rows)
                ),
            )
            db.executemany(
                "INSERT INTO line (request, po, row_id, line, units, reason, sku, state,"
                " cancelled_before) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    new_line(at, request.po, line)
                    for at, request in enumerate(requests)
                    for line in request.lines
                ),
            )

    @classmethod
    def open(cls, path: Path) -> "Journal":
        """Open a run; a line that was being sent when the program ended becomes UNKNOWN.

        RunInUse if another process has it, JournalError if it is no run file.
        """
        if not path.is_file():
            raise JournalError(f"no run file at {path}")
        journal = cls(path, open_exclusively(path))
        try:
            journal._check_version()
            journal.end_interrupted()
        except JournalError:
            journal.close()
            raise
        return journal

    @classmethod
    def open_to_look(cls, path: Path) -> "Journal":
        """Open a run for reading alone, beside anybody else who only reads it.

        A call that the program did not live to see the end of is still SENDING in it. RunInUse if
        another process works on it, JournalError if it is no run file.
        """
        try:
            journal = cls(path, open_read_only(path))
        except sqlite3.Error as error:
            raise JournalError(str(error)) from error
        try:
            journal._check_version()
        except JournalError as error:
            journal.close()
            if "locked" in str(error):
                raise RunInUse(str(error)) from error
            raise
        return journal

    def close(self) -> None:
        """Close the file and let go of its lock."""
        with self._lock:
            self._connection.close()

    def copy_to(self, path: Path) -> None:
        """Write a whole copy of the run into a file that is empty so far; JournalError."""
        with self._lock:
            try:
                with closing(sqlite3.connect(path)) as copy:
                    self._connection.backup(copy)
            except sqlite3.Error as error:
                raise JournalError(str(error)) from error

    @property
    def facts(self) -> dict[str, str]:
        """What the run is: store, source file, times, program version."""
        return dict(self._read("SELECT key, value FROM run"))

    def note(self, **facts: str) -> None:
        """Add facts to the run, or replace them."""
        with self._writing() as db:
            db.executemany("INSERT OR REPLACE INTO run VALUES (?, ?)", facts.items())

    def rows(self) -> list[SheetRow]:
        """Return the rows of the sheet in their order."""
        found = self._read("SELECT id, number, cells, left_out FROM row ORDER BY position")
        every = parsed(cells for _id, _number, cells, _left_out in found)
        return [
            SheetRow(row_id, number, tuple(cells), issues(row_id, left_out))
            for (row_id, number, _text, left_out), cells in zip(found, every, strict=True)
        ]

    def lines(self) -> list[RunLine]:
        """Return every line of every request, in sending order."""
        return self._told(run_lines(self._read("SELECT * FROM line ORDER BY id")))

    def lines_of(self, line_ids: Iterable[int]) -> list[RunLine]:
        """Return these lines as they stand now."""
        select = "SELECT * FROM line WHERE id = ?"
        return self._told(run_lines([self._read(select, line_id)[0] for line_id in line_ids]))

    def tell_elsewhere(self, recorded: Mapping[LineKey, Sequence[Credit]]) -> None:
        """Have the lines say from now on what other runs cancelled of them; it is not written."""
        self._elsewhere = recorded

    def _told(self, lines: list[RunLine]) -> list[RunLine]:
        if not self._elsewhere:
            return lines
        keys = [LineKey(line.po, line.line) for line in lines]
        return [
            replace(line, elsewhere=tuple(self._elsewhere[key])) if key in self._elsewhere else line
            for key, line in zip(keys, lines, strict=True)
        ]

    def claim(self, seen: Mapping[int, Seen], *, po: str, correlation_id: str) -> None:
        """Write down that a call for these lines begins now; ClaimLost if any may not be sent.

        RunFileGone if what is written here could not be found again.
        """
        if _identity(self.path) != self._file:
            raise RunFileGone(self.path.name)
        with self._writing() as db:
            for line_id, units in seen.items():
                changed = db.execute(
                    _CLAIM,
                    {
                        "id": line_id,
                        "cancelled": units.cancelled,
                        "open": units.open,
                        "correlation_id": correlation_id,
                    },
                )
                if changed.rowcount != 1:
                    raise ClaimLost(f"line {line_id} of order {po} is not waiting to be sent")
            db.execute(
                "INSERT INTO call (correlation_id, po, lines, began) VALUES (?, ?, ?, ?)",
                (correlation_id, po, json.dumps(sorted(seen)), utc_now()),
            )

    def end_interrupted(self) -> None:
        """Take the calls that nobody waits for any more as what they are: UNKNOWN."""
        with self._writing() as db:
            db.execute(
                "UPDATE line SET state = ?, finding = ?, params = '{}',"
                " time = coalesce((SELECT began FROM call"
                " WHERE call.correlation_id = line.correlation_id), time) WHERE state = ?",
                (State.UNKNOWN, Finding.INTERRUPTED, State.SENDING),
            )

    def end_call(self, correlation_id: str, *, status: int | None, words: str) -> None:
        """Write down how a call ended."""
        with self._writing() as db:
            db.execute(
                "UPDATE call SET ended = ?, status = ?, words = ? WHERE correlation_id = ?",
                (utc_now(), status, words, correlation_id),
            )

    def record(self, outcomes: Mapping[int, Outcome]) -> list[RunLine]:
        """Write outcomes in one commit and return the lines as they stand then."""
        stamped = {
            key: replace(each, time=each.time or utc_now()) for key, each in outcomes.items()
        }
        with self._writing() as db:
            db.executemany(
                _RECORD, [{"id": key, **outcome_columns(each)} for key, each in stamped.items()]
            )
        return self.lines_of(outcomes)

    def decide(self, line: RunLine, outcome: Outcome) -> bool:
        """Write what a person decided of a line as they saw it; False if it stands differently."""
        with self._writing() as db:
            found = db.execute("SELECT * FROM line WHERE id = ?", (line.id,)).fetchall()
            if run_lines(found) != [line]:
                return False
            stamped = replace(outcome, time=utc_now())
            db.execute(_RECORD, {"id": line.id, **outcome_columns(stamped)})
        return True

    def _check_version(self) -> None:
        if self._read("PRAGMA user_version") != [(_SCHEMA_VERSION,)]:
            raise JournalError(f"{self.path.name} was written by another version of Cancel Desk")

    def _read(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                raise JournalError(str(error)) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, on disk when the block ends, undone when it fails."""
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException as error:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise JournalError(str(error)) from error
                raise


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from any other that is put in its place; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def open_exclusively(path: Path) -> sqlite3.Connection:
    """Open a file with a lock that the system lets go of even if the program is killed.

    RunInUse if another process has it, JournalError if it can't be opened.
    """
    try:
        path.touch(mode=0o600)
        connection = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, timeout=0.5
        )
    except (OSError, sqlite3.Error) as error:
        raise JournalError(str(error)) from error
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        connection.close()
        if "locked" in str(error):
            raise RunInUse(str(error)) from error
        raise JournalError(str(error)) from error
    return connection
