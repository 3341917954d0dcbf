"""The run file: written before and after, claimed once, locked, readable by its owner only."""

import multiprocessing
import sqlite3
from functools import partial
from pathlib import Path

import pytest

from builders import OTHER_PO, PO, order, order_line
from cancel_desk.checks.issues import Code, Issue, Level
from cancel_desk.runs.journal import (
    ClaimLost,
    Journal,
    JournalError,
    RunInUse,
    SheetRow,
    open_exclusively,
)
from cancel_desk.runs.judge import Seen
from cancel_desk.runs.outcome import Finding, Outcome, State
from cancel_desk.sheet.columns import Column
from patience import PATIENCE
from pretended_store import PretendedStore
from runs_bench import FACTS, RunBench

CANCELLED = Outcome(State.CANCELLED, Finding.CONFIRMED, {"units": "1"}, "ok", 200, "c-1")


def test_what_was_written_comes_back_after_reopening(bench: RunBench) -> None:
    journal = bench.create((PO, "1", 2), (OTHER_PO, "1", 1))
    before = journal.lines()
    journal.claim({1: Seen(0, 2)}, po=PO, correlation_id="c-1")
    journal.record({1: CANCELLED})
    reopened = bench.reopen()
    first, second = reopened.lines()
    assert first.state is State.CANCELLED
    assert first.outcome is not None
    assert first.outcome.params == {"units": "1"}
    assert (first.outcome.words, first.outcome.status) == ("ok", 200)
    assert (first.cancelled_before, first.open_before) == (0, 2)
    assert second == before[1]
    assert reopened.facts == FACTS


def test_rows_keep_their_cells_and_why_they_were_left_out(tmp_path: Path) -> None:
    issue = Issue(2, Column.PO, Level.ERROR, Code.PO_MALFORMED, {"text": "=1+1"})
    whole = Issue(3, None, Level.INFO, Code.ALREADY_CANCELLED)
    rows = [
        SheetRow(1, 2, ("a", "é\n\x00")),
        SheetRow(2, None, ("", ""), (issue,)),
        SheetRow(3, 4, ("", ""), (whole,)),
    ]
    journal = Journal.create(tmp_path / "a.run", facts=FACTS, rows=rows, requests=[])
    assert journal.rows() == rows
    assert [row.already_cancelled for row in rows] == [False, False, True]
    journal.close()


