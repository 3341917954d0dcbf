"""Tables and JSON: the review, the plan, the runs and what became of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from cancel_desk.checks.issues import Issue, Level
from cancel_desk.checks.plan import Plan
from cancel_desk.checks.review import Review, Tally
from cancel_desk.cli.front import readable
from cancel_desk.language import gettext as _
from cancel_desk.language import grouped, ngettext
from cancel_desk.report.counts import counts_object
from cancel_desk.runs.history import RunSummary
from cancel_desk.runs.results import Result
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.real_numbers import Fit, NumberSearch
from cancel_desk.texts.issues import column_name, issue_sentence
from cancel_desk.texts.lists import counts_words, sentences
from cancel_desk.texts.outcomes import left_out_text, result_word
from cancel_desk.texts.real_numbers import (
    candidate_words,
    clue_words,
    number_search_sentence,
    units_words,
)
from cancel_desk.texts.reasons import reason_consequence, reason_label

_STYLES = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "dim"}
_LEVEL_ORDER = tuple(Level)
_LINE_COLUMNS = (Column.PO, Column.LINE, Column.SKU, Column.QUANTITY)
_OFFERED = 10  # candidates of one row that are listed; scripts get all


def tally_words(tally: Tally) -> Text:
    """Return the counts of a review in one line."""
    words = ngettext(
        "{rows} row: {ready} ready, {errors} with errors, {warnings} with warnings.",
        "{rows} rows: {ready} ready, {errors} with errors, {warnings} with warnings.",
        tally.rows,
    ).format(
        rows=grouped(tally.rows),
        ready=grouped(tally.ready),
        errors=grouped(tally.errors),
        warnings=grouped(tally.warnings),
    )
    if tally.left_out:
        left_out = ngettext(
            "{count} row is left out by you.", "{count} rows are left out by you.", tally.left_out
        )
        words = sentences((words, left_out.format(count=grouped(tally.left_out))))
    if tally.done:
        done = ngettext(
            "{count} row is cancelled already.", "{count} rows are cancelled already.", tally.done
        )
        words = sentences((words, done.format(count=grouped(tally.done))))
    return readable(words)


def issues_list(review: Review) -> list[dict[str, object]]:
    """Return every issue for scripts, row by row; ``row`` counts as the person's file does."""
    return [
        {
            "row": row.number,
            "column": issue.column,
            "level": issue.level,
            "code": issue.code,
            "text": issue_sentence(issue),
        }
        for row in review.table.rows
        for issue in review.issues(row.id)
    ]


def issues_table(review: Review) -> Table:
    """Return every issue for people, row by row."""
    table = _table(_("Row"), _("Column"), _("Level"), _("What is wrong, and what to do"))
    for row in review.table.rows:
        for issue in sorted(review.issues(row.id), key=_gravity):
            table.add_row(
                str(row.number or ""),
                column_name(issue.column) if issue.column else "",
                Text(_level_word(issue.level), style=_STYLES[issue.level]),
                readable(issue_sentence(issue)),
            )
    return table


def numbers_list(numbers: Iterable[NumberSearch]) -> list[dict[str, object]]:
    """Return for scripts what the open orders offer for damaged numbers; none of it is applied.

    The line of a candidate is blank where the row stands for a whole order.
    """
    return [
        {
            "row": search.row.number,
            "text": search.text,
            "fit": search.fit,
            "candidates": [
                {
                    "po": each.po,
                    "line": each.line,
                    "sku": each.sku,
                    "ordered": each.ordered,
                    "open": each.open,
                    "clues": list(each.clues),
                }
                for each in search.candidates
            ],
        }
        for search in numbers
    ]


def numbers_table(numbers: Iterable[NumberSearch]) -> Table:
    """Return for people what the open orders offer for damaged numbers."""
    table = _table(_("Row"), _("What the store's open orders offer; nothing was changed"))
    for search in numbers:
        words = [number_search_sentence(search)]
        if search.fit is Fit.SEVERAL:
            offered = search.candidates[:_OFFERED]
            words += [
                f"{candidate_words(each)}: {clue_words(each)}, {units_words(each)}"
                for each in offered
            ]
            if more := len(search.candidates) - len(offered):
                words.append(ngettext("and {n} more", "and {n} more", more).format(n=grouped(more)))
        table.add_row(str(search.row.number or ""), readable("\n".join(words)))
    return table


def looked_up_table(review: Review) -> Table:
    """Return the order lines that rows of the sheet stand for, row by row."""
    table = _table(_("Row"), *map(column_name, _LINE_COLUMNS))
    for row in review.table.rows:
        cells = (readable(review.table.text(row, column)) for column in _LINE_COLUMNS)
        table.add_row(str(row.number or ""), *cells)
    return table


def reasons_table(plan: Plan) -> Table:
    """Return how many lines are cancelled for each reason, and what each leads to."""
    table = _table(_("Lines"), _("Reason"), _("What it leads to"))
    for code, number in plan.reasons.most_common():
        table.add_row(grouped(number), reason_label(code), reason_consequence(code))
    return table


def left_out_table(plan: Plan, review: Review) -> Table:
    """Return the rows that are not cancelled and won't be sent, and why."""
    table = _table(_("Row"), _("Left out because"))
    for each in plan.left_out:
        if each.already_cancelled:
            continue
        number = review.table.row(each.row_id).number
        table.add_row(str(number or ""), readable(left_out_text(each.issues)))
    return table


def warnings_table(plan: Plan, review: Review) -> Table | None:
    """Return what to think of before rows are sent that could be sent; None if there is nothing."""
    table = _table(_("Row"), _("Sent, but mind"))
    for issue in review.warnings_of(plan):
        number = review.table.row(issue.row_id).number
        table.add_row(str(number or ""), readable(issue_sentence(issue)))
    return table if table.row_count else None


def counts_table(counts: Counter[Result]) -> Table:
    """Return the number of rows by result."""
    table = _table(_("Result"), _("Rows"))
    for result in Result:
        if counts[result]:
            table.add_row(result_word(result), grouped(counts[result]))
    return table


def runs_table(runs: Sequence[RunSummary]) -> Table:
    """Return the runs of this computer for people, the latest first."""
    table = _table(_("Run"), _("State"), _("Store"), _("File"), _("Rows"))
    for run in runs:
        table.add_row(
            run.id,
            _state_word(run),
            readable(f"{run.store} ({run.environment})" if run.store else ""),
            readable(Path(run.source).name),
            readable(counts_words(run.counts)),
        )
    return table


def runs_list(runs: Sequence[RunSummary]) -> list[dict[str, object]]:
    """Return the runs for scripts, the latest first; ``counts`` is None where it isn't known."""
    return [
        {
            "id": run.id,
            "created": run.created,
            "store": run.store,
            "environment": run.environment,
            "source": run.source,
            "counts": None if run.counts is None else counts_object(run.counts),
            "unfinished": run.unfinished,
            "in_use": run.in_use,
            "unreadable": run.unreadable,
        }
        for run in runs
    ]


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    first, *between = columns
    # Numbers and ids stay whole, whatever the width; everything else folds.
    table.add_column(first, no_wrap=True)
    for name in between:
        table.add_column(name, overflow="fold")
    return table


def _gravity(issue: Issue) -> int:
    return _LEVEL_ORDER.index(issue.level)


def _level_word(level: Level) -> str:
    return {Level.ERROR: _("error"), Level.WARNING: _("warning"), Level.INFO: _("note")}[level]


def _state_word(run: RunSummary) -> str:
    if run.in_use:
        return _("in use")
    if run.unreadable:
        return _("can't be read")
    return _("unfinished") if run.unfinished else _("finished")
