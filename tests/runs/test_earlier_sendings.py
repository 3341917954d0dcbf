"""What earlier runs sent, read from their files."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from shutil import copy2

import pytest

from builders import OTHER_PO, PO, order, order_line, table
from cancel_desk.checks.earlier import EarlierSending, LineKey
from cancel_desk.checks.plan import Store
from cancel_desk.checks.review import Review
from cancel_desk.runs.deleted import keep_sendings
from cancel_desk.runs.earlier import OpenElsewhere, credits_of, earlier_sendings
from cancel_desk.runs.gate import Gate
from cancel_desk.runs.history import list_runs
from cancel_desk.runs.judge import Seen
from cancel_desk.runs.keeping import History
from cancel_desk.runs.outcome import Finding, State
from cancel_desk.runs.run import Run
from cancel_desk.texts.outcomes import line_text
from cancel_desk.texts.runs import journal_error_sentence
from cancel_desk.walmart.failures import FailureKind
from pretended_store import PretendedStore, Step, failed
from runs_bench import IMPATIENT, Notes

STORE = Store("Northwind Goods", "US", "LIVE", "https://marketplace.walmartapis.com")
SHOP = (order(order_line("1", ordered=3)), order(order_line("1", ordered=3), po=OTHER_PO))


def begin(folder: Path, seen: Mapping[LineKey, EarlierSending] | None = None) -> Run:
    """Begin a run of a part of a line in each of two orders."""
    rows = table((PO, "1", "", "1", "OOS"), (OTHER_PO, "1", "", "2", "OOS"))
    review = Review(rows, "US")
    review.add_looks({each.purchase_order_id: each for each in SHOP})
    facts = {"account": "a", "version": "1"}
    return Run.begin(folder, review.plan(STORE), rows, facts=facts, seen=seen or {})


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A finished run: one line cancelled, one without an answer."""
    run = begin(tmp_path)
    shop = PretendedStore(*SHOP)
    lost = Step(applied=False, failure=failed(FailureKind.UNKNOWN, status=500))
    shop.cancel_of[OTHER_PO] = lost
    run.send(shop, Gate(), Notes(), patience=IMPATIENT)
    run.close()
    return run


def test_cancelled_and_unanswered_lines_are_found(tmp_path: Path, run: Run) -> None:
    found = earlier_sendings(tmp_path, STORE, [PO, OTHER_PO])
    assert {key: (each.units, each.confirmed) for key, each in found.items()} == {
        LineKey(PO, "1"): (1, True),
        LineKey(OTHER_PO, "1"): (2, False),
    }
    assert {each.run for each in found.values()} == {run.id}
    assert [key.po for key, each in found.items() if each.unsettled] == [OTHER_PO]
    assert earlier_sendings(tmp_path, STORE, [PO]).keys() == {LineKey(PO, "1")}


@pytest.mark.parametrize("spoilt", ["DELETE FROM run", "UPDATE line SET state = 'odd'"])
def test_one_spoilt_file_does_not_hide_the_others(tmp_path: Path, run: Run, spoilt: str) -> None:
    other = tmp_path / "0-spoilt.run"
    copy2(run.path, other)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute(spoilt)
        connection.commit()
    assert len(earlier_sendings(tmp_path, STORE, [PO, OTHER_PO])) == 2
    assert [(each.id, each.unreadable) for each in list_runs(tmp_path)] == [
        (run.id, False),
        ("0-spoilt", True),
    ]


def test_other_stores_and_other_files_do_not_count(tmp_path: Path, run: Run) -> None:
    (tmp_path / "broken.run").write_text("no run")
    for other in (
        replace(STORE, name="Southwind"),
        replace(STORE, name="Southwind", seller="5e11e7"),
        replace(STORE, address="https://sandbox.walmartapis.com"),
        replace(STORE, market="CA"),
    ):
        assert earlier_sendings(tmp_path, other, [PO, OTHER_PO]) == {}
    assert earlier_sendings(tmp_path, STORE, [PO])


def test_another_spelling_of_its_address_makes_no_other_store(tmp_path: Path, run: Run) -> None:
    respelled = replace(STORE, address="https://Marketplace.walmartapis.com.:443/")
    known = earlier_sendings(tmp_path, STORE, [PO, OTHER_PO])
    assert earlier_sendings(tmp_path, respelled, [PO, OTHER_PO]) == known
    with closing(Run.reopen(run.path)) as opened:
        facts, lines = {**opened.facts, "address": respelled.address}, opened.lines()
    with closing(sqlite3.connect(run.path)) as before:
        before.execute("UPDATE run SET value = ? WHERE key = 'address'", (respelled.address,))
        before.commit()
    assert earlier_sendings(tmp_path, STORE, [PO, OTHER_PO]) == known
    keep_sendings(tmp_path, run.id, facts, lines)
    run.path.unlink()
    for store in (STORE, respelled):
        assert earlier_sendings(tmp_path, store, [PO, OTHER_PO]).keys() == known.keys()


def test_what_the_person_left_is_settled(tmp_path: Path, run: Run) -> None:
    again = Run.reopen(run.path)
    (doubt,) = again.doubts()
    again.decide(doubt, send_again=False)
    again.close()
    found = earlier_sendings(tmp_path, STORE, [PO, OTHER_PO])
    assert not any(each.unsettled for each in found.values())


