"""What runs that were deleted had sent: kept, so that nothing is cancelled twice for their loss.

Of a deleted run nothing else stays: no cell of its sheet, no file's name, nothing about a buyer.
"""

import json
import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from cancel_desk.checks.earlier import EarlierSending, LineKey
from cancel_desk.checks.plan import Store
from cancel_desk.runs.journal import JournalError
from cancel_desk.runs.outcome import RunLine, State

_NAME = "deleted.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS sent (
    run TEXT NOT NULL, store TEXT NOT NULL, market TEXT NOT NULL, address TEXT NOT NULL,
    seller TEXT NOT NULL, po TEXT NOT NULL, line TEXT NOT NULL, units INTEGER NOT NULL,
    confirmed INTEGER NOT NULL, time TEXT NOT NULL, PRIMARY KEY (po, line, run)
) STRICT
"""
_SENT = """
SELECT store, market, address, seller, run, po, line, units, confirmed, time FROM sent
WHERE po IN (SELECT value FROM json_each(?)) ORDER BY time
"""
_MAY_BE_SENT = frozenset({State.CANCELLED, State.UNKNOWN, State.SENDING})


def keep_sendings(
    folder: Path, run: str, facts: Mapping[str, str], lines: Collection[RunLine]
) -> None:
    """Write down what a run sent, before its file goes; JournalError if that fails."""
    store = [facts["store"], facts["market"], facts["address"], facts.get("seller", "")]
    sent = [
        (run, *store, line.po, line.line, line.units, line.state is State.CANCELLED, _time(line))
        for line in lines
        if line.state in _MAY_BE_SENT
    ]
    if not sent:
        return
    path = folder / _NAME
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(path, timeout=5.0)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            with connection:
                connection.execute(_SCHEMA)
                connection.executemany(
                    "INSERT OR REPLACE INTO sent VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", sent
                )
    except (OSError, sqlite3.Error) as error:
        raise JournalError(str(error)) from error


def kept_sendings(
    folder: Path, store: Store, orders: Collection[str]
) -> Iterator[tuple[LineKey, EarlierSending]]:
    """Yield what deleted runs of the store sent for these orders, the earliest first.

    JournalError if it can't be read: then nobody knows whether a line was sent before.
    """
    path = folder / _NAME
    if not path.is_file():
        return
    try:
        with closing(sqlite3.connect(path, timeout=5.0)) as connection:
            rows = connection.execute(_SENT, (json.dumps(list(orders)),)).fetchall()
    except sqlite3.Error as error:
        raise JournalError(str(error)) from error
    for name, market, address, seller, run, po, line, units, confirmed, time in rows:
        then = Store(name, market, "", address, seller)
        if then.place == store.place and then.is_seller_of(store):
            yield LineKey(po, line), EarlierSending(run, units, bool(confirmed), time)


def _time(line: RunLine) -> str:
    return line.outcome.time if line.outcome else ""