def test_the_file_belongs_to_its_owner_alone(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    for path in bench.path.parent.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_run_never_overwrites_a_file(bench: RunBench) -> None:
    bench.path.write_text("mine")
    with pytest.raises(JournalError):
        bench.create((PO, "1", 1))
    assert bench.path.read_text() == "mine"


@pytest.mark.parametrize("state", [State.CANCELLED, State.REFUSED, State.SKIPPED])
def test_a_line_that_has_its_outcome_can_not_be_claimed(bench: RunBench, state: State) -> None:
    journal = bench.create((PO, "1", 1))
    journal.record({1: Outcome(state, Finding.CONFIRMED)})
    with pytest.raises(ClaimLost):
        journal.claim({1: Seen(0, 1)}, po=PO, correlation_id="c-1")
    assert journal.lines()[0].state is state


def test_two_claims_for_one_line_can_not_both_succeed(bench: RunBench) -> None:
    journal = bench.create((PO, "1", 1), (PO, "2", 1))
    journal.claim({1: Seen(0, 1)}, po=PO, correlation_id="c-1")
    with pytest.raises(ClaimLost):
        journal.claim({2: Seen(0, 1), 1: Seen(0, 1)}, po=PO, correlation_id="c-2")
    assert [line.state for line in journal.lines()] == [State.SENDING, State.PENDING]


def test_a_correlation_id_is_used_once(bench: RunBench) -> None:
    journal = bench.create((PO, "1", 1), (PO, "2", 1))
    journal.claim({1: Seen(0, 1)}, po=PO, correlation_id="c-1")
    with pytest.raises(JournalError):
        journal.claim({2: Seen(0, 1)}, po=PO, correlation_id="c-1")
    assert journal.lines()[1].state is State.PENDING


def test_what_was_seen_before_the_first_call_in_doubt_is_kept(bench: RunBench) -> None:
    journal = bench.create((PO, "1", 2))
    journal.claim({1: Seen(1, 2)}, po=PO, correlation_id="c-1")
    journal.record({1: Outcome(State.UNKNOWN, Finding.NO_ANSWER)})
    journal.claim({1: Seen(3, 0)}, po=PO, correlation_id="c-2")
    line = journal.lines()[0]
    assert (line.cancelled_before, line.open_before) == (1, 2)


def test_what_was_seen_before_a_call_that_never_left_is_renewed(bench: RunBench) -> None:
    journal = bench.create((PO, "1", 2))
    journal.claim({1: Seen(0, 3)}, po=PO, correlation_id="c-1")
    journal.record({1: Outcome(State.UNSENT, Finding.NOT_REACHED)})
    journal.claim({1: Seen(1, 2)}, po=PO, correlation_id="c-2")
    line = journal.lines()[0]
    assert (line.cancelled_before, line.open_before) == (1, 2)


def test_a_call_under_way_when_the_program_died_is_unknown(bench: RunBench) -> None:
    bench.create((PO, "1", 1)).claim({1: Seen(0, 1)}, po=PO, correlation_id="c-1")
    line = bench.reopen().lines()[0]
    assert line.state is State.UNKNOWN
    assert line.outcome is not None
    assert (line.outcome.finding, line.outcome.correlation_id) == (Finding.INTERRUPTED, "c-1")


def test_what_is_written_is_on_the_disk_when_writing_ends(bench: RunBench) -> None:
    """Also if the power fails just then: only SQLite's own words for it can be looked at."""
    wanted = {"synchronous": 2, "journal_mode": "wal", "locking_mode": "exclusive"}
    for begin in (partial(bench.create, (PO, "1", 1)), bench.reopen):
        journal = begin()
        assert {name: journal._read(f"PRAGMA {name}")[0][0] for name in wanted} == wanted


def test_a_second_copy_can_not_open_the_run(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    with pytest.raises(RunInUse):
        Journal.open(bench.path)


def _try_to_open(path: Path, told: "multiprocessing.Queue[str]") -> None:
    try:
        Journal.open(path).close()
    except RunInUse:
        told.put("in use")
    else:
        told.put("opened")


def test_another_process_can_not_open_the_run_until_it_is_closed(bench: RunBench) -> None:
    bench.create((PO, "1", 1))
    spawn = multiprocessing.get_context("spawn")
    told: multiprocessing.Queue[str] = spawn.Queue()
    answers = []
    for close in (False, True):
        if close:
            bench.close()
        process = spawn.Process(target=_try_to_open, args=(bench.path, told))
        process.start()
        answers.append(told.get(timeout=PATIENCE))
        process.join()
    told.close()
    told.join_thread()
    assert answers == ["in use", "opened"]


def test_several_may_look_at_once_but_not_while_it_is_worked_on(bench: RunBench) -> None:
    bench.create((PO, "1", 1)).claim({1: Seen(0, 1)}, po=PO, correlation_id="c-1")
    with pytest.raises(RunInUse):
        Journal.open_to_look(bench.path)
    bench.close()
    first, second = Journal.open_to_look(bench.path), Journal.open_to_look(bench.path)
    assert [journal.lines()[0].state for journal in (first, second)] == [State.SENDING] * 2
    with pytest.raises(JournalError):
        first.record({1: CANCELLED})
    first.close()
    second.close()
    assert bench.reopen().lines()[0].state is State.UNKNOWN


@pytest.mark.parametrize("content", [b"", b"not a run", b"SQLite format 3\x00" + b"\x00" * 100])
def test_a_file_that_is_no_run_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.run"
    path.write_bytes(content)
    with pytest.raises(JournalError):
        Journal.open(path)


def test_a_missing_run_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(JournalError):
        Journal.open(tmp_path / "a.run")
    assert list(tmp_path.iterdir()) == []


def test_a_run_of_another_version_is_refused(bench: RunBench) -> None:
    bench.create((PO, "1", 1)).close()
    connection = sqlite3.connect(bench.path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(JournalError, match="another version"):
        Journal.open(bench.path)


def test_a_write_that_fails_changes_nothing_and_says_so(bench: RunBench) -> None:
    journal = bench.create((PO, "1", 1))
    bench.close()
    with pytest.raises(JournalError):
        journal.record({1: CANCELLED})
    assert bench.reopen().lines()[0].state is State.PENDING


def test_a_folder_that_is_not_there_is_a_journal_error(tmp_path: Path) -> None:
    with pytest.raises(JournalError):
        open_exclusively(tmp_path / "missing" / "a.lock")


def test_a_full_disk_stops_before_the_next_call(bench: RunBench) -> None:
    """The outcome can't be written, so the line stays in doubt and nothing more is sent."""
    pos = [str(1796277000000 + n) for n in range(3)]
    journal = bench.create(*((po, "1", 1) for po in pos))
    shop = PretendedStore(*(order(order_line(), po=po) for po in pos))
    shop.before_cancel = lambda: _fill_disk(journal)
    end = bench.run(shop)
    assert isinstance(end.journal_error, JournalError)
    assert len(shop.calls) == 1
    states = [line.state for line in bench.reopen().lines()]
    assert states == [State.UNKNOWN, State.PENDING, State.PENDING]


def _fill_disk(journal: Journal) -> None:
    """Let every write fail from now on, as on a full disk."""
    journal._connection.execute("PRAGMA query_only = ON")
