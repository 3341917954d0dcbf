"""An index of all runs, so that none need be opened to list or search them.

It is never the truth: it is made anew from the run files wherever one of them changed, and may be
thrown away at any time.
"""

import json
import os
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from cancel_desk.checks.plan import Store
from cancel_desk.runs.found_runs import FoundRuns
from cancel_desk.runs.history import SUFFIX, RunSummary, store_from, summary_object
from cancel_desk.runs.run_words import RunWords, read_run

_VERSION = 3
_AT_ONCE = 50
_LOOK_UP_SECONDS = 0.05
_SCHEMA = f"""
CREATE TABLE run (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, stamp TEXT NOT NULL, created TEXT NOT NULL,
    shown TEXT NOT NULL, summary TEXT NOT NULL, store TEXT NOT NULL
) STRICT;
CREATE TABLE word (
    text TEXT NOT NULL, run INTEGER NOT NULL, is_order INTEGER NOT NULL,
    PRIMARY KEY (text, run, is_order)
) STRICT, WITHOUT ROWID;
CREATE INDEX word_run ON word (run, text);
PRAGMA user_version = {_VERSION};
"""
# The text that stands behind every text that begins with the one looked for.
_BEYOND = chr(0x10FFFF)
# Each run is asked for one word: those of all runs that begin with one letter are a million.
_FOUND = """
SELECT id, summary FROM run
WHERE (:text = '' OR instr(shown, :text) > 0
       OR EXISTS (SELECT 1 FROM word WHERE run = n AND text >= :text AND text < :beyond))
    AND created >= :since AND created < :until
ORDER BY id DESC
"""
# Of a run that was in use whenever it was looked at, nobody knows which orders it has.
_WITH_ORDERS = """
SELECT id, store FROM run
WHERE n IN (SELECT run FROM word
            WHERE is_order AND text IN (SELECT value FROM json_each(:orders)))
    OR (store = '' AND stamp = 'in use')
"""


class LookingStopped(Exception):  # noqa: N818 - it reads as what happened
    """Whoever looked for runs, or through them, no longer wants to know."""


def never() -> bool:
    """Tell that what was asked is still wanted, as it is by whoever can't change their mind."""
    return False


@dataclass(frozen=True, slots=True)
class RunSearch:
    """What runs are wanted; everything left blank allows all.

    ``text`` is the beginning of an order number or SKU in the sheet, or any part of the store, the
    file's name, the run's id or its day (2026-11-27), in small or capital letters. The days are
    those on which runs began, in UTC; both count.
    """

    text: str = ""
    since: date | None = None
    until: date | None = None


class RunIndex:
    """The index of the run files in a folder; every method may be called from any thread."""

    def __init__(self, folder: Path, path: Path) -> None:
        """``folder`` holds the run files, ``path`` is the index's own file."""
        self._folder = folder
        self._path = path
        self._closed = threading.Event()
        self._lock = threading.Lock()

    def find(self, wanted: RunSearch, stopped: Callable[[], bool] = never) -> FoundRuns:
        """Return the runs that are wanted, the latest first; LookingStopped once ``stopped``."""
        text = _text(wanted)
        until = wanted.until + timedelta(days=1) if wanted.until else None
        with self._fresh(stopped) as db:
            rows = db.execute(
                _FOUND,
                {
                    "text": text,
                    "beyond": text + _BEYOND,
                    "since": wanted.since.isoformat() if wanted.since else "",
                    "until": until.isoformat() if until else _BEYOND,
                },
            ).fetchall()
        return FoundRuns(
            [run_id for run_id, _told in rows], (told for _, told in rows), self._folder
        )

    def with_orders(self, orders: Collection[str]) -> dict[Path, Store | None]:
        """Return the files of the runs that sent, or would send, anything for these orders.

        With each its store, or None where nothing is known of it: then it may have other orders.
        """
        asked = json.dumps([order.casefold() for order in orders])
        with self._fresh() as db:
            return {
                self._folder / f"{run_id}{SUFFIX}": store_from(json.loads(store)) if store else None
                for run_id, store in db.execute(_WITH_ORDERS, {"orders": asked}).fetchall()
            }

    def note(self, run: RunWords) -> None:
        """Take in a run that the caller has open, for others can't look into it.

        Where that can't be written down, they take it for one that may have any order.
        """
        with suppress(sqlite3.Error, OSError), self._lock, closing(self._open()) as db:
            db.execute("BEGIN IMMEDIATE")
            _put(db, "", run)
            db.execute("COMMIT")

    def close(self) -> None:
        """Have whoever is looking anew at the run files end with LookingStopped."""
        self._closed.set()

    @contextmanager
    def _fresh(self, stopped: Callable[[], bool] = never) -> Iterator[sqlite3.Connection]:
        """Give the index as the run files are now; where its own file fails, one in memory."""
        with self._turn(stopped):
            try:
                connection = self._refreshed(self._open(), stopped)
            except (sqlite3.Error, OSError):
                connection = sqlite3.connect(":memory:", isolation_level=None)
                connection.executescript(_SCHEMA)
                self._refreshed(connection, stopped)
        with closing(connection):
            yield connection

    @contextmanager
    def _turn(self, stopped: Callable[[], bool]) -> Iterator[None]:
        """Wait for whoever brings the index up to date: there is little to do after them."""
        while not self._lock.acquire(timeout=_LOOK_UP_SECONDS):
            self._check(stopped)
        try:
            yield
        finally:
            self._lock.release()

    def _check(self, stopped: Callable[[], bool]) -> None:
        if stopped() or self._closed.is_set():
            raise LookingStopped

    def _open(self) -> sqlite3.Connection:
        """Open the index's file; one that is damaged or of another version is begun anew."""
        with suppress(sqlite3.DatabaseError):
            connection = _connected(self._path)
            with _closed_if_it_fails(connection):
                if connection.execute("PRAGMA user_version").fetchone() == (_VERSION,):
                    return connection
            connection.close()
        self._path.unlink(missing_ok=True)
        connection = _connected(self._path)
        with _closed_if_it_fails(connection):
            connection.executescript(_SCHEMA)
        return connection

    def _refreshed(self, db: sqlite3.Connection, stopped: Callable[[], bool]) -> sqlite3.Connection:
        """Bring the index up to date and return it; it is closed where that fails."""
        with _closed_if_it_fails(db):
            found = _stamps(self._folder)
            known = dict(db.execute("SELECT id, stamp FROM run").fetchall())
            gone = known.keys() - found.keys()
            changed = [run_id for run_id, stamp in found.items() if known.get(run_id) != stamp]
            # The latest first, a few at a time: what was read stays, whatever happens to the rest.
            todo = [*gone, *sorted(changed, reverse=True)]
            for at in range(0, len(todo), _AT_ONCE):
                db.execute("BEGIN IMMEDIATE")
                try:
                    for run_id in todo[at : at + _AT_ONCE]:
                        self._check(stopped)
                        self._take(db, run_id, found.get(run_id))
                except LookingStopped:
                    db.execute("COMMIT")
                    raise
                db.execute("COMMIT")
        return db

    def _take(self, db: sqlite3.Connection, run_id: str, stamp: str | None) -> None:
        """Put into the index how a run is now; without a stamp it is gone."""
        if stamp is None:
            db.execute("DELETE FROM word WHERE run = (SELECT n FROM run WHERE id = ?)", (run_id,))
            db.execute("DELETE FROM run WHERE id = ?", (run_id,))
        else:
            _put(db, stamp, read_run(self._folder / f"{run_id}{SUFFIX}"))


