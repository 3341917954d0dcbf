"""The summary of a run and the page to print, against its lines."""

import re
from pathlib import Path

import pytest

from cancel_desk import __version__
from cancel_desk.report import summary as summary_module
from cancel_desk.report.summary import run_summary
from cancel_desk.report.writing import write_report
from cancel_desk.runs.outcome import State
from cancel_desk.runs.results import Result
from cancel_desk.runs.run import Run
from cancel_desk.texts.outcomes import result_time
from outcomes_run import STORE, po


def test_the_facts_name_store_badge_times_and_version(run: Run) -> None:
    facts = dict(run_summary(run, run.results()).facts)
    assert facts["Store"] == STORE.name
    assert facts["Environment"] == "LIVE"
    assert facts["Market"] == "US"
    assert facts["File"] == "orders.csv"
    assert facts["Run"] == run.id
    last = max(x.outcome.time for x in run.lines() if x.outcome)
    for name, time in (("Began", run.facts["created"]), ("Last result", last)):
        assert facts[name] == time.replace("T", " ").replace("Z", " UTC")
    assert facts["Sent with Cancel Desk"] == "1.2"
    assert facts["Written with Cancel Desk"] == __version__
    assert "Tries again the failed rows of" not in facts


def test_rows_and_units_are_counted_by_result_and_reason(run: Run) -> None:
    found = run_summary(run, run.results())
    by_kind = {tally.kind: tally for tally in found.results}
    assert sum(tally.rows for tally in found.results) == len(run.results())
    cancelled = [line for line in run.lines() if line.state is State.CANCELLED]
    units = sum(int(line.outcome.params["units"]) for line in cancelled if line.outcome)
    assert by_kind["cancelled"].units == units
    assert sum(tally.units for tally in found.reasons) == units
    assert sum(tally.rows for tally in found.reasons) == len(cancelled)
    refused = [line for line in run.lines() if line.state is State.REFUSED]
    assert by_kind["refused"].units == sum(line.units for line in refused)


def test_rows_left_out_are_named_with_order_and_why(run: Run) -> None:
    rows = run_summary(run, run.results()).left_out
    assert all(row.why for row in rows)
    assert {"77", ""} <= {row.order for row in rows}
    twice = [row for row in rows if row.order == po(0)]
    assert [row.number for row in twice] == ["2"]


def test_very_many_rows_left_out_are_named_up_to_a_number(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = run_summary(run, run.results()).left_out
    monkeypatch.setattr(summary_module, "_MOST_LEFT_OUT", 2)
    rows = run_summary(run, run.results()).left_out
    assert rows[:2] == every[:2]
    assert rows[2].why == f"and {len(every) - 2} more, on the first sheet"


def test_the_page_has_every_row_and_nothing_in_it_runs(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    write_report(run, out)
    text = out.read_text(encoding="utf-8")
    rows = re.findall(r"<tr>.*?</tr>", text)
    results = run.results()
    assert sum("✓ Cancelled" in row for row in rows) == run.counts()[Result.CANCELLED]
    assert len([row for row in rows if row.count("<td") == 9]) == len(results)
    assert "What became of the sheet" in text
    times = [time for time in map(result_time, results) if time]
    assert times
    for time in times:
        assert f">{time.replace('T', ' ').replace('Z', '')}</td>" in text
    assert "LIVE" in text
    assert "print-color-adjust: exact" in text  # else browsers print no bar
    assert "note 0" not in text  # the person's other columns may tell of buyers


def test_signs_of_markup_in_a_page_are_only_signs(run: Run, tmp_path: Path) -> None:
    run._journal.note(store="<script>alert(1)</script>")
    again = Run(run._journal)
    out = tmp_path / "report.html"
    write_report(again, out)
    assert "<script" not in out.read_text(encoding="utf-8")
