"""What one click can do about each kind of problem, as data."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from cancel_desk.checks.issues import Code, Issue
from cancel_desk.checks.review import Review
from cancel_desk.language import gettext as _
from cancel_desk.language import ngettext
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.edits import CellText, Edit, RemoveRows, SetCells
from cancel_desk.ui.grid.findings import Group


class Fix(NamedTuple):
    """A fix for all rows with one problem.

    ``label`` and ``step`` are made for a number of rows: the words on the button and the name of
    the step of undo. ``edit`` is made from the issues, and from the reason where one is picked.
    """

    label: Callable[[int], str]
    step: Callable[[int], str]
    tip: Callable[[], str]
    edit: Callable[[Review, Sequence[Issue], str], Edit]
    picks_reason: bool = False


def fixes_for(group: Group) -> tuple[Fix, ...]:
    """Return the fixes for a kind of problem; none where only a person can know what is right."""
    return _FIXES.get(group.code, ())


def _row_ids(issues: Sequence[Issue]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(issue.row_id for issue in issues))


def _set(column: Column, text: str, review: Review, issues: Sequence[Issue], _reason: str) -> Edit:
    at = review.table.columns[column]
    return SetCells(tuple(CellText(row_id, at, text) for row_id in _row_ids(issues)))


def _set_reason(review: Review, issues: Sequence[Issue], reason: str) -> Edit:
    return _set(Column.REASON, reason, review, issues, "")


def _set_from_issue(param: str, review: Review, issues: Sequence[Issue], _reason: str) -> Edit:
    """Put what the issue itself names as right into the cell it is on."""
    return SetCells(
        tuple(
            CellText(issue.row_id, review.table.columns[issue.column], issue.params[param])
            for issue in issues
            if issue.column is not None
        )
    )


def _delete(_review: Review, issues: Sequence[Issue], _reason: str) -> Edit:
    return RemoveRows(_row_ids(issues))


def _delete_later(review: Review, issues: Sequence[Issue], _reason: str) -> Edit:
    """Delete all but the first of the rows that ask for one line."""
    seen: set[tuple[str, str]] = set()
    later: list[int] = []
    for row_id in _row_ids(issues):
        draft = review.draft(row_id)
        if (draft.po, draft.line) in seen:
            later.append(row_id)
        seen.add((draft.po, draft.line))
    return RemoveRows(tuple(later))


def _delete_where(
    whole_order: bool,  # noqa: FBT001 - bound once, in the table below
    review: Review,
    issues: Sequence[Issue],
    _reason: str,
) -> Edit:
    return RemoveRows(
        tuple(
            row_id for row_id in _row_ids(issues) if review.draft(row_id).whole_order is whole_order
        )
    )


_DELETE = Fix(
    lambda count: ngettext("Delete {count} row", "Delete {count} rows", count).format(count=count),
    lambda count: ngettext("deletion of {count} row", "deletion of {count} rows", count).format(
        count=count
    ),
    lambda: _("Take these rows out of the sheet; undo brings them back"),
    _delete,
)
_KEEP_FIRST = Fix(
    lambda _count: _("Keep the first of each"),
    lambda _count: _("keeping the first of each"),
    lambda: _("Delete the later rows that name the same line"),
    _delete,
)
_SET_REASON = Fix(
    lambda count: ngettext(
        "Set reason for {count} row", "Set reason for {count} rows", count
    ).format(count=count),
    lambda count: ngettext("reason for {count} row", "reason for {count} rows", count).format(
        count=count
    ),
    lambda: _("Give all these rows one reason"),
    _set_reason,
    picks_reason=True,
)
_CLEAR_QUANTITY = Fix(
    lambda count: ngettext("Clear {count} quantity", "Clear {count} quantities", count).format(
        count=count
    ),
    lambda _count: _("clearing of quantities"),
    lambda: _("A blank quantity means every unit still open"),
    partial(_set, Column.QUANTITY, ""),
)
_WHOLE_ORDERS = Fix(
    lambda count: ngettext("Say “all” for {count} row", "Say “all” for {count} rows", count).format(
        count=count
    ),
    lambda _count: _("“all” as line"),
    lambda: _("Ask for every line still open in these orders"),
    partial(_set, Column.LINE, "all"),
)
_LOWER = Fix(
    lambda _count: _("Lower to what is open"),
    lambda _count: _("lowering of quantities"),
    lambda: _("Ask for as many units as Walmart still has open"),
    partial(_set_from_issue, "open"),
)
_WRITE_CLEAN = Fix(
    lambda _count: _("Write them clean"),
    lambda _count: _("cleaning up"),
    lambda: _("Put what is read into the cells; what is sent stays the same"),
    partial(_set_from_issue, "after"),
)

_FIXES: Mapping[Code, tuple[Fix, ...]] = {
    Code.PO_MISSING: (_DELETE,),
    Code.PO_MALFORMED: (_DELETE,),
    Code.CELL_DAMAGED: (_DELETE,),
    Code.CELL_REPAIRED: (_WRITE_CLEAN,),
    Code.LINE_MISSING: (_WHOLE_ORDERS, _DELETE),
    Code.QUANTITY_MALFORMED: (_CLEAR_QUANTITY,),
    Code.QUANTITY_FOR_WHOLE_ORDER: (_CLEAR_QUANTITY,),
    Code.REASON_MISSING: (_SET_REASON,),
    Code.REASON_UNKNOWN: (_SET_REASON,),
    Code.SAME_LINE_TWICE: (_KEEP_FIRST,),
    Code.SAME_LINE_DIFFERENTLY: (_KEEP_FIRST._replace(edit=_delete_later),),
    Code.LINE_AND_WHOLE_ORDER: (
        Fix(
            lambda _count: _("Keep the whole orders"),
            lambda _count: _("keeping the whole orders"),
            lambda: _("Delete the rows that name a single line of them"),
            partial(_delete_where, False),  # noqa: FBT003
        ),
        Fix(
            lambda _count: _("Keep the single lines"),
            lambda _count: _("keeping the single lines"),
            lambda: _("Delete the rows that stand for the whole order"),
            partial(_delete_where, True),  # noqa: FBT003
        ),
    ),
    Code.SHEET_SAYS_CLOSED: (_DELETE,),
    Code.SHEET_SAYS_WFS: (_DELETE,),
    Code.ORDER_NOT_FOUND: (_DELETE,),
    Code.LINE_NOT_FOUND: (_DELETE,),
    Code.SKU_DISAGREES: (_DELETE,),
    Code.ALREADY_CANCELLED: (_DELETE,),
    Code.ALREADY_SHIPPED: (_DELETE,),
    Code.NOTHING_OPEN: (_DELETE,),
    Code.MORE_THAN_OPEN: (_LOWER,),
    Code.FULFILLED_BY_WALMART: (_DELETE,),
    Code.NO_CANCEL_REQUEST: (_SET_REASON._replace(label=lambda _count: _("Change reason")),),
}
