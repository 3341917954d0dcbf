"""The pages of the guide as files: which there are, in which order, and in which language."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from cancel_desk.resources import resource

INDEX: Final = "README"
"""The page that lists the others; a code host shows a page of this name with its folder."""

_FOLDER: Final = "guide"
_SOURCE_LANGUAGE: Final = "en"
_SUFFIX: Final = ".md"
_ENTRY = re.compile(r"^- \[(?P<title>[^\]]+)\]\((?P<name>[\w-]+)\.md\)", re.MULTILINE)


class GuidePage(NamedTuple):
    """One page: the name of its file without the suffix, and its title."""

    name: str
    title: str


class GuidePages:
    """The guide in one language; a page that is not translated is there in English."""

    def __init__(self, language: str = _SOURCE_LANGUAGE) -> None:
        """``language`` is the name of a catalogue's folder, such as ``es`` or ``zh_CN``."""
        self._folders = tuple(
            folder
            for folder in (f"{_FOLDER}/{language}", f"{_FOLDER}/{_SOURCE_LANGUAGE}")
            if _is_there(folder)
        )

    @property
    def language(self) -> str:
        """The language of its first page, by the name of a catalogue's folder."""
        return self._folders[0].removeprefix(f"{_FOLDER}/")

    def listed(self) -> tuple[GuidePage, ...]:
        """Return the pages in the order of the list of contents, that list itself first.

        Raises OSError.
        """
        text = self.text(INDEX)
        title = text.partition("\n")[0].removeprefix("# ")
        entries = (GuidePage(each["name"], each["title"]) for each in _ENTRY.finditer(text))
        return (GuidePage(INDEX, title), *entries)

    def path(self, name: str) -> Path:
        """Return the file of a page. Raises FileNotFoundError."""
        for folder in self._folders:
            if _is_there(f"{folder}/{name}{_SUFFIX}"):
                return resource(f"{folder}/{name}{_SUFFIX}")
        raise FileNotFoundError(name)

    def text(self, name: str) -> str:
        """Return a page in Markdown. Raises OSError."""
        return self.path(name).read_text(encoding="utf-8")


def _is_there(name: str) -> bool:
    try:
        resource(name)
    except FileNotFoundError:
        return False
    return True


def anchor(heading: str) -> str:
    """Return what a link to a heading ends with, as code hosts name it."""
    kept = re.sub(r"[^\w\- ]", "", heading.casefold())
    return kept.replace(" ", "-")


def anchors(markdown: str) -> Iterator[str]:
    """Yield what links to the headings of a page end with."""
    for heading in re.findall(r"^#+ (.+)$", markdown, re.MULTILINE):
        yield anchor(re.sub(r"[`*]", "", heading))
