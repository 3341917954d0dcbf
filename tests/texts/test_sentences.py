"""Every code has its words, and they can be filled."""

import string
from dataclasses import replace

import pytest

from cancel_desk.checks.issues import Code, Issue, Level
from cancel_desk.runs.journal import SheetRow
from cancel_desk.runs.outcome import Finding, Outcome, RunLine, State
from cancel_desk.runs.results import Result, RowResult
from cancel_desk.sheet.columns import Column
from cancel_desk.sheet.damage import Damage
from cancel_desk.texts.issues import _SENTENCES, issue_sentence, issue_title
from cancel_desk.texts.outcomes import left_out_text, line_text, reason_text, result_word
from cancel_desk.texts.reasons import rate_sentence


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


# Theirs differ by what happened to the cell, or by a number.
OTHERWISE = frozenset({Code.CELL_DAMAGED, Code.NO_LINE_FOUND, Code.PART_ALREADY_CANCELLED})


@pytest.mark.parametrize("code", [code for code in Code if code not in OTHERWISE])
def test_every_issue_has_a_title_and_a_sentence_of_its_own(code: Code) -> None:
    params = {name: f"<{name}>" for name in fields(_SENTENCES[code]()) - {"column", "date"}}
    dated = {**params, "date": "2026-11-27"} if code is Code.SENT_EARLIER else params
    text = issue_sentence(Issue(1, Column.PO, Level.ERROR, code, dated))
    assert issue_title(code)
    assert "{" not in text
    assert all(value in text for value in params.values())


@pytest.mark.parametrize("damage", list(Damage))
def test_every_damage_has_a_sentence_that_shows_the_column(damage: Damage) -> None:
    params = {"damage": damage.value, "text": "1.8E+12"}
    text = issue_sentence(Issue(1, Column.PO, Level.ERROR, Code.CELL_DAMAGED, params))
    assert "PO number" in text


def test_one_unit_is_and_two_units_are() -> None:
    def told(cancelled: str) -> str:
        params = {"asked": "1", "open": "7", "cancelled": cancelled, "line": "1"}
        code = Code.PART_ALREADY_CANCELLED
        return issue_sentence(Issue(1, Column.QUANTITY, Level.ERROR, code, params))

    assert told("1").startswith("1 unit of this line is already cancelled")
    assert told("2").startswith("2 units of this line are already cancelled")
    assert "7" in told("1")


def test_a_row_inserted_here_is_named_without_a_number() -> None:
    params = {"other": "", "po": "1", "line": "1"}
    issue = Issue(1, Column.LINE, Level.ERROR, Code.SAME_LINE_TWICE, params)
    assert "another row" in issue_sentence(issue)


def test_the_six_results_are_called_what_the_contract_says() -> None:
    assert {result_word(result) for result in Result} == {
        "Cancelled",
        "Refused",
        "Unknown",
        "Left out",
        "Not sent",
        "Already cancelled",
    }


@pytest.mark.parametrize("finding", list(Finding))
def test_every_finding_has_words(finding: Finding) -> None:
    outcome = Outcome(State.UNKNOWN, finding)
    line = RunLine(1, 0, "1", 1, "1", 1, "SELLER_CANCEL_OUT_OF_STOCK", "", State.UNKNOWN, outcome)
    text = line_text(line)
    assert text.endswith(".")
    assert "{" not in text


def test_a_cancel_that_was_looked_up_claims_no_answer_that_nobody_has() -> None:
    """The program may have ended before the answer, and Walmart may have given none."""
    for status in (None, 200, 500):
        outcome = Outcome(State.CANCELLED, Finding.FOUND_CANCELLED, {"units": "1"}, status=status)
        line = RunLine(1, 0, "1", 1, "1", 1, "SELLER_CANCEL_OUT_OF_STOCK", "", State.CANCELLED)
        text = line_text(replace(line, outcome=outcome))
        assert text.endswith("The order itself shows it; no answer that says so was recorded.")


