"""The file of a run, where it is only read or deleted; its journal writes it."""

import sqlite3
from pathlib import Path


def remove_run_file(path: Path) -> None:
    """Delete a run's file and what SQLite keeps beside it, as far as they are there; OSError."""
    for end in ("", "-wal", "-shm"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)


def open_read_only(path: Path) -> sqlite3.Connection:
    """Open a run's file for reading; sqlite3.Error if it can't be, also later if it is locked."""
    # With mode=ro, SQLite could not remove the log that even a reader makes beside the file.
    connection = _looking(path, "mode=rw")
    try:
        connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error as error:
        if "locked" in str(error) or _has_log(path):
            return connection  # whoever reads is told
        # On a full disk no log can be made. With none beside it, the file is whole without one,
        # and nobody has it open, whose lock would have been met first.
        connection.close()
        connection = _looking(path, "mode=ro&immutable=1")
    return connection


def _looking(path: Path, mode: str) -> sqlite3.Connection:
    """Return a connection to a file, to be read in this mode of SQLite's addresses."""
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?{mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=0,
    )
    connection.execute("PRAGMA query_only = ON")
    return connection


def _has_log(path: Path) -> bool:
    """Tell whether a part of the run may stand in the log beside its file; an empty one is none."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except OSError:
        return False
