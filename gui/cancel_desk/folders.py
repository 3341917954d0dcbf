"""Where Cancel Desk keeps its state: one folder, readable by this user only."""

import os
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import ctypes
else:
    import pwd

_LOCKS: Final = "cancel-desk-locks"


@dataclass(frozen=True, slots=True)
class Folders:
    """The state folder and what lies in it; :meth:`create` makes what is missing."""

    root: Path

    @property
    def runs(self) -> Path:
        """One file per run."""
        return self.root / "runs"

    @property
    def practice(self) -> Path:
        """What the practice store has cancelled, one file per visit."""
        return self.root / "practice"

    @property
    def sheets(self) -> Path:
        """Sheets under review with their edits, for the case of a crash; one file each."""
        return self.root / "sheets"

    @property
    def accounts(self) -> Path:
        """Names and addresses of accounts; their secrets are in the system's keyring."""
        return self.root / "accounts.json"

    @property
    def layouts(self) -> Path:
        """What was answered about the columns of sheets, by their headers."""
        return self.root / "layouts.json"

    @property
    def index(self) -> Path:
        """The index of the runs, made anew from them whenever it is missing."""
        return self.root / "runs-index.sqlite"

    @property
    def history(self) -> Path:
        """How long runs are kept."""
        return self.root / "history.json"

    @property
    def value_fixes(self) -> Path:
        """Reasons that were given for words Walmart doesn't know."""
        return self.root / "value_fixes.json"

    def create(self) -> None:
        """Make the folders, readable by this user only; OSError if that can't be done."""
        for folder in (self.root, self.runs, self.practice):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def lock_places() -> tuple[Path, ...]:
    """Return where locks of this user on this computer may lie, the best first.

    Every copy of the program has to find the same one, whatever its state folder is: so neither
    that nor a variable that a terminal may set otherwise than a schedule decides it, but the home
    in the system's user database, or what Windows tells of whoever logged on.
    """
    if sys.platform == "win32":
        places = [Path(tempfile.gettempdir()) / _LOCKS]  # each user has their own
        from cancel_desk.known_folder import local_app_data

        get_path = ctypes.windll.shell32.SHGetKnownFolderPath
        with suppress(OSError):
            local = local_app_data(get_path, ctypes.windll.ole32.CoTaskMemFree)
            places.insert(0, local / _LOCKS)
        return tuple(places)
    places = [Path("/tmp") / f"{_LOCKS}{os.getuid()}"]  # noqa: S108 - what is made there is checked
    # Services may be nobody's that the database knows, or have no home that they may write to.
    with suppress(KeyError):
        home = Path(pwd.getpwuid(os.getuid()).pw_dir)
        local = "Library/Application Support" if sys.platform == "darwin" else ".local/state"
        if home.is_absolute():
            places.insert(0, home / local / _LOCKS)
    return tuple(places)


def documents() -> tuple[Path, ...]:
    """Return the folders where this user keeps documents, the likeliest first."""
    from platformdirs import user_documents_path

    return user_documents_path(), Path.home()


def default_root() -> Path:
    """Return the usual place for such state on this system."""
    if sys.platform == "linux":
        # Where platformdirs has it too, which takes a tenth of the time until a window is seen.
        for name, below in (("XDG_DATA_HOME", "."), ("HOME", ".local/share")):
            place = Path(os.environ.get(name, ""))
            if place.is_absolute():
                return place / below / "cancel-desk"
    from platformdirs import user_data_path

    return user_data_path("cancel-desk", appauthor=False)
