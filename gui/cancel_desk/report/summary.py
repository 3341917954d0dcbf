"""The summary of a run: what it was, what became of it in numbers, and what was left out."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from cancel_desk import __version__
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.language import gettext as _
from cancel_desk.language import grouped
from cancel_desk.runs.outcome import RunLine, State
from cancel_desk.runs.results import Result, RowResult, cancelled_units, line_result
from cancel_desk.runs.run import Run
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.result_rows import LeftOutRow, Summary, SummaryWords, Tally
from cancel_desk.texts.lists import sentences
from cancel_desk.texts.outcomes import left_out_text, line_text, result_word
from cancel_desk.texts.reasons import reason_label
from cancel_desk.texts.runs import verdict
from cancel_desk.texts.times import utc_moment

_MOST_LEFT_OUT = 10_000
"""So many rows that were left out are named on the summary; the sheet itself has them all."""


def run_summary(run: Run, results: Sequence[RowResult]) -> Summary:
    """Return the summary of a run whose rows have these results."""
    counts = Counter(each.result for each in results)
    lines = [line for each in results for line in each.lines]
    return Summary(
        facts=tuple(_facts(run, lines, counts)),
        results=_by_result(counts, lines),
        reasons=_by_reason(lines),
        left_out=_left_out(run, results),
        words=_words(),
    )


def order_of(run: Run, each: RowResult) -> str:
    """Return the purchase order of a row: what was sent, or what the person wrote."""
    if each.lines:
        return each.lines[0].po
    return cell_of(run, each, Column.PO)


def cell_of(run: Run, each: RowResult, column: Column) -> str:
    """Return what the person wrote in a column; "" where the sheet has none."""
    at = run.columns.get(column)
    return "" if at is None else each.row.cells[at]


def _facts(run: Run, lines: Sequence[RunLine], counts: Counter[Result]) -> list[tuple[str, str]]:
    store, facts = run.store, run.facts
    times = sorted(line.outcome.time for line in lines if line.outcome and line.outcome.time)
    found = [
        (_("Verdict"), verdict(counts)),
        (_("Store"), store.name),
        (_("Environment"), store.environment),
        (_("Market"), store.market),
        (_("File"), facts["source"]),
        (_("Began"), f"{utc_moment(facts['created'])} UTC"),
        (_("Last result"), f"{utc_moment(times[-1])} UTC" if times else ""),
        (_("Run"), run.id),
        (_("Tries again the failed rows of"), run.former),
        (_("Sent with Cancel Desk"), facts["version"]),
        (_("Written with Cancel Desk"), __version__),
    ]
    return [(name, value) for name, value in found if value]


def _by_result(counts: Counter[Result], lines: Sequence[RunLine]) -> tuple[Tally, ...]:
    units: Counter[Result] = Counter()
    for line in lines:
        units[line_result(line)] += cancelled_units(line) or line.units
    return tuple(Tally(result_word(each), counts[each], units[each], each.value) for each in Result)


def _by_reason(lines: Sequence[RunLine]) -> tuple[Tally, ...]:
    done = [line for line in lines if line.state is State.CANCELLED]
    number = Counter(line.reason for line in done)
    units: Counter[str] = Counter()
    for line in done:
        units[line.reason] += cancelled_units(line) or 0
    return tuple(
        Tally(reason_label(ReasonCode(reason)), lines_, units[reason])
        for reason, lines_ in number.most_common()
    )


def _left_out(run: Run, results: Sequence[RowResult]) -> tuple[LeftOutRow, ...]:
    found = (each for each in results if each.result is Result.LEFT_OUT)
    rows = [
        LeftOutRow(str(each.row.number or ""), order_of(run, each), _why(each))
        for each in islice(found, _MOST_LEFT_OUT)
    ]
    if more := sum(1 for _each in found):
        rows.append(
            LeftOutRow("", "", _("and {n} more, on the first sheet").format(n=grouped(more)))
        )
    return tuple(rows)


def _why(each: RowResult) -> str:
    if not each.lines:
        return left_out_text(each.row.left_out)
    skipped = [line for line in each.lines if line_result(line) is Result.LEFT_OUT]
    return sentences(dict.fromkeys(map(line_text, skipped)))


def _words() -> SummaryWords:
    return SummaryWords(
        title=_("What became of the sheet"),
        results=_("By result"),
        reasons=_("Cancelled, by reason"),
        rows=_("Rows"),
        lines=_("Lines"),
        units=_("Units"),
        left_out=_("Left out, and why"),
        row=_("Row"),
        order=_("Order"),
        why=_("Why"),
    )
