"""What earlier runs of this computer sent for the same lines of the same store."""

import json
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from cancel_desk.checks.earlier import EarlierSending, LineKey
from cancel_desk.checks.plan import Store
from cancel_desk.runs.history import SUFFIX, store_of
from cancel_desk.runs.journal import open_read_only

# SENDING is a call whose end the program did not live to see.
_SENT = """
SELECT po, line, units, state = 'cancelled', coalesce(time, '') FROM line
WHERE state IN ('cancelled', 'unknown', 'sending')
    AND po IN (SELECT value FROM json_each(?))
"""


def earlier_sendings(
    folder: Path, store: Store, orders: Collection[str]
) -> dict[LineKey, EarlierSending]:
    """Return the latest sending of each line of these orders in any run of the store.

    A run that is open elsewhere, or no run at all, is passed over: the lock of the store keeps
    two runs from sending at once, and the orders themselves show what was cancelled.
    """
    found: dict[LineKey, EarlierSending] = {}
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            found |= _sent_in(path, store, orders)
        except (sqlite3.Error, LookupError):  # the latter: not as we wrote it
            continue
    return found


def _sent_in(path: Path, store: Store, orders: Collection[str]) -> dict[LineKey, EarlierSending]:
    with closing(open_read_only(path)) as connection:
        facts = dict(connection.execute("SELECT key, value FROM run"))
        then = store_of(facts)
        if (then.address, then.market) != (store.address, store.market):
            return {}
        if not then.is_seller_of(store):
            return {}
        rows = connection.execute(_SENT, (json.dumps(list(orders)),))
        return {
            LineKey(po, line): EarlierSending(path.stem, units, bool(confirmed), time)
            for po, line, units, confirmed, time in rows
        }
