"""Which rows fit a chip, a kind of problem and a search."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from cancel_desk.ui.grid.findings import IN_ERROR, Findings, Group, RowState
from cancel_desk.ui.grid.sheet_model import SheetModel
from cancel_desk.ui.in_turns import parts_of


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


def fitting_rows(model: SheetModel, wanted: RowFilter) -> Iterator[Sequence[int]]:
    """Give the ids of the rows that fit, in the order of the sheet, part by part."""
    text, fits = wanted.text.strip().casefold(), _FITS[wanted.show]
    findings: Findings = model.findings
    group = None if wanted.group is None else findings.row_ids_of(wanted.group)
    for part in parts_of(model.review.table.row_ids):
        rows = part
        if group is not None:
            rows = [row_id for row_id in rows if row_id in group]
        elif fits is not None:
            rows = [row_id for row_id in rows if fits(findings.state(row_id))]
        if text:
            searched = zip(rows, model.searched_texts(rows), strict=True)
            rows = [row_id for row_id, said in searched if text in said]
        yield rows
