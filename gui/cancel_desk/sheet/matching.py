"""What to ask about a sheet's columns: the guess for each, the other candidates, and samples."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from cancel_desk.sheet.columns import NEEDED, Column, ColumnMatch, match_columns
from cancel_desk.sheet.expansion import Lookup
from cancel_desk.sheet.overlooked import fits, fits_mostly, overlooked, unseen
from cancel_desk.sheet.part_facts import column_letters
from cancel_desk.sheet.rows import RawSheet

_SAMPLES = 3


class Candidate(NamedTuple):
    """A header that may hold a column.

    ``place`` is the column's letters; ``samples`` are its first values that are not blank;
    ``fits`` is the share of its values that look like the column's, from 0 to 1. ``hidden`` says
    that the file hides it.
    """

    at: int
    header: str
    place: str
    samples: tuple[str, ...]
    fits: float
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ColumnAnswer:
    """Which header the person gave for each column, or the text to use for all rows instead.

    ``lookup`` says that the rows name something else than purchase orders. ``weighed`` are the
    headers that may have held lines or quantities, or were hidden, when it was given: they need no
    asking again.
    """

    columns: Mapping[Column, int] = field(default_factory=dict)
    fixed: Mapping[Column, str] = field(default_factory=dict)
    lookup: Lookup | None = None
    weighed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnQuestion:
    """One column to settle: ``at`` is the guess, ``fixed`` a text for all rows, or neither.

    ``must_ask`` says that the guess may not be taken without the person; the likeliest candidate
    stands first, of those that are seen if any is, then every other header in the order of the
    file. ``lookup``, of the purchase order alone, is what the rows named instead when these headers
    were met before. ``doubted`` are headers that may hold it and are overlooked, or hold it and are
    hidden.
    """

    column: Column
    at: int | None
    fixed: str | None
    candidates: tuple[Candidate, ...]
    must_ask: bool
    lookup: Lookup | None = None
    doubted: tuple[int, ...] = ()


def column_questions(
    raw: RawSheet, remembered: ColumnAnswer | None = None
) -> tuple[ColumnQuestion, ...]:
    """Return a question for each column the grid shows, the guess filled in.

    What the person answered for the same headers before (``remembered``) is the guess, and needs
    no asking again, except a reason for all rows and that orders are to be looked up: those are for
    each sheet to be confirmed. A header that may hold lines or quantities is never passed over
    without asking, and a hidden one never taken.
    """
    match = match_columns(raw.headers)
    answer = remembered or ColumnAnswer()
    doubted = dict(overlooked(raw, match))
    taken = {**match.columns, **answer.columns}
    for column, at in unseen(raw, taken).items():
        if column not in answer.fixed:
            doubted[column] = (at, *doubted.get(column, ()))
    unsure = {
        column: places
        for column, places in doubted.items()
        if not set(places).issubset(answer.weighed)
    }
    seen = [_candidate(raw, at) for at in range(len(raw.headers))]
    return tuple(
        replace(
            _question(raw, column, match, answer, unsure, seen), doubted=doubted.get(column, ())
        )
        for column in NEEDED
    )


def must_ask(questions: Iterable[ColumnQuestion]) -> bool:
    """Tell whether there is a question that only the person can answer."""
    return any(question.must_ask for question in questions)


def _question(
    raw: RawSheet,
    column: Column,
    match: ColumnMatch,
    answer: ColumnAnswer,
    unsure: Mapping[Column, tuple[int, ...]],
    seen: list[Candidate],
) -> ColumnQuestion:
    likely = _likely(raw, column, match) | frozenset(unsure.get(column, ()))
    fitting = {at: fits(raw, column, at) for at in range(len(seen))}
    order = sorted(
        range(len(seen)),
        key=lambda at: (
            (False, seen[at].hidden, -fitting[at]) if at in likely else (True, False, at)
        ),
    )
    candidates = tuple(seen[at]._replace(fits=fitting[at]) for at in order)
    if column is Column.PO and answer.lookup is not None:
        return ColumnQuestion(column, None, None, candidates, must_ask=True, lookup=answer.lookup)
    if column in unsure:
        return ColumnQuestion(column, None, None, candidates, must_ask=True)
    if column in answer.fixed:
        asked = column is Column.REASON
        return ColumnQuestion(column, None, answer.fixed[column], candidates, must_ask=asked)
    if column in answer.columns:
        at = answer.columns[column]
        return ColumnQuestion(column, at, None, candidates, must_ask=False)
    if column in match.columns:
        at = match.columns[column]
        return ColumnQuestion(column, at, None, candidates, must_ask=False)
    doubtful = column in match.doubtful or column is Column.PO
    guess = order[0] if likely and doubtful else None
    return ColumnQuestion(column, guess, None, candidates, must_ask=doubtful)


def _likely(raw: RawSheet, column: Column, match: ColumnMatch) -> frozenset[int]:
    """Return the headers whose name allows the column, or for orders, whose values look like it."""
    named = match.doubtful.get(column, ()) or match.possible.get(column, ())
    if column in match.columns:
        named = (match.columns[column],)
    if not named and column is Column.PO:
        named = tuple(at for at in range(len(raw.headers)) if fits_mostly(raw, column, at))
    return frozenset(named)


def _candidate(raw: RawSheet, at: int) -> Candidate:
    texts = (row.cells[at].strip() for row in raw.rows)
    samples: list[str] = []
    for text in texts:
        if text and text not in samples:
            samples.append(text)
        if len(samples) == _SAMPLES:
            break
    place, hidden = column_letters(at + 1), at in raw.facts.hidden_columns
    return Candidate(at, raw.headers[at], place, tuple(samples), 0.0, hidden)
