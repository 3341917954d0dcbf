"""Runs that were found, each made out of what the index holds of it when it is asked for."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import overload

from cancel_desk.runs.history import RunSummary, summary_from


class FoundRuns(Sequence[RunSummary]):
    """The runs that were looked for, the latest first.

    A table shows a few of a thousand: making all of them is what would keep a person waiting.
    """

    def __init__(self, ids: Sequence[str], told: Iterable[str | RunSummary], folder: Path) -> None:
        """``told`` gives each run as JSON or as it is; their files are in ``folder``."""
        self.ids = tuple(ids)
        self._told = list(told)
        self._folder = folder

    @classmethod
    def of(cls, runs: Sequence[RunSummary]) -> "FoundRuns":
        """Return runs that are made already, in their order."""
        return cls([run.id for run in runs], runs, Path())

    def with_run(self, run: RunSummary) -> "FoundRuns":
        """Return these runs and one more, at its place among them."""
        at = next((n for n, run_id in enumerate(self.ids) if run_id < run.id), len(self))
        return FoundRuns(
            (*self.ids[:at], run.id, *self.ids[at:]),
            (*self._told[:at], run, *self._told[at:]),
            self._folder,
        )

    def without(self, run_id: str) -> "FoundRuns":
        """Return these runs but one."""
        kept = [n for n, each in enumerate(self.ids) if each != run_id]
        told = [self._told[n] for n in kept]
        return FoundRuns([self.ids[n] for n in kept], told, self._folder)

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, at: int) -> RunSummary: ...
    @overload
    def __getitem__(self, at: slice) -> list[RunSummary]: ...
    def __getitem__(self, at: int | slice) -> RunSummary | list[RunSummary]:
        if isinstance(at, slice):
            return [self[n] for n in range(len(self))[at]]
        told = self._told[at]
        if isinstance(told, str):
            told = self._told[at] = summary_from(json.loads(told), self._folder)
        return told
