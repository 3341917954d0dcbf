"""What is kept of an error that nobody foresaw: what kind it is and where it arose, no more."""

import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from cancel_desk import __version__

_PACKAGE = __name__.partition(".")[0]


def trail(error: BaseException) -> str:
    """Return the kinds of an error and of those behind it, and the places of this program.

    Messages and values are left out: they might hold keys or buyers' data.
    """
    return "\n".join([f"Cancel Desk {__version__}", *_links(error)])


def write_down(error: BaseException, root: Path) -> Path | None:
    """Write the trail of an error to a file of its own under the program's folder.

    Return its path; None if it can't be written.
    """
    path = root / "errors" / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S-%f}.txt"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(trail(error) + "\n", encoding="utf-8")
    except OSError:
        return None
    return path


def _links(error: BaseException) -> Iterator[str]:
    link: BaseException | None = error
    while link is not None:
        yield type(link).__qualname__
        for frame, number in traceback.walk_tb(link.__traceback__):
            module = _module(frame)
            if module.partition(".")[0] == _PACKAGE:
                yield f"  {module}:{number} {frame.f_code.co_name}"
        link = link.__cause__ or link.__context__


def _module(frame: FrameType) -> str:
    """Return the module of a frame; paths differ once the program is packaged."""
    return str(frame.f_globals.get("__name__", ""))
