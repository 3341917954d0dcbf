"""The issues of all rows, grouped and counted, and kept true after each edit."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import NamedTuple

from cancel_desk.checks.issues import Code, Issue, Level
from cancel_desk.checks.review import Review, Tally
from cancel_desk.sheet.columns import Column


class RowState(StrEnum):
    """What the icon of a row tells."""

    READY = "ready"
    WARNING = "warning"
    ERROR = "error"
    CLOSED = "closed"  # an error that nobody can mend: it is shipped, or closed otherwise
    DONE = "done"  # it is cancelled already
    LEFT_OUT = "left_out"  # by the person


class Group(NamedTuple):
    """A kind of problem: rows are shown and mended together by it."""

    level: Level
    code: Code


_LEVELS = list(Level)
_QUIET = {Code.LEFT_OUT: RowState.LEFT_OUT, Code.ALREADY_CANCELLED: RowState.DONE}
"""Issues that call for nothing and yet keep their row from being sent."""
_TOO_LATE = frozenset({Code.ALREADY_SHIPPED, Code.NOTHING_OPEN})
_CODES = list(Code)
IN_ERROR = frozenset({RowState.ERROR, RowState.CLOSED})
"""The states of rows that are kept back by an error."""


class Findings:
    """The issues of every row of a review. Rows without any cost nothing here."""

    def __init__(self, review: Review) -> None:
        """Look at every row in which there may be something."""
        self._review = review
        self._issues: dict[int, tuple[Issue, ...]] = {}
        self._groups: dict[Group, set[int]] = {}
        self._lines: dict[int, int] = {}
        self.update(review.noted())

    def update(self, row_ids: Iterable[int]) -> None:
        """Look again at rows that were edited, inserted, removed or checked."""
        for row_id in row_ids:
            for issue in self._issues.pop(row_id, ()):
                self._leave(Group(issue.level, issue.code), row_id)
            self._lines.pop(row_id, None)
            if row_id in self._review.table:
                self._take(row_id)

    def issues(self, row_id: int) -> tuple[Issue, ...]:
        """Return the issues of a row, in the order they were found."""
        return self._issues.get(row_id, ())

    def row_ids(self) -> list[int]:
        """Return the ids of all rows with an issue, in no particular order."""
        return list(self._issues)

    def gravest(self, row_id: int) -> Issue | None:
        """Return the first of the gravest issues of a row."""
        issues = self._issues.get(row_id)
        return min(issues, key=lambda issue: _LEVELS.index(issue.level)) if issues else None

    def state(self, row_id: int) -> RowState:
        """Return what the row's icon tells."""
        issues = self._issues.get(row_id)
        if issues is None:
            return RowState.READY
        errors = {issue.code for issue in issues if issue.level is Level.ERROR}
        if errors:
            return RowState.CLOSED if errors <= _TOO_LATE else RowState.ERROR
        codes = {issue.code for issue in issues}
        for code, quiet in _QUIET.items():
            if code in codes:  # whatever else is said of it, nothing is sent
                return quiet
        warned = any(issue.level is Level.WARNING for issue in issues)
        return RowState.WARNING if warned else RowState.READY

    def groups(self) -> list[Group]:
        """Return the kinds of problems there are: errors first, then in a constant order."""
        return sorted(
            self._groups, key=lambda group: (_LEVELS.index(group.level), _CODES.index(group.code))
        )

    def count(self, group: Group) -> int:
        """Return how many rows have this problem."""
        return len(self._groups.get(group, ()))

    def rows(self, group: Group) -> list[int]:
        """Return the ids of the rows with this problem, in the order of the sheet."""
        return sorted(self._groups.get(group, ()), key=self._review.table.position)

    def is_on(self, group: Group, column: Column) -> bool:
        """Tell whether a row has this problem in a column."""
        return any(
            issue.column is column and (issue.level, issue.code) == group
            for row_id in self._groups.get(group, ())
            for issue in self._issues[row_id]
        )

    def row_ids_of(self, group: Group) -> Collection[int]:
        """Return the ids of the rows with this problem, in no order."""
        return self._groups.get(group, set())

    def group_issues(self, group: Group) -> list[Issue]:
        """Return the issues of one kind, in the order of the sheet."""
        return [
            issue
            for row_id in self.rows(group)
            for issue in self._issues[row_id]
            if (issue.level, issue.code) == group
        ]

    def tally(self) -> Tally:
        """Count the rows by their gravest issue, as the review itself does, but at once."""
        errors = self._rows_with(Level.ERROR)
        done = self._groups.get(Group(Level.INFO, Code.ALREADY_CANCELLED), set()) - errors
        warnings = self._rows_with(Level.WARNING) - errors - done
        rows = len(self._review.table)
        left_out = self.count(Group(Level.INFO, Code.LEFT_OUT))
        ready = rows - len(errors) - left_out - len(done)
        return Tally(rows, ready, len(errors), len(warnings), left_out, len(done))

    def lines(self) -> int:
        """Return how many lines would be sent; a row not checked yet counts as one."""
        return len(self._review.table) + sum(lines - 1 for lines in self._lines.values())

    def _rows_with(self, level: Level) -> set[int]:
        return set().union(*(rows for group, rows in self._groups.items() if group.level is level))

    def _take(self, row_id: int) -> None:
        issues, live = self._review.issues_with_live(row_id)
        lines = 1 if live is None else len(live.targets)
        if self._review.draft(row_id).left_out:
            lines = 0
        if issues:
            self._issues[row_id] = issues
            for issue in issues:
                self._groups.setdefault(Group(issue.level, issue.code), set()).add(row_id)
                if issue.level is Level.ERROR:
                    lines = 0
        if lines != 1:
            self._lines[row_id] = lines

    def _leave(self, group: Group, row_id: int) -> None:
        rows = self._groups.get(group)
        if rows is None:
            return  # left already: a row may have two issues of one kind
        rows.discard(row_id)
        if not rows:
            del self._groups[group]
