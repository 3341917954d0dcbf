"""A sheet under review: its rows, what is wrong with them, and what Walmart says of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cancel_desk.checks.checker import Checker
from cancel_desk.checks.drafts import Draft
from cancel_desk.checks.earlier import EarlierSending, LineKey, earlier_issues
from cancel_desk.checks.issues import Code, Issue, Level
from cancel_desk.checks.live import LiveRow, Look, look_at
from cancel_desk.checks.plan import Candidate, Plan, PlannedLine, Store, make_plan
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.edits import CellText, Edit, SetCells
from cancel_desk.sheet.table import Table
from cancel_desk.walmart.orders import Order


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows there are, and how many are ready, in error, warned about, left out, or done.

    A row that is only warned about is ready; one that the person left out, or that is cancelled
    already, is nothing else.
    """

    rows: int
    ready: int
    errors: int
    warnings: int
    left_out: int
    done: int = 0


class Review:
    """Everything known about the rows of one sheet, true after every edit.

    What Walmart says is kept by order, and each row is held against it anew whenever it is asked
    for: an answer can never stick to a row that has been edited meanwhile.
    """

    def __init__(self, table: Table, market: str) -> None:
        """Check every row of ``table`` against the rules and reasons of ``market``."""
        self.table = table
        self._checker = Checker(table, market)
        self._looks: dict[str, Look] = {}
        self._earlier: Mapping[LineKey, EarlierSending] = {}

    @property
    def market(self) -> str:
        """The market whose reasons are accepted."""
        return self._checker.market

    def apply(self, edit: Edit) -> tuple[Edit, set[int]]:
        """Apply an edit; return its inverse and the ids of all rows whose issues it concerns."""
        touched = edit.row_ids
        inverse = self.table.apply(edit)
        return inverse, self._checker.update(touched)

    def fill_blank_reasons(self, text: str) -> Edit:
        """Return the edit that gives every row without a reason this one."""
        at = self.table.columns[Column.REASON]
        blank = [row.id for row in self.table.rows if not row.cells[at].strip()]
        return SetCells(tuple(CellText(row_id, at, text) for row_id in blank))

    def draft(self, row_id: int) -> Draft:
        """Return what a row asks for."""
        return self._checker.draft(row_id)

    def drafts(self) -> list[Draft]:
        """Return what each row asks for, in the order of the table."""
        return self._checker.drafts()

    def issues(self, row_id: int) -> tuple[Issue, ...]:
        """Return the issues of a row, what Walmart's order says of it included."""
        return self.issues_with_live(row_id)[0]

    def issues_with_live(self, row_id: int) -> tuple[tuple[Issue, ...], LiveRow | None]:
        """Return the issues of a row and what it comes to at Walmart, looked up once for both."""
        issues, live = self._checker.issues(row_id), self.live(row_id)
        return (issues if live is None else issues + live.issues), live

    def worst(self, row_id: int) -> Level | None:
        """Return the gravest level among the issues of a row; None where there is none."""
        levels = {issue.level for issue in self.issues(row_id)}
        return next((level for level in Level if level in levels), None)

    def tally(self) -> Tally:
        """Count the rows by their gravest issue; a row with a warning is ready all the same."""
        noted = self.noted()
        errors = warnings = done = 0
        for row_id in noted:
            issues = self.issues(row_id)
            levels = {issue.level for issue in issues}
            if Level.ERROR in levels:
                errors += 1
            elif any(issue.code is Code.ALREADY_CANCELLED for issue in issues):
                done += 1
            elif Level.WARNING in levels:
                warnings += 1
        left_out = sum(self.draft(row_id).left_out for row_id in noted)
        rows = len(self.table)
        return Tally(rows, rows - errors - left_out - done, errors, warnings, left_out, done)

    def noted(self) -> set[int]:
        """Return the ids of the rows that may have issues; all others have none.

        Rows whose orders were looked for are always among them.
        """
        noted = self._checker.noted()
        if self._looks:
            noted |= {row.id for row in self.table.rows if self.draft(row.id).po in self._looks}
        return noted

    def orders_wanted(self) -> tuple[str, ...]:
        """Return the orders of all rows that are sound so far, in the order of the sheet."""
        sound = (self.draft(row.id) for row in self.table.rows if self._is_sound(row.id))
        return tuple(dict.fromkeys(draft.po for draft in sound))

    def look(self, po: str) -> Look:
        """Return what looking for an order gave; KeyError if it was not looked for."""
        return self._looks[po]

    def add_looks(self, looks: Mapping[str, Look]) -> set[int]:
        """Take in what reading orders gave; return the ids of the rows concerned."""
        self._looks.update(looks)
        return self._checker.rows_of(looks)

    def remember(self, earlier: Mapping[LineKey, EarlierSending]) -> set[int]:
        """Hold the rows against what earlier runs sent for this store, in place of the last.

        Return the ids of the rows concerned.
        """
        former, self._earlier = self._earlier, earlier
        return self._checker.rows_of({key.po for known in (former, earlier) for key in known})

    @property
    def earlier(self) -> Mapping[LineKey, EarlierSending]:
        """What earlier runs sent, as the rows are held against it."""
        return self._earlier

    def forget_looks(self) -> None:
        """Drop everything known of a store: another one is asked from now on."""
        self._looks.clear()
        self._earlier = {}

    def live(self, row_id: int) -> LiveRow | None:
        """Return what a sound row comes to at Walmart; None if its order was not looked for."""
        if not self._looks:  # asked for every row of a large sheet
            return None
        draft = self.draft(row_id)
        if draft.po not in self._looks or not self._is_sound(row_id):
            return None
        look = self._looks[draft.po]
        live = look_at(draft, look)
        if not isinstance(look, Order) or not self._earlier:
            return live
        found = tuple(earlier_issues(live, look, self._earlier))
        if not live.targets and found:
            # What was sent before is known then, and need not be supposed.
            return replace(live, issues=found)
        return replace(live, issues=(*live.issues, *found))

    def plan(self, store: Store) -> Plan:
        """Return what would be sent for the rows as they stand.

        Only rows whose order was looked for can be part of it: nobody could have seen the others.
        """
        return make_plan(store, (self._candidate(row.id) for row in self.table.rows))

    def warnings_of(self, plan: Plan) -> list[Issue]:
        """Return what to think of before the rows of a plan are sent, in the order of the sheet.

        The lines that a row for a whole order comes to are among it: they stand nowhere else.
        """
        sent = {line.row_id for line in plan.lines}
        return [
            issue
            for row in self.table.rows
            if row.id in sent
            for issue in self.issues(row.id)
            if issue.level is Level.WARNING or issue.code is Code.WHOLE_ORDER
        ]

    def _is_sound(self, row_id: int) -> bool:
        """Tell whether a row asks for something that its order can be looked at for."""
        return not self.draft(row_id).left_out and not any(
            issue.level is Level.ERROR for issue in self._checker.issues(row_id)
        )

    def _candidate(self, row_id: int) -> Candidate:
        draft, live = self.draft(row_id), self.live(row_id)
        issues = self.issues(row_id)
        lines: Iterable[PlannedLine] = ()
        if live is None and self._is_sound(row_id):
            issues += (Issue(row_id, Column.PO, Level.ERROR, Code.NOT_CHECKED),)
        if live is not None and draft.reason is not None:
            code = draft.reason.code
            lines = (
                PlannedLine(row_id, target.line, target.units, code, target.sku, target.cancelled)
                for target in live.targets
            )
        look = self._looks.get(draft.po)
        ship_by = look.ship_by if isinstance(look, Order) else None
        return Candidate(row_id, draft.po, tuple(lines), issues, ship_by)
