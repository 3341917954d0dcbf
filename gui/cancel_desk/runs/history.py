"""The runs of this computer: where they are and how they stand."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from cancel_desk.checks.plan import Store
from cancel_desk.runs.journal import Journal, JournalError, RunInUse, SheetRow
from cancel_desk.runs.outcome import RunLine, State
from cancel_desk.runs.results import Result, row_results
from cancel_desk.sheet.columns import Column, match_columns

SUFFIX = ".run"
_UNFINISHED = frozenset({State.PENDING, State.UNSENT, State.UNKNOWN, State.SENDING})


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run at a glance; ``counts`` are rows by result, ``confirmed_for`` is its store.

    ``in_use``: another copy of the program has it open; ``unreadable``: its file is damaged or
    can't be opened. Nothing more is known of such a run. ``last`` is the time of its last result
    in UTC, "" for none; ``former`` the run whose failed rows it tried again; ``imported`` says
    that its file came from another computer.
    """

    id: str
    path: Path
    created: str = ""
    store: str = ""
    environment: str = ""
    source: str = ""
    counts: Counter[Result] | None = None
    unfinished: bool = False
    in_use: bool = False
    unreadable: bool = False
    confirmed_for: Store | None = None
    last: str = ""
    former: str = ""
    imported: bool = False


def is_unfinished(line: RunLine) -> bool:
    """Return whether something is still to be done about a line."""
    return line.state in _UNFINISHED and not line.left


def store_of(facts: Mapping[str, str]) -> Store:
    """Return the store that a run was confirmed for, from what was noted when it began."""
    return Store(
        facts["store"],
        facts["market"],
        facts["environment"],
        facts["address"],
        facts.get("seller", ""),
    )


def store_from(told: Mapping[str, Any]) -> Store:
    """Return the store whose fields were written as JSON."""
    return Store(**{**told, "formerly": tuple(told["formerly"])})


def run_path(folder: Path, run: str) -> Path:
    """Return the file of a run given by its id or by a path to it."""
    path = Path(run)
    return path if path.suffix == SUFFIX else folder / f"{run}{SUFFIX}"


def list_runs(folder: Path) -> list[RunSummary]:
    """Return all runs, the latest first; one whose file can't be read is named as such."""
    return [_summary(path) for path in sorted(folder.glob(f"*{SUFFIX}"), reverse=True)]


def _summary(path: Path) -> RunSummary:
    try:
        journal = Journal.open_to_look(path)
    except RunInUse:
        return RunSummary(path.stem, path, in_use=True)
    except JournalError:
        return RunSummary(path.stem, path, unreadable=True)
    try:
        return summarise(journal)
    except (JournalError, LookupError, ValueError):  # the latter two: not as we wrote it
        return RunSummary(path.stem, path, unreadable=True)
    finally:
        journal.close()


def summarise(journal: Journal) -> RunSummary:
    """Return how an open run stands."""
    return summary_of(journal, journal.rows(), journal.lines())


def summary_of(journal: Journal, rows: Sequence[SheetRow], lines: Sequence[RunLine]) -> RunSummary:
    """Return how a run stands whose rows and lines were read already."""
    facts = journal.facts
    return RunSummary(
        journal.path.stem,
        journal.path,
        created=facts["created"],
        store=facts["store"],
        environment=facts["environment"],
        source=facts["source"],
        counts=Counter(each.result for each in row_results(rows, lines)),
        unfinished=any(is_unfinished(line) for line in lines),
        confirmed_for=store_of(facts),
        last=max((line.outcome.time for line in lines if line.outcome), default=""),
        former=facts.get("former", ""),
        imported="imported" in facts,
    )


def columns_of(facts: Mapping[str, str]) -> Mapping[Column, int]:
    """Return which column of a run's sheet holds what; for runs of long ago by their names."""
    kept = facts.get("columns")
    if kept is None:
        return match_columns(json.loads(facts["headers"])).columns
    return {Column(name): at for name, at in json.loads(kept).items()}


def summary_object(summary: RunSummary) -> dict[str, Any]:
    """Return a summary as JSON can hold it; the folder of its file is not in it."""
    told = {field.name: getattr(summary, field.name) for field in fields(summary)}
    store = summary.confirmed_for
    return {**told, "path": "", "confirmed_for": asdict(store) if store else None}


def summary_from(told: Mapping[str, Any], folder: Path) -> RunSummary:
    """Return the summary that :func:`summary_object` was told of."""
    counts, store = told["counts"], told["confirmed_for"]
    found = {
        "counts": None
        if counts is None
        else Counter({Result(name): number for name, number in counts.items()}),
        "confirmed_for": store and store_from(store),
        "path": folder / f"{told['id']}{SUFFIX}",
    }
    return RunSummary(**{**told, **found})
