"""The words for results: what became of a row, why, and what to do next."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from cancel_desk.checks.issues import Code, Issue, Level
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.language import gettext as _
from cancel_desk.language import gettext_noop, in_every_language, ngettext
from cancel_desk.runs.outcome import Finding, Outcome, RunLine, State
from cancel_desk.runs.results import Result, RowResult, line_result
from cancel_desk.texts.issues import issue_sentence
from cancel_desk.texts.lists import sentences
from cancel_desk.texts.reasons import reason_label


def result_word(result: Result) -> str:
    """Return the result as it stands in the sheet's Result column."""
    return _(_RESULT_WORDS[result])


def english_result(result: Result) -> str:
    """Return the result for those who read English, whatever is spoken here."""
    return _RESULT_WORDS[result]


def result_words(result: Result) -> frozenset[str]:
    """Return the result as it stands in the Result column of sheets in any language."""
    return in_every_language(_RESULT_WORDS[result])


_RESULT_WORDS = {
    Result.CANCELLED: gettext_noop("Cancelled"),
    Result.REFUSED: gettext_noop("Refused"),
    Result.UNKNOWN: gettext_noop("Unknown"),
    Result.LEFT_OUT: gettext_noop("Left out"),
    Result.NOT_SENT: gettext_noop("Not sent"),
    Result.ALREADY_CANCELLED: gettext_noop("Already cancelled"),
}


def reason_text(row: RowResult) -> str:
    """Return in plain words why a row has its result and what it means for the order."""
    if not row.lines:
        return left_out_text(row.row.left_out)
    lines = [_as_left(line) for line in row.lines]
    return line_text(lines[0]) if len(lines) == 1 else _several(lines)


def left_out_text(issues: Iterable[Issue]) -> str:
    """Return why a row is left out; mere warnings only where nothing graver is known."""
    every = list(issues)
    decisive = [x for x in every if x.level is Level.ERROR or x.code is Code.ALREADY_CANCELLED]
    return sentences(issue_sentence(issue) for issue in decisive or every)


def walmart_words(row: RowResult) -> str:
    """Return what Walmart itself said about a row, each saying once."""
    return " / ".join(_once(line.outcome.words for line in row.lines if line.outcome))


def correlation_ids(row: RowResult) -> str:
    """Return the ids under which Walmart's support finds the calls for a row."""
    return " ".join(_once(line.outcome.correlation_id for line in row.lines if line.outcome))


def result_time(row: RowResult) -> str:
    """Return when the last line of a row got its outcome: UTC, ISO 8601; empty if none has."""
    return max((line.outcome.time for line in row.lines if line.outcome), default="")


def _as_left(line: RunLine) -> RunLine:
    """Return a line as it is told once nobody waits for a call any more: results are kept."""
    if line.state is not State.SENDING:
        return line
    outcome = Outcome(State.UNKNOWN, Finding.INTERRUPTED)
    return replace(line, state=outcome.state, outcome=outcome)


def line_text(line: RunLine) -> str:
    """Return in plain words what became of one line, or that it is being sent just now."""
    if line.state is State.SENDING:
        return _("Sending now.")
    if line.outcome is None:
        return _("Not sent: the run ended before its turn. Resume the run to send it.")
    if line.state is State.CANCELLED:
        return _cancelled_text(line, line.outcome)
    if line.state is State.UNSENT and line.outcome.finding is Finding.REFUSED_BY_WALMART:
        return _("Walmart refused it together with other lines; it was not tried alone any more.")
    text = _FINDINGS[line.outcome.finding]()
    if line.finding is Finding.NO_LONGER_OPEN and line.outcome.params.get("shipped") == "0":
        text = _(
            "Not cancelled: by the time of sending, no unit was open any more, though none was "
            "shipped. It may be refunded: look at the order in Seller Center."
        )
    params = {"asked": str(line.units), "line": line.line, **line.outcome.params}
    return text.format_map(_Filled(params))


_REFUSED = range(400, 500)  # HTTP


class _Filled(dict[str, str]):
    """Numbers that were never seen read as a question mark, not as an error."""

    def __missing__(self, key: str) -> str:
        return "?"


def _cancelled_text(line: RunLine, outcome: Outcome) -> str:
    reason = reason_label(ReasonCode(line.reason))
    number = int(outcome.params.get("units", line.units))
    units = ngettext("{n} unit cancelled", "{n} units cancelled", number).format(n=number)
    text = _("{units}: {reason}.").format(units=units, reason=reason)
    if outcome.finding is Finding.FOUND_CANCELLED and outcome.status in _REFUSED:
        found = _(
            "{text} Walmart refused the call, but the order shows it as cancelled since: by this "
            "call all the same, or by somebody else at that moment."
        )
        text = found.format(text=text)
    elif outcome.finding is Finding.FOUND_CANCELLED:
        found = _("{text} The order itself shows it; no answer that says so was recorded.")
        text = found.format(text=text)
    if number > line.units:
        more = _("{text} That is more than the {asked} you asked for: look at the order.")
        text = more.format(text=text, asked=line.units)
    return text


