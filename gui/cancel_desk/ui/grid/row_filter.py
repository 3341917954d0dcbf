"""Which rows fit a chip, a kind of problem and a search."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

from cancel_desk.ui.grid.findings import Findings, Group, RowState
from cancel_desk.ui.grid.grid_columns import Kind
from cancel_desk.ui.grid.sheet_model import SheetModel


class Show(StrEnum):
    """What a chip shows."""

    ALL = "all"
    READY = "ready"
    ERRORS = "errors"
    WARNINGS = "warnings"


class RowFilter(NamedTuple):
    """What the person wants to see. A kind of problem takes the place of a chip."""

    show: Show = Show.ALL
    group: Group | None = None
    text: str = ""


_SPOKEN = frozenset({Kind.REASON, Kind.NOTE})

# A row with only a warning can be sent, so it is ready as well.
_FITS: dict[Show, Callable[[RowState], bool]] = {
    Show.ALL: lambda _state: True,
    Show.READY: lambda state: state is not RowState.ERROR,
    Show.ERRORS: lambda state: state is RowState.ERROR,
    Show.WARNINGS: lambda state: state is RowState.WARNING,
}


def fitting_rows(model: SheetModel, wanted: RowFilter) -> list[int]:
    """Return the ids of the rows that fit, in the order of the sheet."""
    rows = _listed(model, wanted)
    text = wanted.text.strip().casefold()
    return [row_id for row_id in rows if _has(model, row_id, text)] if text else list(rows)


def _listed(model: SheetModel, wanted: RowFilter) -> Iterator[int]:
    findings: Findings = model.findings
    if wanted.group is not None:
        yield from findings.rows(wanted.group)
        return
    fits = _FITS[wanted.show]
    for row in model.review.table.rows:
        if wanted.show is Show.ALL or fits(findings.state(row.id)):
            yield row.id


def _has(model: SheetModel, row_id: int, text: str) -> bool:
    """Tell whether any cell of a row, its reason in plain words or its note has a text in it."""
    if text in "\n".join(model.review.table.row(row_id).cells).casefold():
        return True
    return any(
        text in model.shown_text(row_id, column).casefold()
        for column in model.columns
        if column.kind in _SPOKEN
    )
