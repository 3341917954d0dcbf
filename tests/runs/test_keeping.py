"""The history: found by what stands in it, deleted without forgetting, kept for a set time."""

import sqlite3
import threading
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cancel_desk.checks.earlier import LineKey
from cancel_desk.runs import found_runs, run_index
from cancel_desk.runs.earlier import OpenElsewhere
from cancel_desk.runs.found_runs import FoundRuns
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.history import RunSummary, list_runs, run_path, summary_from
from cancel_desk.runs.journal import JournalError, RunInUse
from cancel_desk.runs.keeping import FOR_EVER, History, RunUnfinished
from cancel_desk.runs.outcome import Finding, Outcome, State
from cancel_desk.runs.run import Run
from cancel_desk.runs.run_index import LookingStopped, RunSearch
from cancel_desk.runs.run_words import RunWords, read_run
from outcomes_run import STORE, po, run_with_all_outcomes
from patience import PATIENCE
from pretended_store import PretendedStore
from runs_bench import IMPATIENT, Notes
from texts_of import sentence_of

LATER = datetime.now(UTC) + timedelta(days=40)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "runs"
    made.mkdir()
    return made


@pytest.fixture
def history(tmp_path: Path, folder: Path) -> History:
    return History(folder, index=tmp_path / "index", setting=tmp_path / "history.json")


def closed(run: Run) -> Run:
    run.close()
    return run


def finished(folder: Path, orders: int = 2) -> Run:
    """A run of which every line was cancelled."""
    run = run_with_all_outcomes(folder, orders=orders)
    cancelled = Outcome(State.CANCELLED, Finding.CONFIRMED)
    run._journal.record({line.id: cancelled for line in run.lines()})
    return closed(run)


def ids(history: History, text: str = "", **days: date) -> list[str]:
    return [run.id for run in history.find(RunSearch(text, **days))]


def test_the_index_tells_what_the_files_tell(history: History, folder: Path) -> None:
    first, second = closed(run_with_all_outcomes(folder)), finished(folder)
    (folder / "spoilt.run").write_text("no run")
    assert list(history.find()) == list_runs(folder)
    assert list(history.find()) == list_runs(folder)
    second.path.unlink()
    assert [run.id for run in history.find()] == ["spoilt", first.id]


def test_a_run_that_went_on_is_told_as_it_is_now(history: History, folder: Path) -> None:
    run = closed(run_with_all_outcomes(folder))
    before = history.find()[0]
    again = Run.reopen(run.path)
    assert history.find()[0].in_use
    refused = Outcome(State.REFUSED, Finding.REFUSED_BY_WALMART)
    again._journal.record({line.id: refused for line in again.lines()})
    assert history.find()[0].in_use
    again.close()
    now = history.find()[0]
    assert now == list_runs(folder)[0]
    assert now.counts != before.counts


