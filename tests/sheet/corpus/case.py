"""One file of the corpus and what must come of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cancel_desk.sheet.problems import SheetProblem
from cancel_desk.sheet.rows import Mark

PO, PO2, PO3 = "129114917403021", "109007446257350", "1577914061094"

HEADERS = ("PO#", "Line#", "SKU", "Qty", "Cancel Reason")
ROWS = (
    (PO, "1", "AB-1", "2", "out of stock"),
    (PO2, "2", "00012", "1", "fraud"),
    (PO3, "1", "Zoë Ålund", "", "pricing error"),
)
PLAIN_ROWS = (*ROWS[:2], (PO3, "1", "AB 3", "", "pricing error"))


@dataclass(frozen=True, slots=True)
class Rows:
    """What is read: header names, rows of cells, and the marks by row (from 0) and column."""

    headers: tuple[str, ...] = HEADERS
    rows: tuple[tuple[str, ...], ...] = PLAIN_ROWS
    marks: Mapping[tuple[int, int], Mark] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    source: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """The error, and what its sentence needs as far as it matters."""

    problem: SheetProblem
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A file: how it is called, what is in it, how it is read, and what must come of it.

    ``alone`` files may stop their reader, so that they are only read in a process of its own.
    """

    name: str
    file: str
    make: Callable[[], bytes]
    expected: Rows | Refused
    choice: Mapping[str, Any] = field(default_factory=dict)
    limits: Mapping[str, Any] = field(default_factory=dict)
    alone: bool = False
