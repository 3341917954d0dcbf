"""The file in which a practice store keeps its cancels, so that it survives being killed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from cancel_desk.practice.rules import AskedLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class StateError(Exception):
    """The state file is not one of this store's."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the orders of a store are made from."""

    seed: int
    day: date


@dataclass(frozen=True, slots=True)
class AppliedCancel:
    """One cancel call that changed an order, at `at` (epoch milliseconds)."""

    purchase_order_id: str
    lines: tuple[AskedLine, ...]
    at: int


class StateFile:
    """An opening line, then one line of JSON for each cancel; a torn last line is cut off."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self, opening: Opening) -> tuple[Opening, Sequence[AppliedCancel]]:
        """The opening the file was begun with and its cancels; a new file begins with `opening`.

        Raises StateError when the file is damaged before its last line or has another seed.
        """
        data = self._path.read_bytes() if self._path.exists() else b""
        whole = data[: data.rfind(b"\n") + 1]
        if whole != data:
            self._path.write_bytes(whole)
        lines = whole.splitlines()
        if not lines:
            self._append({"seed": opening.seed, "day": opening.day.isoformat()})
            return opening, ()
        try:
            began = _opening(json.loads(lines[0]))
            cancels = tuple(_cancel(json.loads(line)) for line in lines[1:])
        except (ValueError, KeyError, TypeError) as error:
            raise StateError(f"{self._path.name} is not the state of a practice store.") from error
        if began.seed != opening.seed:
            raise StateError(
                f"{self._path.name} belongs to a practice store with seed {began.seed}, "
                f"not {opening.seed}."
            )
        return began, cancels

    def append(self, cancel: AppliedCancel) -> None:
        """Writes the cancel down; once this returns, killing the program no longer loses it."""
        lines = [list(line) for line in cancel.lines]
        self._append({"po": cancel.purchase_order_id, "lines": lines, "at": cancel.at})

    def _append(self, content: dict[str, Any]) -> None:
        with self._path.open("ab") as file:
            file.write(json.dumps(content, separators=(",", ":")).encode() + b"\n")


def _opening(content: dict[str, Any]) -> Opening:
    return Opening(int(content["seed"]), date.fromisoformat(content["day"]))


def _cancel(content: dict[str, Any]) -> AppliedCancel:
    lines = tuple(
        AskedLine(str(line), int(units), str(reason)) for line, units, reason in content["lines"]
    )
    return AppliedCancel(str(content["po"]), lines, int(content["at"]))
