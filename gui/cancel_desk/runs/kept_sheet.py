"""A sheet under review kept on disk with its edits, so that a crash loses none of them."""

import json
import secrets
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from cancel_desk.runs.journal import JournalError, RunInUse, open_exclusively, utc_now
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.reading import sheet_facts
from cancel_desk.sheet.rows import FileKind, Mark, RawSheet, Row, SheetFacts, Source
from cancel_desk.sheet.table import Table

_SUFFIX = ".sheet"
_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS sheet (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS row (
    position INTEGER PRIMARY KEY, id INTEGER NOT NULL, number INTEGER, cells TEXT NOT NULL,
    marks TEXT NOT NULL
) STRICT;
"""


class KeepingFailed(Exception):  # noqa: N818 - it reads as what happened
    """The sheet could not be written to disk; it is still in the window."""


class KeptSheetLost(Exception):  # noqa: N818 - it reads as what happened
    """What was kept of a sheet can't be read any more, or another window works on it."""


@dataclass(frozen=True, slots=True)
class SheetState:
    """A sheet at one moment; nothing in it changes while it is written.

    ``columns`` are those that the person's file has; ``answered`` says that the person looked at
    them. ``rows`` have the cells of all columns, those added here among them.
    """

    source: Source
    facts: SheetFacts
    headers: tuple[str, ...]
    columns: Mapping[Column, int]
    rows: tuple[Row, ...]
    answered: bool = False

    @classmethod
    def of(cls, table: Table, *, answered: bool = False) -> "SheetState":
        """Return the state of a table as it is now."""
        own = {column: at for column, at in table.columns.items() if table.has_own(column)}
        return cls(table.source, table.facts, table.headers, own, table.rows, answered)

    def own_rows(self) -> tuple[Row, ...]:
        """Return the rows with the cells of the person's own columns only."""
        width = len(self.headers)
        return tuple(
            Row(row.id, row.number, row.cells[:width], tuple(m for m in row.marks if m[0] < width))
            for row in self.rows
        )

    def table(self) -> Table:
        """Return the table anew; KeptSheetLost if its rows and columns don't fit together."""
        raw = RawSheet(self.source, self.headers, self.own_rows(), self.facts)
        table = Table(raw, self.columns)
        if any(len(row.cells) != table.width for row in self.rows):
            raise KeptSheetLost("rows of another width")
        table.replace_rows(self.rows)
        return table


class KeptNote(NamedTuple):
    """A sheet that was kept and is in no window now; ``saved`` is UTC in ISO 8601.

    ``source`` is the person's file, "" where there was none. Of one that is not ``readable`` only
    the file is known; ``saved`` is when that was written the last time.
    """

    path: Path
    source: str
    rows: int
    saved: str
    readable: bool = True


class KeptSheet:
    """One file, readable by this user only, and locked while a window works on it.

    Every method may be called from any thread. What is saved replaces what was there as a whole.
    """

    def __init__(self, path: Path) -> None:
        """The file is made when something is saved."""
        self.path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._ended = False

    @classmethod
    def new(cls, folder: Path) -> "KeptSheet":
        """Return a place for one more sheet."""
        return cls(folder / f"{secrets.token_hex(8)}{_SUFFIX}")

    def save(self, state: SheetState) -> None:
        """Write the sheet, unless it was deleted or left meanwhile; KeepingFailed."""
        with self._lock:
            if not self._ended:
                self._write(state)

    def save_and_leave(self, state: SheetState) -> None:
        """Write the sheet for the last time and let go of it, to be offered again; KeepingFailed.

        What was begun to be saved before and comes too late is not written over it.
        """
        with self._lock:
            try:
                self._write(state)
            finally:
                self._ended = True
                self._close()

    def _write(self, state: SheetState) -> None:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            db = self._opened()
            with db:
                db.execute("BEGIN IMMEDIATE")
                db.execute("DELETE FROM sheet")
                db.execute("DELETE FROM row")
                db.executemany("INSERT INTO sheet VALUES (?, ?)", _facts(state).items())
                db.executemany("INSERT INTO row VALUES (?, ?, ?, ?, ?)", _told(state.rows))
        except (OSError, sqlite3.Error, JournalError) as error:
            raise KeepingFailed(str(error)) from error

    def load(self) -> SheetState:
        """Return what was saved and keep the file locked; KeptSheetLost."""
        with self._lock:
            try:
                db = self._opened()
                facts = dict(db.execute("SELECT key, value FROM sheet"))
                rows = db.execute("SELECT id, number, cells, marks FROM row ORDER BY position")
                return _state(facts, rows)
            except (sqlite3.Error, JournalError, ValueError, KeyError, TypeError) as error:
                self._close()
                raise KeptSheetLost(str(error)) from error

    def note(self) -> KeptNote | None:
        """Return what was saved at a glance; None if nothing was, or a window works on it."""
        with self._lock:
            try:
                facts = dict(self._opened().execute("SELECT key, value FROM sheet"))
                if not facts:
                    return None
                return KeptNote(
                    self.path,
                    json.loads(facts["source"])["path"],
                    int(facts["rows"]),
                    facts["saved"],
                )
            except RunInUse:
                return None
            except (sqlite3.Error, JournalError, ValueError, KeyError, TypeError):
                return self._unreadable()
            finally:
                self._close()

    def _unreadable(self) -> KeptNote | None:
        try:
            written = datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
        except OSError:
            return None
        saved = written.strftime("%Y-%m-%dT%H:%M:%SZ")
        return KeptNote(self.path, "", 0, saved, readable=False)

    def delete(self) -> None:
        """Let go of the file and remove it; nothing is saved to it any more."""
        with self._lock:
            self._ended = True
            self._close()
            for path in (self.path, self.path.with_name(f"{self.path.name}-wal")):
                path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file and leave it where it is."""
        with self._lock:
            self._close()

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = open_exclusively(self.path)
            for statement in filter(str.strip, _SCHEMA.split(";")):
                self._connection.execute(statement)
        return self._connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def kept_sheets(folder: Path) -> list[KeptNote]:
    """Return the sheets that no window works on, the latest first; unreadable ones among them."""
    notes = [KeptSheet(path).note() for path in folder.glob(f"*{_SUFFIX}")]
    return sorted(filter(None, notes), key=lambda note: note.saved, reverse=True)


def _facts(state: SheetState) -> dict[str, str]:
    return {
        "version": str(_VERSION),
        "saved": utc_now(),
        "source": json.dumps(asdict(state.source)),
        "facts": json.dumps(asdict(state.facts)),
        "headers": json.dumps(state.headers),
        "columns": json.dumps(dict(state.columns)),
        "rows": str(len(state.rows)),
        "answered": json.dumps(state.answered),
    }


def _told(rows: tuple[Row, ...]) -> Iterator[tuple[object, ...]]:
    """Give row by row, so that the window's thread has its turns in between."""
    for position, row in enumerate(rows):
        marks = json.dumps(row.marks) if row.marks else ""
        yield (position, row.id, row.number, json.dumps(row.cells), marks)


def _state(facts: Mapping[str, str], rows: Iterator[tuple[Any, ...]]) -> SheetState:
    if facts["version"] != str(_VERSION):
        raise ValueError("written by another version")
    source: dict[str, Any] = json.loads(facts["source"])
    return SheetState(
        Source(**{**source, "kind": FileKind(source["kind"])}),
        sheet_facts(json.loads(facts["facts"])),
        tuple(json.loads(facts["headers"])),
        {Column(name): at for name, at in json.loads(facts["columns"]).items()},
        tuple(
            Row(
                row_id,
                number,
                tuple(json.loads(cells)),
                tuple((at, Mark(mark)) for at, mark in json.loads(marks or "[]")),
            )
            for row_id, number, cells, marks in rows
        ),
        json.loads(facts["answered"]),
    )
