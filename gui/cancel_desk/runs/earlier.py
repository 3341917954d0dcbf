"""What earlier runs of this computer sent for the same lines of the same store."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from cancel_desk.checks.earlier import EarlierSending, LineKey
from cancel_desk.checks.plan import Store
from cancel_desk.runs.deleted import kept_sendings
from cancel_desk.runs.history import SUFFIX, store_of
from cancel_desk.runs.journal import JournalError
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


class OpenElsewhere(JournalError):  # noqa: N818 - it reads as what was found
    """A run that may have sent the same lines is open in another process; its text is its id."""


def earlier_sendings(
    folder: Path,
    store: Store,
    orders: Collection[str],
    *,
    but: str = "",
    among: Mapping[Path, Store | None] | None = None,
) -> dict[LineKey, EarlierSending]:
    """Return the latest sending of each line of these orders in any run of the store.

    One that is not settled goes before all others: it is the one to look up first.

    ``but`` is the id of a run that is not asked. ``among`` are the files of the runs that have
    these orders, with their stores, as far as that is known. OpenElsewhere where such a run of
    this store is open in another process: a part of a line that it cancelled may not show yet, and
    the same part again would be one too many. What is no run at all is passed over. Of runs that
    were deleted, what they sent is still known; JournalError if that can't be read.
    """
    found = dict(kept_sendings(folder, store, orders))
    for path, rows in _in_runs(folder, store, _SENT, orders, but=but, among=among):
        for po, line, units, confirmed, time, unsettled in rows:
            key = LineKey(po, line)
            sending = EarlierSending(path.stem, units, bool(confirmed), time, bool(unsettled))
            if key not in found or _weight(found[key]) <= _weight(sending):
                found[key] = sending
    return found


def credits_of(
    folder: Path,
    store: Store,
    orders: Collection[str],
    *,
    but: str,
    among: Mapping[Path, Store | None] | None = None,
) -> dict[LineKey, list[Credit]]:
    """Return the units of each line that runs of the store, all ``but`` one, count as theirs.

    ``among``, what is raised and what is passed over are as for :func:`earlier_sendings`.
    """
    found: dict[LineKey, list[Credit]] = {}
    for key, sending in kept_sendings(folder, store, orders):
        if sending.confirmed and sending.run != but:
            found.setdefault(key, []).append(Credit(sending.units, None))
    for _path, rows in _in_runs(folder, store, _CREDITS, orders, but=but, among=among):
        for po, line, units, before in rows:
            found.setdefault(LineKey(po, line), []).append(Credit(units, before))
    return found


def _in_runs(
    folder: Path,
    store: Store,
    sql: str,
    orders: Collection[str],
    *,
    but: str,
    among: Mapping[Path, Store | None] | None,
) -> Iterator[tuple[Path, list[tuple[Any, ...]]]]:
    """Yield the file of each run, and what it tells of these orders; OpenElsewhere."""
    if among is None:
        among = dict.fromkeys(folder.glob(f"*{SUFFIX}"))
    for path in sorted(among):
        if path.stem == but:
            continue
        try:
            yield path, _rows(path, store, sql, orders)
        except (sqlite3.Error, LookupError) as error:  # the latter: not as we wrote it
            known = among[path]
            if "locked" in str(error) and (known is None or _same(known, store)):
                raise OpenElsewhere(path.stem) from error


def _rows(path: Path, store: Store, sql: str, orders: Collection[str]) -> list[tuple[Any, ...]]:
    """Return what a run's file tells of these orders; nothing if it is of another store."""
    with closing(open_read_only(path)) as connection:
        facts = dict(connection.execute("SELECT key, value FROM run"))
        if not _same(store_of(facts), store):
            return []
        return connection.execute(sql, (json.dumps(list(orders)),)).fetchall()


def _same(then: Store, store: Store) -> bool:
    return then.place == store.place and then.is_seller_of(store)


def _weight(sending: EarlierSending) -> tuple[bool, str]:
    return sending.unsettled, sending.time
