"""Gathers the licences of all that the built program brings along, as they want it."""

import re
import sysconfig
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

FILE = "LICENCES.txt"
_TEXTS = Path(__file__).parent / "licences"
_LICENCE = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
_HEAD = """\
Cancel Desk is free software under the MIT licence. It brings along the Python packages below, each
under its own licence, and Python itself.

Qt and PySide6 are used under version 3 of the GNU Lesser General Public License. Their libraries
are files of their own in this program and may be replaced by other builds of the same version. The
sources are at https://download.qt.io/
"""


def gathered(program: str = "cancel-desk") -> str:
    """Return one text with the licence of every package that a program needs on this system."""
    parts = [_HEAD, *(_of(each) for each in sorted(needed(program) - {program}))]
    own = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    parts += [f"=== {own.parent.name} ===\n\n{_read(own)}"] if own.exists() else []
    parts += [f"=== {path.stem} ===\n\n{_read(path)}" for path in sorted(_TEXTS.glob("*.txt"))]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def needed(program: str) -> set[str]:
    """Return the names of a program's packages and of what those need, its own among them."""
    found: set[str] = set()
    left = [program]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += _needs(name)
    return found


def _needs(name: str) -> Iterator[str]:
    for line in metadata.requires(name) or ():
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
            yield re.sub(r"[-_.]+", "-", wanted.name).lower()


def _of(name: str) -> str:
    package = metadata.distribution(name)
    facts = package.metadata
    said = [*(facts.get_all("License-Expression") or ()), *(facts.get_all("License") or ())]
    texts = [
        _read(Path(str(package.locate_file(file))))
        for file in package.files or ()
        if ".dist-info" in str(file.parent) and _LICENCE.search(file.name)
    ]
    first = f"=== {name} {package.version} ==="
    return "\n\n".join((first, *(each for each in said if "\n" not in each), *texts))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").strip()