def test_an_unsettled_sending_goes_before_later_ones(tmp_path: Path, run: Run) -> None:
    later = begin(tmp_path)
    later.send(PretendedStore(*SHOP), Gate(), Notes(), patience=IMPATIENT)
    later.close()
    found = earlier_sendings(tmp_path, STORE, [PO, OTHER_PO])
    assert found[LineKey(OTHER_PO, "1")].run == run.id


def test_a_call_that_a_kill_cut_off_has_the_time_it_began(tmp_path: Path) -> None:
    killed = begin(tmp_path)
    (line, *_) = killed.lines()
    killed._journal.claim({line.id: Seen(0, 3)}, po=PO, correlation_id="c-1")
    killed.close()
    for _ in ("as it was left", "once it was opened"):
        found = earlier_sendings(tmp_path, STORE, [PO])[LineKey(PO, "1")]
        assert found.unsettled
        assert found.time >= killed.facts["created"]
        Run.reopen(killed.path).close()


def test_a_line_waits_for_the_run_that_has_not_settled_it(tmp_path: Path) -> None:
    """Whenever that was sent: its fate is what counts. Once it is known, the line goes on."""
    key = LineKey(OTHER_PO, "1")
    other = EarlierSending("other", 2, confirmed=False, time="2000-01-01", unsettled=True)
    waiting = begin(tmp_path, seen={key: other})
    shop = PretendedStore(*SHOP)
    for expected in ([PO], [PO]):
        held = waiting.hold_back({key: other})
        waiting.send(shop, Gate(), Notes(), patience=IMPATIENT, held=held)
        assert [po for po, *_ in shop.calls] == expected
    line = next(each for each in waiting.lines() if each.po == OTHER_PO)
    assert (line.state, line.finding) == (State.UNSENT, Finding.UNSETTLED_ELSEWHERE)
    assert "run other sent line 1 before" in line_text(line)
    assert list(waiting.waits_for) == ["other"]
    assert waiting.summary().unfinished
    held = waiting.hold_back({key: other._replace(unsettled=False)})
    waiting.send(shop, Gate(), Notes(), patience=IMPATIENT, held=held)
    assert [po for po, *_ in shop.calls] == [PO, OTHER_PO]
    assert list(waiting.waits_for) == []
    waiting.close()


def test_a_run_that_is_open_elsewhere_is_not_passed_over(tmp_path: Path, run: Run) -> None:
    """Whatever it has sent may be asked for again, and nobody here can know."""
    southwind = replace(STORE, name="Southwind")
    with closing(Run.reopen(run.path)):
        for among in (None, {run.path: None}, {run.path: STORE}):
            for look in (earlier_sendings, partial(credits_of, but="")):
                with pytest.raises(OpenElsewhere, match=run.id) as caught:
                    look(tmp_path, STORE, [PO], among=among)
                assert run.id in journal_error_sentence(caught.value)
        assert earlier_sendings(tmp_path, STORE, [PO], among={run.path: southwind}) == {}
        assert earlier_sendings(tmp_path, STORE, [PO], but=run.id) == {}
    assert earlier_sendings(tmp_path, STORE, [PO])


@pytest.mark.parametrize("time", ["9999-01-01T00:00:00Z", "2000-01-01T00:00:00Z"])
def test_what_another_run_sent_meanwhile_is_held_back(tmp_path: Path, time: str) -> None:
    """A run put aside, its sheet sent again, then the old run taken up: nothing goes twice.

    Neither does it where the clock was set back in between.
    """
    before = EarlierSending("before", 2, confirmed=True, time="2000-01-01")
    old = begin(tmp_path, seen={LineKey(OTHER_PO, "1"): before, LineKey(PO, "9"): before})
    sent = {
        LineKey(PO, "1"): EarlierSending("later", 1, confirmed=True, time=time),
        LineKey(OTHER_PO, "1"): before,
    }
    old.hold_back(sent)
    states = {line.po: (line.state, line.outcome and line.outcome.finding) for line in old.lines()}
    assert states == {
        PO: (State.SKIPPED, Finding.SENT_BY_ANOTHER_RUN),
        OTHER_PO: (State.PENDING, None),
    }
    old.close()


def test_a_copy_that_is_taken_in_again_sends_nothing_that_the_deleted_run_sent(
    tmp_path: Path,
) -> None:
    """The copy was made before the rest was sent, and the orders show nothing of it yet."""
    history = History(tmp_path, index=tmp_path / "index", setting=tmp_path / "setting")
    run, copy = begin(tmp_path), tmp_path / "copy"
    copy.touch()
    run.hand_over(copy)
    shop = PretendedStore(*SHOP)
    run.send(shop, Gate(), Notes(), patience=IMPATIENT)
    run.close()
    history.delete(run.id)
    assert history.take_in(copy) == run.id
    again = Run.reopen(run.path)
    again.hold_back(history.earlier_sendings(STORE, [PO, OTHER_PO], but=run.id))
    again.send(PretendedStore(*SHOP), Gate(), Notes(), patience=IMPATIENT)
    assert {line.finding for line in again.lines()} == {Finding.SENT_BY_A_COPY}
    assert all("another copy of this run" in line_text(line) for line in again.lines())
    assert len(shop.calls) == 2
    again.close()