def _several(lines: Iterable[RunLine]) -> str:
    """A row that stands for several lines: how many went well, then each that did not."""
    every = list(lines)
    done = [line for line in every if line_result(line) is Result.CANCELLED]
    text = _("{done} of {all} lines cancelled.").format(done=len(done), all=len(every))
    others = [
        _("Line {line}: {text}").format(line=line.line, text=line_text(line))
        for line in every
        if line not in done
    ]
    reason = reason_label(ReasonCode(every[0].reason))
    return sentences([text, *others] if others else [text, _("{reason}.").format(reason=reason)])


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if word))


_FINDINGS: dict[Finding, Callable[[], str]] = {
    Finding.CONFIRMED: lambda: _("Cancelled."),
    Finding.FOUND_CANCELLED: lambda: _("Cancelled."),
    # It may be cancelled all the same: by another call, which the order does not show yet.
    Finding.REFUSED_BY_WALMART: lambda: _(
        "Walmart refused this line, and this call cancelled nothing. If Walmart's words say that "
        "it is cancelled, it was so before."
    ),
    Finding.NO_LONGER_OPEN: lambda: _(
        "Not cancelled: by the time of sending, no unit was open any more ({shipped} shipped)."
    ),
    Finding.ALREADY_CANCELLED: lambda: _(
        "Already cancelled at Walmart before anything was sent: nothing was left to do."
    ),
    Finding.LESS_OPEN: lambda: _(
        "Not sent: you confirmed {asked}, but only {open} are still open. Check and send again."
    ),
    Finding.PART_CANCELLED_SINCE: lambda: _(
        "Not sent: {cancelled} of line {line} were cancelled after you confirmed this. If that was "
        "the same sheet sent twice, nothing is left to do; else check and send again."
    ),
    Finding.OTHER_ITEM: lambda: _(
        "Not sent: line {line} of the order is another item than the one you confirmed. "
        "Look at the order in Seller Center."
    ),
    Finding.SENT_BY_ANOTHER_RUN: lambda: _(
        "Not sent: run {run} sent this line after you confirmed it here. Look at that run."
    ),
    Finding.SENT_BY_A_COPY: lambda: _(
        "Not sent: another copy of this run, which was deleted here, has sent this line. Look at "
        "the order in Seller Center."
    ),
    Finding.UNSETTLED_ELSEWHERE: lambda: _(
        "Not sent: run {run} sent line {line} before and got no answer, so it may be cancelled by "
        "now. Resume that run first, which looks the order up, then this one."
    ),
    Finding.LINE_GONE: lambda: _("Not sent: the order has no line {line} any more."),
    Finding.ORDER_GONE: lambda: _("Not sent: the store has no such order."),
    Finding.FULFILLED_BY_WALMART: lambda: _("Not sent: Walmart ships this order itself (WFS)."),
    Finding.NO_ANSWER: lambda: _(
        "Walmart may have received it, but gave no usable answer, and the order does not show it "
        "as cancelled. Look at the order in Seller Center, or check again by resuming the run."
    ),
    Finding.PART_UNSURE: lambda: _(
        "No usable answer, and the order does not show it as cancelled. Part of a line is never "
        "sent again by itself: look at the order in Seller Center, then decide here."
    ),
    Finding.PARTLY_CANCELLED: lambda: _(
        "You asked for {asked}, but the order shows {cancelled} cancelled and {open} open. "
        "Look at the order in Seller Center, then decide here."
    ),
    Finding.ACCEPTED_UNCHANGED: lambda: _(
        "Walmart accepted the call, but the order does not show it as cancelled. "
        "Check again by resuming the run, or look at the order in Seller Center and decide here."
    ),
    Finding.LEFT_BY_PERSON: lambda: _(
        "Left as it is, as you decided: you asked for {asked} of line {line}, and Walmart gave no "
        "usable answer. The order then showed {cancelled_in_all} cancelled, {open} open and "
        "{shipped} shipped."
    ),
    Finding.SEND_AGAIN: lambda: _(
        "You decided to send {again} of line {line} again. Resume the run to do it: the order is "
        "read first, and nothing is sent if it changed since you saw it."
    ),
    Finding.INTERRUPTED: lambda: _(
        "It was being sent when the program ended or could not write any more, so what came of "
        "it was not recorded. Resume the run: the order is looked up first."
    ),
    Finding.NOT_REACHED: lambda: _(
        "Not sent: Walmart could not be reached. Nothing was cancelled; resume the run to send it."
    ),
    Finding.NOT_READ: lambda: _(
        "Not sent: the order could not be read just before. Resume the run to send it."
    ),
    Finding.THROTTLED: lambda: _(
        "Not sent: Walmart kept asking to wait. Resume the run later to send it."
    ),
    Finding.NOT_ALLOWED: lambda: _(
        "Not sent: Walmart did not let the call through. Check that the keys of this account may "
        "change orders, then resume the run."
    ),
    Finding.CREDENTIALS_REFUSED: lambda: _(
        "Not sent: Walmart refused the keys of this account. Check them, then resume the run."
    ),
}
