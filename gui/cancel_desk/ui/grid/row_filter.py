"""Which rows fit a chip, a kind of problem and a search."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from cancel_desk.ui.grid.findings import IN_ERROR, Findings, Group, RowState
from cancel_desk.ui.grid.sheet_model import SheetModel


class Show(StrEnum):
    """What a chip shows."""

    ALL = "all"
    READY = "ready"
    ERRORS = "errors"
    WARNINGS = "warnings"
    LEFT_OUT = "left_out"


class RowFilter(NamedTuple):
    """What the person wants to see. A kind of problem takes the place of a chip."""

    show: Show = Show.ALL
    group: Group | None = None
    text: str = ""


# A row with only a warning can be sent, so it is ready as well.
_FITS: dict[Show, Callable[[RowState], bool] | None] = {
    Show.ALL: None,
    Show.READY: lambda state: state in {RowState.READY, RowState.WARNING},
    Show.ERRORS: lambda state: state in IN_ERROR,
    Show.WARNINGS: lambda state: state is RowState.WARNING,
    Show.LEFT_OUT: lambda state: state is RowState.LEFT_OUT,
}


def fitting_rows(model: SheetModel, wanted: RowFilter) -> list[int]:
    """Return the ids of the rows that fit, in the order of the sheet."""
    rows = _listed(model, wanted)
    text = wanted.text.strip().casefold()
    if not text:
        return rows
    searched = zip(rows, model.searched_texts(rows), strict=True)
    return [row_id for row_id, said in searched if text in said]


def _listed(model: SheetModel, wanted: RowFilter) -> list[int]:
    findings: Findings = model.findings
    if wanted.group is not None:
        return findings.rows(wanted.group)
    row_ids, fits = model.review.table.row_ids, _FITS[wanted.show]
    return row_ids if fits is None else [each for each in row_ids if fits(findings.state(each))]
