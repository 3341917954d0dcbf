"""What the cells of the grid say: shown, hinted at, and spoken."""

import html
import re
from collections.abc import Iterable, Sequence

from cancel_desk.checks.issues import Issue, Level
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.checks.review import Review
from cancel_desk.language import gettext as _
from cancel_desk.language import pgettext
from cancel_desk.texts.issues import issue_sentence
from cancel_desk.texts.lists import listed
from cancel_desk.texts.orders import NOT_CHECKED, walmart_details, walmart_says
from cancel_desk.texts.reasons import reason_label
from cancel_desk.ui.grid.findings import Findings, RowState
from cancel_desk.ui.grid.grid_columns import GridColumn, Kind

_SENTENCE_END = re.compile(r"(?<=[.!?”])\s+(?=[A-Z“0-9])")
_LEVELS = list(Level)
_Said = tuple[object, ...]
"""What a sentence is made of."""


def state_word(state: RowState) -> str:
    """Return the state of a row in a word."""
    return {
        RowState.READY: _("Ready"),
        RowState.WARNING: _("Warning"),
        RowState.ERROR: _("Error"),
        RowState.CLOSED: _("Too late"),
        RowState.DONE: pgettext("row", "Done"),
        RowState.LEFT_OUT: _("Left out"),
    }[state]


