"""One sending run per store on this computer: two would not know of each other's calls."""

import hashlib
import sqlite3
from pathlib import Path
from typing import Self

from cancel_desk.checks.plan import Store
from cancel_desk.runs.journal import open_exclusively


class StoreLock:
    """Held while a run of a store is sending; the system lets go of it if the program dies."""

    def __init__(self, folder: Path, store: Store) -> None:
        """``folder`` is where runs are kept: it is the same for every copy of the program."""
        name = f"{store.address}\n{store.market}\n{store.seller or store.name}"
        digest = hashlib.sha256(name.encode()).hexdigest()[:16]
        self._path = folder / f"{digest}.lock"
        self._held: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        """Take the lock; RunInUse if another run of this store is sending."""
        self._held = open_exclusively(self._path)
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the lock."""
        if self._held is not None:
            self._held.close()
