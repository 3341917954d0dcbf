"""One sending run per store for this user on this computer, whatever state folders they have.

A state folder that was copied knows nothing of the calls made from the other one since.
"""

import contextlib
import os
import sqlite3
import stat
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from cancel_desk.runs.journal import JournalError, RunInUse, open_exclusively

SETTLES: Final = 30.0
"""Seconds after which a reading surely shows a cancel: a run looks as long at its end."""

_SCHEMA = "CREATE TABLE IF NOT EXISTS sent_from (folder TEXT NOT NULL, ended REAL) STRICT"


class SentElsewhere(JournalError):  # noqa: N818 - it reads as what happened
    """Cancels were sent from another state folder just now; ``seconds`` until they surely show."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"sent from another folder, {seconds:.0f} s to wait")
        self.seconds = seconds


class NoLockPlace(JournalError):  # noqa: N818 - it reads as what was found
    """Nowhere could a lock be made that another state folder would meet; its text says why."""


class MachineLock:
    """Held while a run of a store is sending; the system lets go of it if the program dies."""

    def __init__(
        self,
        places: Sequence[Path],
        name: str,
        folder: Path,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``places`` are where locks may lie, the best first; ``folder`` is the one sent from."""
        self._places = places
        self._name = name
        self._folder = _identity(folder)
        self._clock = clock

    def take(self) -> Callable[[], None]:
        """Return what lets go of it; RunInUse, SentElsewhere, NoLockPlace."""
        connection = self._locked()
        try:
            self._check_other_folder(connection)
            _note(connection, self._folder, None)
        except sqlite3.Error as error:
            connection.close()
            raise NoLockPlace(str(error)) from error
        except BaseException:
            connection.close()
            raise

        def let_go() -> None:
            with contextlib.closing(connection), contextlib.suppress(sqlite3.Error):
                _note(connection, self._folder, self._clock())

        return let_go

    def _locked(self) -> sqlite3.Connection:
        """Lock in the first place that can be had: every copy of the program finds the same one."""
        why: Exception = OSError("no such place")
        for place in self._places:
            try:
                _make_private(place)
                return open_exclusively(place / f"{self._name}.lock")
            except RunInUse:
                raise
            except (OSError, JournalError) as error:
                why = error
        raise NoLockPlace(str(why)) from why

    def _check_other_folder(self, connection: sqlite3.Connection) -> None:
        """Let nothing be sent while a reading may not show what went from another folder.

        One whose program was killed is taken to have sent until now.
        """
        connection.execute(_SCHEMA)
        last = connection.execute("SELECT folder, ended FROM sent_from").fetchone()
        if last is None or last[0] == self._folder:
            return
        now = self._clock()
        if last[1] is None:
            _note(connection, last[0], now)
        # A clock that was set back must not keep the store closed for longer.
        passed = max(0.0, now - last[1]) if last[1] is not None else 0.0
        if passed < SETTLES:
            raise SentElsewhere(SETTLES - passed)


def _note(connection: sqlite3.Connection, folder: str, ended: float | None) -> None:
    connection.execute("BEGIN")
    connection.execute("DELETE FROM sent_from")
    connection.execute("INSERT INTO sent_from VALUES (?, ?)", (folder, ended))
    connection.execute("COMMIT")


def _identity(folder: Path) -> str:
    """Return what tells a folder from a copy of it, also from one that was put in its place."""
    found = folder.stat()
    return f"{folder.resolve()}\n{found.st_dev}\n{found.st_ino}"


def _make_private(place: Path) -> None:
    """Make a folder that nobody else can block or put anything into; OSError if it isn't ours."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = place.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(place)
    if sys.platform != "win32" and (found.st_uid != os.getuid() or found.st_mode & 0o022):
        raise PermissionError(f"{place} is open to others")
