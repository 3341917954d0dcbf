"""One sending run per store on this computer: two would not know of each other's calls."""

import contextlib
import hashlib
from pathlib import Path
from typing import Self

from cancel_desk.checks.plan import Store
from cancel_desk.runs.journal import open_exclusively


class StoreLock:
    """Held while a run of a store is sending; the system lets go of it if the program dies."""

    def __init__(self, folder: Path, store: Store) -> None:
        """``folder`` is where runs are kept: it is the same for every copy of the program."""
        # A store whose keys were changed is told by each of them.
        names = [f"{store.address}\n{store.market}\n{each}" for each in store.sellers]
        digests = [hashlib.sha256(name.encode()).hexdigest()[:16] for name in names]
        self._paths = [folder / f"{digest}.lock" for digest in digests]
        self._held = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Take the lock; RunInUse if another run of this store is sending."""
        with contextlib.ExitStack() as held:
            for path in self._paths:
                held.callback(open_exclusively(path).close)
            self._held = held.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the lock."""
        self._held.close()