def _connected(path: Path) -> sqlite3.Connection:
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # for this user only, like the runs
    connection = sqlite3.connect(path, isolation_level=None, timeout=5.0)
    with _closed_if_it_fails(connection):
        connection.execute("PRAGMA synchronous = OFF")  # what is lost is made anew
    return connection


@contextmanager
def _closed_if_it_fails(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _stamps(folder: Path) -> dict[str, str]:
    """Return what tells a state of each run's file from its other ones.

    A file with a log beside it is, or was when the program ended, being written to: it has no
    lasting state, so its stamp is blank, which no file that was indexed keeps.
    """
    stamps: dict[str, str] = {}
    written: set[str] = set()
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(SUFFIX):
                with suppress(FileNotFoundError):  # deleted just now
                    status = entry.stat()
                    stamps[entry.name.removesuffix(SUFFIX)] = (
                        f"{status.st_size} {status.st_mtime_ns}"
                    )
            elif entry.name.endswith(f"{SUFFIX}-wal"):
                written.add(entry.name.removesuffix(f"{SUFFIX}-wal"))
    return {run_id: "" if run_id in written else stamp for run_id, stamp in stamps.items()}


def is_wanted(found: RunWords, wanted: RunSearch) -> bool:
    """Tell of a single run what the index tells of all: whether it is wanted."""
    text, created = _text(wanted), found.summary.created[:10]
    return (
        text in _shown(found.summary)
        or any(word.startswith(text) for word in (*found.orders, *found.words))
    ) and (
        (wanted.since is None or created >= wanted.since.isoformat())
        and (wanted.until is None or created <= wanted.until.isoformat())
    )


def _text(wanted: RunSearch) -> str:
    return wanted.text.strip().casefold()


def _shown(summary: RunSummary) -> str:
    """Return what is searched through in any part of it."""
    day, name = summary.created[:10], Path(summary.source).name
    return f"{summary.id}\n{day}\n{summary.store}\n{name}".casefold()


def _put(db: sqlite3.Connection, stamp: str, found: RunWords) -> None:
    summary, store = found.summary, found.summary.confirmed_for
    [(number,)] = db.execute(
        """
        INSERT INTO run (id, stamp, created, shown, summary, store) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp, created = excluded.created,
            shown = excluded.shown, summary = excluded.summary,
            store = CASE excluded.store WHEN '' THEN store ELSE excluded.store END
        RETURNING n
        """,
        (
            summary.id,
            # Never the same as any file's own, so that it is read anew the next time.
            stamp or "in use",
            summary.created,
            _shown(summary),
            json.dumps(summary_object(summary)),
            json.dumps(asdict(store)) if store else "",
        ),
    ).fetchall()
    if summary.in_use:
        return  # it has the orders that it had: a run never gets others
    # A run that went on has the words it had, and writing them is what takes the time.
    kept = set(db.execute("SELECT text, is_order FROM word WHERE run = ?", (number,)).fetchall())
    words = {(text, 1) for text in found.orders} | {(text, 0) for text in found.words}
    for sql, changed in (
        ("DELETE FROM word WHERE text = ? AND is_order = ? AND run = ?", kept - words),
        ("INSERT INTO word (text, is_order, run) VALUES (?, ?, ?)", words - kept),
    ):
        db.executemany(sql, ((text, is_order, number) for text, is_order in changed))
