"""Writing files so that each is either the complete new one or still the former one."""

import errno
import os
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from cancel_desk.sheet.problems import SheetError, SheetProblem

SHEETS = frozenset({".xlsx", ".csv"})
WEB_PAGES = frozenset({".html", ".htm"})


def check_writable(path: Path, kinds: Collection[str] = SHEETS) -> None:
    """Raise SheetError if a file could not be written to ``path``; nothing is left behind.

    ``kinds`` are the endings of names that are allowed. To be called before the first cancel is
    sent: afterwards there is a result to keep.
    """
    _check_name(path, kinds)
    try:
        if path.exists():
            with path.open("r+b"):  # fails where another program keeps the file locked
                pass
        trial = _trial_name(_place(path))
        with trial.open("xb"):
            pass
        trial.unlink()
    except OSError as error:
        raise _output_error(path, error) from error


def check_not_source(path: Path, source: Path) -> None:
    """Raise SheetError if a file to write is the person's own sheet, by whatever name."""
    try:
        same = path.exists() and source.exists() and path.samefile(source)
    except OSError as error:
        raise _output_error(path, error) from error
    if same:
        raise SheetError(SheetProblem.OUTPUT_IS_SOURCE, path=str(path))


@contextmanager
def replacing(path: Path, kinds: Collection[str] = SHEETS) -> Iterator[Path]:
    """Give a new file's path in the same folder; afterwards it takes the place of ``path``.

    Where ``path`` is a link, it is the file that it leads to which is replaced.

    If the block fails, ``path`` stays as it was. ``kinds`` are the endings of names that are
    allowed. Raises SheetError for what the system refuses.
    """
    _check_name(path, kinds)
    place = _place(path)
    trial = _trial_name(place).with_suffix(path.suffix)
    try:
        with trial.open("xb"):
            pass
        yield trial
        with trial.open("r+b") as file:
            os.fsync(file.fileno())
        trial.replace(place)
    except OSError as error:
        raise _output_error(path, error) from error
    finally:
        trial.unlink(missing_ok=True)


def _place(path: Path) -> Path:
    """Return where a file is written for a path: a link stays, and what it leads to is replaced."""
    return path.resolve() if path.is_symlink() else path


def _check_name(path: Path, kinds: Collection[str]) -> None:
    if path.is_dir():
        raise SheetError(SheetProblem.OUTPUT_IS_FOLDER, path=str(path))
    if path.suffix.casefold() not in kinds:
        raise SheetError(SheetProblem.OUTPUT_WRONG_KIND, path=str(path), kinds=sorted(kinds))
    if not path.parent.is_dir():
        raise SheetError(SheetProblem.OUTPUT_NO_FOLDER, path=str(path))


def _trial_name(path: Path) -> Path:
    return path.with_name(f".cancel-desk-{secrets.token_hex(6)}{path.suffix}")


def _output_error(path: Path, error: OSError) -> SheetError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return SheetError(SheetProblem.OUTPUT_DISK_FULL, path=str(path))
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return SheetError(SheetProblem.OUTPUT_NO_FOLDER, path=str(path))
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        # Where the folder itself lets us write, the file must be the one that is held.
        locked = path.exists() and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        problem = SheetProblem.OUTPUT_LOCKED if locked else SheetProblem.OUTPUT_NOT_WRITABLE
        return SheetError(problem, path=str(path))
    detail = error.strerror or str(error)
    return SheetError(SheetProblem.OUTPUT_FAILED, path=str(path), detail=detail)
