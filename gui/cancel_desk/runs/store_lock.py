"""One sending run per store on this computer: two would not know of each other's calls."""

import contextlib
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from cancel_desk.checks.plan import Store
from cancel_desk.runs.journal import open_exclusively
from cancel_desk.runs.machine_lock import MachineLock


class StoreLock:
    """Held while a run of a store is sending; the system lets go of it if the program dies.

    It lies in the state folder, for whoever shares that, be it over a network; and in a place of
    this user on this computer, for whoever has a copy of that folder.
    """

    def __init__(self, folder: Path, store: Store, *, places: Sequence[Path]) -> None:
        """``folder`` is where runs are kept; ``places`` are those of :class:`MachineLock`.

        No places: no copy of the folder could reach the same store.
        """
        # A store whose keys were changed is told by each of them.
        names = ["\n".join((*store.place, each)) for each in store.sellers]
        digests = [hashlib.sha256(name.encode()).hexdigest()[:16] for name in names]
        self._paths = [folder / f"{digest}.lock" for digest in digests]
        self._beyond = [MachineLock(places, digest, folder) for digest in digests if places]
        self._held = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Take the lock; RunInUse if another run of this store is sending, SentElsewhere if one
        was just now from another folder, JournalError if there can't be a lock.
        """
        with contextlib.ExitStack() as held:
            for path in self._paths:
                held.callback(open_exclusively(path).close)
            for lock in self._beyond:
                held.callback(lock.take())
            self._held = held.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the lock."""
        self._held.close()
