"""What one click can do about each kind of problem, as data."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from cancel_desk.checks.issues import Code, Issue
from cancel_desk.checks.review import Review
from cancel_desk.language import gettext as _
from cancel_desk.language import ngettext
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.edits import CellText, SetCells
from cancel_desk.sheet.leaving_out import leave_out, take_back_in
from cancel_desk.sheet.merged import merged_fill
from cancel_desk.texts.issues import issue_sentence
from cancel_desk.ui.grid.findings import Group


class Fix(NamedTuple):
    """A fix for all rows with one problem.

    ``label`` and ``step`` are made for a number of rows: the words on the button and the name of
    the step of undo. ``edit`` is made from the issues, and from the reason where one is picked.
    """

    label: Callable[[int], str]
    step: Callable[[int], str]
    tip: Callable[[], str]
    edit: Callable[[Review, Sequence[Issue], str], SetCells]
    picks_reason: bool = False


def fixes_for(group: Group) -> tuple[Fix, ...]:
    """Return the fixes for a kind of problem; none where only a person can know what is right."""
    return _FIXES.get(group.code, ())


def _row_ids(issues: Sequence[Issue]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(issue.row_id for issue in issues))


def _set(
    column: Column, text: str, review: Review, issues: Sequence[Issue], _reason: str
) -> SetCells:
    at = review.table.columns[column]
    return SetCells(tuple(CellText(row_id, at, text) for row_id in _row_ids(issues)))


def _set_reason(review: Review, issues: Sequence[Issue], reason: str) -> SetCells:
    return _set(Column.REASON, reason, review, issues, "")


def _fill_merged(review: Review, issues: Sequence[Issue], _reason: str) -> SetCells:
    return merged_fill(review.table, _row_ids(issues))


def _set_from_issue(param: str, review: Review, issues: Sequence[Issue], _reason: str) -> SetCells:
    """Put what the issue itself names as right into the cell it is on."""
    return SetCells(
        tuple(
            CellText(issue.row_id, review.table.columns[issue.column], issue.params[param])
            for issue in issues
            if issue.column is not None
        )
    )


def _leave_out(review: Review, issues: Sequence[Issue], _reason: str) -> SetCells:
    """Leave the rows out, each for what its issue says."""
    return leave_out(
        review.table, {issue.row_id: issue_sentence(issue) for issue in reversed(issues)}
    )


def _leave_out_later(review: Review, issues: Sequence[Issue], reason: str) -> SetCells:
    """Leave out all but the first of the rows that ask for one line."""
    seen: set[tuple[str, str]] = set()
    later: list[Issue] = []
    for issue in issues:
        draft = review.draft(issue.row_id)
        if (draft.po, draft.line) in seen:
            later.append(issue)
        seen.add((draft.po, draft.line))
    return _leave_out(review, later, reason)


def _leave_out_where(
    whole_order: bool,  # noqa: FBT001 - bound once, in the table below
    review: Review,
    issues: Sequence[Issue],
    reason: str,
) -> SetCells:
    chosen = [issue for issue in issues if review.draft(issue.row_id).whole_order is whole_order]
    return _leave_out(review, chosen, reason)


def _take_back_in(review: Review, issues: Sequence[Issue], _reason: str) -> SetCells:
    return take_back_in(review.table, _row_ids(issues))


_LEAVE_OUT = Fix(
    lambda count: ngettext("Leave out {count} row", "Leave out {count} rows", count).format(
        count=count
    ),
    lambda count: ngettext("leaving out {count} row", "leaving out {count} rows", count).format(
        count=count
    ),
    lambda: _("Send nothing for these rows; they stay in the sheet with the reason"),
    _leave_out,
)
_TAKE_BACK_IN = Fix(
    lambda count: ngettext("Take {count} row back in", "Take {count} rows back in", count).format(
        count=count
    ),
    lambda count: ngettext(
        "taking {count} row back in", "taking {count} rows back in", count
    ).format(count=count),
    lambda: _("Check these rows like the others again"),
    _take_back_in,
)
_KEEP_FIRST = Fix(
    lambda _count: _("Keep the first of each"),
    lambda _count: _("keeping the first of each"),
    lambda: _("Leave out the later rows that name the same line"),
    _leave_out,
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

_FILL_MERGED = Fix(
    lambda count: ngettext(
        "Fill in {count} row as shown", "Fill in {count} rows as shown", count
    ).format(count=count),
    lambda _count: _("filling of merged cells"),
    lambda: _("Put the text of the merged cell into each row that it is shown over"),
    _fill_merged,
)

_FIXES: Mapping[Code, tuple[Fix, ...]] = {
    Code.PO_MISSING: (_LEAVE_OUT,),
    Code.NO_LINE_FOUND: (_LEAVE_OUT,),
    Code.CELL_MERGED: (_FILL_MERGED, _LEAVE_OUT),
    Code.PO_MALFORMED: (_LEAVE_OUT,),
    Code.CELL_DAMAGED: (_LEAVE_OUT,),
    Code.CELL_REPAIRED: (_WRITE_CLEAN,),
    Code.LINE_MISSING: (_WHOLE_ORDERS, _LEAVE_OUT),
    Code.QUANTITY_MALFORMED: (_CLEAR_QUANTITY,),
    Code.QUANTITY_FOR_WHOLE_ORDER: (_CLEAR_QUANTITY,),
    Code.REASON_MISSING: (_SET_REASON,),
    Code.REASON_UNKNOWN: (_SET_REASON,),
    Code.SAME_LINE_TWICE: (_KEEP_FIRST,),
    Code.SAME_LINE_DIFFERENTLY: (_KEEP_FIRST._replace(edit=_leave_out_later),),
    Code.LINE_AND_WHOLE_ORDER: (
        Fix(
            lambda _count: _("Keep the whole orders"),
            lambda _count: _("keeping the whole orders"),
            lambda: _("Leave out the rows that name a single line of them"),
            partial(_leave_out_where, False),  # noqa: FBT003
        ),
        Fix(
            lambda _count: _("Keep the single lines"),
            lambda _count: _("keeping the single lines"),
            lambda: _("Leave out the rows that stand for the whole order"),
            partial(_leave_out_where, True),  # noqa: FBT003
        ),
    ),
    Code.ROW_HIDDEN: (_LEAVE_OUT,),
    Code.SHEET_SAYS_NO: (_LEAVE_OUT,),
    Code.LEFT_OUT: (_TAKE_BACK_IN,),
    Code.SHEET_SAYS_CLOSED: (_LEAVE_OUT,),
    Code.SHEET_SAYS_WFS: (_LEAVE_OUT,),
    Code.ORDER_NOT_FOUND: (_LEAVE_OUT,),
    Code.LINE_NOT_FOUND: (_LEAVE_OUT,),
    Code.SKU_DISAGREES: (_LEAVE_OUT,),
    Code.ALREADY_CANCELLED: (_LEAVE_OUT,),
    Code.ALREADY_SHIPPED: (_LEAVE_OUT,),
    Code.NOTHING_OPEN: (_LEAVE_OUT,),
    Code.MORE_THAN_OPEN: (_LOWER,),
    Code.FULFILLED_BY_WALMART: (_LEAVE_OUT,),
    Code.NO_CANCEL_REQUEST: (_SET_REASON._replace(label=lambda _count: _("Change reason")),),
}
