"""Remembering what a person answered about the columns of a file with the same headers."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cancel_desk.sheet.columns import Column, plain_header
from cancel_desk.sheet.expansion import ExpandBy, Lookup
from cancel_desk.sheet.matching import ColumnAnswer

_VERSION = 1
_MOST = 200  # layouts; the one not used for longest is forgotten first


class LayoutBook:
    """Answers by header layout, in one small JSON file; a broken file counts as an empty one."""

    def __init__(self, path: Path) -> None:
        """Use this file; it need not exist yet, but its folder must."""
        self._path = path

    def recall(self, headers: Sequence[str]) -> ColumnAnswer | None:
        """Return the answer given for exactly these headers in this order, or None.

        What columns without names hold is another matter in each sheet.
        """
        for known, answer in self._entries():
            if known == _layout(headers) and all(known[at] for at in answer.columns.values()):
                return answer
        return None

    def keep(self, headers: Sequence[str], answer: ColumnAnswer) -> None:
        """Remember an answer, in place of the former one; OSError if it can't be written."""
        layout = _layout(headers)
        others = [entry for entry in self._entries() if entry[0] != layout]
        self._write([(layout, answer), *others][:_MOST])

    def _write(self, entries: list[tuple[tuple[str, ...], ColumnAnswer]]) -> None:
        told = {"version": _VERSION, "layouts": [_told(*entry) for entry in entries]}
        new = self._path.with_name(f"{self._path.name}.new")
        new.touch(mode=0o600)
        new.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
        new.replace(self._path)

    def forget(self, headers: Sequence[str]) -> None:
        """Forget the answer for these headers, if there is one; OSError."""
        layout, entries = _layout(headers), self._entries()
        left = [entry for entry in entries if entry[0] != layout]
        if len(left) < len(entries):
            self._write(left)

    def _entries(self) -> list[tuple[tuple[str, ...], ColumnAnswer]]:
        try:
            told = json.loads(self._path.read_text(encoding="utf-8"))
            return [_entry(entry) for entry in told["layouts"]]
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
            return []


def _layout(headers: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(plain_header, headers))


def _told(layout: tuple[str, ...], answer: ColumnAnswer) -> dict[str, Any]:
    told = {
        "headers": layout,
        "columns": dict(answer.columns),
        "fixed": dict(answer.fixed),
        "weighed": answer.weighed,
    }
    return told | ({"lookup": answer.lookup} if answer.lookup else {})


def _entry(told: dict[str, Any]) -> tuple[tuple[str, ...], ColumnAnswer]:
    layout = tuple(map(str, told["headers"]))
    columns = {Column(name): int(at) for name, at in told["columns"].items()}
    fixed = {Column(name): str(text) for name, text in told["fixed"].items()}
    columns = {column: at for column, at in columns.items() if 0 <= at < len(layout)}
    lookup = None
    if "lookup" in told:
        by, at = told["lookup"]
        lookup = Lookup(ExpandBy(by), range(len(layout))[int(at)])
    weighed = tuple(map(int, told.get("weighed", ())))
    return layout, ColumnAnswer(columns, fixed, lookup, weighed)