def test_a_cancel_whose_call_was_refused_is_claimed_for_nobody() -> None:
    outcome = Outcome(State.CANCELLED, Finding.FOUND_CANCELLED, {"units": "1"}, status=400)
    line = RunLine(1, 0, "1", 1, "1", 1, "SELLER_CANCEL_OUT_OF_STOCK", "", State.CANCELLED, outcome)
    text = line_text(line)
    assert "no answer that says so" not in text
    assert "Walmart refused the call" in text
    assert "somebody else" in text


def test_a_line_that_closed_without_being_shipped_may_be_refunded() -> None:
    outcome = Outcome(State.REFUSED, Finding.NO_LONGER_OPEN, {"shipped": "0"})
    line = RunLine(1, 0, "1", 1, "1", 1, "SELLER_CANCEL_OUT_OF_STOCK", "", State.REFUSED, outcome)
    assert "none was shipped" in line_text(line)
    shipped = replace(line, outcome=replace(outcome, params={"shipped": "2"}))
    assert "(2 shipped)" in line_text(shipped)


def test_an_order_without_lines_is_not_said_to_have_some() -> None:
    issue = Issue(1, Column.LINE, Level.ERROR, Code.LINE_NOT_FOUND, {"line": "1", "known": ""})
    assert issue_sentence(issue).startswith("The order has no lines")
    assert "it has 2, 3" in issue_sentence(replace(issue, params={"line": "1", "known": "2, 3"}))


@pytest.mark.parametrize("other", ["2", ""])
def test_a_row_that_asks_for_the_same_line_claims_no_cancel(other: str) -> None:
    """It is told before anything is sent, and kept whatever becomes of the other row."""
    issue = Issue(1, Column.LINE, Level.ERROR, Code.SAME_LINE_TWICE, {"other": other})
    assert "is cancelled" not in issue_sentence(issue)
    assert "See there what comes of it" in issue_sentence(issue)


def test_what_is_kept_of_a_line_under_way_is_true_when_it_is_read() -> None:
    line = RunLine(1, 0, "1", 1, "1", 1, "SELLER_CANCEL_OUT_OF_STOCK", "", State.SENDING)
    assert line_text(line) == "Sending now."
    kept = reason_text(RowResult(SheetRow(1, 2, ()), Result.UNKNOWN, (line,)))
    ended = replace(line, outcome=Outcome(State.UNKNOWN, Finding.INTERRUPTED), state=State.UNKNOWN)
    assert kept == line_text(ended)
    two = reason_text(RowResult(SheetRow(1, 2, ()), Result.UNKNOWN, (line, line)))
    assert "Sending now." not in two


def test_a_refusal_claims_nothing_of_a_cancel_by_another_call() -> None:
    """An order may read as open for a while after another call cancelled its line."""
    said = "The Line: 1 of PO: 1 is in CANCELLED status"
    outcome = Outcome(State.REFUSED, Finding.REFUSED_BY_WALMART, words=said, status=400)
    line = RunLine(1, 0, "1", 1, "1", 1, "SELLER_CANCEL_OUT_OF_STOCK", "", State.REFUSED, outcome)
    assert "not cancelled" not in line_text(line)
    assert "this call cancelled nothing" in line_text(line)


def test_a_warning_does_not_hide_behind_or_before_the_error_that_decides() -> None:
    warning = Issue(1, Column.QUANTITY, Level.WARNING, Code.QUANTITY_BLANK)
    error = Issue(1, Column.REASON, Level.ERROR, Code.REASON_MISSING)
    assert left_out_text([warning, error]) == issue_sentence(error)
    assert left_out_text([warning]) == issue_sentence(warning)


def test_the_cancellation_rate_is_spoken_of_only_where_it_is_touched() -> None:
    assert rate_sentence(0) == ""
    assert rate_sentence(1).startswith("1 line counts")
    assert rate_sentence(1200).startswith("1,200 lines count")
