"""Gives the part of the changelog that a release is announced with.

``uv run packaging/changelog.py TAG`` prints what CHANGELOG.md says of that version, or says why it
can't be released and leaves with 1.
"""

import re
import sys
from pathlib import Path

from cancel_desk import __version__

CHANGELOG = Path(__file__).parents[1] / "CHANGELOG.md"
_HEADING = re.compile(r"^## \[(?P<version>[^\]]+)\](?: - (?P<day>\S+))?$", re.MULTILINE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class NotReleasable(Exception):  # noqa: N818 - it reads as what is so
    """Tag, version and changelog don't agree."""


def main() -> None:
    """Print the notes of the tag that the command line names."""
    try:
        print(notes(CHANGELOG.read_text(encoding="utf-8"), sys.argv[1], __version__))
    except NotReleasable as why:
        sys.exit(str(why))


def notes(changelog: str, tag: str, version: str) -> str:
    """Return what the changelog says of a version. Raises NotReleasable."""
    if tag != f"v{version}":
        raise NotReleasable(f"The tag is {tag}, but the sources are version {version}.")
    for heading, section in sections(changelog):
        if heading["version"] == version:
            if not _DAY.fullmatch(heading["day"] or ""):
                raise NotReleasable(f"CHANGELOG.md names no day on which {version} is released.")
            return section
    raise NotReleasable(f"CHANGELOG.md has no section for {version}.")


def sections(changelog: str) -> list[tuple[re.Match[str], str]]:
    """Return each version's heading with the text below it, the latest first."""
    headings = list(_HEADING.finditer(changelog))
    ends = [*(each.start() for each in headings[1:]), len(changelog)]
    return [
        (heading, changelog[heading.end() : end].strip())
        for heading, end in zip(headings, ends, strict=True)
    ]


if __name__ == "__main__":
    main()