class CellWords:
    """The words for every cell of a review.

    A sentence costs more than a cell may when a page is painted, so each is made once. What Walmart
    says is kept for a row until it is forgotten.
    """

    def __init__(self, review: Review, findings: Findings) -> None:
        self._review = review
        self._findings = findings
        self._notes: dict[_Said, str] = {}
        self._said: dict[int, str] = {}
        self._searched: dict[int, str] = {}
        self._reasons: dict[ReasonCode, str] = {}
        self._states: dict[RowState, str] = {}

    def kept(self) -> list[str]:
        """Return what was put together for searches so far, in no order: a text for each row."""
        return list(self._searched.values())

    def forget(self, row_ids: Iterable[int]) -> None:
        """Drop the words of rows that were touched."""
        for row_id in row_ids:
            self._said.pop(row_id, None)
            self._searched.pop(row_id, None)

    def text(self, row_id: int, column: GridColumn) -> str:
        """Return the raw text of a cell, or the words of a column that the program fills in."""
        if column.at is None:
            return self.shown(row_id, column)
        return self._review.table.row(row_id).cells[column.at]

    def shown(self, row_id: int, column: GridColumn) -> str:
        """Return what is shown, on one line."""
        match column.kind:
            case Kind.CELL:
                return _on_one_line(self._review.table.row(row_id).cells[column.at or 0])
            case Kind.REASON:
                return self._reason(row_id, column)
            case Kind.WALMART:
                return self._walmart(row_id)
            case Kind.NOTE:
                return self._note(row_id)
            case Kind.STATE:
                return self._state(self._findings.state(row_id))

    def column(self, row_ids: Sequence[int], column: GridColumn) -> list[str]:
        """Return what is shown in a column of many rows."""
        if column.kind is Kind.CELL and column.at is not None:
            texts = self._review.table.texts(row_ids, column.at)
            return list(map(_on_one_line, texts)) if _breaks("".join(texts)) else texts
        if column.kind is Kind.REASON and column.at is not None:
            drafts = map(self._review.draft, row_ids)
            texts = self._review.table.texts(row_ids, column.at)
            return [
                text if draft.reason is None else self._label(draft.reason.code)
                for draft, text in zip(drafts, texts, strict=True)
            ]
        return [self.shown(row_id, column) for row_id in row_ids]

    def searched(self, row_ids: Sequence[int], columns: Iterable[GridColumn]) -> list[str]:
        """Return all that a search looks at in rows, in small letters; each is made once."""
        kept = self._searched
        missing = [row_id for row_id in row_ids if row_id not in kept]
        if missing:
            spoken = (column for column in columns if column.kind in {Kind.REASON, Kind.NOTE})
            words = (self.column(missing, column) for column in spoken)
            cells = (row.cells for row in map(self._review.table.row, missing))
            for row_id, texts, *said in zip(missing, cells, *words, strict=True):
                kept[row_id] = "\n".join((*texts, *said)).casefold()
        return list(map(kept.__getitem__, row_ids))

    def level(self, row_id: int, column: GridColumn) -> Level | None:
        """Return how grave the issues on a cell are; the note is as grave as its row."""
        issues = self._findings.issues(row_id)
        if not issues or (column.column is None and column.kind is not Kind.NOTE):
            return None
        levels = [issue.level for issue in self._issues(row_id, column)]
        return min(levels, key=_LEVELS.index) if levels else None

    def tool_tip(self, row_id: int, column: GridColumn) -> str | None:
        """Return the whole sentences; as rich text, so that long ones are wrapped."""
        lines = [issue_sentence(issue) for issue in self._issues(row_id, column)]
        if column.kind is Kind.STATE:
            lines.insert(0, self.shown(row_id, column))
        elif column.kind is Kind.WALMART:
            lines = [self._walmart(row_id), *self._details(row_id)]
        return "<qt>{}</qt>".format("<br>".join(map(html.escape, lines))) if lines else None

    def spoken(self, row_id: int, column: GridColumn) -> str:
        """Return what a screen reader says: the row, the column, the text and what is wrong."""
        parts = [
            row_name(self._review.table.row(row_id).number),
            column.title or _("State"),
            self.shown(row_id, column) or _("blank"),
        ]
        if column.kind is Kind.WALMART:
            parts.extend(self._details(row_id))
        elif column.kind is not Kind.NOTE:
            parts.extend(
                f"{level_word(issue.level)}: {issue_sentence(issue)}"
                for issue in self._issues(row_id, column)
            )
        return listed(parts)

    def _issues(self, row_id: int, column: GridColumn) -> list[Issue]:
        """Return the issues a cell tells of, the gravest first: all of them beside the row."""
        issues = self._findings.issues(row_id)
        if column.column is not None:
            issues = tuple(issue for issue in issues if issue.column is column.column)
        elif column.kind not in {Kind.STATE, Kind.NOTE}:
            return []
        return sorted(issues, key=lambda issue: _LEVELS.index(issue.level))

    def _state(self, state: RowState) -> str:
        if state not in self._states:
            self._states[state] = state_word(state)
        return self._states[state]

    def _reason(self, row_id: int, column: GridColumn) -> str:
        reason = self._review.draft(row_id).reason
        if reason is None:
            return self.text(row_id, column)
        return self._label(reason.code)

    def _label(self, code: ReasonCode) -> str:
        if code not in self._reasons:
            self._reasons[code] = reason_label(code)
        return self._reasons[code]

    def _walmart(self, row_id: int) -> str:
        if row_id not in self._said:
            draft = self._review.draft(row_id)
            try:
                self._said[row_id] = walmart_says(draft, self._review.look(draft.po))
            except KeyError:
                self._said[row_id] = NOT_CHECKED
        return self._said[row_id]

    def _details(self, row_id: int) -> list[str]:
        """Return what else the order tells of a row; nothing before it was read."""
        draft = self._review.draft(row_id)
        try:
            return walmart_details(draft, self._review.look(draft.po))
        except KeyError:
            return []

    def _note(self, row_id: int) -> str:
        issue = self._findings.gravest(row_id)
        if issue is None:
            return ""
        said = (issue.code, issue.column, *issue.params.values())
        if said not in self._notes:
            self._notes[said] = _SENTENCE_END.split(issue_sentence(issue), maxsplit=1)[0]
        return self._notes[said]


def _breaks(text: str) -> bool:
    return "\n" in text or "\r" in text


def _on_one_line(text: str) -> str:
    return " ".join(text.splitlines()) if _breaks(text) else text


def row_name(number: int | None) -> str:
    """Return what a row is called, by its number in the person's file."""
    if number is None:
        return _("row added here, not in your file")
    return _("row {number}").format(number=number)


def level_word(level: Level) -> str:
    """Return how much an issue matters in a word."""
    return {Level.ERROR: _("error"), Level.WARNING: _("warning"), Level.INFO: _("note")}[level]
