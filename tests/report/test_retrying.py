"""Going on after a run: the rows that failed as a new run's sheet, and what to set to zero."""

from pathlib import Path

from cancel_desk.checks.issues import Code
from cancel_desk.checks.reasons import ReasonCode
from cancel_desk.checks.review import Review
from cancel_desk.report.retrying import failed_rows, restock_table, sold_out
from cancel_desk.runs.outcome import State
from cancel_desk.runs.results import Result
from cancel_desk.runs.run import Run
from cancel_desk.sheet.opening import open_table
from cancel_desk.sheet.rows import FileKind, Source
from outcomes_run import HEADERS, STORE, run_with_all_outcomes


def test_only_the_rows_that_failed_are_tried_again(run: Run) -> None:
    raw = failed_rows(run)
    failed = [
        each.row for each in run.results() if each.result in {Result.REFUSED, Result.LEFT_OUT}
    ]
    assert raw.headers == HEADERS
    assert [row.cells for row in raw.rows] == [row.cells for row in failed]
    assert [row.number for row in raw.rows] == [row.number for row in failed]
    assert {row.id for row in raw.rows} == set(range(1, len(failed) + 1))


def test_rows_that_the_person_left_out_are_not_tried_again(run: Run) -> None:
    rows = run._journal.rows()
    left = next(row for row in rows if row.left_out)
    told = f'[[null, "info", "{Code.LEFT_OUT}", {{"why": "mine"}}]]'
    with run._journal._writing() as db:
        db.execute("UPDATE row SET left_out = ? WHERE id = ?", (told, left.id))
    assert left.cells not in [row.cells for row in failed_rows(run).rows]


def test_the_new_run_names_the_former_one(run: Run, tmp_path: Path) -> None:
    table = open_table(failed_rows(run))
    review = Review(table, "US")
    folder = tmp_path / "next"
    folder.mkdir()
    again = Run.begin(folder, review.plan(STORE), table, facts={"account": "a", "version": "1"})
    assert again.former == run.id
    assert again.summary().former == run.id
    assert again.facts["source"] == run.facts["source"]
    assert run.former == ""
    again.close()


def test_the_formatting_of_the_persons_workbook_is_found_again(tmp_path: Path) -> None:
    source = Source("/x/may.xlsx", FileKind.XLSX, "May", 3, fingerprint="abc")
    run = run_with_all_outcomes(tmp_path, source=source)
    table = open_table(failed_rows(run))
    folder = tmp_path / "next"
    folder.mkdir()
    plan = Review(table, "US").plan(STORE)
    again = Run.begin(folder, plan, table, facts={"account": "a", "version": "1"})
    assert again.origin == run.origin == ("/x/may.xlsx", "May", 3, "abc")
    again.close()
    run.close()


def test_skus_cancelled_as_out_of_stock_are_to_be_set_to_zero(run: Run) -> None:
    found = sold_out(run)
    lines = [
        line
        for line in run.lines()
        if line.state is State.CANCELLED and line.reason == ReasonCode.OUT_OF_STOCK
    ]
    assert {each.sku for each in found} == {line.sku for line in lines}
    for each in found:
        mine = [line for line in lines if line.sku == each.sku]
        assert each.units == sum(int(x.outcome.params["units"]) for x in mine if x.outcome)
        assert each.orders == len({line.po for line in mine})
    assert [each.units for each in found] == sorted((x.units for x in found), reverse=True)
    assert not any(each.sku.startswith("W-") for each in found)  # those were fraud
    table = restock_table(run)
    assert table.rows == tuple((x.sku, 0, x.units, x.orders) for x in found)
