"""Which rows fit a chip, a kind of problem and a search."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.texts.reasons import reason_label
from cancel_desk.ui.grid.findings import Findings, Group, RowState
from cancel_desk.ui.grid.grid_columns import Kind
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
    Show.READY: lambda state: state not in {RowState.ERROR, RowState.LEFT_OUT},
    Show.ERRORS: lambda state: state is RowState.ERROR,
    Show.WARNINGS: lambda state: state is RowState.WARNING,
    Show.LEFT_OUT: lambda state: state is RowState.LEFT_OUT,
}


def fitting_rows(model: SheetModel, wanted: RowFilter) -> list[int]:
    """Return the ids of the rows that fit, in the order of the sheet."""
    rows = _listed(model, wanted)
    text = wanted.text.strip().casefold()
    return _with_text(model, rows, text) if text else rows


def _listed(model: SheetModel, wanted: RowFilter) -> list[int]:
    findings: Findings = model.findings
    if wanted.group is not None:
        return findings.rows(wanted.group)
    row_ids, fits = model.review.table.row_ids, _FITS[wanted.show]
    return row_ids if fits is None else [each for each in row_ids if fits(findings.state(each))]


def _with_text(model: SheetModel, row_ids: Sequence[int], text: str) -> list[int]:
    """Return the rows with a text in any cell, in their reason in plain words or in their note."""
    review, columns = model.review, model.columns
    note = next(column for column in columns if column.kind is Kind.NOTE)
    noted = {
        row_id
        for row_id in model.findings.row_ids()
        if text in model.shown_text(row_id, note).casefold()
    }
    spoken = {code for code in ReasonCode if text in reason_label(code).casefold()}

    def fits(row_id: int) -> bool:
        if row_id in noted or text in "\n".join(review.table.row(row_id).cells).casefold():
            return True
        reason = review.draft(row_id).reason
        return reason is not None and reason.code in spoken

    return list(filter(fits, row_ids))