def test_nothing_is_opened_that_did_not_change(
    history: History, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(run_with_all_outcomes(folder))
    history.find()
    monkeypatch.setattr(run_index, "read_run", lambda path: pytest.fail(f"{path} was opened"))
    assert len(history.find()) == 1
    assert len(history.find(RunSearch(po(3)))) == 1


def test_only_the_runs_that_are_shown_are_made(
    history: History, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    real = summary_from

    def counted(told: Mapping[str, Any], place: Path) -> RunSummary:
        made.append(told["id"])
        return real(told, place)

    monkeypatch.setattr(found_runs, "summary_from", counted)
    expected = sorted((finished(folder).id for _ in range(5)), reverse=True)
    runs = history.find()
    assert (len(runs), list(runs.ids), made) == (5, expected, [])
    assert [runs[2].id, runs[2].id, runs[-1].id] == [expected[2], expected[2], expected[4]]
    assert made == [expected[2], expected[4]]


def test_a_run_takes_its_place_among_those_found() -> None:
    runs = FoundRuns.of([RunSummary(name, Path(name)) for name in "fdb"])
    for name, at in (("g", 0), ("e", 1), ("a", 3)):
        more = runs.with_run(RunSummary(name, Path(name)))
        assert [run.id for run in more] == list(more.ids)
        assert (more.ids.index(name), sorted(more.ids, reverse=True)) == (at, list(more.ids))
        assert [run.id for run in more.without(name)] == list("fdb")
    assert [run.id for run in runs[1:]] == list("db")


def test_a_run_that_went_on_is_found_by_the_words_it_has_now(
    history: History, folder: Path
) -> None:
    run = closed(run_with_all_outcomes(folder))
    assert ids(history, po(1)) == ids(history, "sku-4") == [run.id]
    with closing(sqlite3.connect(run.path)) as file, file:
        file.execute("UPDATE line SET po = 'P7' WHERE po = ?", (po(1),))
        file.execute("UPDATE row SET cells = replace(cells, ?, 'P7')", (po(1),))
    assert ids(history, po(1)) == []
    assert ids(history, "p7") == ids(history, "sku-4") == [run.id]
    assert history.earlier_sendings(STORE, ["P7"])


def test_making_the_index_is_stopped_and_gone_on_with(
    history: History, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sorted((finished(folder).id for _ in range(4)), reverse=True)
    read: list[str] = []
    real = read_run

    def noted(path: Path) -> RunWords:
        read.append(path.stem)
        return real(path)

    monkeypatch.setattr(run_index, "read_run", noted)
    with pytest.raises(LookingStopped):
        history.find(stopped=lambda: len(read) == 2)
    assert ids(history) == made
    assert read == made  # none was read twice
    assert ids(history, po(1)) == made


def test_nobody_looks_on_once_the_history_is_closed(history: History, folder: Path) -> None:
    finished(folder)
    history.close()
    for look in (history.find, lambda: history.earlier_sendings(STORE, [po(0)])):
        with pytest.raises(LookingStopped):
            look()


def test_who_waits_for_the_index_may_stop_waiting(
    history: History, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished(folder)
    reading, go_on = threading.Event(), threading.Event()
    real = read_run

    def held(path: Path) -> RunWords:
        reading.set()
        assert go_on.wait(PATIENCE)
        return real(path)

    monkeypatch.setattr(run_index, "read_run", held)
    first = threading.Thread(target=history.find)
    first.start()
    assert reading.wait(PATIENCE)
    with pytest.raises(LookingStopped):
        history.find(stopped=lambda: True)
    go_on.set()
    first.join()
    monkeypatch.setattr(run_index, "read_run", lambda path: pytest.fail(f"{path} was opened"))
    assert len(history.find()) == 1


def test_looking_leaves_nothing_beside_the_files(history: History, folder: Path) -> None:
    run = closed(run_with_all_outcomes(folder))
    history.find()
    history.earlier_sendings(STORE, [po(0)])
    assert list(folder.iterdir()) == [run.path]


@pytest.mark.parametrize("spoil", ["missing", "nonsense", "other version", "folder"])
def test_an_index_that_can_not_be_used_is_made_anew(
    tmp_path: Path, history: History, folder: Path, spoil: str
) -> None:
    run = closed(run_with_all_outcomes(folder))
    history.find()
    index = tmp_path / "index"
    if spoil == "nonsense":
        index.write_text("nonsense" * 1000)
    elif spoil == "other version":
        with closing(sqlite3.connect(index)) as connection:
            connection.execute("PRAGMA user_version = 99")
    elif spoil == "folder":
        index.unlink()
        index.mkdir()
    else:
        index.unlink()
    assert ids(history) == [run.id]
    assert ids(history, po(1)) == [run.id]
    assert history.earlier_sendings(STORE, [po(0)])


class FullDisk(sqlite3.Connection):
    """A connection on a disk with no room for what is to be made."""

    def executescript(self, script: str) -> sqlite3.Cursor:
        if self.execute("PRAGMA database_list").fetchone()[2]:
            raise sqlite3.OperationalError("database or disk is full")
        return super().executescript(script)


@pytest.mark.parametrize("spoil", ["nonsense", "full disk"])
def test_an_index_that_can_not_be_used_is_let_go_of(
    tmp_path: Path, history: History, folder: Path, spoil: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else its file stays open, and where it can't be deleted then, it is never made anew."""
    run = closed(run_with_all_outcomes(folder))
    if spoil == "nonsense":
        (tmp_path / "index").write_text("nonsense" * 1000)
    made: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def connected(path: Path | str, **named: object) -> sqlite3.Connection:
        made.append(connect(path, factory=FullDisk, **named))  # type: ignore[call-overload]
        return made[-1]

    monkeypatch.setattr(sqlite3, "connect", connected)
    assert ids(history) == [run.id]
    assert len(made) > 2
    for connection in made:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


def test_the_index_is_for_this_user_only(tmp_path: Path, history: History, folder: Path) -> None:
    history.find()
    assert (tmp_path / "index").stat().st_mode & 0o077 == 0


def test_runs_are_found_by_order_sku_store_file_and_day(history: History, folder: Path) -> None:
    run = closed(run_with_all_outcomes(folder))
    other = closed(
        run_with_all_outcomes(folder, orders=2, store=replace(STORE, name="Southwind Überall"))
    )
    both = sorted([run.id, other.id], reverse=True)
    assert ids(history, po(7)) == [run.id]  # sent
    assert ids(history, f" {po(7)[:-2]}") == both  # the beginning of it
    assert ids(history, "77") == both  # left out
    assert ids(history, "sku-4") == [run.id]
    assert ids(history, "w-3") == both  # only in the order, not in the sheet
    assert ids(history, "SOUTHWIND üb") == [other.id]
    assert ids(history, "northwind") == [run.id]
    assert ids(history, "orders.CSV") == both
    assert ids(history, run.id) == [run.id]
    today = datetime.now(UTC).date()
    assert ids(history, today.isoformat()) == both
    assert ids(history, "nowhere") == []
    assert ids(history, "%") == []


@pytest.mark.parametrize(
    "text", ["", po(7), f" {po(7)[:-2]}", "77", "sku-4", "NORTHWIND", "orders.CSV", "nowhere", "%"]
)
def test_a_run_open_here_is_found_like_any_other(history: History, folder: Path, text: str) -> None:
    closed(run_with_all_outcomes(folder, orders=2))
    run = run_with_all_outcomes(folder)
    today = datetime.now(UTC).date()
    searches = [
        RunSearch(text, *days)
        for days in ((None, None), (today, today), (today + timedelta(days=1), None))
    ]
    searches.append(RunSearch(text, until=today - timedelta(days=1)))
    told = [list(history.find(each, open_here=run.words())) for each in searches]
    assert [each.id for each in history.find() if each.in_use] == [run.id]
    run.close()
    assert told == [list(history.find(each)) for each in searches]


def test_runs_are_found_by_the_days_they_began(history: History, folder: Path) -> None:
    run = run_with_all_outcomes(folder)
    run._journal.note(created="2026-05-31T23:59:59Z")
    run.close()
    day = date(2026, 5, 31)
    assert ids(history, since=day, until=day) == [run.id]
    assert ids(history, until=day) == ids(history, since=day) == [run.id]
    assert ids(history, since=date(2026, 6, 1)) == []
    assert ids(history, until=date(2026, 5, 30)) == []


def test_what_was_sent_is_the_same_with_the_index_and_without(
    history: History, folder: Path
) -> None:
    from cancel_desk.runs.earlier import earlier_sendings

    for orders in (3, 16, 9):
        closed(run_with_all_outcomes(folder, orders=orders))
    wanted = [po(at) for at in range(18)]
    assert history.earlier_sendings(STORE, wanted) == earlier_sendings(folder, STORE, wanted)
    assert len(history.earlier_sendings(STORE, wanted)) > 5


def test_a_run_that_is_open_elsewhere_guards_its_orders_alone(
    history: History, folder: Path
) -> None:
    run = closed(run_with_all_outcomes(folder))
    known = history.earlier_sendings(STORE, [po(0)])
    with closing(Run.reopen(run.path)) as again:
        for _ in ("seen before", "and looked at since"):
            with pytest.raises(OpenElsewhere, match=run.id):
                history.earlier_sendings(STORE, [po(0)])
            with pytest.raises(OpenElsewhere, match=run.id):
                history.credits(STORE, [po(0)], but="")
        assert history.earlier_sendings(STORE, ["P99"]) == {}
        assert history.earlier_sendings(replace(STORE, market="CA"), [po(0)]) == {}
        assert history.earlier_sendings(STORE, [po(0)], but=again.id) == {}
    assert history.earlier_sendings(STORE, [po(0)]) == known


def test_of_a_run_never_seen_closed_only_a_note_tells(history: History, folder: Path) -> None:
    with closing(run_with_all_outcomes(folder)) as run:
        with pytest.raises(OpenElsewhere, match=run.id):
            history.earlier_sendings(STORE, ["P99"])
        history.note(run.words())
        assert history.earlier_sendings(STORE, ["P99"]) == {}
        with pytest.raises(OpenElsewhere, match=run.id):
            history.earlier_sendings(STORE, [po(0)])


def test_a_note_that_can_not_be_written_leaves_the_run_in_doubt(tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    history = History(tmp_path / "runs", index=tmp_path / "no" / "index", setting=tmp_path / "s")
    with closing(run_with_all_outcomes(tmp_path / "runs")) as run:
        history.note(run.words())
        with pytest.raises(OpenElsewhere, match=run.id):
            history.earlier_sendings(STORE, ["P99"])


def test_a_deleted_run_still_guards_against_a_second_cancel(history: History, folder: Path) -> None:
    run = finished(folder)
    wanted = [po(at) for at in range(4)]
    before = history.earlier_sendings(STORE, wanted)
    assert before
    history.delete(run.id)
    assert [path.name for path in folder.iterdir()] == ["deleted.sqlite"]
    assert ids(history) == []
    assert history.earlier_sendings(STORE, wanted) == before
    for other in (replace(STORE, name="Southwind"), replace(STORE, market="CA")):
        assert history.earlier_sendings(other, wanted) == {}
    assert (folder / "deleted.sqlite").stat().st_mode & 0o077 == 0
    kept = (folder / "deleted.sqlite").read_bytes()
    assert b"note" not in kept
    assert b"orders.csv" not in kept


def test_what_a_deleted_run_sent_holds_back_a_run_confirmed_before(
    history: History, folder: Path
) -> None:
    waiting = run_with_all_outcomes(folder, orders=2)
    waiting._journal.note(created="2000-01-01T00:00:00Z")
    run = finished(folder)
    history.delete(run.id)
    pending = {LineKey(x.po, x.line) for x in waiting.lines() if x.state is State.PENDING}
    unsent = {LineKey(x.po, x.line) for x in waiting.lines() if x.state is State.UNSENT}
    orders = [line.po for line in waiting.lines()]
    waiting.hold_back(history.earlier_sendings(waiting.store, orders, but=waiting.id))
    left = {LineKey(x.po, x.line) for x in waiting.lines() if x.state is State.SKIPPED}
    assert pending | unsent <= left
    waiting.close()


def test_an_unfinished_run_is_deleted_only_knowingly(history: History, folder: Path) -> None:
    run = closed(run_with_all_outcomes(folder))
    with pytest.raises(RunUnfinished) as caught:
        history.delete(run.id)
    assert run.id in sentence_of(caught.value)
    assert run.path.exists()
    history.delete(run.id, even_unfinished=True)
    assert not run.path.exists()
    found = history.earlier_sendings(STORE, [po(at) for at in range(16)])
    assert {each.confirmed for each in found.values()} == {True, False}


def test_a_run_in_use_is_not_deleted(history: History, folder: Path) -> None:
    run = run_with_all_outcomes(folder)
    with pytest.raises(RunInUse):
        history.delete(run.id, even_unfinished=True)
    assert run.path.exists()
    run.close()


def test_a_spoilt_run_is_deleted_only_knowingly(history: History, folder: Path) -> None:
    path = folder / "spoilt.run"
    path.write_text("no run")
    with pytest.raises(JournalError):
        history.delete("spoilt")
    assert path.exists()
    history.delete("spoilt", even_unfinished=True)
    assert not path.exists()


def test_if_what_was_sent_can_not_be_kept_the_run_stays(history: History, folder: Path) -> None:
    run = finished(folder)
    (folder / "deleted.sqlite").mkdir()
    with pytest.raises(JournalError):
        history.delete(run.id)
    assert run.path.exists()


def test_if_what_was_sent_can_not_be_read_nothing_is_taken_for_new(
    history: History, folder: Path
) -> None:
    (folder / "deleted.sqlite").write_text("spoilt" * 1000)
    with pytest.raises(JournalError):
        history.earlier_sendings(STORE, [po(0)])


def test_runs_are_kept_for_ever_unless_it_was_set_otherwise(
    tmp_path: Path, history: History, folder: Path
) -> None:
    run = finished(folder)
    assert history.days_kept == FOR_EVER
    assert history.clear_old(LATER) == []
    for nonsense in ("", "[]", '{"days_kept": "x"}', '{"days_kept": -4}'):
        (tmp_path / "history.json").write_text(nonsense)
        assert history.days_kept == FOR_EVER
    history.keep_for(30)
    assert history.days_kept == 30
    assert history.clear_old() == []
    assert history.old(30, LATER) == history.old(7, LATER) == [run.id]
    assert history.old(FOR_EVER, LATER) == history.old(50, LATER) == []
    assert run.path.exists()
    assert history.clear_old(LATER) == [run.id]
    assert not run.path.exists()
    assert history.earlier_sendings(STORE, [po(0)])


def test_no_run_that_may_still_matter_is_cleared(history: History, folder: Path) -> None:
    unfinished = closed(run_with_all_outcomes(folder))
    in_use = Run.reopen(finished(folder).path)
    (folder / "spoilt.run").write_text("no run")
    history.keep_for(30)
    assert history.clear_old(LATER) == []
    assert {path.stem for path in folder.glob("*.run")} == {unfinished.id, in_use.id, "spoilt"}
    in_use.close()


def test_a_run_of_long_ago_that_went_on_lately_is_kept(history: History, folder: Path) -> None:
    run = finished(folder)
    again = Run.reopen(run.path)
    again._journal.note(created="2000-01-01T00:00:00Z")
    again.close()
    history.keep_for(30)
    assert history.clear_old() == []
    assert history.clear_old(LATER) == [run.id]


def test_a_run_taken_in_is_seen_and_sent_here(
    tmp_path: Path, history: History, folder: Path
) -> None:
    run = run_with_all_outcomes(folder, orders=2)
    copy = tmp_path / "for you.run"
    copy.touch()
    run.hand_over(copy)
    expected = run.results()
    run.close()
    other_folder = tmp_path / "other"
    other_folder.mkdir()
    other = History(other_folder, index=tmp_path / "i", setting=tmp_path / "s")
    assert other.take_in(copy) == run.id
    [found] = other.find()
    assert found.imported
    assert found.confirmed_for == STORE
    again = Run.reopen(run_path(other_folder, run.id))
    assert again.results() == expected
    assert not any(summary.imported for summary in history.find())
    end = again.send(PretendedStore(), Gate(), Notes(), patience=IMPATIENT)
    assert end.failure is None
    again.close()
    assert [path.name for path in other_folder.iterdir()] == [f"{run.id}.run"]
