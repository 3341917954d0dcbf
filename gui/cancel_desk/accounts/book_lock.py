"""One change of the list of accounts at a time, in this program and in every other copy of it."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

SECONDS = 10.0
"""How long a change is waited for: the other one may be waiting for its keyring."""


class BookLock:
    """Held while the list is changed; the system lets go of it if the program dies.

    Whoever holds it may take it again.
    """

    def __init__(self, path: Path, *, seconds: float = SECONDS) -> None:
        """``path`` is a file of its own beside the list, which stays empty."""
        self._path = path
        self._seconds = seconds
        self._here = threading.RLock()
        self._depth = 0

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold it; TimeoutError if another keeps it too long, OSError if there can't be one."""
        if not self._here.acquire(timeout=self._seconds):
            raise TimeoutError
        with contextlib.ExitStack() as ends:
            ends.callback(self._here.release)
            if self._depth == 0:
                ends.callback(self._against_others().close)
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1

    def _against_others(self) -> sqlite3.Connection:
        """Lock the file against other processes, by what works alike on every system."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.touch(mode=0o600)
        with contextlib.ExitStack() as ends:
            try:
                connection = sqlite3.connect(
                    self._path, isolation_level=None, timeout=self._seconds
                )
                ends.callback(connection.close)
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error as error:
                if "locked" in str(error):
                    raise TimeoutError from None
                raise OSError(0, str(error)) from error
            ends.pop_all()
        return connection
