"""What earlier runs of this computer sent for the same lines of the same store."""

import json
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import Any

from cancel_desk.checks.earlier import EarlierSending, LineKey
from cancel_desk.checks.plan import Store
from cancel_desk.runs.deleted import kept_sendings
from cancel_desk.runs.history import SUFFIX, store_of
from cancel_desk.runs.outcome import Credit
from cancel_desk.runs.run_file import open_read_only

# SENDING is a call whose end the program did not live to see: nothing but its beginning has a time.
_SENT = """
SELECT line.po, line.line, units, state = 'cancelled', max(coalesce(time, ''), coalesce(began, '')),
    state != 'cancelled' AND coalesce(finding, '') != 'left_by_person'
FROM line LEFT JOIN call ON call.correlation_id = line.correlation_id
WHERE state IN ('cancelled', 'unknown', 'sending')
    AND line.po IN (SELECT value FROM json_each(?))
"""

_CREDITS = """
SELECT po, line, CAST(coalesce(json_extract(params, '$.units'), units) AS INTEGER), cancelled_before
FROM line WHERE state = 'cancelled' AND po IN (SELECT value FROM json_each(?))
"""


def earlier_sendings(
    folder: Path,
    store: Store,
    orders: Collection[str],
    *,
    among: Collection[Path] | None = None,
) -> dict[LineKey, EarlierSending]:
    """Return the latest sending of each line of these orders in any run of the store.

    One that is not settled goes before all others: it is the one to look up first.

    ``among`` are the files of the runs that have these orders, where that is known. A run that is
    open elsewhere, or no run at all, is passed over: the lock of the store keeps two runs from
    sending at once, and the orders themselves show what was cancelled. Of runs that were deleted,
    what they sent is still known; JournalError if that can't be read.
    """
    found = dict(kept_sendings(folder, store, orders))
    for path in sorted(folder.glob(f"*{SUFFIX}") if among is None else among):
        try:
            sent = _sent_in(path, store, orders)
        except (sqlite3.Error, LookupError):  # the latter: not as we wrote it
            continue
        for key, sending in sent.items():
            if key not in found or _weight(found[key]) <= _weight(sending):
                found[key] = sending
    return found


def credits_of(
    folder: Path,
    store: Store,
    orders: Collection[str],
    *,
    but: str,
    among: Collection[Path] | None = None,
) -> dict[LineKey, list[Credit]]:
    """Return the units of each line that runs of the store, all ``but`` one, count as theirs.

    ``among`` and what is passed over are as for :func:`earlier_sendings`; JournalError.
    """
    found: dict[LineKey, list[Credit]] = {}
    for key, sending in kept_sendings(folder, store, orders):
        if sending.confirmed and sending.run != but:
            found.setdefault(key, []).append(Credit(sending.units, None))
    for path in sorted(folder.glob(f"*{SUFFIX}") if among is None else among):
        if path.stem == but:
            continue
        try:
            rows = _rows(path, store, _CREDITS, orders)
        except (sqlite3.Error, LookupError):  # the latter: not as we wrote it
            continue
        for po, line, units, before in rows:
            found.setdefault(LineKey(po, line), []).append(Credit(units, before))
    return found


def _sent_in(path: Path, store: Store, orders: Collection[str]) -> dict[LineKey, EarlierSending]:
    return {
        LineKey(po, line): EarlierSending(path.stem, units, bool(confirmed), time, bool(unsettled))
        for po, line, units, confirmed, time, unsettled in _rows(path, store, _SENT, orders)
    }


def _rows(path: Path, store: Store, sql: str, orders: Collection[str]) -> list[tuple[Any, ...]]:
    """Return what a run's file tells of these orders; nothing if it is of another store."""
    with closing(open_read_only(path)) as connection:
        facts = dict(connection.execute("SELECT key, value FROM run"))
        then = store_of(facts)
        if then.place != store.place or not then.is_seller_of(store):
            return []
        return connection.execute(sql, (json.dumps(list(orders)),)).fetchall()


def _weight(sending: EarlierSending) -> tuple[bool, str]:
    return sending.unsettled, sending.time
