"""Runs of the past on the command line: found, written again, deleted, handed over, counted."""

from pathlib import Path

import pytest

from cancel_desk.folders import Folders
from cancel_desk.runs.outcome import Finding, Outcome, State
from cancel_desk.runs.run import Run
from cancel_desk.sheet.reading import read_sheet
from cancel_desk.sheet.result_mark import recognise
from cli.terminal import Terminal
from outcomes_run import po, run_with_all_outcomes


@pytest.fixture
def run(terminal: Terminal) -> Run:
    """A closed run in the history, with all outcomes."""
    folders = Folders(terminal.state)
    folders.create()
    made = run_with_all_outcomes(folders.runs)
    made.close()
    return made


@pytest.fixture
def finished(run: Run) -> Run:
    again = Run.reopen(run.path)
    done = Outcome(State.CANCELLED, Finding.CONFIRMED, {"units": "2"})
    again._journal.record({line.id: done for line in again.lines()})
    again.close()
    return again


def test_runs_are_found_by_what_is_in_them(terminal: Terminal, run: Run) -> None:
    for words in (("--find", po(3)), ("--find", "sku-2"), ("--since", "2026-01-01"), ()):
        assert [each["id"] for each in terminal.type("runs", *words, "--json").json] == [run.id]
    for words in (("--find", "nothing"), ("--until", "2026-01-01"), ("--since", "9999-01-01")):
        assert terminal.type("runs", *words, "--json").json == []
        assert "No run on this computer is like that" in terminal.type("runs", *words).told
    assert terminal.type("runs", "--since", "yesterday").status == 2


def test_what_is_left_is_written_and_checked_again(
    terminal: Terminal, run: Run, tmp_path: Path
) -> None:
    left = tmp_path / "left.xlsx"
    assert terminal.type("results", run.id, left, "--left").status == 0
    found = recognise(read_sheet(left))
    assert found is not None
    assert (found.run, found.only_left) == (run.id, True)
    said = terminal.type("check", left, "--json")
    assert said.json["rows"] == len(read_sheet(left).rows)
    whole = tmp_path / "whole.csv"
    terminal.type("results", run.id, whole)
    again = terminal.type("check", whole, "--json")
    assert again.json["rows"] == said.json["rows"]
    assert f"{again.json['rows']} left to do" in again.told


def test_a_page_and_a_restock_list_are_written(
    terminal: Terminal, run: Run, tmp_path: Path
) -> None:
    page, restock = tmp_path / "page.html", tmp_path / "restock.csv"
    assert terminal.type("results", run.id, page).status == 0
    assert "What became of the sheet" in page.read_text(encoding="utf-8")
    assert terminal.type("results", run.id, restock, "--restock").status == 0
    assert restock.read_text(encoding="utf-8-sig").startswith("SKU,New quantity,")


def test_a_run_is_deleted_but_an_unfinished_one_not_by_itself(terminal: Terminal, run: Run) -> None:
    said = terminal.type("history", "delete", run.id)
    assert said.status == 2
    assert "not finished" in said.told
    assert terminal.type("history", "delete", run.id, "--even-unfinished").status == 0
    assert terminal.runs() == []
    assert terminal.type("history", "delete", run.id).status == 2


def test_a_run_is_handed_over(terminal: Terminal, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "for-you.run"
    said = terminal.type("history", "export", run.id, out)
    assert said.status == 0
    assert "one computer only" in said.told
    assert terminal.type("history", "export", run.id, out).status == 2
    assert terminal.type("history", "export", run.id, tmp_path / "run.txt").status == 2
    assert "already" in terminal.type("history", "import", out).told
    terminal.state = tmp_path / "other"
    assert terminal.type("history", "import", out).status == 0
    assert [each["id"] for each in terminal.runs()] == [run.id]
    out.write_text("no run")
    assert terminal.type("history", "import", out).status == 2


def test_how_long_runs_are_kept_is_set_and_said(
    terminal: Terminal, finished: Run, tmp_path: Path
) -> None:
    assert "for ever" in terminal.type("history", "keep").told
    assert "30 days" in terminal.type("history", "keep", "30").told
    assert len(terminal.runs()) == 1
    again = Run.reopen(finished.path)
    old = Outcome(State.CANCELLED, Finding.CONFIRMED, time="2020-01-01T00:00:00Z")
    again._journal.record({line.id: old for line in again.lines()})
    again.close()
    said = terminal.type("history", "keep")
    assert f"Run {finished.id} is deleted" in said.told
    assert terminal.runs() == []
    assert "for ever" in terminal.type("history", "keep", "0").told


def test_a_months_numbers_are_shown_given_and_written(
    terminal: Terminal, run: Run, tmp_path: Path
) -> None:
    found = terminal.type("numbers", "--json").json
    assert found["lines"] > 0
    assert sum(each["lines"] for each in found["by_sku"]) == found["lines"]
    assert "Out of stock" in terminal.type("numbers").out
    assert terminal.type("numbers", "2020-01", "--json").json["lines"] == 0
    assert terminal.type("numbers", "--environment", "practice", "--json").json["lines"] == 0
    out = tmp_path / "numbers.xlsx"
    assert terminal.type("numbers", "--out", out).status == 0
    assert out.exists()
    said = terminal.type("numbers", "May")
    assert said.status == 2
    assert "2026-11" in said.told


def test_runs_missing_in_the_numbers_are_named(terminal: Terminal, run: Run) -> None:
    run.path.with_name("spoilt.run").write_text("no run")
    assert "spoilt" in terminal.type("numbers").told
