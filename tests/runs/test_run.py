"""A run from its plan to its results, and the history of runs."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from builders import OTHER_PO, PO, order, order_line, table
from cancel_desk.checks.plan import Store
from cancel_desk.checks.review import Review
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.history import list_runs, run_path
from cancel_desk.runs.journal import RunInUse, SheetRow
from cancel_desk.runs.outcome import Finding, Outcome, RunLine, State
from cancel_desk.runs.results import Result, RowResult, line_result, row_results
from cancel_desk.runs.run import Run
from cancel_desk.runs.store_lock import StoreLock
from cancel_desk.texts.outcomes import correlation_ids, reason_text, result_time, walmart_words
from pretended_store import PretendedStore
from runs_bench import IMPATIENT, Notes

STORE = Store("Northwind Goods", "US", "LIVE", "https://marketplace.walmartapis.com")
SHOP = (
    order(order_line("1"), order_line("2", ordered=2)),
    order(order_line("1"), order_line("2", Shipped=1), po=OTHER_PO),
)


def begun(folder: Path) -> Run:
    """A run of a line, a whole order, and two rows left out."""
    rows = table(
        (PO, "1", "", "1", "OOS"),
        (PO, "1", "", "1", "OOS"),
        (OTHER_PO, "all", "", "", "fraud"),
        ("", "", "", "", ""),
    )
    review = Review(rows, "US")
    review.add_looks({each.purchase_order_id: each for each in SHOP})
    return Run.begin(folder, review.plan(STORE), rows, facts={"account": "NW", "version": "1"})


def test_every_row_has_one_result_in_the_order_of_the_sheet(tmp_path: Path) -> None:
    run = begun(tmp_path)
    assert [each.result for each in run.results()] == [
        Result.NOT_SENT,
        Result.LEFT_OUT,
        Result.NOT_SENT,
        Result.LEFT_OUT,
    ]
    assert run.summary().unfinished
    end = run.send(PretendedStore(*SHOP), Gate(), Notes(), patience=IMPATIENT)
    assert not end.stopped
    assert [each.result for each in run.results()] == [
        Result.CANCELLED,
        Result.LEFT_OUT,
        Result.CANCELLED,
        Result.LEFT_OUT,
    ]
    assert run.counts() == {Result.CANCELLED: 2, Result.LEFT_OUT: 2}
    assert not run.summary().unfinished
    assert run.headers == ["PO#", "Line#", "SKU", "Qty", "Reason"]
    assert run.store == STORE
    run.close()


def test_a_run_is_found_again_by_id_or_file(tmp_path: Path) -> None:
    run = begun(tmp_path)
    run.close()
    assert run_path(tmp_path, run.id) == run.path
    assert run_path(tmp_path, str(run.path)) == run.path
    again = Run.reopen(run.path)
    assert again.id == run.id
    again.close()


def test_history_names_the_latest_first_and_what_is_in_use(tmp_path: Path) -> None:
    first = begun(tmp_path)
    first.send(PretendedStore(*SHOP), Gate(), Notes(), patience=IMPATIENT)
    first.close()
    first.path.rename(first.path.with_name("2000-01-01-000000-aaaa.run"))
    open_run = begun(tmp_path)
    (tmp_path / "notes.run").write_text("no run")
    (tmp_path / "other.txt").write_text("nor this")
    found = list_runs(tmp_path)
    assert [(run.id, run.in_use, run.unfinished) for run in found] == [
        ("notes", False, False),
        (open_run.id, True, False),
        ("2000-01-01-000000-aaaa", False, False),
    ]
    assert [run.unreadable for run in found] == [True, False, False]
    assert found[2].counts == {Result.CANCELLED: 2, Result.LEFT_OUT: 2}
    assert found[2].store == "Northwind Goods"
    open_run.close()
    assert [run.unfinished for run in list_runs(tmp_path)] == [False, True, False]


def test_only_one_run_of_a_store_sends_at_a_time(tmp_path: Path) -> None:
    other = Store("Southwind", "US", "LIVE", STORE.address)
    places = [tmp_path / "locks"]
    with (
        StoreLock(tmp_path, STORE, places=places),
        StoreLock(tmp_path, other, places=places),
        pytest.raises(RunInUse),
        StoreLock(tmp_path, STORE, places=places),
    ):
        pytest.fail("two runs of one store were let through")
    with StoreLock(tmp_path, STORE, places=places):
        pass


def test_another_spelling_of_its_address_makes_no_other_store(tmp_path: Path) -> None:
    respelled = replace(STORE, address="https://Marketplace.walmartapis.com.:443/")
    for places in ([], [tmp_path / "locks"]):
        with (
            StoreLock(tmp_path, STORE, places=places),
            pytest.raises(RunInUse),
            StoreLock(tmp_path, respelled, places=places),
        ):
            pytest.fail("two runs of one store were let through")


def line(state: State, finding: Finding | None, number: str = "1", words: str = "") -> RunLine:
    outcome = (
        Outcome(state, finding, words=words, correlation_id=f"c-{number}", time=f"2026-{number}")
        if finding
        else None
    )
    return RunLine(
        int(number), 0, PO, 1, number, 1, "SELLER_CANCEL_OUT_OF_STOCK", "", state, outcome
    )


DONE = (State.CANCELLED, Finding.CONFIRMED)
ALREADY = (State.SKIPPED, Finding.ALREADY_CANCELLED)


def result_of(*lines: tuple[State, Finding | None]) -> RowResult:
    made = [line(*each, number=str(at)) for at, each in enumerate(lines, start=1)]
    return row_results([SheetRow(1, 2, ("x",))], made)[0]


@pytest.mark.parametrize(
    ("state", "finding", "result"),
    [
        (State.PENDING, None, Result.NOT_SENT),
        (State.UNSENT, Finding.NOT_REACHED, Result.NOT_SENT),
        (State.SENDING, None, Result.UNKNOWN),
        (State.UNKNOWN, Finding.NO_ANSWER, Result.UNKNOWN),
        (*DONE, Result.CANCELLED),
        (State.REFUSED, Finding.REFUSED_BY_WALMART, Result.REFUSED),
        (State.SKIPPED, Finding.LESS_OPEN, Result.LEFT_OUT),
        (*ALREADY, Result.ALREADY_CANCELLED),
    ],
)
def test_each_state_of_a_line_has_a_result(
    state: State, finding: Finding | None, result: Result
) -> None:
    assert line_result(line(state, finding)) is result
    assert result_of((state, finding)).result is result


def test_of_several_lines_the_one_that_needs_a_person_decides() -> None:
    unknown = (State.UNKNOWN, Finding.NO_ANSWER)
    refused = (State.REFUSED, Finding.REFUSED_BY_WALMART)
    assert result_of(DONE, refused, unknown).result is Result.UNKNOWN
    assert result_of(DONE, refused).result is Result.REFUSED
    assert result_of(DONE, (State.PENDING, None)).result is Result.NOT_SENT
    assert result_of(DONE, (State.SKIPPED, Finding.LESS_OPEN)).result is Result.LEFT_OUT
    assert result_of(DONE, ALREADY).result is Result.CANCELLED
    assert result_of(ALREADY, ALREADY).result is Result.ALREADY_CANCELLED


def test_a_row_of_several_lines_tells_what_became_of_each() -> None:
    row = result_of(DONE, DONE, (State.REFUSED, Finding.REFUSED_BY_WALMART))
    text = reason_text(row)
    assert text.startswith("2 of 3 lines cancelled.")
    assert "Line 3: Walmart refused" in text
    assert correlation_ids(row) == "c-1 c-2 c-3"
    assert result_time(row) == "2026-3"


def test_walmarts_words_stand_once() -> None:
    lines = [line(*DONE, number="1", words="Busy"), line(*DONE, number="2", words="Busy")]
    assert walmart_words(row_results([SheetRow(1, 2, ())], lines)[0]) == "Busy"


def test_the_run_keeps_the_sheet_but_only_the_persons_own_columns(tmp_path: Path) -> None:
    rows = table((PO, "1"), headers=("PO#", "Line#"))
    review = Review(rows, "US")
    run = Run.begin(tmp_path, review.plan(STORE), rows, facts={"account": "a", "version": "1"})
    assert run.results()[0].row.cells == (PO, "1")
    assert json.loads(run.facts["headers"]) == ["PO#", "Line#"]
    run.close()
