"""The Summary page of a result workbook as lines of cells, whichever library writes them."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from cancel_desk.sheet.result_rows import Summary, Tally

CHART_PLACE = "E2"
"""The cell at which the chart begins, beside the facts."""


class Style(StrEnum):
    """How a cell of the page looks."""

    TITLE = "title"
    NAME = "name"
    TEXT = "text"
    NUMBER = "number"


class SummaryCell(NamedTuple):
    """A text or a whole number; ``kind`` is the code of the result whose colour the cell has."""

    value: str | int
    style: Style
    kind: str = ""


Line = tuple[SummaryCell, ...]


class Bars(NamedTuple):
    """Where the chart's numbers stand: rows from 1, and the results they are of, row by row."""

    first: int
    last: int
    kinds: tuple[str, ...]


def bars(summary: Summary) -> Bars:
    """Return where :func:`summary_lines` puts the counts by result."""
    first = len(summary.facts) + 5  # the title, a blank, the facts, a blank, the heading
    kinds = tuple(tally.kind for tally in summary.results)
    return Bars(first, first + len(kinds) - 1, kinds)


def summary_lines(summary: Summary) -> Iterator[Line]:
    """Yield the lines of the page from the top; an empty one is a blank row."""
    words = summary.words
    yield (SummaryCell(words.title, Style.TITLE),)
    yield ()
    for name, value in summary.facts:
        yield SummaryCell(name, Style.NAME), SummaryCell(value, Style.TEXT)
    yield ()
    yield _names(words.results, words.rows, words.units)
    yield from map(_counted, summary.results)
    yield ()
    yield _names(words.reasons, words.lines, words.units)
    yield from map(_counted, summary.reasons)
    if not summary.left_out:
        return
    yield ()
    yield (SummaryCell(words.left_out, Style.TITLE),)
    yield _names(words.row, words.order, words.why)
    for row in summary.left_out:
        yield tuple(SummaryCell(text, Style.TEXT) for text in row)


def _names(*names: str) -> Line:
    return tuple(SummaryCell(name, Style.NAME) for name in names)


def _counted(tally: Tally) -> Line:
    return (
        SummaryCell(tally.name, Style.TEXT, tally.kind),
        SummaryCell(tally.rows, Style.NUMBER),
        SummaryCell(tally.units, Style.NUMBER),
    )
